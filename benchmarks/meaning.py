"""Measure GSDMM of words and embeddings beside words alone and beside packages that cluster embeddings.

Run ``python benchmarks/meaning.py --data FOLDER``, where FOLDER holds NAME.csv.gz with columns ``text`` and ``label``,
and embeddings/NAME.npz with an int8 array ``vectors`` of a row a text, 400 times unit vectors. Texts are read by the
default preparation. With ``--write``, tables replace those in docs/quality.md and docs/performance.md. The table
``peers`` needs the last three packages of requirements.txt; none of them loads a language model.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Optional

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from meaning_peers import FASTOPIC, MOST_OF_FASTOPIC, PEERS, EmbeddingMaps, peer_topics  # noqa: E402
from pages import replace_part  # noqa: E402
from sklearn.cluster import KMeans  # noqa: E402
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score  # noqa: E402

from text_explorer.corpus.document_term_matrix import Corpus, build_corpus  # noqa: E402
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors  # noqa: E402
from text_explorer.corpus.embeddings.projection import fit_projection  # noqa: E402
from text_explorer.corpus.language.document_languages import DocumentText  # noqa: E402
from text_explorer.corpus.words.preparation import Preparation  # noqa: E402
from text_explorer.topics.describing.terms import class_tf_idf, top_terms  # noqa: E402
from text_explorer.topics.models.gsdmm import GsdmmModel, fit_gsdmm  # noqa: E402
from text_explorer.topics.models.meaning.sampler import MeaningSampler  # noqa: E402
from text_explorer.topics.models.parts.gsdmm_engine import GsdmmEngine  # noqa: E402
from text_explorer.topics.models.parts.part import split  # noqa: E402
from text_explorer.topics.models.training import best_topics  # noqa: E402
from text_explorer.topics.quality.diagnostics import topic_diversity  # noqa: E402
from text_explorer.topics.quality.meaning_checks import check_rare_terms, without_words  # noqa: E402

SETS = ("Tweet", "M10", "StackOverflow", "SearchSnippets", "BBC_News")
WORDS, BOTH, KMEANS = "words", "words and meaning", "k-means on embeddings"
OURS = (WORDS, BOTH)

SMALL = 1e-9
"""For a share above zero of terms that no document with a topic has."""

UNIT = 400
SWEEPS_BEFORE, RUNS_TIMED = 6, 5


@dataclass(frozen=True)
class Labelled:
    """Texts with labels and embeddings."""

    name: str
    corpus: Corpus  # without vectors
    embeddings: np.ndarray
    labels: np.ndarray
    texts: tuple[str, ...]

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
        texts = tuple(self.texts[row] for row in rows.tolist())
        return Labelled(self.name, self.corpus.take(rows), self.embeddings[rows], self.labels[rows], texts)


def read(folder: Path, name: str) -> Labelled:
    """Read a set."""
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    embeddings = np.load(folder / "embeddings" / f"{name}.npz")["vectors"].astype(np.float32) / UNIT
    corpus, _ = build_corpus((DocumentText(row["text"], "en") for row in rows), Preparation())
    labels = np.array([row["label"] for row in rows])
    return Labelled(name, corpus, embeddings, labels, tuple(row["text"] for row in rows))


def drawn(texts: Labelled, most: int) -> Labelled:
    """Draw texts of a set with more than `most`, terms as in all of them."""
    order = np.random.default_rng(2).permutation(texts.corpus.n_docs)
    return texts.take(np.sort(order[:most]))


def nmi(labels: np.ndarray, topics: np.ndarray) -> float:
    """Compute normalized mutual information, arithmetic mean."""
    return float(normalized_mutual_info_score(labels, topics))


def fitted(corpus: Corpus, n_topics: int, seed: int) -> tuple[GsdmmModel, np.ndarray, float]:
    """Fit a model on one thread; return it, the topics of the documents (-1 for none), and CPU seconds."""
    started = time.process_time()
    model = fit_gsdmm(corpus, n_topics, seed=seed, n_workers=1)
    seconds = time.process_time() - started
    return model, best_topics(model.transform(corpus)), seconds


def diversity(corpus: Corpus, topics: np.ndarray) -> float:
    """Compute the diversity of the ten best terms of topics, ranked alike for all ways: by class-based TF-IDF."""
    counts = np.zeros((topics.max() + 1, corpus.n_terms))
    documents = np.repeat(topics, np.diff(corpus.indptr))
    within = documents >= 0
    np.add.at(counts, (documents[within], corpus.indices[within]), corpus.data[within])
    counts = counts[counts.any(axis=1)]
    scores = class_tf_idf(
        counts / counts.sum(axis=1, keepdims=True), (counts.sum(axis=0) + SMALL) / (counts.sum() + SMALL)
    )
    return topic_diversity(top_terms(scores, 10))


@dataclass
class Table:
    """A table that is printed row by row, and written into its part of a page of the docs after each, if there is one.

    A run that is stopped leaves the rows of what it measured.
    """

    part: str
    page: Optional[str]
    lines: list[str] = field(default_factory=list)

    def head(self, *cells: str) -> None:
        """Begin with the names of the columns."""
        self.lines = [f"| {' | '.join(cells)} |", "|" + "---|" * len(cells)]

    def row(self, *cells: str) -> None:
        """Add a row."""
        self.lines.append(f"| {' | '.join(cells)} |")
        print(self.lines[-1], flush=True)
        if self.page is not None:
            replace_part(self.page, f"meaning benchmark, {self.part}", "\n".join(self.lines))


@dataclass(frozen=True)
class Ways:
    """The ways to find topics of a set; each returns the topic of each document (-1 for none) and CPU seconds."""

    texts: Labelled
    n_topics: int

    @cached_property
    def _both(self) -> Corpus:
        return self.texts.with_vectors(self.texts.embeddings)

    @cached_property
    def _maps(self) -> EmbeddingMaps:
        return EmbeddingMaps(self.texts.embeddings)

    def run(self, way: str, seed: int) -> tuple[np.ndarray, float]:
        """Find topics in a way of `OURS`, ``KMEANS`` or `PEERS`."""
        texts = self.texts
        if way in PEERS:
            return peer_topics(way, texts.texts, texts.embeddings, self._maps, self.n_topics, seed)
        if way == KMEANS:
            started = time.process_time()
            means = KMeans(self.n_topics, n_init=10, random_state=seed).fit(texts.embeddings)
            return np.asarray(means.labels_), time.process_time() - started
        return fitted(texts.corpus if way == WORDS else self._both, self.n_topics, seed)[1:]


def ways_table(table: Table, sets: list[Labelled], seeds: range, ways: Sequence[str], times: int = 1) -> None:
    """Compare ways to find `times` as many topics as labels."""
    table.head(
        "Texts", "Topics", "Way", "NMI with the labels", "ARI", "NMI between seeds", "diversity", "topics found",
        "CPU s",
    )  # fmt: skip
    for texts in sets:
        runner = Ways(texts, times * texts.n_labels)
        for way in ways:
            if way == FASTOPIC and runner.n_topics > MOST_OF_FASTOPIC:
                continue
            runs, seconds = zip(*(runner.run(way, seed) for seed in seeds))
            found = np.mean([len(set(topics.tolist()) - {-1}) for topics in runs])
            diverse = np.mean([diversity(texts.corpus, topics) for topics in runs])
            cells = [
                f"{texts.name} ({texts.corpus.n_docs:,})", str(runner.n_topics), way,
                *figures(texts.labels, list(runs)), f"{diverse:.2f}", f"{found:.0f}", f"{np.mean(seconds):.2f}",
            ]  # fmt: skip
            table.row(*cells)


def figures(labels: np.ndarray, runs: list[np.ndarray]) -> list[str]:
    """Return mean NMI with its standard deviation, mean ARI, and mean NMI between seeds."""
    to_labels = [nmi(labels, topics) for topics in runs]
    between = [nmi(runs[first], runs[second]) for first in range(len(runs)) for second in range(first)]
    rand = np.mean([adjusted_rand_score(labels, topics) for topics in runs])
    return [
        f"{np.mean(to_labels):.3f} ± {np.std(to_labels, ddof=1):.3f}", f"{rand:.3f}", f"{np.mean(between):.2f}"
    ]  # fmt: skip


def repeated_table(table: Table, sets: list[Labelled], seeds: range) -> None:
    """One text repeated until it is a tenth of the corpus."""
    table.head("Texts", "Way", "NMI of the others", "without the repeats", "copies in one topic")
    for texts in sets:
        n_docs = texts.corpus.n_docs
        rows = np.concatenate((np.arange(n_docs), np.full(n_docs // 9, n_docs // 2)))
        others, copies = np.flatnonzero(rows != n_docs // 2), np.flatnonzero(rows == n_docs // 2)
        repeated, alone = Ways(texts.take(rows), texts.n_labels), Ways(texts, texts.n_labels)
        for way in OURS:
            runs = [repeated.run(way, seed)[0] for seed in seeds]
            without = np.mean([nmi(texts.labels, alone.run(way, seed)[0]) for seed in seeds])
            mean = np.mean([nmi(texts.labels[rows[others]], topics[others]) for topics in runs])
            together = np.mean([np.bincount(topics[copies] + 1).max() / len(copies) for topics in runs])
            table.row(texts.name, way, f"{mean:.3f}", f"{without:.3f}", f"{together:.0%}")


def robustness_table(table: Table, sets: list[Labelled], seeds: range) -> None:
    """Wrong, random and missing embeddings."""
    table.head(
        "Texts", "Embeddings", "NMI", "NMI, texts without embedding", "cosine of texts that share a rare word", "Warned"
    )
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
            table.row(*cells)


def accuracy(train: np.ndarray, topics: np.ndarray, test: np.ndarray, found: np.ndarray) -> float:
    """Return the share of new documents with the most frequent label of their topic's training documents."""
    label_of = {
        topic: max(set(own := train[topics == topic].tolist()), key=own.count) for topic in set(topics.tolist())
    }
    return float(np.mean([label_of.get(topic) == label for topic, label in zip(found.tolist(), test.tolist())]))


