"""Measure GSDMM of words and embeddings beside words alone and beside k-means on the embeddings.

Run ``python benchmarks/meaning.py --data FOLDER``, where FOLDER holds NAME.csv.gz with columns ``text`` and ``label``,
and embeddings/NAME.npz with an int8 array ``vectors`` of a row a text, 400 times unit vectors. Texts are read by the
default preparation; topics are as many as labels. Tables replace those in docs/quality.md and docs/performance.md,
unless ``--quick`` runs a small part of them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from pages import replace_part  # noqa: E402
from sklearn.cluster import KMeans  # noqa: E402
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score  # noqa: E402

from text_explorer.corpus.document_term_matrix import Corpus, build_corpus  # noqa: E402
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors  # noqa: E402
from text_explorer.corpus.embeddings.projection import fit_projection  # noqa: E402
from text_explorer.corpus.language.document_languages import DocumentText  # noqa: E402
from text_explorer.corpus.words.preparation import Preparation  # noqa: E402
from text_explorer.topics.models.gsdmm import GsdmmModel, fit_gsdmm  # noqa: E402
from text_explorer.topics.models.meaning.sampler import MeaningSampler  # noqa: E402
from text_explorer.topics.models.parts.gsdmm_engine import GsdmmEngine  # noqa: E402
from text_explorer.topics.models.parts.part import split  # noqa: E402
from text_explorer.topics.models.training import best_topics  # noqa: E402
from text_explorer.topics.quality.meaning_checks import check_rare_terms, without_words  # noqa: E402

SETS = ("Tweet", "M10", "StackOverflow", "SearchSnippets", "BBC_News")
MAPPED = ("Tweet", "M10", "SearchSnippets")
"""Sets for UMAP, which takes longest."""

UNIT = 400
SWEEPS_BEFORE, RUNS_TIMED = 6, 5


@dataclass(frozen=True)
class Labelled:
    """Texts with labels and embeddings."""

    name: str
    corpus: Corpus  # without vectors
    embeddings: np.ndarray
    labels: np.ndarray

    @property
    def n_labels(self) -> int:
        """Number of different labels."""
        return len(set(self.labels.tolist()))

    def with_vectors(self, embeddings: np.ndarray) -> Corpus:
        """Return the corpus with embeddings; rows of zeros are none."""
        given = embeddings.any(axis=1)
        projection = fit_projection(embeddings[given])
        if projection is None:
            raise SystemExit(f"{self.name} has too few embeddings")
        units = np.where(given[:, None], projection.units(embeddings), np.float32(0))
        return replace(self.corpus, vectors=DocumentVectors(units, projection))

    def take(self, rows: np.ndarray) -> Labelled:
        """Return some of the texts."""
        return Labelled(self.name, self.corpus.take(rows), self.embeddings[rows], self.labels[rows])


def read(folder: Path, name: str) -> Labelled:
    """Read a set."""
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    embeddings = np.load(folder / "embeddings" / f"{name}.npz")["vectors"].astype(np.float32) / UNIT
    corpus, _ = build_corpus((DocumentText(row["text"], "en") for row in rows), Preparation())
    return Labelled(name, corpus, embeddings, np.array([row["label"] for row in rows]))


def nmi(labels: np.ndarray, topics: np.ndarray) -> float:
    """Compute normalized mutual information, arithmetic mean."""
    return float(normalized_mutual_info_score(labels, topics))


def fitted(corpus: Corpus, n_topics: int, seed: int) -> tuple[GsdmmModel, np.ndarray, float]:
    """Fit a model on one thread; return it, the topics of the documents (-1 for none), and CPU seconds."""
    started = time.process_time()
    model = fit_gsdmm(corpus, n_topics, seed=seed, n_workers=1)
    seconds = time.process_time() - started
    return model, best_topics(model.transform(corpus)), seconds


def clustered(texts: Labelled, seed: int) -> np.ndarray:
    """Cluster the embeddings by k-means."""
    means = KMeans(texts.n_labels, n_init=10, random_state=seed).fit(texts.embeddings)
    return np.asarray(means.labels_)


def mapped_and_clustered(texts: Labelled, seed: int) -> np.ndarray:
    """Cluster a map of the embeddings (UMAP to five dimensions, as BERTopic does) by k-means."""
    from umap import UMAP  # noqa: PLC0415 - not needed for the rest

    mapped = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1)
    embedded = mapped.fit_transform(texts.embeddings)
    return np.asarray(KMeans(texts.n_labels, n_init=10, random_state=seed).fit(embedded).labels_)


def peers_table(sets: list[Labelled], seeds: range) -> list[str]:
    """UMAP and k-means."""
    lines = ["| Texts | NMI with the labels | ARI | NMI between seeds | CPU s |", "|---|---|---|---|---|"]
    for texts in sets:
        started = time.process_time()
        runs = [mapped_and_clustered(texts, seed) for seed in seeds]
        seconds = (time.process_time() - started) / len(runs)
        lines.append(f"| {texts.name} | {' | '.join(figures(texts.labels, runs))} | {seconds:.0f} |")
        print(lines[-1], flush=True)
    return lines


def figures(labels: np.ndarray, runs: list[np.ndarray]) -> list[str]:
    """Return mean NMI with its standard deviation, mean ARI, and mean NMI between seeds."""
    to_labels = [nmi(labels, topics) for topics in runs]
    between = [nmi(runs[first], runs[second]) for first in range(len(runs)) for second in range(first)]
    rand = np.mean([adjusted_rand_score(labels, topics) for topics in runs])
    return [
        f"{np.mean(to_labels):.3f} ± {np.std(to_labels, ddof=1):.3f}", f"{rand:.3f}", f"{np.mean(between):.2f}"
    ]  # fmt: skip


def quality_table(sets: list[Labelled], seeds: range) -> list[str]:
    """Words alone, words and meaning, and k-means."""
    lines = [
        "| Texts | Topics | Way | NMI with the labels | ARI | NMI between seeds | CPU s |",
        "|---|---|---|---|---|---|---|",
    ]
    for texts in sets:
        both = texts.with_vectors(texts.embeddings)
        ways: dict[str, Callable[[int], np.ndarray]] = {
            "words": lambda seed, texts=texts: fitted(texts.corpus, texts.n_labels, seed)[1],
            "words and meaning": lambda seed, texts=texts, both=both: fitted(both, texts.n_labels, seed)[1],
            "k-means on embeddings": partial(clustered, texts),
        }
        for way, run in ways.items():
            started = time.process_time()
            runs = [run(seed) for seed in seeds]
            seconds = (time.process_time() - started) / len(runs)
            cells = [texts.name, str(texts.n_labels), way, *figures(texts.labels, runs), f"{seconds:.2f}"]
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    return lines


def robustness_table(sets: list[Labelled], seeds: range) -> list[str]:
    """Wrong, random and missing embeddings."""
    lines = [
        "| Texts | Embeddings | NMI | NMI, texts without embedding | cosine of texts that share a rare word | Warned |",
        "|---|---|---|---|---|---|",
    ]
    for texts in sets:
        generator = np.random.default_rng(0)
        n_docs, n_numbers = texts.embeddings.shape
        missing = generator.random(n_docs) < 0.5
        cases = {
            "right": texts.embeddings,
            "half missing": np.where(missing[:, None], np.float32(0), texts.embeddings),
            "of other rows": texts.embeddings[generator.permutation(n_docs)],
            "random": generator.normal(size=(n_docs, n_numbers)).astype(np.float32),
        }
        for case, embeddings in cases.items():
            corpus = texts.with_vectors(embeddings)
            check = check_rare_terms(corpus)
            runs = [fitted(corpus, texts.n_labels, seed)[1] for seed in seeds]
            without = ~corpus.vectors.given if corpus.vectors is not None else missing
            alone = (
                f"{np.mean([nmi(texts.labels[without], topics[without]) for topics in runs]):.3f}"
                if without.any()
                else ""
            )
            mean = np.mean([nmi(texts.labels, topics) for topics in runs])
            cosine = "too few pairs" if check.cosine is None else f"{check.cosine:.3f}"
            cells = [texts.name, case, f"{mean:.3f}", alone, cosine, "yes" if check.warning else "no"]
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    return lines


def accuracy(train: np.ndarray, topics: np.ndarray, test: np.ndarray, found: np.ndarray) -> float:
    """Return the share of new documents with the most frequent label of their topic's training documents."""
    label_of = {
        topic: max(set(own := train[topics == topic].tolist()), key=own.count) for topic in set(topics.tolist())
    }
    return float(np.mean([label_of.get(topic) == label for topic, label in zip(found.tolist(), test.tolist())]))


