"""A part of a corpus with its share of the chain's state, and the division of a corpus into parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Optional, Union

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.kernels._parts_kernels import hash_documents

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
    # int64 of shape (n_docs,): topic in which each document starts; None where starts are drawn
    first_topics: Optional[np.ndarray] = None

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


def split(corpus: Corpus, n_parts: int, first_topics: Optional[np.ndarray] = None) -> list[Part]:
    """Divide the documents of a corpus by hashes of their words, so that the order of its rows does not show.

    Documents of the same words go to the parts in turn: a text that is very frequent does not fill one of them.
    `first_topics`, int64 of shape (n_docs,), has the topic in which each document starts.
    """
    hashes = np.empty(corpus.n_docs, dtype=np.uint64)
    hash_documents(corpus.indptr, corpus.indices, corpus.data, hashes)
    order = np.argsort(hashes, kind="stable")
    numbers = part_numbers(hashes[order], n_parts)
    without_order = replace(corpus, word_order=None)
    return [_part_of(without_order, number, order[numbers == number], first_topics) for number in range(n_parts)]


def part_numbers(hashes: np.ndarray, n_parts: int) -> np.ndarray:
    """Return the parts of documents, uint64 of shape (n_docs,), given all their hashes in ascending order."""
    is_first = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
    indices = np.arange(len(hashes))
    rank = indices - np.maximum.accumulate(np.where(is_first, indices, 0))
    numbers: np.ndarray = (hashes % n_parts + rank.astype(np.uint64)) % n_parts
    return numbers


def _part_of(corpus: Corpus, number: int, rows: np.ndarray, first_topics: Optional[np.ndarray]) -> Part:
    taken, unassigned = corpus.take(rows), np.empty(0, dtype=np.int32)
    first = None if first_topics is None else first_topics[rows]
    return Part(number, rows, taken.doc_lengths, taken.indptr, taken.indices, taken.data, unassigned, first)


def check_assignments(
    assignments: np.ndarray, n_expected: int, n_topics: int, known: Union[slice, np.ndarray] = slice(None)
) -> None:
    """Raise ``ValueError`` where assignments read from a file, or those `known` among them, are not those of a part."""
    if assignments.dtype.kind not in "iu" or assignments.shape != (n_expected,):
        raise ValueError(f"{n_expected:,} assignments are expected, not {assignments.dtype} {assignments.shape}.")
    checked = assignments[known]
    if len(checked) and not 0 <= int(checked.min()) <= int(checked.max()) < n_topics:
        raise ValueError(f"An assignment is not among the {n_topics:,} topics.")


def random_state(seed: int, sweep: int, part: int) -> np.ndarray:
    """Return the state of the random numbers of a part's sweep: uint64 array of shape (1,), not 0, see `next_random`.

    It depends on nothing else, so that a sweep that is done again, on any machine, draws the same.
    """
    digest = blake2b(f"{seed} {sweep} {part}".encode("ascii"), digest_size=8).digest()
    return np.array([int.from_bytes(digest, "little") or 1], dtype=np.uint64)
