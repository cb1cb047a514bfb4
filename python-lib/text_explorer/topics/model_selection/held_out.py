"""Held-out documents, chosen independently of the order of rows and of repeated texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.quality.predictive_likelihood import split_words

HELD_OUT_SHARE, MOST_HELD_OUT = 0.1, 10_000
"""A tenth is enough to distinguish models; more than ten thousand documents only cost time."""

LEAST_HELD_OUT = 20
"""With fewer documents the perplexity would depend on them more than on the model."""

LARGEST_GROUP_SHARE = 0.1
"""Texts repeated more often than this, relative to the documents to hold out, are left to the training."""

DOCUMENTS_AT_ONCE = 100_000

_ENTRY_FACTOR, _COUNT_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True)
class HeldOutSplit:
    """A corpus split into training and held-out documents."""

    training: Corpus
    # halves of the words of each held-out document: topics are inferred from the first, the second is predicted.
    # None where there are too few documents.
    seen: Optional[Corpus]
    unseen: Optional[Corpus]
    reason: Optional[str]  # why nothing is held out, in a sentence; None if something is

    @cached_property
    def n_known(self) -> int:
        """Number of training documents with a known word."""
        return int(np.count_nonzero(self.training.doc_lengths))


def hold_out(corpus: Corpus, seed: int, *, share: float = HELD_OUT_SHARE) -> HeldOutSplit:
    """Split a corpus into training and held-out documents, and the words of these.

    Documents with the same bag of words stay together, so that none is both trained on and predicted. The choice
    depends only on the bags of words and the seed: rows in another order give the same documents.
    """
    hashes = bag_hashes(corpus, seed)
    usable = np.flatnonzero(corpus.doc_lengths >= 2)  # a single word cannot be predicted from others
    n_wanted = min(int(share * len(usable)), MOST_HELD_OUT)
    chosen = _smallest_groups(hashes[usable], n_wanted)
    if len(chosen) < LEAST_HELD_OUT:
        needed = int(np.ceil(LEAST_HELD_OUT / share))
        reason = (
            f"No perplexity: of {len(usable):,} documents with two known words or more, {len(chosen):,} different ones "
            f"can be held out, and {LEAST_HELD_OUT} are needed (so at least {needed:,} documents, most of them "
            "different)."
        )
        return HeldOutSplit(corpus, None, None, reason)
    held_out = usable[chosen]
    seen, unseen = split_words(_documents(corpus, held_out[np.argsort(hashes[held_out], kind="stable")]), seed)
    left = np.ones(corpus.n_docs, dtype=bool)
    left[held_out] = False
    return HeldOutSplit(_documents(corpus, np.flatnonzero(left)), seen, unseen, None)


def bag_hashes(corpus: Corpus, seed: int) -> np.ndarray:
    """Hash the bag of words of each document, uint64; equal bags have equal hashes."""
    hashes = np.empty(corpus.n_docs, dtype=np.uint64)
    for first in range(0, corpus.n_docs, DOCUMENTS_AT_ONCE):
        last = min(first + DOCUMENTS_AT_ONCE, corpus.n_docs)
        part = corpus.part(first, last)
        entries = part.indices.astype(np.uint64) * _ENTRY_FACTOR + part.data.astype(np.uint64) * _COUNT_FACTOR
        mixed = _mixed(entries + np.uint64(seed))
        running = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(mixed, dtype=np.uint64)))
        hashes[first:last] = _mixed(running[part.indptr[1:]] - running[part.indptr[:-1]])  # wraps, as it should
    return hashes


def _mixed(values: np.ndarray) -> np.ndarray:
    """Mix 64 bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _smallest_groups(hashes: np.ndarray, n_wanted: int) -> np.ndarray:
    """Return the positions of the smallest hashes, at most `n_wanted`, equal ones together."""
    _, groups, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    small = sizes <= max(LARGEST_GROUP_SHARE * n_wanted, 1)
    chosen = small & (np.cumsum(np.where(small, sizes, 0)) <= n_wanted)
    return np.flatnonzero(chosen[groups])


def _documents(corpus: Corpus, documents: np.ndarray) -> Corpus:
    """Return the corpus of some documents, in the given order."""
    sizes = np.diff(corpus.indptr)[documents]
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    entries = np.repeat(corpus.indptr[:-1][documents] - offsets[:-1], sizes) + np.arange(offsets[-1])
    # Models do not use the order of words, which would have to be cut as well.
    vectors = None if corpus.vectors is None else corpus.vectors.take(documents)
    return Corpus(offsets, corpus.indices[entries], corpus.data[entries], corpus.vocabulary, vectors=vectors)
