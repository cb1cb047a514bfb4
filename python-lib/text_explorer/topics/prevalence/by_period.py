"""Topics over time: their prevalence by day, week, month, quarter or year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Optional

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.prevalence.counts import MOST_NUMBERS, Prevalence
from text_explorer.topics.prevalence.dates import DateReader
from text_explorer.topics.prevalence.periods import (
    DAY,
    GRANULARITIES,
    MONTH,
    YEAR,
    choose_granularity,
    end_of_period,
    is_last_day,
    iso_date,
    periods_between,
    start_of_period,
)

MOST_GAPS_FILLED = 400
"""Periods from which on those without documents are not listed; a column with the years 1 and 9999 has more."""

FAR_SHARE, FAR_FACTOR, FAR_DAYS = 100, 5, 31
"""1970-01-01 and 9999-12-31 often stand for 'unknown'. Dates count as far where the first and the last hundredth of the
documents make the time that all span more than five times as long as that of the others (at least a month): those that
lie more than the time of the others before or after them."""


@dataclass(frozen=True)
class PrevalenceByPeriod:
    """Topics by period."""

    # a row for each period and topic, with the columns of ``columns.TOPICS_BY_PERIOD``, in the order of time
    table: pd.DataFrame
    granularity: str  # ``day``, ``week``, ``month``, ``quarter`` or ``year``
    n_empty: int = 0  # documents whose date cell holds nothing
    n_unreadable: int = 0  # documents whose date cell holds no date
    n_far: int = 0  # documents with a topic that the table leaves out because their date is far from all others
    earliest: Optional[str] = None  # date of documents with a topic, far ones included
    latest: Optional[str] = None
    remarks: tuple[str, ...] = ()  # on how dates were read

    def warnings(self) -> list[str]:
        """Describe which documents are in no period, a sentence for each reason, and how dates were read."""
        reasons = [
            (self.n_empty, "without a date"),
            (self.n_unreadable, "whose date could not be read"),
            (self.n_far, f"whose date is far from all others (dates reach from {self.earliest} to {self.latest})"),
        ]
        found = [f"Documents {reason}, which are in no {self.granularity}: {n:,}." for n, reason in reasons if n]
        return [*found, *self.remarks]


class PeriodCounts:
    """Counts of documents by period.

    Counted by day while there are not too many days; then by month, then by year.
    """

    def __init__(self, n_topics: int):
        self._most_starts = max(MOST_NUMBERS // max(n_topics, 1), 1)
        self._dates = DateReader()
        self._cells: dict[tuple[int, int], int] = {}  # by both readings of a date, see `DateReader.read`
        self._prevalence = Prevalence(n_topics)
        self._first, self._last = [0, 0], [0, 0]
        self._finest = DAY

    def add(self, doc_topic_distr: np.ndarray, main_topics: np.ndarray, cells: Iterable[object]) -> None:
        """Count some documents with their main topics by their dates, see `dates.read_date`."""
        days = self._dates.read(cells)
        known = (days[:, 0] > 0) & ~np.isnan(doc_topic_distr).any(axis=1)
        if not known.any():
            return
        different, inverse = np.unique(days[known], axis=0, return_inverse=True)
        for order in (0, 1):
            first, last = int(different[:, order].min()), int(different[:, order].max())
            self._first[order] = min(self._first[order] or first, first)
            self._last[order] = max(self._last[order], last)
        cells_of_days = self._numbers(different.tolist())[inverse.ravel()]
        self._prevalence.add(cells_of_days, doc_topic_distr[known], main_topics[known])
        self._coarsen()

    def merge(self, other: PeriodCounts) -> None:
        """Add the counts of other documents."""
        self._dates.merge(other._dates)
        for order in (0, 1):
            self._first[order] = min(filter(None, (self._first[order], other._first[order])), default=0)
            self._last[order] = max(self._last[order], other._last[order])
        if GRANULARITIES.index(other._finest) > GRANULARITIES.index(self._finest):
            self._finest = other._finest
            self._cells, self._prevalence = self._merged(self._start)
        self._prevalence.merge(other._prevalence, self._numbers(other._cells))
        self._coarsen()

    def _numbers(self, days: Iterable[Sequence[int]]) -> np.ndarray:
        """Return the cells of some days, new ones where they are new."""
        starts = (self._start(pair) for pair in days)
        return np.array([self._cells.setdefault(start, len(self._cells)) for start in starts], dtype=np.int64)

    def _coarsen(self) -> None:
        while len(self._cells) > self._most_starts and self._finest != YEAR:
            self._finest = MONTH if self._finest == DAY else YEAR
            self._cells, self._prevalence = self._merged(self._start)

    def _start(self, pair: Sequence[int]) -> tuple[int, int]:
        return start_of_period(pair[0], self._finest), start_of_period(pair[1], self._finest)

    def prevalence(self) -> PrevalenceByPeriod:
        """Choose the periods and return the counts of each."""
        n_empty, n_unreadable, remarks = self._dates.n_empty, self._dates.n_unreadable, tuple(self._dates.remarks())
        if not self._cells:
            empty = pd.DataFrame({name: [] for name in names_of(columns.TOPICS_BY_PERIOD)})
            return PrevalenceByPeriod(empty, DAY, n_empty, n_unreadable, remarks=remarks)
        order = self._dates.order
        periods = _Periods(*self._merged(itemgetter(order)))
        starts, n_far = periods.in_use()
        grain = self._dates.grain(starts if self._finest == DAY else ())
        last = self._last[order] if starts[-1] == start_of_period(self._last[order], self._finest) else starts[-1]
        granularity = choose_granularity(starts[0], last, max(grain, self._finest, key=GRANULARITIES.index))
        return PrevalenceByPeriod(
            periods.table(starts, end_of_period(last, grain), granularity), granularity, n_empty, n_unreadable,
            n_far, iso_date(self._first[order]), iso_date(self._last[order]), remarks,
        )  # fmt: skip

    def _merged(self, key: Callable[[tuple[int, int]], Any]) -> tuple[dict[Any, int], Prevalence]:
        """Return the counts by a key of their cells."""
        merged: dict[Any, int] = {}
        new_cells = [merged.setdefault(key(pair), len(merged)) for pair in self._cells]
        return merged, self._prevalence.merged(np.array(new_cells, dtype=np.int64), len(merged))


@dataclass(frozen=True)
class _Periods:
    """Counts by day (or month, or year)."""

    cells: dict[int, int]
    prevalence: Prevalence

    def in_use(self) -> tuple[list[int], int]:
        """Return the days (or months, or years) met, without far ones, and the number of documents these hold."""
        starts = sorted(self.cells)
        n_documents = self.prevalence.n_documents[[self.cells[start] for start in starts]]
        until = np.cumsum(n_documents)
        n_left_out = int(until[-1]) // FAR_SHARE
        first = starts[int(np.searchsorted(until, n_left_out, side="right"))]
        last = starts[int(np.searchsorted(until, until[-1] - n_left_out))]
        span = max(last - first + 1, FAR_DAYS)
        if starts[-1] - starts[0] + 1 <= FAR_FACTOR * span:
            return starts, 0
        near = [first - span <= start <= last + span for start in starts]
        return [start for start, is_near in zip(starts, near) if is_near], int(n_documents[~np.array(near)].sum())

    def table(self, starts: list[int], last: int, granularity: str) -> pd.DataFrame:
        """Return a row for each period and topic; `last` is the last day of the data."""
        periods = periods_between(starts[0], last, granularity)
        if len(periods) > MOST_GAPS_FILLED:
            periods = sorted({start_of_period(start, granularity) for start in starts})
        numbers = {period: number for number, period in enumerate(periods)}
        new_cells = np.full(len(self.cells), -1, dtype=np.int64)
        new_cells[[self.cells[start] for start in starts]] = [
            numbers[start_of_period(start, granularity)] for start in starts
        ]
        counted = self.prevalence.merged(new_cells, len(periods)).table()
        n_topics = len(counted[columns.TOPIC_ID]) // len(periods)
        partial = np.zeros(len(periods), dtype=bool)
        partial[-1] = not is_last_day(last, granularity)
        return pd.DataFrame({
            columns.PERIOD: np.repeat(np.array([iso_date(period) for period in periods], dtype=object), n_topics),
            **counted,
            columns.PARTIAL: np.repeat(partial, n_topics),
        })  # fmt: skip
