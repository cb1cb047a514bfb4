"""The vocabulary of a corpus: its terms with their counts, and the stems and phrases that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from text_explorer.corpus.phrases import Pairs
from text_explorer.corpus.words.preparation import Preparation

MIN_DOCUMENTS_BY_SIZE = ((10_000, 5), (1_000, 3), (100, 2))
"""Automatic 'minimum documents per term', by corpus size: rare terms cost time and memory and add nothing to a topic,
but in a small corpus every term is rare."""

MAX_SHARE_FROM_DOCUMENTS = 20
"""In a smaller corpus, a term found in half of the documents need not be a stop word."""

TOO_RARE, TOO_COMMON, TOO_MANY = "too rare", "too common", "beyond the largest vocabulary"
PRUNED = (TOO_RARE, TOO_COMMON, TOO_MANY)
"""Why a term is left out of the vocabulary."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a corpus in alphabetical order; a term's id is its index."""

    terms: tuple[str, ...]  # as displayed
    document_counts: np.ndarray  # int64 of shape (n_terms,)
    term_counts: np.ndarray  # int64 of shape (n_terms,)
    names_of_stems: Mapping[str, str] = field(default_factory=dict)  # the term of each stem; empty without stemming
    phrases: tuple[Pairs, ...] = ()  # pairs of terms that form a phrase, in the order of merging

    @cached_property
    def ids(self) -> dict[str, int]:
        """Map each term to its id."""
        return {term: term_id for term_id, term in enumerate(self.terms)}

    def count_of(self, term: str) -> int:
        """Return how often a term occurs, 0 for an unknown one."""
        return int(self.term_counts[self.ids[term]]) if term in self.ids else 0


@dataclass(frozen=True)
class TermTable:
    """Terms, or pairs of terms, of a part of a corpus with their counts: the sum of parts is that of the whole.

    The order of the terms and their numbers depend on the sums alone, not on which part a term was met in first.
    """

    terms: tuple[Any, ...]  # by falling document count, then in the order of the terms
    document_counts: np.ndarray  # int64 of shape (n_terms,)
    term_counts: np.ndarray  # int64 of shape (n_terms,)

    @classmethod
    def of(cls, parts: Iterable[Mapping[Any, tuple[int, int]]]) -> TermTable:
        """Add up tables of document and word counts by term, each term once in a table."""
        total: dict[Any, tuple[int, int]] = {}
        for part in parts:
            for term, (n_documents, n_words) in part.items():
                if not 0 < n_documents <= n_words:
                    raise ValueError(f"{term!r} cannot occur {n_words} times in {n_documents} documents.")
                before = total.get(term, (0, 0))
                total[term] = before[0] + n_documents, before[1] + n_words
        terms = tuple(sorted(total, key=lambda term: (-total[term][0], term)))
        counts = np.array([total[term] for term in terms], dtype=np.int64).reshape(len(terms), 2)
        return cls(terms, counts[:, 0], counts[:, 1])

    def counts_by_term(self) -> dict[Any, tuple[int, int]]:
        """Return the table as `of` takes it."""
        return dict(zip(self.terms, zip(self.document_counts.tolist(), self.term_counts.tolist())))


def build_vocabulary(
    terms: tuple[str, ...],
    document_counts: np.ndarray,
    term_counts: np.ndarray,
    names_of_stems: Mapping[str, str],
    phrases: Sequence[Pairs],
) -> Vocabulary:
    """Build a vocabulary with only the stems and phrases that lead to one of its terms; see `Vocabulary`."""
    wanted = set(terms)
    needed: list[Pairs] = []
    for pairs in reversed(phrases):
        kept = tuple(pair for pair in pairs if " ".join(pair) in wanted)
        needed.insert(0, kept)
        wanted.update(name for pair in kept for name in pair)
    stems = {stem: name for stem, name in names_of_stems.items() if name in wanted}
    return Vocabulary(terms, document_counts, term_counts, stems, tuple(needed))


def prune(
    document_counts: np.ndarray, names: Sequence[str], n_docs: int, preparation: Preparation
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the terms of the vocabulary, in alphabetical order, which also breaks ties between document counts.

    The second result has for each term the index into ``PRUNED`` if it is left out, -1 if it is kept.
    """
    reasons = np.full(len(names), -1, dtype=np.int8)
    if n_docs >= MAX_SHARE_FROM_DOCUMENTS:
        reasons[document_counts > preparation.max_document_share * n_docs] = PRUNED.index(TOO_COMMON)
    too_rare = document_counts < (preparation.min_documents or automatic_min_documents(n_docs))
    reasons[too_rare] = PRUNED.index(TOO_RARE)
    kept = np.array(sorted(np.flatnonzero(reasons < 0).tolist(), key=names.__getitem__), dtype=np.int64)
    by_documents = np.argsort(-document_counts[kept], kind="stable")
    reasons[kept[by_documents[preparation.max_terms :]]] = PRUNED.index(TOO_MANY)
    return kept[reasons[kept] < 0], reasons


def automatic_min_documents(n_docs: int) -> int:
    """Return the automatic 'minimum documents per term' for a number of documents."""
    return next((least for size, least in MIN_DOCUMENTS_BY_SIZE if n_docs >= size), 1)