def scoring_table(sets: list[Labelled], seeds: range) -> list[str]:
    """Accuracy on a fifth of the texts that no model was trained on."""
    lines = [
        "| Texts | words and meaning | words alone, same model | meaning alone, same model | model of words |",
        "|---|---|---|---|---|",
    ]
    for texts in sets:
        held_out = np.random.default_rng(1).random(texts.corpus.n_docs) < 0.2
        train, test = texts.take(np.flatnonzero(~held_out)), texts.take(np.flatnonzero(held_out))
        both = train.with_vectors(train.embeddings)
        projection = both.vectors.projection if both.vectors is not None else None
        if projection is None:
            continue
        new = replace(test.corpus, vectors=DocumentVectors(projection.units(test.embeddings), projection))
        cases: dict[str, list[float]] = {}
        for seed in seeds:
            model, topics, _ = fitted(both, texts.n_labels, seed)
            plain, plain_topics, _ = fitted(train.corpus, texts.n_labels, seed)
            for case, own, used, corpus in (
                ("both", topics, model, new), ("words", topics, model, test.corpus),
                ("meaning", topics, model, without_words(new)), ("plain", plain_topics, plain, test.corpus),
            ):  # fmt: skip
                found = best_topics(used.transform(corpus))
                cases.setdefault(case, []).append(accuracy(train.labels, own, test.labels, found))
        lines.append(f"| {texts.name} | {' | '.join(f'{np.mean(values):.3f}' for values in cases.values())} |")
        print(lines[-1], flush=True)
    return lines


