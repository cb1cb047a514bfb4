"""Which previous topic most likely wrote a document, and how well it explains its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from text_explorer.corpus.document_term_matrix import Corpus

SMOOTHING = 0.1
"""Added to the count of each term in each previous topic, as the prior of GSDMM."""

SCORES_HELD = 4_000_000
"""Scores in memory at once, 32 MB."""


class Explained(NamedTuple):
    """How previous topics explain documents."""

    topics: np.ndarray  # int64 of shape (n_docs,): the most likely topic
    gains: np.ndarray  # float64 of shape (n_docs,): log of its probability over that by the words' frequencies, a word


@dataclass(frozen=True)
class PreviousWords:
    """The words of previous topics, as logarithms of probabilities."""

    of_topics: np.ndarray  # float64 of shape (n_terms, n_topics)
    of_corpus: np.ndarray  # float64 of shape (n_terms,)
    shares: np.ndarray  # float64 of shape (n_topics,): of the topics themselves

    @classmethod
    def of(cls, counts: np.ndarray, n_documents: np.ndarray, term_counts: np.ndarray) -> PreviousWords:
        """Return the words of topics, given their counts, of shape (n_topics, n_terms), and those of the corpus."""
        smoothed = counts + SMOOTHING
        shares = np.log((n_documents + 1) / (n_documents + 1).sum())
        of_topics = np.log(smoothed / smoothed.sum(axis=1, keepdims=True)).T
        return cls(of_topics, np.log(term_counts / term_counts.sum()), shares)

    def explain(self, documents: Corpus) -> Explained:
        """Return the most likely topic of each document; what a document gets does not depend on the others."""
        topics, gains = np.empty(documents.n_docs, dtype=np.int64), np.empty(documents.n_docs)
        for rows, bags in _batches(documents, self.of_topics.shape):
            scores = np.asarray(bags @ self.of_topics) + self.shares
            topics[rows] = scores.argmax(axis=1)
            gains[rows] = scores.max(axis=1) - np.asarray(bags @ self.of_corpus)
        return Explained(topics, gains / np.maximum(documents.doc_lengths, 1))


Explain = Callable[[PreviousWords], Explained]


def _batches(corpus: Corpus, shape: tuple[int, ...]) -> Iterator[tuple[slice, csr_matrix]]:
    """Yield rows of the corpus as bags of words, few enough for their scores; `shape` is (n_terms, n_topics)."""
    n_terms, n_topics = shape
    n_at_once = max(SCORES_HELD // n_topics, 1)
    bags = csr_matrix((corpus.data, corpus.indices, corpus.indptr), shape=(corpus.n_docs, n_terms))
    for first in range(0, corpus.n_docs, n_at_once):
        rows = slice(first, min(first + n_at_once, corpus.n_docs))
        yield rows, bags[rows]
