"""GSDMM and its peers on labelled and on generated short texts."""

from __future__ import annotations

from typing import Any, Callable, Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.progress import Progress
from topic_jobs.corpora import GENERATED_TOPICS, fingerprint, generated_short_texts, load, read_texts, save
from topic_jobs.measuring import megabytes, nmi, stopwatch

ALPHA = BETA = 0.1
"""GSDMM's priors, the same for all."""


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
        """Return the posterior over clusters of each document as if it were new."""
        weights = np.array([self._weights(*document) for document in _words_and_repeats(corpus)])
        return weights / weights.sum(axis=1, keepdims=True)


def _words_and_repeats(corpus: Corpus) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return each document's words, and for each its count before plus beta, as a column."""
    words = np.repeat(corpus.indices, corpus.data)
    starts = np.repeat(np.cumsum(corpus.data) - corpus.data, corpus.data)
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
    arrays_megabytes = sum(a.nbytes for a in (corpus.indptr, corpus.indices, corpus.data)) / 2**20
    before = megabytes("VmRSS")
    with stopwatch() as watch:
        model, n_done = _gsdmm(corpus, GENERATED_TOPICS, n_iterations, 0)
    peak = megabytes("VmHWM")
    return {
        "cpu": watch.cpu, "n_iterations": n_done, "corpus_megabytes": arrays_megabytes, "megabytes": peak - before,
        "n_topics": len(model.topic_term_distr), "nmi": nmi(arrays["topics"], model.transform(corpus).argmax(axis=1)),
        "n_docs": corpus.n_docs, "n_words": int(corpus.doc_lengths.sum()), "hash": fingerprint(corpus),
    }  # fmt: skip
