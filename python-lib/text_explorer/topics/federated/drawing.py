"""Topics of words drawn from the shared model alone, each document by itself.

In a chain, a document moves the topics of all that follow it, so that nothing bounds its influence on the counts. Here
the topics of a document's words depend on the document, the shared model and a key, and on no other document. With
topics taken as fixed proportions instead (expectation maximisation), short texts hardly leave a random start.
"""

from __future__ import annotations

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.inference import padded
from text_explorer.topics.models.kernels._drawing_kernels import draw_documents
from text_explorer.topics.models.kernels._parts_kernels import hash_documents
from text_explorer.topics.models.parts.lda_engine import LdaShared

N_DRAWS = 10
"""Draws of each word after the first."""

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
    by_term = padded((smoothed / smoothed.sum(axis=0)).astype(np.float32))
    counts = np.zeros(by_term.shape, dtype=np.int64)
    alpha = padded(lda.alpha.astype(np.float32))
    draw_documents(corpus.indptr, corpus.indices, by_term, alpha, _streams(corpus, key), N_DRAWS, counts)
    return counts[:, :n_topics]


def _streams(corpus: Corpus, key: int) -> np.ndarray:
    """Return the state of the random numbers of each document: uint64 array of shape (n_docs,), not 0.

    Equal documents have different ones, by their rank; without one of them, only the last rank is missing.
    """
    hashes = np.empty(corpus.n_docs, dtype=np.uint64)
    hash_documents(corpus.indptr, corpus.indices, corpus.data, hashes)
    order = np.argsort(hashes, kind="stable")
    ranks = np.arange(corpus.n_docs) - np.searchsorted(hashes[order], hashes[order])
    streams = np.empty(corpus.n_docs, dtype=np.uint64)
    streams[order] = _mixed(_mixed(hashes[order] ^ np.uint64(key)) + ranks.astype(np.uint64))
    return np.maximum(streams, 1)


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Return the next random number of each of some uint64, by SplitMix64."""
    mixed: np.ndarray = numbers + _STEPS[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _STEPS[1]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _STEPS[2]
    mixed ^= mixed >> np.uint64(31)
    return mixed
