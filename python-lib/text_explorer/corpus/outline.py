"""What is known of a corpus whose documents are elsewhere: its vocabulary, and how many documents have which length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from text_explorer.corpus.vocabulary import Vocabulary


@dataclass(frozen=True)
class DocumentLengths:
    """How many documents have which number of words of the vocabulary; such counts can be added."""

    lengths: np.ndarray  # int64, ascending
    n_documents: np.ndarray  # int64: of each length

    @classmethod
    def of(cls, doc_lengths: np.ndarray) -> DocumentLengths:
        """Count the lengths of some documents."""
        return cls(*np.unique(np.asarray(doc_lengths, dtype=np.int64), return_counts=True))

    def plus(self, other: DocumentLengths) -> DocumentLengths:
        """Return the counts of both."""
        both = np.concatenate((self.lengths, other.lengths))
        lengths, positions = np.unique(both, return_inverse=True)
        n_documents = np.zeros(len(lengths), dtype=np.int64)
        np.add.at(n_documents, positions.ravel(), np.concatenate((self.n_documents, other.n_documents)))
        return DocumentLengths(lengths, n_documents)

    @property
    def n_with_words(self) -> int:
        """Number of documents with a word."""
        return int(self.n_documents[self.lengths > 0].sum())

    @property
    def median(self) -> float:
        """Median length of the documents with a word; 1 where none has."""
        lengths, n_documents = self.lengths[self.lengths > 0], self.n_documents[self.lengths > 0]
        if not len(lengths):
            return 1.0
        until = np.cumsum(n_documents)
        middle = ((until[-1] - 1) // 2, until[-1] // 2)
        return float(lengths[np.searchsorted(until, middle, side="right")].mean())


@dataclass(frozen=True)
class CorpusOutline:
    """A corpus without its documents."""

    vocabulary: Vocabulary
    lengths: DocumentLengths
    vectors: ClassVar[None] = None

    @property
    def n_docs(self) -> int:
        """Number of documents, those without a term included."""
        return int(self.lengths.n_documents.sum())

    @property
    def n_terms(self) -> int:
        """Size of the vocabulary."""
        return len(self.vocabulary.terms)

    @property
    def n_words(self) -> int:
        """Number of words that are in the vocabulary."""
        return int((self.lengths.lengths * self.lengths.n_documents).sum())

    @property
    def n_known(self) -> int:
        """Number of documents with a word."""
        return self.lengths.n_with_words
