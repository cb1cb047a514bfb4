"""Measure the topic engines beside their peers: time, memory, and how good the topics are.

Every way to make topics works on the same tokens, in processes of its own, after a small corpus has been worked through
there (so that compiling is over); peers get their own kind of input ready made, so that training alone is timed. All
use one thread unless said otherwise. Seconds are CPU seconds, medians over seeds.

Run ``python benchmarks/topics.py --data FOLDER``, where FOLDER holds the labelled texts named in docs/quality.md as
NAME.csv.gz with columns ``text`` (tokens parted by spaces) and ``label``. Each section (``--only``) replaces its own
tables in docs/performance.md and docs/quality.md. ``--quick`` runs a small part and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, Callable, NamedTuple, Optional

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from text_explorer.corpus.bag_of_words import Corpus  # noqa: E402
from text_explorer.corpus.vocabulary import Vocabulary  # noqa: E402
from text_explorer.topics import likelihood  # noqa: E402
from text_explorer.topics.gibbs_lda import GibbsLdaModel, fit_gibbs_lda  # noqa: E402
from text_explorer.topics.gsdmm import fit_gsdmm  # noqa: E402
from text_explorer.topics.progress import Progress  # noqa: E402
from text_explorer.topics.variational_lda import VariationalLdaModel  # noqa: E402

PERFORMANCE, QUALITY = ROOT / "docs" / "performance.md", ROOT / "docs" / "quality.md"
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

ALPHA = BETA = 0.1
"""GSDMM's priors, the same for all."""

TRAINED_SHARE = 0.8
"""Documents LDA is trained on; the others are foretold."""

TOP_TERMS = 10
"""Terms of a topic that coherence looks at."""

GENERATED_TERMS, GENERATED_TOPICS = 20_000, 100
TOPIC_LIKENESS, TOPICS_OF_DOCUMENT = 100, 3
"""Sums of the Dirichlet priors of the generated topics and documents: the smaller the first, the further apart topics
are; the smaller the second, the fewer topics a document is of."""


# --- corpora ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Texts:
    """Documents as lists of tokens, with the class of each."""

    documents: list[list[str]]
    labels: list[str]

    def part(self, first: int, last: int) -> Texts:
        """Give the documents of a range."""
        return Texts(self.documents[first:last], self.labels[first:last])

    @cached_property
    def corpus(self) -> Corpus:
        """All tokens as terms: no stop words, no pruning."""
        return self.in_terms_of(sorted({token for document in self.documents for token in document}))

    def in_terms_of(self, terms: list[str]) -> Corpus:
        """Give the documents as bags of these terms; other tokens are left out."""
        ids = {term: term_id for term_id, term in enumerate(terms)}
        known = [[ids[token] for token in document if token in ids] for document in self.documents]
        lengths = np.array([len(document) for document in known])
        words = np.array([term_id for document in known for term_id in document], dtype=np.int64)
        return bags(words, lengths, terms)


def bags(words: np.ndarray, lengths: np.ndarray, terms: list[str]) -> Corpus:
    """Count the term ids of documents that stand one after the other."""
    documents = np.repeat(np.arange(len(lengths)), lengths)
    keys, counts = np.unique(documents * len(terms) + words, return_counts=True)
    documents, term_ids = np.divmod(keys, len(terms))
    offsets = np.searchsorted(documents, np.arange(len(lengths) + 1)).astype(np.int64)
    vocabulary = Vocabulary(
        tuple(terms),
        np.bincount(term_ids, minlength=len(terms)),
        np.bincount(words, minlength=len(terms)),
    )
    return Corpus(offsets, term_ids.astype(np.int32), counts.astype(np.int32), vocabulary)