def cost_table(sets: list[Labelled]) -> list[str]:
    """CPU time of a sweep after some, the least of several runs."""
    lines = [
        "| Texts | Words a text | Topics at most | words, µs a text and sweep | words and meaning | times |",
        "|---|---|---|---|---|---|",
    ]
    for texts in sets:
        for n_topics in (20, 100, 300):
            plain, both = _plain_seconds(texts.corpus, n_topics), _seconds(texts, n_topics)
            per_text = 1e6 / texts.corpus.n_docs
            lines.append(
                f"| {texts.name} | {texts.corpus.doc_lengths.mean():.1f} | {n_topics} | {plain * per_text:.2f} "
                f"| {both * per_text:.2f} | {both / plain:.1f} |"
            )
            print(lines[-1], flush=True)
    return lines


def _least(run: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(RUNS_TIMED):
        started = time.process_time()
        run()
        seconds.append(time.process_time() - started)
    return min(seconds)


def _seconds(texts: Labelled, n_topics: int) -> float:
    sampler = MeaningSampler(texts.with_vectors(texts.embeddings), n_topics, 0, (0.1, 0.1, 1), 30.0)
    state = sampler.start(0, None)
    for _ in range(SWEEPS_BEFORE):
        state = sampler.sweep(state)
    return _least(lambda: sampler.sweep(state))


def _plain_seconds(corpus: Corpus, n_topics: int) -> float:
    engine = GsdmmEngine(0.1, 0.1, 1)
    (part,) = split(corpus, 1)
    part, statistics = engine.start(part, unstarted := engine.unstarted(n_topics, corpus.n_terms, None), 0)
    shared = engine.update(unstarted, statistics)
    for _ in range(SWEEPS_BEFORE):
        part, statistics = engine.sweep(part, shared, 0)
        shared = engine.update(shared, statistics)
    return _least(lambda: engine.sweep(part, shared, 0))


def main() -> None:
    """Measure all and write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--umap", action="store_true", help="only UMAP and k-means, with umap-learn 0.5")
    options = parser.parse_args()
    names = SETS[:1] if options.quick else MAPPED if options.umap else SETS
    sets = [read(options.data, name) for name in names]
    by_name = {texts.name: texts for texts in sets}
    seeds = range(2) if options.quick else range(6)
    if options.umap:
        replace_part("quality.md", "meaning benchmark, peers", "\n".join(peers_table(sets, range(3))))
        return
    for texts in sets:
        fitted(texts.with_vectors(texts.embeddings).part(0, 100), 2, 0)  # compiles
    quality = quality_table(sets, seeds)
    short = [by_name[name] for name in ("M10", "StackOverflow") if name in by_name]
    robustness = robustness_table(short, seeds[:3])
    scoring = scoring_table(sets, seeds[:3])
    timed = [by_name[name] for name in ("StackOverflow", "SearchSnippets", "BBC_News") if name in by_name]
    cost = cost_table(timed)
    if not options.quick:
        for part, lines in (("meaning", quality), ("robustness", robustness), ("scoring", scoring)):
            replace_part("quality.md", f"meaning benchmark, {part}", "\n".join(lines))
        replace_part("performance.md", "meaning benchmark, cost", "\n".join(cost))


if __name__ == "__main__":
    main()
