"""Periods of the page: those of the calendar, and spans of several years that begin at round years."""

from __future__ import annotations

from datetime import date

import numpy as np

from text_explorer.topics.prevalence import periods
from text_explorer.topics.prevalence.periods import DAY, GRANULARITIES, LAST_DAY, MONTH, QUARTER, WEEK, YEAR

SPANS = {"5-years": 5, "10-years": 10, "25-years": 25}
"""Years of each span."""
LENGTHS = (*GRANULARITIES, *SPANS)

_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12, **{name: 12 * n_years for name, n_years in SPANS.items()}}
_MONTHS_BEFORE_1970 = 1970 * 12


def starts_between(first: int, last: int, length: str) -> list[int]:
    """Return the first days, as ordinals, of the periods that two days and all between them lie in."""
    if length not in SPANS:
        return periods.periods_between(first, last, length)
    n_years = SPANS[length]
    years = range(_first_year(first, n_years), date.fromordinal(last).year + 1, n_years)
    return [date(max(year, 1), 1, 1).toordinal() for year in years]


def start_of(day: int, length: str) -> int:
    """Return the first day of the period a day lies in, both as ordinals."""
    if length not in SPANS:
        return periods.start_of_period(day, length)
    return date(max(_first_year(day, SPANS[length]), 1), 1, 1).toordinal()


def is_last_day(day: int, length: str) -> bool:
    """Return whether a period ends with a day, an ordinal."""
    if length not in SPANS:
        return periods.is_last_day(day, length)
    return day == LAST_DAY or start_of(day + 1, length) > day


def numbers_of(days: np.ndarray, length: str) -> np.ndarray:
    """Return the number of the period that each day, since 1970-01-01, lies in; they have no gaps."""
    if length == DAY:
        return days.astype(np.int64)
    if length == WEEK:
        return (days.astype(np.int64) + 3) // 7  # 1970-01-01 was a Thursday
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + _MONTHS_BEFORE_1970
    return months // _MONTHS[length]


def label_of(start: int, length: str) -> str:
    """Name the period that begins with a day, an ordinal."""
    on = date.fromordinal(start)
    if length in SPANS:
        first = on.year - on.year % SPANS[length]
        return f"{on.year:04}–{first + SPANS[length] - 1:04}"
    if length == WEEK:
        return f"week of {on.isoformat()}"
    if length == QUARTER:
        return f"{on.year:04} Q{(on.month + 2) // 3}"
    return on.isoformat()[: {DAY: 10, MONTH: 7, YEAR: 4}[length]]


def _first_year(day: int, n_years: int) -> int:
    year = date.fromordinal(day).year
    return year - year % n_years
