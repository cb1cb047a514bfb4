"""Topic coherence: NPMI and C_v, from sliding windows over the corpus itself.

Both are those of gensim's `CoherenceModel` (``c_npmi``, ``c_v``) on the kept words of the documents in their order.
Probabilities are shares of boolean sliding windows, 10 words wide for NPMI and 110 for C_v; a shorter document is one
window. Two cases differ: where gensim returns nan or an infinite value, and where terms occur in every window (gensim
returns -1), a topic has no coherence but a sentence with the reason.

References
----------
Gerlof Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL.
Michael Roeder, Andreas Both and Alexander Hinneburg (2015). Exploring the space of topic coherence measures. WSDM.
NPMI with a window of 10: table 8; C_v: section 3, table 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.document_term_matrix import Corpus, document_ranges
from text_explorer.topics.quality._coherence_kernels import count_windows

NPMI_WINDOW = 10
CV_WINDOW = 110
"""Words in a window, as in gensim and in Roeder et al."""

COHERENCE_WINDOWS = f"windows of {NPMI_WINDOW} (NPMI) and {CV_WINDOW} words (C_v)"

EPSILON = 1e-12
"""Added to the probability of a pair, as in gensim: pairs that never occur together get about -1, not -inf."""


@dataclass(frozen=True)
class TopicCoherence:
    """Coherence of each topic."""

    npmi: np.ndarray  # float64 of shape (n_topics,), from -1 to 1, NaN where undefined
    cv: np.ndarray  # float64 of shape (n_topics,), from about 0 to 1, NaN where undefined
    # float64 of shape (n_topics,): share of a topic's pairs of terms that never occur within 110 words of one
    # document; NaN where there is no pair
    apart: np.ndarray
    reasons: tuple[Optional[str], ...]  # why one or both are undefined, in a sentence; None where both are defined

    def mean_npmi(self) -> float:
        """Return the mean over the topics that have an NPMI; NaN where none has."""
        return _mean_of_known(self.npmi)

    def mean_cv(self) -> float:
        """Return the mean over the topics that have a C_v; NaN where none has."""
        return _mean_of_known(self.cv)


def topic_coherence(corpus: Corpus, topic_term_ids: np.ndarray, *, n_workers: Optional[int] = None) -> TopicCoherence:
    """Compute the coherence of topics from their best terms, or any terms: int array of shape (n_topics, n_best).

    Raises
    ------
    ValueError
        Where the corpus has no order of words (see `build_corpus`), or a term id is out of range.
    """
    topic_term_ids = np.asarray(topic_term_ids, dtype=np.int64)
    check_terms(topic_term_ids, corpus.n_terms)
    counts = CountWindows(topic_term_ids, corpus.n_terms, n_workers)(corpus)
    return coherence_of(counts, topic_term_ids, corpus.vocabulary.terms)


def check_terms(topic_term_ids: np.ndarray, n_terms: int) -> None:
    """Raise ``ValueError`` where a table of topics and terms is none, or a term id is out of range."""
    if topic_term_ids.ndim != 2:
        raise ValueError(f"Terms of topics must be a table of topics and terms. Got the shape {topic_term_ids.shape}.")
    if topic_term_ids.size and not 0 <= topic_term_ids.min() <= topic_term_ids.max() < n_terms:
        raise ValueError(
            f"Term ids must be from 0 to {n_terms - 1}. Got {topic_term_ids.min()} to {topic_term_ids.max()}."
        )


@dataclass
class WindowCounts:
    """Numbers of windows: in total, and with each pair of terms of a topic (with itself: as for the term)."""

    n_windows: int
    together: np.ndarray  # int64 (n_topics, n_best, n_best)

    @property
    def alone(self) -> np.ndarray:
        """int64 array of shape (n_topics, n_best): windows with each term."""
        return np.diagonal(self.together, axis1=-2, axis2=-1)

    def of_topic(self, number: int) -> WindowCounts:
        """Return the counts of one topic, without the first axis."""
        return WindowCounts(self.n_windows, self.together[number])

    def merge(self, other: WindowCounts) -> None:
        """Add the windows of other documents."""
        self.n_windows += other.n_windows
        self.together += other.together


@dataclass
class CoherenceCounts:
    """Windows of both sizes."""

    near: WindowCounts
    wide: WindowCounts

    def merge(self, other: CoherenceCounts) -> None:
        """Add the windows of other documents."""
        self.near.merge(other.near)
        self.wide.merge(other.wide)


@dataclass(frozen=True)
class CountWindows:
    """Counts the windows with the terms of topics."""

    topic_term_ids: np.ndarray  # int64 of shape (n_topics, n_best)
    n_terms: int  # of the vocabulary, which the documents may lack
    n_workers: Optional[int] = None

    def __call__(self, part: Corpus) -> CoherenceCounts:
        """Count the windows of some documents."""
        if part.word_order is None:
            raise ValueError("Coherence needs the order of the words: a corpus made by build_corpus.")
        return CoherenceCounts(_count(part, self, NPMI_WINDOW), _count(part, self, CV_WINDOW))


def coherence_of(counts: CoherenceCounts, topic_term_ids: np.ndarray, terms: Sequence[str]) -> TopicCoherence:
    """Compute the coherence of topics from the windows with their terms; see `topic_coherence`."""
    near, wide = counts.near, counts.wide
    reasons = tuple(
        _reason([terms[term_id] for term_id in topic], near.of_topic(number), wide.of_topic(number))
        for number, topic in enumerate(topic_term_ids.tolist())
    )
    apart = _mean_of_pairs((wide.together == 0).astype(np.float64))
    return TopicCoherence(_mean_of_pairs(_npmi(near)), _mean_cosine(_npmi(wide)), apart, reasons)


class _Pairs(NamedTuple):
    """The pairs of different terms that share a topic, in both orders, as numbers first * n_terms + second."""

    of_topics: np.ndarray  # int64 (n_topics, n_best, n_best), pairs of a term with itself included
    different: np.ndarray  # int64 (n_pairs,), ascending
    first: np.ndarray
    second: np.ndarray

    @classmethod
    def of(cls, positions: np.ndarray, n_terms: int) -> _Pairs:
        of_topics = positions[:, :, None] * n_terms + positions[:, None, :]
        different = np.unique(of_topics[positions[:, :, None] != positions[:, None, :]])
        return cls(of_topics, different, *np.divmod(different, max(n_terms, 1)))


def _count(corpus: Corpus, counted: CountWindows, window_size: int) -> WindowCounts:
    looked_for, positions = np.unique(counted.topic_term_ids, return_inverse=True)
    positions = positions.reshape(counted.topic_term_ids.shape)
    n_terms = len(looked_for)
    pairs = _Pairs.of(positions, n_terms)
    alone, together = _count_in_parts(corpus, counted, looked_for, pairs, window_size)
    together += together[np.searchsorted(pairs.different, pairs.second * n_terms + pairs.first)]
    of_topics = np.broadcast_to(alone[positions][:, :, None], pairs.of_topics.shape).copy()
    apart = positions[:, :, None] != positions[:, None, :]
    of_topics[apart] = together[np.searchsorted(pairs.different, pairs.of_topics[apart])]
    n_windows = int(np.maximum(corpus.doc_lengths - window_size + 1, 1).sum())
    return WindowCounts(n_windows, of_topics)


def _count_in_parts(
    corpus: Corpus, counted: CountWindows, looked_for: np.ndarray, pairs: _Pairs, window_size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Count the windows of all documents on threads, see `count_windows`; sums of integers do not depend on order."""
    n_workers, numbers = counted.n_workers or available_workers(), np.full(counted.n_terms, -1, dtype=np.int32)
    numbers[looked_for] = np.arange(len(looked_for))
    partner_starts = np.searchsorted(pairs.first, np.arange(len(looked_for) + 1))
    partners = pairs.second.astype(np.int32)

    def count(docs: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        offsets = corpus.word_offsets[docs[0] : docs[1] + 1]
        return count_windows(corpus.word_order, offsets, numbers, partner_starts, partners, window_size)

    alone = np.zeros(len(looked_for), dtype=np.int64)
    together = np.zeros(len(partners), dtype=np.int64)
    for counted_alone, counted_together in map_ordered(count, document_ranges(corpus.word_offsets), n_workers):
        alone += counted_alone
        together += counted_together
    return alone, together


def _npmi(counts: WindowCounts) -> np.ndarray:
    """Compute the NPMI of each pair of terms, float64 of shape (n_topics, n_best, n_best).

    NaN where a term is in no window, and where both are in all of them (0/0).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = counts.alone / counts.n_windows
        together = counts.together / counts.n_windows + EPSILON
        npmi = np.log(together / (alone[..., :, None] * alone[..., None, :])) / -np.log(together)
    absent = counts.alone == 0
    npmi[absent[:, :, None] | absent[:, None, :] | (counts.together == counts.n_windows)] = np.nan
    return npmi


def _mean_of_pairs(values: np.ndarray) -> np.ndarray:
    """Return each topic's mean over its pairs of terms; NaN where a pair's value is, or there is no pair."""
    n_best = values.shape[1]
    if n_best < 2:
        return np.full(len(values), np.nan)
    return values[:, ~np.eye(n_best, dtype=bool)].mean(axis=1)


def _mean_cosine(npmi: np.ndarray) -> np.ndarray:
    """Return each topic's mean cosine of the terms' vectors of NPMI with the sum of all of them."""
    if npmi.shape[1] < 2:
        return np.full(len(npmi), np.nan)
    whole = npmi.sum(axis=1)
    lengths = np.linalg.norm(npmi, axis=2) * np.linalg.norm(whole, axis=1)[:, None]
    return (np.einsum("tij,tj->ti", npmi, whole) / lengths).mean(axis=1)


def _reason(terms: list[str], near: WindowCounts, wide: WindowCounts) -> Optional[str]:
    """Describe why a topic lacks NPMI or C_v."""
    if len(terms) < 2:
        return "The topic has a single term; coherence needs at least two."
    absent = [term for term, n_windows in zip(terms, near.alone.tolist()) if n_windows == 0]
    if absent:
        return f"{_listed(absent)} never {'occurs' if len(absent) == 1 else 'occur'} in the texts."
    everywhere = np.argwhere(np.triu(near.together == near.n_windows, k=1))
    if len(everywhere):
        pair = _listed([terms[position] for position in everywhere[0].tolist()])
        return f"{pair} occur together in every window of {NPMI_WINDOW} words: there are too few texts to measure it."
    always = [term for term, n_windows in zip(terms, wide.alone.tolist()) if n_windows == wide.n_windows]
    if always:
        occur = "occurs" if len(always) == 1 else "occur"
        return f"No C_v: {_listed(always)} {occur} in every window of {CV_WINDOW} words, or in every shorter text."
    return None


def _listed(terms: list[str]) -> str:
    """Name up to three terms, of more the first two."""
    named = [f"'{term}'" for term in terms]
    if len(named) > 3:
        named = [*named[:2], f"{len(terms) - 2} other terms"]
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _mean_of_known(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
