"""Read the dates of a column: days, months, quarters or years, as text or as numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple, Optional

import numpy as np
from dateutil.parser import parse

from text_explorer.cells import text_of
from text_explorer.topics.prevalence.month_names import in_english
from text_explorer.topics.prevalence.periods import DAY, GRANULARITIES, LAST_DAY, MONTH, QUARTER, WEEK, YEAR, grain_of
from text_explorer.wording import plural

EMPTY, UNREADABLE = 0, -1
"""Days of an empty cell, and of one without a date."""

_MOST_FORMS, _FORMS_SHOWN, _LONGEST_FORM = 10_000, 3, 40
_LONGEST_DATE, _LONGEST_CELL = 60, 1_000
_MINUTES = 24 * 60
_EPOCH = date(1970, 1, 1).toordinal()
_SPREADSHEET_EPOCH = date(1899, 12, 30).toordinal()
"""Day 0 of spreadsheets, from 1 March 1900 on: they count a 29 February 1900."""

_DASHES = re.compile("[‐‑‒–−]")


class Reading(NamedTuple):
    """A date by the number of its day in UTC, 1 for 1 January of the year 1, and the length of the period it names.

    A month, quarter or year is its first day. `day_first` and `month_first` differ where both orders are possible, as
    in 3/4/1990; one is ``UNREADABLE`` where only the other is.
    """

    day_first: int
    month_first: int
    grain: str = DAY


_NOTHING, _NO_DATE = Reading(EMPTY, EMPTY), Reading(UNREADABLE, UNREADABLE)


def read_date(cell: object) -> Reading:
    """Read a text, number, date or datetime as a date; a time without a zone counts as UTC."""
    text = text_of(cell)
    if text is None:
        return _NOTHING
    return _read_cell(text) if len(text) <= _LONGEST_CELL else _NO_DATE


@lru_cache(maxsize=1 << 16)  # dates repeat
def _read_cell(cell: str) -> Reading:
    text = _DASHES.sub("-", cell.strip())
    return _read(text) if len(text) <= _LONGEST_DATE else _NO_DATE


def _read(text: str) -> Reading:
    for pattern, reading_of in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            try:
                return reading_of(match)
            except (ValueError, OverflowError):  # such as 30 February
                continue
    weekday = _WEEKDAY.match(text)
    return _read(text[weekday.end() :]) if weekday is not None else _read_words(text)


_YEAR = r"([12]\d{3})"
_ZONE = r"(?:Z|UTC|GMT|[ECMP][SD]T|CES?T|BST)?\s?(?:([+-])(\d\d):?(\d\d)?)?(?:\s?\([A-Z]+\))?"
_CLOCK = r"(\d{1,2}):(\d\d)(?::\d\d(?:[.,:]\d+)?)?\s?(?:([AP])\.?M\b\.?)?\s?" + _ZONE
_TIME = rf"(?:(?:T|,?\s+){_CLOCK})?"
_COMPACT_TIME = rf"(?:T?(\d\d)(\d\d)(?:\d\d)?(){_ZONE})?"


def _in_utc(day: int, *time: Optional[str]) -> int:
    """Return the day in UTC of a day with the six groups of a time, which may be missing."""
    hours, minutes, half, sign, *ahead = time
    hour = int(hours or 0) % 12 + 12 * (half in ("P", "p")) if half else int(hours or 0)
    minute = hour * 60 + int(minutes or 0)
    if minute > _MINUTES:
        raise ValueError("no time of a day")
    if sign is None:
        return day
    away = int(f"{sign}1") * (int(ahead[0] or 0) * 60 + int(ahead[1] or 0))
    return min(max(day + (minute - away) // _MINUTES, 1), LAST_DAY)


def _ordinal(year: str, month: str, day: str) -> int:
    return date(int(year), int(month), int(day)).toordinal()


def _whole_day(match: re.Match[str]) -> Reading:
    year, month, day, *time = match.groups()
    number = _in_utc(_ordinal(year, month, day), *time)
    return Reading(number, number)


def _in_either_order(match: re.Match[str]) -> Reading:
    one, other, year, *time = match.groups()
    return Reading(_possible(year, other, one, time), _possible(year, one, other, time))


def _possible(year: str, month: str, day: str, time: list[Optional[str]]) -> int:
    try:
        return _in_utc(_ordinal(year, month, day), *time)
    except ValueError:
        return UNREADABLE


def _period(grain: str, months: int = 1) -> Callable[[re.Match[str]], Reading]:
    """Read a year and, where the pattern has one, the number of its month or quarter."""

    def read(match: re.Match[str]) -> Reading:
        number = match.groupdict().get("number") or "1"
        first = date(int(match["year"]), (int(number) - 1) * months + 1, 1).toordinal()
        return Reading(first, first, grain)

    return read


def _week(match: re.Match[str]) -> Reading:
    first = date.fromisocalendar(int(match["year"]), int(match["number"]), int(match["day"] or 1)).toordinal()
    return Reading(first, first, DAY if match["day"] else WEEK)


def _of_spreadsheet(match: re.Match[str]) -> Reading:
    number = _SPREADSHEET_EPOCH + int(match[1])
    return Reading(number, number)


def _seconds(match: re.Match[str]) -> Reading:
    number = _EPOCH + int(match[1]) // (_MINUTES * 60)
    return Reading(number, number)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII | re.IGNORECASE)


_NAMED_YEAR, _SEPARATOR = _YEAR.replace("(", "(?P<year>"), r"\s?[-/. ]?\s?"
_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]]] = [
    (_pattern(r"(\d{4})-(\d\d)-(\d\d)" + _TIME), _whole_day),
    (_pattern(_NAMED_YEAR + r"(?:\.0+)?"), _period(YEAR)),
    (_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?" + _TIME), _whole_day),
    (_pattern(r"([1-3]\d{9})(?:\d{3}){0,3}(?:\.\d+)?"), _seconds),
    (_pattern(_YEAR + r"(\d\d)(\d\d)" + _COMPACT_TIME + r"(?:\.0+)?"), _whole_day),
    (_pattern(r"(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4})\.?" + _TIME), _in_either_order),
    (_pattern(r"(\d\d)(\d\d)((?:19|20)\d\d)" + _TIME), _in_either_order),
    (_pattern(r"([12]\d{3})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]" + _TIME), _whole_day),
    (_pattern(_NAMED_YEAR + r"[年년]\s?(?P<number>\d{1,2})[月월]"), _period(MONTH)),
    (_pattern(_NAMED_YEAR + r"\s?[-/]\s?(?P<number>\d\d?)"), _period(MONTH)),
    (_pattern(r"(?P<number>\d\d?)\s?[-/.]\s?" + _NAMED_YEAR), _period(MONTH)),
    (_pattern(_NAMED_YEAR + r"-?M(?P<number>\d\d?)"), _period(MONTH)),
    (_pattern(r"(?P<year>19\d\d|20\d\d)(?P<number>0[1-9]|1[0-2])(?:\.0+)?"), _period(MONTH)),
    (_pattern(_NAMED_YEAR + _SEPARATOR + r"Q0?(?P<number>[1-4])"), _period(QUARTER, 3)),
    (_pattern(r"Q0?(?P<number>[1-4])" + _SEPARATOR + _NAMED_YEAR), _period(QUARTER, 3)),
    (_pattern(r"(?P<number>[1-4])Q" + _SEPARATOR + _NAMED_YEAR), _period(QUARTER, 3)),
    (_pattern(_NAMED_YEAR + r"-?W(?P<number>\d\d)(?:-?(?P<day>[1-7]))?"), _week),
    (_pattern(r"([1-6]\d{4})(?:\.\d+)?"), _of_spreadsheet),
]
"""The commonest first. A bare number must be a year from 1000 to 2999, a month from 1900 to 2099, a day of such a year
(20240301 or 01032024), seconds since 1970 from 2001 to 2096, also in thousandths, millionths or billionths, or a day
of a spreadsheet from 1927 to 2091 (45352)."""

_WEEKDAY = _pattern(
    r"(?:mon?|tue?s?|wed?n?e?s?|thu?r?s?|fri?|sat?u?r?|sun?)(?:day)?[.,]?\s+(?=\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{4}|\d{4}-)"
)

_NAMES_MONTH = _pattern(
    r"(?=.*(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?=(?:.*[^\d+])?\d{4}(?!\d)).*"
)


_ANY_CLOCK = _pattern(rf"(?<!\d){_CLOCK}")


def _read_words(text: str) -> Reading:
    """Read a date with a month, such as 1 March 1990, 1. März 1990, Mar 1990 or Sat, 02 Mar 2024 08:30:00 +0100."""
    text = in_english(text)
    if not _NAMES_MONTH.fullmatch(text):
        return _NO_DATE
    clock = _ANY_CLOCK.search(text)
    if clock is None:
        return _read_words_of_day(text)
    reading = _read_words_of_day(" ".join((text[: clock.start()].rstrip(" ,") + " " + text[clock.end() :]).split()))
    try:
        number = _in_utc(reading.day_first, *clock.groups())
    except ValueError:
        return _NO_DATE
    return Reading(number, number) if reading.grain == DAY and reading is not _NO_DATE else _NO_DATE


@lru_cache(maxsize=1 << 16)  # slow, and days repeat where times do not
def _read_words_of_day(text: str) -> Reading:
    try:
        # What a text does not say is taken from the default.
        early, late = (parse(text, default=default, ignoretz=True) for default in _DEFAULTS)
    except (ValueError, OverflowError):
        return _NO_DATE
    if (early.year, early.month) != (late.year, late.month):
        return _NO_DATE
    return Reading(early.toordinal(), early.toordinal(), DAY if early.day == late.day else MONTH)


_DEFAULTS = datetime(2001, 1, 1), datetime(2003, 2, 28)


class DateReader:
    """Read the dates of a column batch by batch, and learn from all what single cells leave open.

    Whether 3/4/1990 is 3 April or 4 March is decided by the dates that can be read in one order only.
    """

    def __init__(self) -> None:
        self.n_empty = self.n_unreadable = 0
        self._n_one_order = [0, 0]  # day first, month first
        self._n_either = 0
        self._grain: Optional[str] = None
        self._forms: Counter[str] = Counter()

    def read(self, cells: Iterable[object]) -> np.ndarray:
        """Return days read day first and month first, int64 array of shape (n_cells, 2), ``EMPTY`` or ``UNREADABLE``.

        Where only one order is possible, both columns have its day.
        """
        cells = list(cells)
        readings = list(map(read_date, cells))
        days = np.array([reading[:2] for reading in readings], dtype=np.int64).reshape(-1, 2)
        self.n_empty += int(np.count_nonzero(days[:, 0] == EMPTY))
        no_date = (days == UNREADABLE).all(axis=1)
        self.n_unreadable += int(np.count_nonzero(no_date))
        for place in np.flatnonzero(no_date).tolist():
            self._count_form(str(text_of(cells[place])).strip())
        grains = {reading.grain for reading, day in zip(readings, days.max(axis=1).tolist()) if day > EMPTY}
        self._grain = min([*grains, self._grain or YEAR], key=GRANULARITIES.index) if grains else self._grain
        for order in (0, 1):
            self._n_one_order[order] += int(np.count_nonzero(~no_date & (days[:, 1 - order] == UNREADABLE)))
        days[~no_date] = np.where(days == UNREADABLE, days[:, ::-1], days)[~no_date]
        self._n_either += int(np.count_nonzero(days[:, 0] != days[:, 1]))
        return days

    def merge(self, other: DateReader) -> None:
        """Add what another has read."""
        self.n_empty += other.n_empty
        self.n_unreadable += other.n_unreadable
        self._n_one_order = [mine + others for mine, others in zip(self._n_one_order, other._n_one_order)]
        self._n_either += other._n_either
        self._grain = min(filter(None, (self._grain, other._grain)), key=GRANULARITIES.index, default=None)
        for form, n in other._forms.items():
            if form in self._forms or len(self._forms) < _MOST_FORMS:
                self._forms[form] += n

    def _count_form(self, text: str) -> None:
        form = text if len(text) <= _LONGEST_FORM else text[: _LONGEST_FORM - 1] + "…"
        if form in self._forms or len(self._forms) < _MOST_FORMS:
            self._forms[form] += 1

    @property
    def order(self) -> int:
        """The column of `read` that holds: 0 for the day first, 1 for the month first."""
        return int(self._n_one_order[1] > self._n_one_order[0])

    def grain(self, days: Iterable[int]) -> str:
        """Return the length of the shortest periods that the dates tell apart; `days` are those met."""
        return max(self._grain or DAY, grain_of(days), key=GRANULARITIES.index)

    def remarks(self) -> list[str]:
        """Describe what could not be read, and in which order days and months were read."""
        remarks = []
        if self.n_unreadable:
            forms = sorted(self._forms.items(), key=lambda form: (-form[1], form[0]))[:_FORMS_SHOWN]
            shown = ", ".join(f"'{form}' ({n:,})" for form, n in forms)
            remarks.append(f"{plural(self.n_unreadable, 'date')} could not be read; the commonest: {shown}.")
        if self._n_either:
            dates = plural(self._n_either, "date")
            remarks.append(f"{dates} such as 3/4/1990 can be read in two orders; {self._why()}.")
        return remarks

    def _why(self) -> str:
        taken, other = self._n_one_order[self.order], self._n_one_order[1 - self.order]
        order = ("the day", "the month")[self.order]
        if not taken:
            return f"{order} was taken to come first, as no other date tells"
        exceptions = f" (and {other:,} the other way)" if other else ""
        return f"{order} was taken to come first, as in {taken:,} that can be read in one order only{exceptions}"
