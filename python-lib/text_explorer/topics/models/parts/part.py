"""A part of a corpus with its share of the chain's state, and the division of a corpus into parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus

WORDS_PER_PART, MOST_PARTS = 500_000, 1_024
"""The number of parts depends on the number of words alone, so neither threads nor machines show in a model."""


@dataclass(frozen=True)
class Part:
    """Documents in compressed sparse rows, and where their words or they themselves are assigned; never changed."""

    number: int
    rows: np.ndarray  # int64 of shape (n_docs,): indices of the documents in the corpus
    doc_lengths: np.ndarray  # int64 of shape (n_docs,): words of each document
    indptr: np.ndarray  # int64 of shape (n_docs + 1,)
    indices: np.ndarray  # int32 of shape (n_entries,): term ids
    # int32 of shape (n_entries,): how often each of these terms occurs in the document; empty where an entry is a word
    data: np.ndarray
    # topic of each word (LDA) or cluster of each document (GSDMM); empty before the start
    assignments: np.ndarray
    state: np.ndarray

    @property
    def n_docs(self) -> int:
        """Number of documents, those without a term included."""
        return len(self.indptr) - 1

    @property
    def n_words(self) -> int:
        """Number of words."""
        return int(self.doc_lengths.sum())

    def by_word(self) -> Part:
        """Return the part with an entry for each word."""
        indptr = np.concatenate(([0], np.cumsum(self.doc_lengths)))
        return replace(self, indptr=indptr, indices=np.repeat(self.indices, self.data), data=self.data[:0])

    def assigned(self, assignments: np.ndarray) -> Part:
        """Return the part with another state of the chain."""
        return replace(self, assignments=assignments)


def number_of_parts(n_words: int) -> int:
    """Return the number of parts of a corpus."""
    return min(max(n_words // WORDS_PER_PART, 1), MOST_PARTS)


def split(corpus: Corpus, n_parts: int) -> list[Part]:
    return [
        Part(
            0,
            np.arange(corpus.n_docs),
            corpus.doc_lengths,
            corpus.indptr,
            corpus.indices,
            corpus.data,
            np.empty(0, np.int32),
            np.empty(0),
        )
    ]