def scoring_table(table: Table, sets: list[Labelled], seeds: range) -> None:
    """Accuracy on a fifth of the texts that no model was trained on."""
    table.head("Texts", "words and meaning", "words alone, same model", "meaning alone, same model", "model of words")
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
        table.row(texts.name, *(f"{np.mean(values):.3f}" for values in cases.values()))


def cost_table(table: Table, sets: list[Labelled]) -> None:
    """CPU time of a sweep after some, the least of several runs."""
    table.head("Texts", "Words a text", "Topics at most", "words, µs a text and sweep", "words and meaning", "times")
    for texts in sets:
        for n_topics in (20, 100, 300):
            plain, both = _plain_seconds(texts.corpus, n_topics), _seconds(texts, n_topics)
            per_text = 1e6 / texts.corpus.n_docs
            cells = [f"{number:.2f}" for number in (plain * per_text, both * per_text)]
            table.row(
                texts.name, f"{texts.corpus.doc_lengths.mean():.1f}", str(n_topics), *cells, f"{both / plain:.1f}"
            )


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


TABLES = ("meaning", "peers", "twice", "repeated", "robustness", "scoring", "cost")


def main() -> None:
    """Measure tables, and write those of all sets where told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="a small part of each table, which is not written")
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=TABLES)
    parser.add_argument("--texts", type=int, default=1_000, help="at most, drawn at random, of each set for the peers")
    parser.add_argument("--write", action="store_true", help="replace the tables in the docs")
    options = parser.parse_args()
    sets = [read(options.data, name) for name in (SETS[:1] if options.quick else SETS)]
    few = sets[0].take(np.arange(500))
    for way in (*OURS, *(PEERS[:2] if "peers" in options.tables else ())):
        Ways(few, 2).run(way, 0)  # compiles
    seeds = range(2) if options.quick else range(6)

    def of(*names: str) -> list[Labelled]:
        return [texts for texts in sets if texts.name in names]

    ways, few_seeds = (*OURS, KMEANS), seeds[:3]
    makers: dict[str, Callable[[Table], None]] = {
        "meaning": lambda table: ways_table(table, sets, seeds, ways),
        "peers": lambda table: ways_table(
            table, [drawn(texts, options.texts) for texts in sets], few_seeds, (*ways, *PEERS)
        ),
        "twice": lambda table: ways_table(table, sets, few_seeds, OURS, 2),
        "repeated": lambda table: repeated_table(table, of("M10", "StackOverflow"), few_seeds),
        "robustness": lambda table: robustness_table(table, of("Tweet", "M10", "StackOverflow"), few_seeds),
        "scoring": lambda table: scoring_table(table, sets, few_seeds),
        "cost": lambda table: cost_table(table, of("StackOverflow", "SearchSnippets", "BBC_News")),
    }
    for name in options.tables:
        page = "performance.md" if name == "cost" else "quality.md"
        makers[name](Table(name, page if options.write and not options.quick else None))


if __name__ == "__main__":
    main()
