"""Topics over time: their prevalence by day, week, month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.prevalence.counts import MOST_NUMBERS, Prevalence
from text_explorer.topics.prevalence.periods import (
    DAY,
    EMPTY,
    GRANULARITIES,
    MONTH,
    UNREADABLE,
    YEAR,
    choose_granularity,
    day_of,
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

    def warnings(self) -> list[str]:
        """Describe which documents are in no period, a sentence for each reason."""
        reasons = [
            (self.n_empty, "without a date"),
            (self.n_unreadable, "whose date cannot be read (it should look like 2024-03-01T00:00:00.000Z)"),
            (self.n_far, f"whose date is far from all others (dates reach from {self.earliest} to {self.latest})"),
        ]
        return [f"Documents {reason}, which are in no {self.granularity}: {n:,}." for n, reason in reasons if n]


class PeriodCounts:
    """Counts of documents by period.

    Counted by day while there are not too many days; then by month, then by year.
    """

    def __init__(self, n_topics: int):
        self._most_starts = max(MOST_NUMBERS // max(n_topics, 1), 1)
        self._cells: dict[int, int] = {}
        self._prevalence = Prevalence(n_topics)
        self._n_empty = self._n_unreadable = 0
        self._first, self._last = 0, 0
        self._finest = DAY

    def add(self, doc_topic_distr: np.ndarray, cells: Iterable[object]) -> None:
        """Count some documents by their dates, see `day_of`."""
        days = np.array([day_of(cell) for cell in cells], dtype=np.int64)
        self._n_empty += int(np.count_nonzero(days == EMPTY))
        self._n_unreadable += int(np.count_nonzero(days == UNREADABLE))
        known = (days > EMPTY) & ~np.isnan(doc_topic_distr).any(axis=1)
        different, inverse = np.unique(days[known], return_inverse=True)
        if len(different) == 0:
            return
        self._first = min(self._first or int(different[0]), int(different[0]))
        self._last = max(self._last, int(different[-1]))
        starts = [start_of_period(day, self._finest) for day in different.tolist()]
        new_cells = np.array([self._cells.setdefault(start, len(self._cells)) for start in starts], dtype=np.int64)
        self._prevalence.add(new_cells[inverse], doc_topic_distr[known])
        while len(self._cells) > self._most_starts and self._finest != YEAR:
            self._coarsen()

    def prevalence(self) -> PrevalenceByPeriod:
        """Choose the periods and return the counts of each."""
        if not self._cells:
            empty = pd.DataFrame({name: [] for name in names_of(columns.TOPICS_BY_PERIOD)})
            return PrevalenceByPeriod(empty, DAY, self._n_empty, self._n_unreadable)
        starts, n_far = self._starts_in_use()
        last = self._last if starts[-1] == start_of_period(self._last, self._finest) else starts[-1]
        granularity = max(self._finest, choose_granularity(starts[0], last), key=GRANULARITIES.index)
        return PrevalenceByPeriod(
            self._table(starts, last, granularity), granularity, self._n_empty, self._n_unreadable, n_far,
            iso_date(self._first), iso_date(self._last),
        )  # fmt: skip

    def _coarsen(self) -> None:
        self._finest = MONTH if self._finest == DAY else YEAR
        coarse: dict[int, int] = {}
        new_cells = [coarse.setdefault(start_of_period(start, self._finest), len(coarse)) for start in self._cells]
        self._prevalence = self._prevalence.merged(np.array(new_cells, dtype=np.int64), len(coarse))
        self._cells = coarse

    def _starts_in_use(self) -> tuple[list[int], int]:
        """Return the days (or months, or years) met, without far ones, and the number of documents these hold."""
        starts = sorted(self._cells)
        n_documents = self._prevalence.n_documents[[self._cells[start] for start in starts]]
        until = np.cumsum(n_documents)
        n_left_out = int(until[-1]) // FAR_SHARE
        first = starts[int(np.searchsorted(until, n_left_out, side="right"))]
        last = starts[int(np.searchsorted(until, until[-1] - n_left_out))]
        span = max(last - first + 1, FAR_DAYS)
        if starts[-1] - starts[0] + 1 <= FAR_FACTOR * span:
            return starts, 0
        near = [first - span <= start <= last + span for start in starts]
        return [start for start, is_near in zip(starts, near) if is_near], int(n_documents[~np.array(near)].sum())

    def _table(self, starts: list[int], last: int, granularity: str) -> pd.DataFrame:
        periods = periods_between(starts[0], last, granularity)
        if len(periods) > MOST_GAPS_FILLED:
            periods = sorted({start_of_period(start, granularity) for start in starts})
        numbers = {period: number for number, period in enumerate(periods)}
        new_cells = np.full(len(self._cells), -1, dtype=np.int64)
        new_cells[[self._cells[start] for start in starts]] = [
            numbers[start_of_period(start, granularity)] for start in starts
        ]
        counted = self._prevalence.merged(new_cells, len(periods)).table()
        n_topics = len(counted[columns.TOPIC_ID]) // len(periods)
        partial = np.zeros(len(periods), dtype=bool)
        partial[-1] = not is_last_day(last, granularity)
        return pd.DataFrame({
            columns.PERIOD: np.repeat(np.array([iso_date(period) for period in periods], dtype=object), n_topics),
            **counted,
            columns.PARTIAL: np.repeat(partial, n_topics),
        })  # fmt: skip
