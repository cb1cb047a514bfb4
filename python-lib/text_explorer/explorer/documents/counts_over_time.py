"""Count the selected documents by topic and by day, week, month, quarter, year or span of years."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from text_explorer.explorer.documents.counts import count_cells
from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.documents.year_spans import (
    LENGTHS,
    SPANS,
    is_last_day,
    label_of,
    numbers_of,
    start_of,
    starts_between,
)
from text_explorer.explorer.index.document_columns import NO_DAY, ORDINAL_OF_1970
from text_explorer.explorer.index.reader import IndexReader, read_fact
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.topics.prevalence.by_period import FAR_DAYS, FAR_FACTOR, FAR_SHARE
from text_explorer.topics.prevalence.periods import DAY, YEAR, end_of_period, iso_date

AUTO = "auto"
CHOICES = (AUTO, *LENGTHS)

USUAL_PERIODS = 40
"""A line of about this number of points shows a course, not the chance of single periods."""
MOST_PERIODS_SHOWN = 600
"""More points than this are no line on any screen."""
_FEWEST_SPANS = 4


def count_by_time(index: IndexReader, selection: Selection, by: str = AUTO) -> dict[str, Any]:
    """Count the documents that meet all filters by period and trained topic.

    A length ``by`` with too many or too few periods, and ``auto``, mean the one with about ``USUAL_PERIODS``.

    Returns
    -------
    dict
        ``periods``, each with its first day, its documents (also those without a topic) and whether part of it lies
        outside the chosen days or behind the last document; ``topics``: for each trained topic its documents by period.
        ``n_undated`` counts the chosen documents without a date, ``n_far`` those left out since their dates lie far
        from all others.
    """
    days = index.documents.day
    if days is None:
        raise BadRequestError(
            "These documents have no date column, so they cannot be counted by time. Select one in the setting 'Date "
            "column' of this webapp."
        )
    rows = selected_rows(index, selection)
    chosen = np.asarray(days if rows is None else days[rows])
    is_dated = chosen != NO_DAY
    near = near_days(index, days)
    is_shown = _near(near, selection, chosen, is_dated)
    shown = chosen[is_shown]
    first, last = (int(shown.min()), int(shown.max())) if len(shown) else (0, -1)
    grain = date_grain(index)
    choices = _choices(first, last, grain)
    granularity = by if by in choices else _usual(first, last, choices, grain)
    starts = starts_between(first + ORDINAL_OF_1970, last + ORDINAL_OF_1970, granularity) if len(shown) else []
    places = np.where(is_shown, _places(np.where(is_shown, chosen, first), granularity, first), -1)
    counts = count_cells(index, rows, places, len(starts))
    n_documents = np.bincount(places[is_shown], minlength=len(starts)).tolist()
    edges = _edges(end_of_period(int(near[2]) + ORDINAL_OF_1970, grain) - ORDINAL_OF_1970, selection)
    return {
        "date_column": read_fact(index.connection, "date_column"),
        "granularity": granularity,
        "choices": choices,
        "periods": [_period(start, granularity, n, edges) for start, n in zip(starts, n_documents)],
        "topics": {topic: counts[:, topic].tolist() for topic in index.topic_ids},
        "n_undated": int(np.count_nonzero(~is_dated)),
        "n_far": int(np.count_nonzero(is_dated)) - len(shown),
    }


def _near(near: np.ndarray, selection: Selection, chosen: np.ndarray, is_dated: np.ndarray) -> np.ndarray:
    """Return which documents are shown: not those of far dates, such as 1970 or 9999, unless days are filtered."""
    if selection.first is not None or selection.last is not None:
        return is_dated
    is_near = is_dated & (chosen >= near[0]) & (chosen <= near[1])
    return is_near if is_near.any() else is_dated


def near_days(index: IndexReader, days: np.ndarray) -> np.ndarray:
    """Find between which days all dates lie but those far from the others, and the last of these dates.

    The rule is that of Discover topics, see `topics.prevalence.by_period.FAR_SHARE`.
    """
    return index.rows_cache.get("near days", lambda: _near_days(days))


def _near_days(days: np.ndarray) -> np.ndarray:
    dated = np.sort(days[days != NO_DAY])
    if len(dated) == 0:
        return np.array([0, 0, 0])
    n_left_out = len(dated) // FAR_SHARE
    first, last = int(dated[n_left_out]), int(dated[len(dated) - 1 - n_left_out])
    span = max(last - first + 1, FAR_DAYS)
    if int(dated[-1]) - int(dated[0]) + 1 <= FAR_FACTOR * span:
        return dated[[0, -1, -1]]
    return np.array([first - span, last + span, dated[np.searchsorted(dated, last + span, side="right") - 1]])


def date_grain(index: IndexReader) -> str:
    """Return the shortest periods that the dates tell apart, such as years; days while documents are being read."""
    return read_fact(index.connection, "date_grain") or DAY


def _choices(first: int, last: int, grain: str) -> list[str]:
    """Return the lengths with more than one period and no more than are shown, none shorter than the dates tell."""
    allowed = LENGTHS[LENGTHS.index(grain) :]
    fewest = {each: _FEWEST_SPANS if each in SPANS else 2 for each in allowed}
    return [each for each in allowed if fewest[each] <= _count_periods(first, last, each) <= MOST_PERIODS_SHOWN]


def _usual(first: int, last: int, choices: list[str], grain: str) -> str:
    """Return the length whose number of periods is the fewest times more or less than the usual one."""
    if not choices:  # documents of one day, or of more years than are shown
        return grain if first == last else YEAR
    return min(choices, key=lambda each: abs(math.log(_count_periods(first, last, each) / USUAL_PERIODS)))


def _count_periods(first: int, last: int, length: str) -> int:
    ends = numbers_of(np.array([first, last]), length)
    return int(ends[1] - ends[0]) + 1


def _places(days: np.ndarray, granularity: str, first: int) -> np.ndarray:
    """Return the place of each day's period among those from the first on."""
    if not len(days):
        return np.empty(0, dtype=np.int64)
    # Days repeat, so the calendar is asked for each day of the time they span, not for each document.
    of_day = numbers_of(np.arange(first, int(days.max()) + 1), granularity)
    return (of_day - of_day[0])[days - first]


def _edges(newest: int, selection: Selection) -> tuple[int, int]:
    """Return the first and the last day, as ordinals, that documents can be of: within the filter, and of all data."""
    first = selection.first if selection.first is not None else np.iinfo(np.int32).min
    # A filter that ends in the middle of a period cuts it off, and so does the end of the data.
    last = newest if selection.last is None else min(selection.last, newest)
    return first + ORDINAL_OF_1970, last + ORDINAL_OF_1970


def _period(start: int, granularity: str, n: int, edges: tuple[int, int]) -> dict[str, Any]:
    """Describe a period; one is partial that reaches beyond the days that documents can be of."""
    first, last = edges
    ends_later = start_of(last, granularity) <= start and not is_last_day(last, granularity)
    return {
        "start": iso_date(start),
        "label": label_of(start, granularity),
        "n": n,
        "partial": start < first or ends_later,
    }
