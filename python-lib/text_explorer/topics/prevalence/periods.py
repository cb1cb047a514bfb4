"""Periods of the calendar, and those that suit a range of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
GRANULARITIES = (DAY, WEEK, MONTH, QUARTER, YEAR)

MOST_PERIODS = 60
"""A line of this number of points is read at a glance: days up to two months, weeks up to 14 months, months up to 5
years, quarters up to 15 years."""

LAST_DAY = date.max.toordinal()
_SHORTEST = {WEEK: 7, MONTH: 28, QUARTER: 90, YEAR: 365}
"""Days of the shortest period: steps of this length reach each period."""
_LONGEST = {WEEK: 7, MONTH: 31, QUARTER: 92, YEAR: 366}
_FEWEST_FIRST_DAYS = 3
"""Days from which on it is no chance that all are the first of their month."""


def start_of_period(day: int, granularity: str) -> int:
    """Return the first day of the period a day lies in; weeks begin on Monday."""
    if granularity == DAY:
        return day
    if granularity == WEEK:
        return max(day - (day - 1) % 7, 1)  # day 1 was a Monday
    on = date.fromordinal(day)
    month = {MONTH: on.month, QUARTER: (on.month - 1) // 3 * 3 + 1, YEAR: 1}[granularity]
    return on.replace(month=month, day=1).toordinal()


def end_of_period(day: int, granularity: str) -> int:
    """Return the last day of the period a day lies in."""
    if granularity == DAY:
        return day
    start = start_of_period(day, granularity)
    if start + _LONGEST[granularity] > LAST_DAY:
        return LAST_DAY
    return start_of_period(start + _LONGEST[granularity], granularity) - 1


def is_last_day(day: int, granularity: str) -> bool:
    """Return whether a period ends with a day."""
    return day == end_of_period(day, granularity)


def grain_of(days: Iterable[int]) -> str:
    """Return the longest periods that all of some days are the first of, as a column of months read as days has them.

    Days are returned for fewer than three different days.
    """
    different = set(days)
    if len(different) < _FEWEST_FIRST_DAYS:
        return DAY
    longest = (YEAR, QUARTER, MONTH)
    return next((each for each in longest if all(start_of_period(day, each) == day for day in different)), DAY)


def periods_between(first: int, last: int, granularity: str) -> list[int]:
    """Return the first days of the periods that two days and all between them lie in."""
    if granularity == DAY:
        return list(range(first, last + 1))
    step = _SHORTEST[granularity]
    starts = {start_of_period(day, granularity) for day in range(first, last, step)}
    return sorted(starts | {start_of_period(last, granularity)})


def choose_granularity(first: int, last: int, finest: str = DAY) -> str:
    """Choose the finest periods of which at most ``MOST_PERIODS`` lie between two days, years at the coarsest.

    They are not finer than `finest`.
    """
    allowed = GRANULARITIES[GRANULARITIES.index(finest) :]
    return next((each for each in allowed if n_periods(first, last, each) <= MOST_PERIODS), YEAR)


def n_periods(first: int, last: int, granularity: str) -> int:
    """Count the periods that two days and all between them lie in."""
    start, end = start_of_period(first, granularity), start_of_period(last, granularity)
    if granularity in (DAY, WEEK):
        return (end - start) // (1 if granularity == DAY else 7) + 1
    start_date, end_date = date.fromordinal(start), date.fromordinal(end)
    n_months = (end_date.year - start_date.year) * 12 + end_date.month - start_date.month
    return n_months // {MONTH: 1, QUARTER: 3, YEAR: 12}[granularity] + 1


def iso_date(day: int) -> str:
    """Write a day as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()
