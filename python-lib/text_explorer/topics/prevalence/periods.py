"""Days of a date column, and the periods that suit their range."""

from __future__ import annotations

import re
from datetime import date

from text_explorer.cells import text_of

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
GRANULARITIES = (DAY, WEEK, MONTH, QUARTER, YEAR)

MOST_PERIODS = 60
"""A line of this number of points is read at a glance: days up to two months, weeks up to 14 months, months up to 5
years, quarters up to 15 years."""

EMPTY, UNREADABLE = 0, -1
"""Days of an empty cell, and of one without a date."""

_LAST_DAY = date.max.toordinal()
_SHORTEST = {WEEK: 7, MONTH: 28, QUARTER: 90, YEAR: 365}
"""Days of the shortest period: steps of this length reach each period."""

_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|UTC|([+-])(\d\d):?(\d\d))?)?", re.ASCII
)


def day_of(cell: object) -> int:
    """Read the number of the day of a date in UTC, 1 for 1 January of the year 1; ``EMPTY`` or ``UNREADABLE``.

    A date is a text such as ``2024-03-01T00:00:00.000Z``, as DSS writes dates, ``2024-03-01``, ``2024-03-01 08:30`` or
    ``2024-03-01T00:30:00+02:00``; or a date or datetime. A time without a zone counts as UTC.
    """
    text = text_of(cell)
    if text is None:
        return EMPTY
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return UNREADABLE
    day, hours, minutes, sign, hours_ahead, minutes_ahead = match.groups()
    try:
        number = date.fromisoformat(day).toordinal()
    except ValueError:  # such as 30 February
        return UNREADABLE
    if hours is not None and int(hours) * 60 + int(minutes) > 24 * 60:
        return UNREADABLE
    if sign is None:
        return number
    ahead = int(f"{sign}1") * (int(hours_ahead) * 60 + int(minutes_ahead))
    number += (int(hours) * 60 + int(minutes) - ahead) // (24 * 60)
    return min(max(number, 1), _LAST_DAY)


def start_of_period(day: int, granularity: str) -> int:
    """Return the first day of the period a day lies in; weeks begin on Monday."""
    if granularity == DAY:
        return day
    if granularity == WEEK:
        return max(day - (day - 1) % 7, 1)  # day 1 was a Monday
    on = date.fromordinal(day)
    month = {MONTH: on.month, QUARTER: (on.month - 1) // 3 * 3 + 1, YEAR: 1}[granularity]
    return on.replace(month=month, day=1).toordinal()


def is_last_day(day: int, granularity: str) -> bool:
    """Return whether a period ends with a day."""
    return day >= _LAST_DAY or start_of_period(day + 1, granularity) != start_of_period(day, granularity)


def periods_between(first: int, last: int, granularity: str) -> list[int]:
    """Return the first days of the periods that two days and all between them lie in."""
    if granularity == DAY:
        return list(range(first, last + 1))
    step = _SHORTEST[granularity]
    starts = {start_of_period(day, granularity) for day in range(first, last, step)}
    return sorted(starts | {start_of_period(last, granularity)})


def choose_granularity(first: int, last: int) -> str:
    """Choose the finest periods of which at most ``MOST_PERIODS`` lie between two days, years at the coarsest."""
    return next((each for each in GRANULARITIES if n_periods(first, last, each) <= MOST_PERIODS), YEAR)


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
