"""Phrases: words that occur together more often than by chance, counted as one term.

They are scored as by gensim's `Phrases`, from counts that can be added up, and stored as plain pairs of words, so that
new texts are treated the same way. A phrase never spans a word that was left out, or anything but spaces. A stop word
may begin a phrase, as in *new york*, but not end it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from text_explorer.corpus._bag_kernels import count_words, merge_pairs
from text_explorer.corpus.words.preparation import AUTOMATIC_THRESHOLDS, NO_PHRASES, NPMI, TRIGRAMS, Preparation

logger = logging.getLogger(__name__)

Pairs = Sequence[tuple[str, str]]
"""Neighbouring terms that form a phrase, whose name is both with a space between them."""

LONGEST_PHRASE = 3
"""In words."""

_WORDS_AT_ONCE = 4_000_000
"""Words whose pairs are counted at once, in about 100 MB."""


@dataclass(frozen=True)
class TermStream:
    """All terms of a list of documents, in reading order."""

    terms: np.ndarray  # int32 of shape (n_tokens,): term ids, -1 for a word that is not a term
    offsets: np.ndarray  # int64 of shape (n_docs + 1,): document ``d`` is ``terms[offsets[d]:offsets[d + 1]]``
    breaks: np.ndarray  # bool of shape (n_tokens,): whether a term cannot form a phrase with the previous one
    names: Sequence[str]  # by term id
    only_in_phrases: np.ndarray  # bool of shape (n_terms,): stop words, which count only at the start of a phrase


class PairCounts(NamedTuple):
    """How often pairs of terms are neighbours; the sum of parts is that of the whole."""

    codes: np.ndarray  # int64, ascending: first term * 2**32 + second term
    counts: np.ndarray  # int64

    @staticmethod
    def sum_of(parts: Iterable[PairCounts]) -> PairCounts:
        """Add up parts; those of like size first, so that none is sorted more often than needed."""
        sums = [PairCounts(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
        for part in parts:
            sums.append(part)
            while len(sums) > 1 and len(sums[-2].codes) <= 2 * len(sums[-1].codes):
                sums.append(_added(sums.pop(), sums.pop()))
        while len(sums) > 1:
            sums.append(_added(sums.pop(), sums.pop()))
        return sums[0]

    def of_at_least(self, count: int) -> PairCounts:
        """Return the pairs that occur so often."""
        frequent = self.counts >= count
        return PairCounts(self.codes[frequent], self.counts[frequent])


@dataclass(frozen=True)
class PhraseMerge:
    """Pairs of terms to merge into one term each; see `_bag_kernels.merge_pairs`."""

    codes: np.ndarray
    merged: np.ndarray
    starts_pair: np.ndarray
    names: Sequence[str] = ()  # by term id, those of the phrases last; not needed to merge

    @classmethod
    def of(cls, pairs: Pairs, names: Sequence[str]) -> PhraseMerge:
        """Return the merge of pairs, whose phrases are numbered after the terms; pairs of other terms are left out."""
        ids = {name: term for term, name in enumerate(names)}
        known = [pair for pair in pairs if pair[0] in ids and pair[1] in ids]
        codes = np.array([(ids[first] << 32) + ids[second] for first, second in known], dtype=np.int64)
        merged = np.array([ids.setdefault(" ".join(pair), len(ids)) for pair in known], dtype=np.int32)
        starts_pair = np.zeros(len(ids), dtype=np.bool_)
        starts_pair[[ids[first] for first, _ in known]] = True
        order = np.argsort(codes)
        return cls(codes[order], merged[order], starts_pair, list(ids))

    def apply(self, stream: TermStream) -> TermStream:
        """Merge the pairs from left to right, and drop the words that are no term."""
        terms, offsets, breaks = merge_pairs(
            stream.terms, stream.offsets, stream.breaks, self.codes, self.merged, self.starts_pair
        )
        return TermStream(terms, offsets, breaks, self.names, self.only_in_phrases(stream.only_in_phrases))

    def only_in_phrases(self, before: np.ndarray) -> np.ndarray:
        """Return which terms count only at the start of a phrase, given those before the merge."""
        return np.pad(before, (0, len(self.starts_pair) - len(before)))


class PhraseCounter(Protocol):
    """Counts terms and pairs in documents, wherever these are, after some merges."""

    def count_terms(self, merges: Sequence[PhraseMerge]) -> np.ndarray:
        """Count the occurrences of each term: int64 array of shape (n_terms,)."""

    def count_pairs(self, merges: Sequence[PhraseMerge], frequent: np.ndarray, least: int) -> tuple[PairCounts, int]:
        """Count the pairs of frequent terms; return those that occur `least` times, and the number of all."""


def find_phrases(stream: TermStream, preparation: Preparation) -> tuple[tuple[Pairs, ...], TermStream]:
    """Find the phrases of a corpus and merge each into one term; see `choose_phrases`."""
    counter = _StreamCounter(stream)
    passes, merges = choose_phrases(counter, stream.names, stream.only_in_phrases, preparation)
    return passes, counter.merged(merges)


def choose_phrases(
    counter: PhraseCounter, names: Sequence[str], only_in_phrases: np.ndarray, preparation: Preparation
) -> tuple[tuple[Pairs, ...], tuple[PhraseMerge, ...]]:
    """Choose the phrases of a corpus.

    The first result are the pairs in the order of merging: first words with words, then, for trigrams, phrases with
    words. The second is the same by the numbers of the terms.

    References
    ----------
    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction", and Mikolov et al. (2013),
    "Distributed representations of words and phrases and their compositionality", equation 6.
    """
    passes: list[Pairs] = []
    merges: list[PhraseMerge] = []
    n_passes = {NO_PHRASES: 0, TRIGRAMS: 2}.get(preparation.phrases, 1)
    for _ in range(n_passes):
        counts = counter.count_terms(merges)
        frequent = counts >= preparation.phrase_min_count
        pairs, n_pairs = counter.count_pairs(merges, frequent, preparation.phrase_min_count)
        score = _Scoring(counts, int(counts[frequent].sum()), int(frequent.sum()) + n_pairs, preparation)
        passes.append(_best_pairs(pairs, score, names, only_in_phrases))
        merges.append(PhraseMerge.of(passes[-1], names))
        names, only_in_phrases = merges[-1].names, merges[-1].only_in_phrases(only_in_phrases)
    if n_passes:
        logger.info("phrases found: %s", ", ".join(f"{len(pairs):,}" for pairs in passes))
    return tuple(passes), tuple(merges)


def merge_phrases(stream: TermStream, passes: Sequence[Pairs]) -> TermStream:
    """Merge known phrases into one term each, from left to right."""
    for pairs in passes:
        stream = PhraseMerge.of(pairs, stream.names).apply(stream)
    return stream


def count_pairs(stream: TermStream, frequent: np.ndarray) -> PairCounts:
    """Count the neighbouring terms that may form a phrase; a term that is not frequent stands between its neighbours.

    `frequent` is a bool array of shape (n_terms,).
    """
    parted = stream.breaks.copy()
    parted[stream.offsets[:-1][np.diff(stream.offsets) > 0]] = True
    usable = np.append(frequent, False)[stream.terms]  # the last, False, is what -1 finds
    return PairCounts.sum_of(
        _counted(stream.terms[first : first + _WORDS_AT_ONCE + 1], usable[first : first + _WORDS_AT_ONCE + 1],
                 parted[first : first + _WORDS_AT_ONCE + 1])
        for first in range(0, len(stream.terms), _WORDS_AT_ONCE)
    )  # fmt: skip


class _StreamCounter:
    """Counts in a stream."""

    def __init__(self, stream: TermStream) -> None:
        self._streams = [stream]

    def merged(self, merges: Sequence[PhraseMerge]) -> TermStream:
        while len(self._streams) <= len(merges):
            self._streams.append(merges[len(self._streams) - 1].apply(self._streams[-1]))
        return self._streams[len(merges)]

    def count_terms(self, merges: Sequence[PhraseMerge]) -> np.ndarray:
        stream = self.merged(merges)
        return np.asarray(count_words(stream.terms, len(stream.names)))

    def count_pairs(self, merges: Sequence[PhraseMerge], frequent: np.ndarray, least: int) -> tuple[PairCounts, int]:
        pairs = count_pairs(self.merged(merges), frequent)
        return pairs.of_at_least(least), len(pairs.codes)


@dataclass(frozen=True)
class _Scoring:
    """Scores pairs of terms, as `npmi_scorer` and `original_scorer` of gensim."""

    counts: np.ndarray  # of each term
    n_words: int  # occurrences of frequent terms
    n_distinct: int  # frequent terms, and their pairs
    preparation: Preparation

    @cached_property
    def threshold(self) -> float:
        return self.preparation.phrase_threshold or AUTOMATIC_THRESHOLDS[self.preparation.phrase_scoring]

    def of(self, first: int, second: int, count: int) -> float:
        n_first, n_second = int(self.counts[first]), int(self.counts[second])
        if self.preparation.phrase_scoring != NPMI:
            return (count - self.preparation.phrase_min_count) / float(n_first * n_second) * self.n_distinct
        both = count / self.n_words
        return math.log(both / (n_first / self.n_words * (n_second / self.n_words))) / -math.log(both)


def _best_pairs(pairs: PairCounts, score: _Scoring, names: Sequence[str], only_in_phrases: np.ndarray) -> Pairs:
    def found() -> Iterator[tuple[str, str]]:
        for code, count in zip(pairs.codes.tolist(), pairs.counts.tolist()):
            first, second = code >> 32, code & 0xFFFFFFFF
            if not only_in_phrases[second] and score.of(first, second, count) > score.threshold:
                yield names[first], names[second]

    return tuple(sorted(pair for pair in found() if len(" ".join(pair).split(" ")) <= LONGEST_PHRASE))


def _counted(terms: np.ndarray, usable: np.ndarray, parted: np.ndarray) -> PairCounts:
    """Count the pairs of some words, each with the one before it."""
    seconds = np.flatnonzero(usable[1:] & usable[:-1] & ~parted[1:]) + 1
    codes = (terms[seconds - 1].astype(np.int64) << 32) + terms[seconds]
    return PairCounts(*np.unique(codes, return_counts=True))


def _added(first: PairCounts, second: PairCounts) -> PairCounts:
    codes, counts = (np.concatenate(arrays) for arrays in zip(first, second))
    order = np.argsort(codes, kind="stable")
    codes, counts = codes[order], counts[order]
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: len(codes)])
    return PairCounts(codes[starts], np.add.reduceat(counts, starts) if len(starts) else counts)
