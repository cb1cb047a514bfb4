"""The documents of a corpus, wherever they are held, counted part by part.

What is counted of a part depends on its documents alone and can be added in any order, so that neither the parts nor
the machines they are on show in the sum.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Callable, Optional, Protocol, TypeVar

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus


class Sum(Protocol):
    """Counts that can be added."""

    def merge(self, other: Any) -> None:
        """Add the counts of other documents."""


Counts = TypeVar("Counts", bound=Sum)


def sum_of(counts: Iterable[Counts]) -> Optional[Counts]:
    """Return the sum, which the first of them becomes; None without any."""
    total: Optional[Counts] = None
    for one in counts:
        if total is None:
            total = one
        else:
            total.merge(one)
    return total


class Documents(ABC):
    """The documents of a corpus."""

    @abstractmethod
    def count(self, count: Callable[[Corpus], Counts], n_at_once: Optional[int] = None) -> Counts:
        """Return the sum of the counts of all documents, at most `n_at_once` of which are counted at a time.

        Where documents are on other machines, `count` is sent there.
        """


@dataclass(frozen=True)
class HeldDocuments(Documents):
    """Documents on this machine."""

    corpus: Corpus

    def count(self, count: Callable[[Corpus], Counts], n_at_once: Optional[int] = None) -> Counts:
        """See `Documents`; parts are counted in the order of the documents."""
        total = sum_of(map(count, self.corpus.batches(n_at_once or max(self.corpus.n_docs, 1))))
        assert total is not None  # there is a part even of no document
        return total


def documents_of(corpus: AnyCorpus) -> Documents:
    """Return the documents that a corpus holds itself."""
    if not isinstance(corpus, Corpus):
        raise TypeError("An outline has no documents: they must be named apart.")
    return HeldDocuments(corpus)
