"""Topics of words drawn from the shared model alone, each document by itself.

In a chain, a document moves the topics of all that follow it, so that nothing bounds its influence on the counts. Here
the topics of a document's words depend on the document, the shared model and a key, and on no other document. All words
of a document are drawn at once, a few times, each by the topics of the others: with topics taken as fixed proportions
(expectation maximisation), short texts hardly leave a random start.
"""

from __future__ import annotations

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.kernels._parts_kernels import hash_documents
from text_explorer.topics.models.parts.lda_engine import LdaShared

N_DRAWS = 6
"""Draws of each word, the first by the shared model alone."""

_WEIGHTS_AT_ONCE = 4_000_000
_STEPS = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)
"""Constants of SplitMix64 (Steele, Lea and Flood 2014)."""


def drawn_counts(corpus: Corpus, lda: LdaShared, key: int) -> np.ndarray:
    """Return the number of words by term and topic.

    Parameters
    ----------
    corpus
        Documents that have each of their terms once.
    key
        Selects the random numbers, 64 bits.

    Returns
    -------
    int64 array of shape (n_terms, n_topics)
    """
    n_topics = len(lda.alpha)
    smoothed = lda.term_topics[:, :n_topics] + lda.beta
    by_term = smoothed / smoothed.sum(axis=0)
    streams = _streams(corpus, key)
    counts = np.zeros(by_term.size, dtype=np.int64)
    n_entries = max(_WEIGHTS_AT_ONCE // n_topics, 1)
    bounds = np.searchsorted(corpus.indptr, np.arange(n_entries, corpus.indptr[-1], n_entries))
    edges = np.unique([0, *bounds.tolist(), corpus.n_docs]).tolist()
    for first, last in zip(edges, edges[1:]):
        batch = corpus.part(first, last)
        topics = _draw(batch, by_term, lda.alpha, streams[first:last])
        counts += np.bincount(batch.indices.astype(np.int64) * n_topics + topics, minlength=by_term.size)
    return counts.reshape(by_term.shape)


def _streams(corpus: Corpus, key: int) -> np.ndarray:
    """Return a random number of each document: uint64 array of shape (n_docs,).

    Equal documents have different ones, by their rank; without one of them, only the last rank is missing.
    """
    hashes = np.empty(corpus.n_docs, dtype=np.uint64)
    hash_documents(corpus.indptr, corpus.indices, corpus.data, hashes)
    order = np.argsort(hashes, kind="stable")
    ranks = np.arange(corpus.n_docs) - np.searchsorted(hashes[order], hashes[order])
    streams = np.empty(corpus.n_docs, dtype=np.uint64)
    streams[order] = _mixed(_mixed(hashes[order] ^ np.uint64(key)) + ranks.astype(np.uint64))
    return streams


def _draw(batch: Corpus, by_term: np.ndarray, alpha: np.ndarray, streams: np.ndarray) -> np.ndarray:
    """Draw the topic of each word: int64 array of shape (n_entries,); `streams` has a random number a document."""
    documents = np.repeat(np.arange(batch.n_docs), np.diff(batch.indptr))
    words = _mixed(streams[documents] + batch.indices.astype(np.uint64))
    probabilities = by_term[batch.indices]
    weights, topics = probabilities, np.zeros(0, dtype=np.int64)
    for draw in range(N_DRAWS):
        if draw:
            shape = batch.n_docs, len(alpha)
            of_documents = np.bincount(documents * shape[1] + topics, minlength=shape[0] * shape[1]).reshape(shape)
            others = of_documents[documents] + alpha
            others[np.arange(len(topics)), topics] -= 1
            weights = probabilities * others
        words = _mixed(words)
        running = weights.cumsum(axis=1)
        limits = (words >> np.uint64(11)).astype(np.float64) / 2.0**53 * running[:, -1]
        topics = np.minimum((running <= limits[:, np.newaxis]).sum(axis=1), len(alpha) - 1)
    return topics


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Return the next random number of each of some uint64, by SplitMix64."""
    mixed: np.ndarray = numbers + _STEPS[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _STEPS[1]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _STEPS[2]
    mixed ^= mixed >> np.uint64(31)
    return mixed