def read_texts(folder: str, name: str) -> Texts:
    """Read a labelled set and shuffle its rows, which come sorted by label in some."""
    with gzip.open(Path(folder) / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    order = np.random.default_rng(0).permutation(len(rows))
    return Texts([rows[row]["text"].split() for row in order], [rows[row]["label"] for row in order])


def documents_of(corpus: Corpus) -> list[list[str]]:
    """Give the documents of a corpus as lists of tokens again."""
    terms = np.array(corpus.vocabulary.terms, dtype=object)
    tokens = terms[np.repeat(corpus.term_ids, corpus.counts)]
    ends = np.cumsum(corpus.doc_lengths)
    return [tokens[start:end].tolist() for start, end in zip(ends - corpus.doc_lengths, ends)]


def fingerprint(corpus: Corpus) -> str:
    """Give the first digits of the SHA-256 of terms, offsets, term ids and counts."""
    digest = hashlib.sha256("\n".join(corpus.vocabulary.terms).encode("utf-8"))
    for array in (corpus.offsets, corpus.term_ids, corpus.counts):
        digest.update(array.tobytes())
    return digest.hexdigest()[:12]


def generated_topics(n_topics: int) -> np.ndarray:
    """Draw topics: P(term | topic), scattered about frequencies that fall as 1 / (rank + 20)."""
    frequencies = 1.0 / (np.arange(GENERATED_TERMS) + 20)
    weights = np.random.default_rng(0).gamma(
        TOPIC_LIKENESS * frequencies / frequencies.sum(), size=(n_topics, GENERATED_TERMS)
    )
    return weights / weights.sum(axis=1, keepdims=True)


def generated_mixtures(n_docs: int, n_words: int, n_topics: int, seed: int) -> Corpus:
    """Draw documents of `n_words` words by LDA."""
    generator = np.random.default_rng(seed)
    doc_topic_distr = generator.dirichlet(_generated_alpha(n_topics), n_docs)
    n_words_of = generator.multinomial(n_words, doc_topic_distr)
    topics = np.repeat(np.tile(np.arange(n_topics), n_docs), n_words_of.ravel())
    return _with_words(topics, np.full(n_docs, n_words), n_topics, generator)


def _generated_alpha(n_topics: int) -> np.ndarray:
    return np.full(n_topics, TOPICS_OF_DOCUMENT / n_topics)


def generated_short_texts(
    n_docs: int, n_topics: int, seed: int, n_words: tuple[int, int] = (8, 15)
) -> tuple[Corpus, np.ndarray]:
    """Draw documents of so many words of one topic each, and give their topics too."""
    generator = np.random.default_rng(seed)
    prevalence = np.random.default_rng(1).dirichlet(np.full(n_topics, 2.0))
    topics = generator.choice(n_topics, n_docs, p=prevalence)
    lengths = generator.integers(n_words[0], n_words[1] + 1, n_docs)
    return _with_words(np.repeat(topics, lengths), lengths, n_topics, generator), topics


def _with_words(topics: np.ndarray, lengths: np.ndarray, n_topics: int, generator: np.random.Generator) -> Corpus:
    """Draw the word of each place from its topic."""
    bounds = generated_topics(n_topics).cumsum(axis=1)
    words = np.empty(len(topics), dtype=np.int64)
    for topic in range(n_topics):
        places = np.flatnonzero(topics == topic)
        words[places] = np.searchsorted(bounds[topic], generator.random(len(places)) * bounds[topic, -1])
    return bags(words, lengths, [f"w{number:05}" for number in range(GENERATED_TERMS)])


def save(corpus: Corpus, path: str, **more: np.ndarray) -> None:
    """Write a generated corpus to a file, so that making it does not count for the memory of what comes after."""
    np.savez(path, offsets=corpus.offsets, term_ids=corpus.term_ids, counts=corpus.counts, **more)


def load(path: str) -> tuple[Corpus, Any]:
    """Read what `save` wrote: the corpus, and the file for what else is in it."""
    arrays = np.load(path)
    terms = tuple(f"w{number:05}" for number in range(GENERATED_TERMS))
    nothing = np.zeros(len(terms), dtype=np.int64)
    return Corpus(arrays["offsets"], arrays["term_ids"], arrays["counts"], Vocabulary(terms, nothing, nothing)), arrays


# --- measuring --------------------------------------------------------------------------------------------------------


@dataclass
class Stopwatch:
    """Wall and CPU seconds of a stretch of work."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time what is done inside."""
    watch = Stopwatch()
    wall, cpu = time.perf_counter(), time.process_time()
    yield watch
    watch.wall, watch.cpu = time.perf_counter() - wall, time.process_time() - cpu


def megabytes(field: str) -> float:
    """Give a field of this process's memory in MB: ``VmRSS`` (now) or ``VmHWM`` (peak)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def nmi(labels: Any, topics: np.ndarray) -> float:
    """Give normalized mutual information, arithmetic mean."""
    from sklearn.metrics import normalized_mutual_info_score  # noqa: PLC0415

    return float(normalized_mutual_info_score(labels, topics, average_method="arithmetic"))


def npmi(topic_term_distr: np.ndarray, terms: tuple[str, ...], documents: list[list[str]]) -> float:
    """Give gensim's c_npmi of the most probable terms of all topics, windows of 10 words in `documents`."""
    from gensim.corpora import Dictionary  # noqa: PLC0415
    from gensim.models import CoherenceModel  # noqa: PLC0415

    best = np.argsort(-topic_term_distr, axis=1, kind="stable")[:, :TOP_TERMS]
    return float(
        CoherenceModel(
            topics=[[terms[term_id] for term_id in topic] for topic in best],
            texts=documents, dictionary=Dictionary(documents), coherence="c_npmi", topn=TOP_TERMS, processes=1,
        ).get_coherence()
    )  # fmt: skip


# --- GSDMM and its peers ----------------------------------------------------------------------------------------------


class NumpyGsdmm:
    """Equation 4 of Yin and Wang (2014) in plain NumPy: a loop over documents, arrays over clusters."""

    def __init__(self, corpus: Corpus, n_clusters: int, seed: int):
        self._generator = np.random.default_rng(seed)
        self._documents = _words_and_repeats(corpus)
        lengths = [len(words) for words, _ in self._documents]
        self._steps = np.arange(max(lengths))[:, None] + corpus.n_terms * BETA
        self._assignment = self._generator.integers(n_clusters, size=corpus.n_docs)
        self._cluster_docs = np.zeros(n_clusters)
        self._cluster_words = np.zeros(n_clusters)
        self._term_clusters = np.zeros((corpus.n_terms, n_clusters))
        for document, cluster in enumerate(self._assignment):
            self._move(document, cluster, 1)

    def _move(self, document: int, cluster: int, step: int) -> None:
        words, _ = self._documents[document]
        self._cluster_docs[cluster] += step
        self._cluster_words[cluster] += step * len(words)
        np.add.at(self._term_clusters, (words, cluster), step)

    def _weights(self, words: np.ndarray, shifts: np.ndarray) -> np.ndarray:
        """Weigh all clusters; the products stay within a float64 for documents of up to some 50 words."""
        numerators = (self._term_clusters[words] + shifts).prod(axis=0)
        return (
            (self._cluster_docs + ALPHA) * numerators / (self._cluster_words + self._steps[: len(words)]).prod(axis=0)
        )

    def sweep(self) -> None:
        """Draw the cluster of each document once."""
        uniforms = self._generator.random(len(self._documents))
        for document, (words, shifts) in enumerate(self._documents):
            self._move(document, self._assignment[document], -1)
            bounds = self._weights(words, shifts).cumsum()
            cluster = bounds.searchsorted(uniforms[document] * bounds[-1], side="right")
            self._assignment[document] = cluster
            self._move(document, cluster, 1)

    def transform(self, corpus: Corpus) -> np.ndarray:
        """Give the posterior over clusters of each document as if it were new."""
        weights = np.array([self._weights(*document) for document in _words_and_repeats(corpus)])
        return weights / weights.sum(axis=1, keepdims=True)


def _words_and_repeats(corpus: Corpus) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give each document's words, and for each how often it came before, plus beta, as a column."""
    words = np.repeat(corpus.term_ids, corpus.counts)
    starts = np.repeat(np.cumsum(corpus.counts) - corpus.counts, corpus.counts)
    shifts = (np.arange(len(words)) - starts + BETA)[:, None]
    ends = np.cumsum(corpus.doc_lengths)
    return [(words[a:b], shifts[a:b]) for a, b in zip(ends - corpus.doc_lengths, ends)]


def _gsdmm(corpus: Corpus, n_topics: int, n_iterations: int, seed: int) -> tuple[Any, int]:
    done: list[int] = []
    progress = Progress(lambda iteration, _: done.append(iteration))
    model = fit_gsdmm(corpus, n_topics, n_iterations=n_iterations, alpha=ALPHA, beta=BETA, seed=seed, progress=progress)
    return model, len(done)


def _numpy_gsdmm(corpus: Corpus, n_topics: int, n_iterations: int, seed: int) -> tuple[Any, int]:
    chain = NumpyGsdmm(corpus, n_topics, seed)
    for _ in range(n_iterations):
        chain.sweep()
    return chain, n_iterations


GSDMM_WAYS: dict[str, Callable[[Corpus, int, int, int], tuple[Any, int]]] = {"ours": _gsdmm, "numpy": _numpy_gsdmm}


def cluster(folder: str, name: str, way: str, n_topics: int, n_iterations: int, seeds: list[int]) -> list[Any]:
    """Cluster a labelled set once for each seed."""
    texts = read_texts(folder, name)
    GSDMM_WAYS[way](texts.part(0, 100).corpus, 10, 2, 0)
    corpus, runs = texts.corpus, []
    for seed in seeds:
        with stopwatch() as watch:
            model, n_done = GSDMM_WAYS[way](corpus, n_topics, n_iterations, seed)
        topics = model.transform(corpus).argmax(axis=1)
        runs.append(
            {
                "seconds": watch.cpu / n_done, "n_iterations": n_done, "nmi": nmi(texts.labels, topics),
                "n_topics": len(np.unique(topics)),
            }
        )  # fmt: skip
    return runs


def time_fast_gsdmm(folder: str, name: str, n_topics: int) -> Optional[float]:
    """Time one iteration of fast-gsdmm: half of a run of two less a run of none. None where it is not installed."""
    try:
        from fast_gsdmm import GSDMM  # noqa: PLC0415
    except ImportError:
        return None
    texts = read_texts(folder, name)
    terms = list(texts.corpus.vocabulary.terms)
    seconds = []
    for n_iterations in (0, 2):
        np.random.seed(0)  # noqa: NPY002 - it draws from there
        with stopwatch() as watch:
            GSDMM(terms, len(terms), n_topics, n_iterations, ALPHA, BETA).fit(texts.documents)
        seconds.append(watch.cpu)
    return (seconds[1] - seconds[0]) / 2


def write_short_texts(path: str, n_docs: int) -> None:
    """Generate short texts and save them."""
    corpus, topics = generated_short_texts(n_docs, GENERATED_TOPICS, seed=2)
    save(corpus, path, topics=topics)


def cluster_generated(path: str, n_iterations: int) -> dict[str, Any]:
    """Cluster generated short texts and watch the memory."""
    _gsdmm(generated_short_texts(100, 10, seed=3)[0], 10, 2, 0)
    corpus, arrays = load(path)
    arrays_megabytes = sum(a.nbytes for a in (corpus.offsets, corpus.term_ids, corpus.counts)) / 2**20
    before = megabytes("VmRSS")
    with stopwatch() as watch:
        model, n_done = _gsdmm(corpus, GENERATED_TOPICS, n_iterations, 0)
    peak = megabytes("VmHWM")
    return {
        "cpu": watch.cpu, "n_iterations": n_done, "corpus_megabytes": arrays_megabytes, "megabytes": peak - before,
        "n_topics": len(model.topic_term_distr), "nmi": nmi(arrays["topics"], model.transform(corpus).argmax(axis=1)),
        "n_docs": corpus.n_docs, "n_words": int(corpus.doc_lengths.sum()), "hash": fingerprint(corpus),
    }  # fmt: skip


# --- LDA and its peers ------------------------------------------------------------------------------------------------


class Trained(NamedTuple):
    """Topics, their document-topic prior, and what training took."""

    topic_term_distr: np.ndarray
    alpha: np.ndarray
    watch: Stopwatch


def _gibbs(corpus: Corpus, n_topics: int, n_iterations: int, seed: int, n_workers: int = 1) -> Trained:
    with stopwatch() as watch:
        model = fit_gibbs_lda(corpus, n_topics, n_iterations=n_iterations, seed=seed, n_workers=n_workers)
    return Trained(model.topic_term_distr, model.alpha, watch)


def _tomotopy_model(corpus: Corpus, n_topics: int, seed: int) -> Any:
    from tomotopy import LDAModel  # noqa: PLC0415

    model = LDAModel(k=n_topics, seed=seed)
    for document in documents_of(corpus):
        model.add_doc(document)
    return model


def _tomotopy(corpus: Corpus, n_topics: int, n_iterations: int, seed: int, n_workers: int = 1) -> Trained:
    model = _tomotopy_model(corpus, n_topics, seed)
    with stopwatch() as watch:
        model.train(n_iterations, workers=n_workers)
    ids = corpus.vocabulary.ids
    places = [ids[term] for term in model.used_vocabs]
    distr = np.zeros((n_topics, corpus.n_terms))
    for topic in range(n_topics):
        distr[topic, places] = model.get_topic_word_dist(topic)
    return Trained(distr, np.array(model.alpha, dtype=np.float64), watch)


def _lda(corpus: Corpus, n_topics: int, n_iterations: int, seed: int) -> Trained:
    import logging  # noqa: PLC0415

    import lda  # noqa: PLC0415

    logging.getLogger("lda").setLevel(logging.ERROR)
    counts = np.zeros((corpus.n_docs, corpus.n_terms), dtype=np.int32)
    counts[np.repeat(np.arange(corpus.n_docs), np.diff(corpus.offsets)), corpus.term_ids] = corpus.counts
    model = lda.LDA(n_topics=n_topics, n_iter=n_iterations, random_state=seed)
    with stopwatch() as watch:
        model.fit(counts)
    return Trained(model.topic_word_, np.full(n_topics, model.alpha), watch)


def _scikit_learn(corpus: Corpus, n_topics: int, n_iterations: int, seed: int) -> Trained:
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.decomposition import LatentDirichletAllocation  # noqa: PLC0415

    counts = csr_matrix((corpus.counts, corpus.term_ids, corpus.offsets), shape=(corpus.n_docs, corpus.n_terms))
    model = LatentDirichletAllocation(n_topics, max_iter=n_iterations, learning_method="batch", random_state=seed)
    with stopwatch() as watch:
        model.fit(counts)
    distr = model.components_ / model.components_.sum(axis=1, keepdims=True)
    return Trained(distr, np.full(n_topics, 1.0 / n_topics), watch)


def _gensim_bags(corpus: Corpus) -> list[list[tuple[int, int]]]:
    pairs = list(zip(corpus.term_ids.tolist(), corpus.counts.tolist()))
    return [pairs[start:end] for start, end in zip(corpus.offsets, corpus.offsets[1:])]


def _gensim_model(corpus: Corpus, n_topics: int, n_passes: int, seed: int, **options: Any) -> tuple[Any, Stopwatch]:
    from gensim.models import LdaModel  # noqa: PLC0415

    documents, names = _gensim_bags(corpus), dict(enumerate(corpus.vocabulary.terms))
    with stopwatch() as watch:
        model = LdaModel(
            documents,
            num_topics=n_topics,
            id2word=names,
            passes=n_passes,
            eval_every=None,
            random_state=seed,
            **options,
        )
    return model, watch


def _gensim(corpus: Corpus, n_topics: int, n_passes: int, seed: int) -> Trained:
    model, watch = _gensim_model(corpus, n_topics, n_passes, seed)
    return Trained(model.get_topics().astype(np.float64), model.alpha.astype(np.float64), watch)


class LdaWay(NamedTuple):
    """One way to train LDA, for so many iterations and seeds."""

    title: str
    train: Callable[..., Trained]
    n_iterations: int
    n_seeds: int


LDA_WAYS = {
    "ours": LdaWay("Gibbs LDA, ours", _gibbs, 200, 3),
    "tomotopy": LdaWay("tomotopy", _tomotopy, 200, 3),
    "lda": LdaWay("lda", _lda, 200, 3),
    "scikit-learn": LdaWay("scikit-learn", _scikit_learn, 10, 3),
    "gensim": LdaWay("gensim", _gensim, 10, 3),
}


def train_lda(folder: str, name: str, way: str, n_topics: int, n_iterations: int, seeds: list[int]) -> list[Any]:
    """Train on most documents of a labelled set once for each seed, and judge the topics."""
    texts = read_texts(folder, name)
    n_trained = int(TRAINED_SHARE * len(texts.documents))
    training, held_out = texts.part(0, n_trained), texts.part(n_trained, len(texts.documents))
    train = LDA_WAYS[way].train
    train(training.part(0, 50).corpus, 5, 2, 0)
    corpus, runs = training.corpus, []
    halves = likelihood.split_words(held_out.in_terms_of(list(corpus.vocabulary.terms)), 0)
    for seed in seeds:
        trained = train(corpus, n_topics, n_iterations, seed)
        model = _for_fold_in(trained)
        runs.append(
            {
                "cpu": trained.watch.cpu,
                "perplexity": held_out_perplexity(model, *halves),
                "npmi": npmi(trained.topic_term_distr, corpus.vocabulary.terms, training.documents),
                "nmi": nmi(training.labels, model.transform(corpus, n_workers=1).argmax(axis=1)),
            }
        )
    return runs


def _for_fold_in(trained: Trained) -> GibbsLdaModel:
    """Give topics learnt elsewhere our way of finding the shares of documents."""
    return GibbsLdaModel(trained.topic_term_distr, trained.alpha, 0.0)


def held_out_perplexity(model: GibbsLdaModel, seen: Corpus, unseen: Corpus) -> float:
    """Find the topics of documents from one half of their words and foretell the other."""
    return likelihood.perplexity(model, unseen, model.transform(seen, n_workers=1))


def write_documents(path: str, n_docs: int, n_words: int, n_topics: int, seed: int, one_topic: bool = False) -> None:
    """Generate documents of several topics, or of one each, and save them."""
    if one_topic:
        save(generated_short_texts(n_docs, n_topics, seed, (n_words, n_words))[0], path)
    else:
        save(generated_mixtures(n_docs, n_words, n_topics, seed), path)


def train_generated(path: str, held_out_path: str, way: str, n_iterations: int, n_workers: int) -> dict[str, Any]:
    """Train on generated documents."""
    train = {"ours": _gibbs, "tomotopy": _tomotopy}[way]
    train(generated_mixtures(100, 100, 5, seed=3), 5, 2, 0, n_workers)
    corpus, held_out = load(path)[0], load(held_out_path)[0]
    trained = train(corpus, GENERATED_TOPICS, n_iterations, 0, n_workers)
    halves = likelihood.split_words(_with_terms_of(corpus, held_out), 0)
    truth = GibbsLdaModel(generated_topics(GENERATED_TOPICS), _generated_alpha(GENERATED_TOPICS), 0.0)
    return {
        "wall": trained.watch.wall, "cpu": trained.watch.cpu, "n_words": int(corpus.doc_lengths.sum()),
        "perplexity": held_out_perplexity(_for_fold_in(trained), *halves), "hash": fingerprint(corpus),
        "true_perplexity": held_out_perplexity(truth, *halves),
    }  # fmt: skip


def _with_terms_of(corpus: Corpus, documents: Corpus) -> Corpus:
    """Leave out of documents the terms that do not occur in a corpus."""
    kept = np.isin(documents.term_ids, corpus.term_ids)
    offsets = np.concatenate(([0], np.cumsum(kept)))[documents.offsets]
    return Corpus(offsets, documents.term_ids[kept], documents.counts[kept], documents.vocabulary)


# --- scoring ----------------------------------------------------------------------------------------------------------


class ScoringWay(NamedTuple):
    """One way to find the topics of new documents.

    Attributes
    ----------
    seconds
        Trains on documents, scores others and gives the CPU seconds of scoring.
    for_all
        Whether it is fast enough for all documents.
    of_one_topic
        Whether it takes documents to be of one topic each, and so gets such.
    """

    seconds: Callable[[Corpus, Corpus, int], float]
    for_all: bool = True
    of_one_topic: bool = False


def _seconds_of_transform(model: Any, documents: Corpus) -> float:
    model.transform(_head(documents, 100), n_workers=1)
    with stopwatch() as watch:
        model.transform(documents, n_workers=1)
    return watch.cpu


def _score_by_gibbs(training: Corpus, documents: Corpus, n_topics: int) -> float:
    return _seconds_of_transform(fit_gibbs_lda(training, n_topics, n_iterations=50, seed=0, n_workers=1), documents)


def _score_by_gsdmm(training: Corpus, documents: Corpus, n_topics: int) -> float:
    return _seconds_of_transform(fit_gsdmm(training, n_topics, seed=0), documents)


def _score_copy_of_gensim(training: Corpus, documents: Corpus, n_topics: int) -> float:
    return _seconds_of_transform(_our_copy(_gensim_model(training, n_topics, 1, 0)[0]), documents)


def _our_copy(model: Any) -> VariationalLdaModel:
    return VariationalLdaModel(model.state.get_lambda().astype(np.float64), model.alpha.astype(np.float64))


def _score_by_gensim(training: Corpus, documents: Corpus, n_topics: int) -> float:
    model, _ = _gensim_model(training, n_topics, 1, 0)
    given = _gensim_bags(documents)
    with stopwatch() as watch:
        model.inference(given)
    return watch.cpu


def _score_by_tomotopy(training: Corpus, documents: Corpus, n_topics: int) -> float:
    model = _tomotopy_model(training, n_topics, 0)
    model.train(50, workers=1)
    given = [model.make_doc(document) for document in documents_of(documents)]
    with stopwatch() as watch:
        model.infer(given, workers=1)
    return watch.cpu


GENSIM_SCORING = "gensim's model, its own `inference`"
SCORING_WAYS = {
    "Gibbs LDA": ScoringWay(_score_by_gibbs),
    "GSDMM": ScoringWay(_score_by_gsdmm, of_one_topic=True),
    "gensim's model, our scoring": ScoringWay(_score_copy_of_gensim),
    GENSIM_SCORING: ScoringWay(_score_by_gensim, for_all=False),
    "tomotopy `infer`": ScoringWay(_score_by_tomotopy, for_all=False),
}


def score(training_path: str, path: str, way: str, n_topics: int, n_docs: int) -> float:
    """Train on some documents, and give how many of others are scored in a second."""
    training, documents = load(training_path)[0], load(path)[0]
    return n_docs / SCORING_WAYS[way].seconds(training, _head(documents, n_docs), n_topics)


class _FirstGuessOfOnes:
    """Takes the place of gensim's random numbers, so that it begins where our scoring does."""

    def gamma(self, _shape: float, _scale: float, size: tuple[int, int]) -> np.ndarray:
        """Give ones."""
        return np.ones(size)


def compare_scoring(training_path: str, path: str, n_topics: int) -> float:
    """Give the largest difference between gensim's shares and ours, of one model in float64 and 1,000 documents."""
    training, documents = load(training_path)[0], _head(load(path)[0], 1_000)
    model, _ = _gensim_model(training, n_topics, 1, 0, dtype=np.float64)
    model.random_state = _FirstGuessOfOnes()
    gammas, _ = model.inference(_gensim_bags(documents))
    theirs = gammas / gammas.sum(axis=1, keepdims=True)
    return float(np.abs(_our_copy(model).transform(documents, n_workers=1) - theirs).max())


def _head(corpus: Corpus, n_docs: int) -> Corpus:
    offsets = corpus.offsets[: n_docs + 1]
    return Corpus(offsets, corpus.term_ids[: offsets[-1]], corpus.counts[: offsets[-1]], corpus.vocabulary)


def describe(folder: str, name: str) -> dict[str, Any]:
    """Give the sizes and the fingerprint of a labelled set."""
    texts = read_texts(folder, name)
    corpus = texts.corpus
    return {
        "name": name, "n_docs": corpus.n_docs, "n_terms": corpus.n_terms, "n_words": int(corpus.doc_lengths.sum()),
        "n_labels": len(set(texts.labels)), "hash": fingerprint(corpus),
    }  # fmt: skip


JOBS: dict[str, Callable[..., Any]] = {
    job.__name__: job
    for job in (
        cluster, time_fast_gsdmm, write_short_texts, cluster_generated, train_lda, write_documents, train_generated,
        score, compare_scoring, describe,
    )
}  # fmt: skip


def measured(job: Callable[..., Any], **arguments: Any) -> Any:
    """Run a job in a process of its own, whose libraries start no threads."""
    command = [sys.executable, __file__, "--one", job.__name__, json.dumps(arguments)]
    environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if run.returncode != 0:
        raise SystemExit(f"{job.__name__} failed with {arguments}:\n{run.stderr}")
    print(f"{job.__name__} {arguments} is done", file=sys.stderr)
    return json.loads(run.stdout.splitlines()[-1])


# --- sections ---------------------------------------------------------------------------------------------------------


class Bench(NamedTuple):
    """Where the texts are, where generated ones may be put, and whether a small part is enough."""

    data: str
    folder: str
    quick: bool

    def path(self, name: str) -> str:
        """Name a file for a generated corpus."""
        return str(Path(self.folder) / f"{name}.npz")


Pages = dict[Path, list[str]]


def median(runs: list[Any], field: str) -> float:
    """Give the median over seeds."""
    return statistics.median(run[field] for run in runs)


def spread(runs: list[Any], field: str, pattern: str) -> str:
    """Give mean and standard deviation over seeds."""
    values = [run[field] for run in runs]
    deviation = f" ± {statistics.stdev(values):{pattern}}" if len(values) > 1 else ""
    return f"{statistics.mean(values):{pattern}}{deviation}"


def environment(*peers: str) -> str:
    """Say what was measured with."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numba", "numpy", *peers))
    return f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors ({platform.machine()})."


def corpora(bench: Bench, names: list[str]) -> list[str]:
    """Tell the corpora of a section."""
    lines = []
    for name in names:
        one = measured(describe, folder=bench.data, name=name)
        lines.append(
            f"- {name}: {one['n_docs']:,} documents, {one['n_words']:,} words, {one['n_terms']:,} terms, "
            f"{one['n_labels']} labels (SHA-256 {one['hash']})"
        )
    return lines


def gsdmm_section(bench: Bench) -> Pages:
    """GSDMM on labelled short texts."""
    names = ["Tweet"] if bench.quick else ["Tweet", "SearchSnippets", "StackOverflow"]
    n_iterations, seeds = (3, [0]) if bench.quick else (30, [0, 1, 2, 3, 4])
    speed = ["| Texts | K | ours, s per iteration | NumPy | fast-gsdmm | times NumPy | times fast-gsdmm |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    quality = ["| Texts | K at most | NMI, ours | NMI, NumPy | clusters, ours | clusters, NumPy | sweeps, ours |",
               "|---|---|---|---|---|---|---|"]  # fmt: skip
    for name in names:
        numpy_seeds = seeds if name == "Tweet" else seeds[:3]
        for n_topics in (100, 300):
            settings = {"folder": bench.data, "name": name, "n_topics": n_topics}
            ours = measured(cluster, way="ours", n_iterations=n_iterations, seeds=seeds, **settings)
            plain = measured(cluster, way="numpy", n_iterations=n_iterations, seeds=numpy_seeds, **settings)
            fast = measured(time_fast_gsdmm, **settings)
            seconds, plain_seconds = median(ours, "seconds"), median(plain, "seconds")
            theirs = ("not to be had", "") if fast is None else (f"{fast:.2f}", f"{fast / seconds:,.0f}")
            speed.append(
                f"| {name} | {n_topics} | {seconds:.5f} | {plain_seconds:.3f} | {theirs[0]} "
                f"| {plain_seconds / seconds:.0f} | {theirs[1]} |"
            )
            quality.append(
                f"| {name} | {n_topics} | {spread(ours, 'nmi', '.3f')} | {spread(plain, 'nmi', '.3f')} "
                f"| {spread(ours, 'n_topics', '.0f')} | {spread(plain, 'n_topics', '.0f')} "
                f"| {median(ours, 'n_iterations'):.0f} |"
            )
    sets = ["", environment("scikit-learn"), "", *corpora(bench, names)]
    return {PERFORMANCE: speed + sets, QUALITY: quality + sets}


def gsdmm_size_section(bench: Bench) -> Pages:
    """GSDMM on more and more generated short texts."""
    lines = [
        "| Documents | Words | Sweeps | CPU s | µs per document and sweep | Corpus | Memory over it | NMI | SHA-256 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for n_docs in (1_000,) if bench.quick else (10_000, 100_000, 1_000_000):
        path = bench.path("short")
        measured(write_short_texts, path=path, n_docs=n_docs)
        run = measured(cluster_generated, path=path, n_iterations=30)
        lines.append(
            f"| {run['n_docs']:,} | {run['n_words']:,} | {run['n_iterations']} | {run['cpu']:.2f} "
            f"| {run['cpu'] / run['n_iterations'] / run['n_docs'] * 1e6:.2f} | {run['corpus_megabytes']:,.0f} MB "
            f"| {run['megabytes']:,.0f} MB | {run['nmi']:.3f} | {run['hash']} |"
        )
    return {PERFORMANCE: [*lines, "", environment()]}


def lda_section(bench: Bench) -> Pages:
    """LDA on labelled texts."""
    names = ["M10"] if bench.quick else ["BBC_News", "SearchSnippets", "M10"]
    peers = list(LDA_WAYS)[1:]
    speed = [
        "| Texts | K | " + " | ".join(way.title for way in LDA_WAYS.values()) + " | tomotopy / ours |",
        "|---" * (len(LDA_WAYS) + 3) + "|",
    ]
    quality = [
        "| Texts | K | Way | Perplexity of held-out words | NPMI | NMI with labels |",
        "|---|---|---|---|---|---|",
    ]
    for name in names:
        for n_topics in (20,) if bench.quick else (20, 50):
            runs = {}
            for key, way in LDA_WAYS.items():
                runs[key] = measured(
                    train_lda, folder=bench.data, name=name, way=key, n_topics=n_topics,
                    n_iterations=5 if bench.quick else way.n_iterations, seeds=list(range(way.n_seeds)),
                )  # fmt: skip
                quality.append(
                    f"| {name} | {n_topics} | {way.title} | {_median_of(runs[key], 'perplexity', '.0f')} "
                    f"| {_median_of(runs[key], 'npmi', '.3f')} | {_median_of(runs[key], 'nmi', '.3f')} |"
                )
            seconds = {key: median(found, "cpu") for key, found in runs.items()}
            speed.append(
                f"| {name} | {n_topics} | " + " | ".join(f"{value:.2f}" for value in seconds.values())
                + f" | {seconds['tomotopy'] / seconds['ours']:.2f} |"
            )  # fmt: skip
    seeds = ", ".join(f"{way.title} {way.n_seeds}" for way in LDA_WAYS.values())
    sets = ["", f"{environment(*peers)} Seeds: {seeds}.", "", *corpora(bench, names)]
    return {PERFORMANCE: speed + sets, QUALITY: quality + sets}


def _median_of(runs: list[Any], field: str, pattern: str) -> str:
    values = [run[field] for run in runs]
    bounds = f" ({min(values):{pattern}} to {max(values):{pattern}})" if len(values) > 1 else ""
    return f"{statistics.median(values):{pattern}}{bounds}"


def lda_size_section(bench: Bench) -> Pages:
    """LDA on many generated documents, on one and two threads."""
    n_docs, n_iterations = (1_000, 5) if bench.quick else (100_000, 50)
    path, held_out = bench.path("long"), bench.path("held_out")
    shape = {"n_words": 100, "n_topics": GENERATED_TOPICS}
    measured(write_documents, path=path, n_docs=n_docs, seed=4, **shape)
    measured(write_documents, path=held_out, n_docs=2_000, seed=5, **shape)
    lines = [
        "| Way | Threads | Wall s | CPU s | Million words a second | Times its 1 thread | Perplexity |",
        "|---|---|---|---|---|---|---|",
    ]
    for way in ("ours", "tomotopy"):
        alone = 0.0
        for n_workers in (1, 2):
            run = measured(
                train_generated, path=path, held_out_path=held_out, way=way, n_iterations=n_iterations,
                n_workers=n_workers,
            )  # fmt: skip
            alone = alone or run["wall"]
            lines.append(
                f"| {LDA_WAYS[way].title} | {n_workers} | {run['wall']:.1f} | {run['cpu']:.1f} "
                f"| {run['n_words'] * n_iterations / run['wall'] / 1e6:.1f} | {alone / run['wall']:.2f} "
                f"| {run['perplexity']:.0f} |"
            )
    lines += [
        "",
        f"{environment('tomotopy')} {n_docs:,} documents of 100 words (SHA-256 {run['hash']}), "
        f"{GENERATED_TOPICS} topics, {n_iterations} iterations, one seed. The topics that the documents were drawn "
        f"from have a perplexity of {run['true_perplexity']:.0f}.",
    ]
    return {PERFORMANCE: lines}


def scoring_section(bench: Bench) -> Pages:
    """Score new documents."""
    n_topics, n_all, n_few, n_training = (10, 2_000, 100, 500) if bench.quick else (50, 100_000, 2_000, 10_000)
    lengths = (100, 12)
    speeds: dict[str, list[float]] = {way: [] for way in SCORING_WAYS}
    notes = []
    for n_words in lengths:
        shape = {"n_words": n_words, "n_topics": n_topics}
        for one_topic in (False, True):
            measured(write_documents, path=bench.path(f"training {one_topic}"), n_docs=n_training, seed=6,
                     one_topic=one_topic, **shape)  # fmt: skip
            measured(write_documents, path=bench.path(f"new {one_topic}"), n_docs=n_all, seed=7,
                     one_topic=one_topic, **shape)  # fmt: skip
        for name, way in SCORING_WAYS.items():
            training, new = (bench.path(f"{part} {way.of_one_topic}") for part in ("training", "new"))
            n_docs = n_all if way.for_all else n_few
            speeds[name].append(
                measured(score, way=name, n_docs=n_docs, n_topics=n_topics, training_path=training, path=new)
            )
        difference = measured(
            compare_scoring, training_path=bench.path("training False"), path=bench.path("new False"), n_topics=n_topics
        )
        notes.append(f"{difference:.0e} with {n_words} words")
    theirs = speeds[GENSIM_SCORING]
    lines = ["| Way | " + " | ".join(f"{n} words | times gensim" for n in lengths) + " |", "|---|---|---|---|---|"]
    for name, found in speeds.items():
        cells = (f"{speed:,.0f} | {speed / their:.1f}" for speed, their in zip(found, theirs))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += [
        "",
        f"{environment('gensim', 'tomotopy')} K = {n_topics}. Scoring gensim's model in float64 from the same first "
        f"guess, we and gensim differ by at most {' and '.join(notes)} in a share.",
    ]
    return {PERFORMANCE: lines}


SECTIONS: dict[str, Callable[[Bench], Pages]] = {
    "gsdmm": gsdmm_section,
    "gsdmm-size": gsdmm_size_section,
    "lda": lda_section,
    "lda-size": lda_size_section,
    "scoring": scoring_section,
}


def write(page: Path, section: str, lines: list[str]) -> None:
    """Replace a section's tables in a page."""
    start, end = (f"<!-- topics benchmark, {section}: {edge} -->" for edge in ("start", "end"))
    text = page.read_text("utf-8")
    first, last = text.index(start) + len(start), text.index(end)
    page.write_text("\n".join([text[:first], *lines, text[last:]]), "utf-8")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder of the labelled texts")
    parser.add_argument("--only", choices=SECTIONS, help="one section; the others keep their tables")
    parser.add_argument("--quick", action="store_true", help="a small part; nothing is written")
    parser.add_argument("--one", nargs=2, metavar=("JOB", "ARGUMENTS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        job, arguments = options.one
        print(json.dumps(JOBS[job](**json.loads(arguments))))
        return
    if not options.data:
        parser.error("name the folder of the labelled texts by --data")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(str(Path(options.data).resolve()), folder, options.quick)
        for section in [options.only] if options.only else SECTIONS:
            for page, lines in SECTIONS[section](bench).items():
                print("\n".join(lines), end="\n\n", flush=True)
                if not options.quick:
                    write(page, section, lines)


if __name__ == "__main__":
    main()
