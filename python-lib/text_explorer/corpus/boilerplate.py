"""Find the lines and sentences that repeat over many documents: footers, signatures, legal notices, templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.word_stream import TextBatch, readable_characters, text_batches
from text_explorer.corpus.words.boilerplate.units import RepeatedLines, hex_of, units_of
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.wording import plural

SHORT, LONG = 6, 12
"""Half words (see `find_units`) from which on a unit is counted, and from which on it is long."""

LEAST_LONG, SHARE_LONG, LEAST_SHORT, SHARE_SHORT = 5, 0.01, 10, 0.05
"""A long unit repeats if it stands in five documents and in a hundredth of all; "I love this place" stands in many
reviews without being copied, so that a short one must stand in ten and in a twentieth."""

SHARE_BESIDE = 0.75
"""A unit of any length repeats if it stands right beside one that does, in this share of the documents of each: a line
of a footer may be short."""

MOST_COVERED = 0.1
"""Where more documents consist of repeated units only, stock sentences are what the texts say."""

MOST_LINES = 2_000
MOST_PAIRS = 4_000_000
"""Pairs of document and unit in memory, 100 MB; beyond it, every second document is counted, every fourth, ..."""

_SHOWN, _LONGEST_SHOWN = 3, 60


@dataclass(frozen=True)
class Boilerplate:
    """Repeated lines, the numbers of documents with any and of all, and the commonest with their documents."""

    lines: RepeatedLines
    n_with: int
    n_documents: int
    commonest: tuple[tuple[str, int], ...] = ()

    def sentence(self) -> str:
        """Describe what is left out."""
        lines, documents = plural(len(self.lines), "repeated line"), plural(self.n_documents, "document")
        shown = ", ".join(f"'{line}' ({n:,})" for line, n in self.commonest)
        return f"{lines} left out, in {self.n_with:,} of {documents}" + (f"; the commonest: {shown}." if shown else ".")


class _Counts(NamedTuple):
    """Different documents, and the different units of each."""

    docs: np.ndarray  # uint64 of shape (n_docs,): hash of the units of each
    weights: np.ndarray  # int64 of shape (n_docs,): documents of these units
    n_units: np.ndarray  # int64 of shape (n_docs,)
    units: np.ndarray  # uint64 of shape (n_pairs,): their hashes, document after document, in reading order
    half_words: np.ndarray  # uint8 of shape (n_pairs,): LONG and above are one

    def take(self, docs: np.ndarray, weights: np.ndarray) -> _Counts:
        """Return some documents, a bool array, with other weights."""
        pairs = np.repeat(docs, self.n_units)
        return _Counts(self.docs[docs], weights, self.n_units[docs], self.units[pairs], self.half_words[pairs])


class UnitCounts(NamedTuple):
    """Counts of every 2^level-th document by its hash, for sums over parts of a corpus."""

    counts: _Counts
    level: int


def find_repeated_lines(texts: Iterable[Optional[str]], preparation: Preparation) -> Boilerplate:
    """Find the units that repeat in texts, and count the documents that have them.

    A unit must stand in documents that differ, and beside others in most of them: a short answer that many people write
    is their whole text, and no boilerplate. The order of the texts changes nothing but the spelling of the commonest.
    """
    sample: list[TextBatch] = []
    return repeated_lines(count_units(texts, preparation, sample=sample), preparation, sample)


def count_units(
    texts: Iterable[Optional[str]],
    preparation: Preparation,
    *,
    sample: Optional[list[TextBatch]] = None,
    n_workers: Optional[int] = None,
) -> UnitCounts:
    """Count the units of the documents of a part of a corpus; `sample` gets the first batch of texts."""

    def batches() -> Iterable[TextBatch]:
        for batch in text_batches((DocumentText(text, "") for text in texts), {}):
            if sample is not None:
                sample[:] = sample or [batch]
            yield batch

    none = _count(TextBatch([], np.zeros(0, np.int64), []), preparation)
    total, waiting, n_waiting = UnitCounts(none, 0), [none], 0
    for counted in map_ordered(partial(_count, preparation=preparation), batches(), n_workers or available_workers()):
        waiting.append(counted)
        n_waiting += len(counted.units)
        if n_waiting > MOST_PAIRS:
            total = _merged(waiting, total.level)
            waiting, n_waiting = [total.counts], len(total.counts.units)
    return _merged(waiting, total.level)


def add_units(first: UnitCounts, second: UnitCounts) -> UnitCounts:
    """Add the counts of two parts of a corpus; the order of the additions does not show."""
    return _merged([first.counts, second.counts], max(first.level, second.level))


def _count(batch: TextBatch, preparation: Preparation) -> _Counts:
    offsets = batch.offsets
    units = units_of(readable_characters(batch, preparation)[0])
    docs = np.searchsorted(offsets, units.starts, side="right") - 1
    order = np.lexsort((units.hashes, docs))
    sorted_docs, hashes = docs[order], units.hashes[order]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = (sorted_docs[1:] != sorted_docs[:-1]) | (hashes[1:] != hashes[:-1])
    first = np.sort(order[is_first])
    docs, hashes = docs[first], units.hashes[first]
    starts = np.flatnonzero(np.diff(docs, prepend=-1))
    n_units = np.diff(np.append(starts, len(docs)))
    doc_hashes = np.add.reduceat(hashes, starts) if len(starts) else np.zeros(0, np.uint64)
    half_words = np.minimum(units.half_words[first], LONG).astype(np.uint8)
    return _Counts(doc_hashes, np.ones(len(starts), dtype=np.int64), n_units, hashes, half_words)


def _merged(parts: list[_Counts], level: int) -> UnitCounts:
    """Return each document once, and only every 2^level-th by its hash, so that the pairs fit in memory."""
    counts = _Counts(*map(np.concatenate, zip(*parts)))
    docs, first, inverse = np.unique(counts.docs, return_index=True, return_inverse=True)
    weights = np.bincount(inverse, weights=counts.weights, minlength=len(docs)).astype(np.int64)
    is_first = np.zeros(len(counts.docs), dtype=np.bool_)
    is_first[first] = True
    counts = counts.take(is_first, weights[inverse[is_first]])
    kept = counts.docs & np.uint64(2**level - 1) == 0
    counts = counts.take(kept, counts.weights[kept])
    while len(counts.units) > MOST_PAIRS and len(counts.docs) > 1:
        level += 1
        kept = counts.docs & np.uint64(2**level - 1) == 0
        counts = counts.take(kept, counts.weights[kept])
    return UnitCounts(counts, level)


def repeated_lines(found: UnitCounts, preparation: Preparation, sample: Sequence[TextBatch] = ()) -> Boilerplate:
    """Return the units that repeat, given the counts of all texts; the commonest are spelled as in the sample."""
    counts, factor = found.counts, 2**found.level
    n_documents, n_different = int(counts.weights.sum()) * factor, len(counts.docs)
    units, inverse = np.unique(counts.units, return_inverse=True)
    docs = np.repeat(np.arange(n_different), counts.n_units)
    weights, is_whole = counts.weights[docs], counts.n_units[docs] == 1
    n_texts = np.bincount(inverse, minlength=len(units))
    n_docs = np.bincount(inverse, weights=weights, minlength=len(units))
    n_whole = np.bincount(inverse, weights=weights * is_whole, minlength=len(units))
    half_words = np.zeros(len(units), dtype=np.uint8)
    half_words[inverse] = counts.half_words
    least_long, least_short = max(LEAST_LONG, SHARE_LONG * n_different), max(LEAST_SHORT, SHARE_SHORT * n_different)
    is_repeated = n_texts >= np.where(half_words >= LONG, least_long, least_short)
    is_repeated &= (half_words >= SHORT) & (2 * n_whole < n_docs)
    by_frequency = np.lexsort((units, -n_docs))

    def n_repeated() -> np.ndarray:
        """Keep the most frequent units, and return how many of them each document has."""
        is_repeated[by_frequency[np.cumsum(is_repeated[by_frequency]) > MOST_LINES]] = False
        return np.bincount(docs, weights=is_repeated[inverse], minlength=n_different)

    if np.count_nonzero(n_repeated() == counts.n_units) > MOST_COVERED * n_different or not is_repeated.any():
        return Boilerplate(frozenset(), 0, n_documents)
    _add_neighbours(is_repeated, inverse, docs, n_texts, least_long)
    n_of_each = n_repeated()
    n_with = int(counts.weights[(n_of_each > 0) & (n_of_each < counts.n_units)].sum()) * factor
    repeats = by_frequency[is_repeated[by_frequency]]
    spelled = _spelled(units[repeats], sample, preparation)
    n_shown = zip(units[repeats].tolist(), (n_docs[repeats].astype(np.int64) * factor).tolist())
    commonest = [(spelled[unit], n) for unit, n in n_shown if unit in spelled][:_SHOWN]
    return Boilerplate(hex_of(units[repeats]), n_with, n_documents, tuple(commonest))


def _add_neighbours(
    is_repeated: np.ndarray, inverse: np.ndarray, docs: np.ndarray, n_texts: np.ndarray, least: float
) -> None:
    """Mark the units that stand right before or after a repeated one in most of the documents of both.

    `inverse` has the unit of each pair of document and unit, `docs` its document, and `n_texts` the documents of each
    unit.
    """
    is_candidate = n_texts[inverse] >= least
    beside = (docs[1:] == docs[:-1]) & is_candidate[1:] & is_candidate[:-1]
    pairs = np.column_stack((inverse[:-1][beside], inverse[1:][beside]))
    pairs, n_pairs = np.unique(pairs, axis=0, return_counts=True)
    pairs = pairs[n_pairs >= SHARE_BESIDE * n_texts[pairs].max(axis=1, initial=0)]
    while not is_repeated[blocks := pairs[is_repeated[pairs].any(axis=1)]].all():
        is_repeated[blocks] = True


def _spelled(hashes: np.ndarray, sample: Sequence[TextBatch], preparation: Preparation) -> dict[int, str]:
    """Return how units are written where they first stand in the first texts."""
    spelled: dict[int, str] = {}
    for batch in sample:
        joined = "\n".join(batch.texts)
        units = units_of(readable_characters(batch, preparation)[0])
        for place in np.flatnonzero(np.isin(units.hashes, hashes)).tolist():
            line = " ".join(joined[units.starts[place] : units.ends[place]].split())
            shown = line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"
            spelled.setdefault(int(units.hashes[place]), shown)
    return spelled
