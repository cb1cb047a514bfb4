from datetime import date, datetime, timezone

import numpy as np
import pandas as pd
import pytest

from text_explorer.topics.prevalence.periods import (
    EMPTY,
    UNREADABLE,
    choose_granularity,
    day_of,
    is_last_day,
    iso_date,
    n_periods,
    periods_between,
    start_of_period,
)


def day(text):
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-01T00:00:00.000Z",
        "2024-03-01T23:59:59.999Z",
        "2024-03-01",
        " 2024-03-01 ",
        "2024-03-01 08:30",
        "2024-03-01 08:30:00.101",
        "2024-03-02T01:00:00+02:00",
        "2024-02-29T22:00:00-0500",
        date(2024, 3, 1),
        datetime(2024, 3, 1, 8, 30, tzinfo=timezone.utc),
        np.datetime64("2024-03-01"),
        pd.Timestamp("2024-03-01", tz="UTC"),
    ],
)
def test_dates_are_read_whatever_way_they_are_handed_over_in_utc(cell):
    assert iso_date(day_of(cell)) == "2024-03-01"


@pytest.mark.parametrize("cell", [None, "", "  ", np.nan, pd.NaT, pd.NA])
def test_a_missing_date_is_empty(cell):
    assert day_of(cell) == EMPTY


@pytest.mark.parametrize(
    "cell",
    [
        *("2024-02-30", "2024-13-01", "0000-01-01", "2024-03-01T25:00", "1 March 2024", "01/03/2024", "2024"),
        *("٢٠٢٤-٠٣-٠١", 20240301, True),
    ],
)
def test_what_is_no_date_is_unreadable(cell):
    assert day_of(cell) == UNREADABLE


def test_the_ends_of_the_calendar_are_not_left():
    assert iso_date(day_of("0001-01-01T00:00:00+05:00")) == "0001-01-01"
    assert iso_date(day_of("9999-12-31T23:00:00-05:00")) == "9999-12-31"
    assert is_last_day(day("9999-12-31"), "year")


@pytest.mark.parametrize(
    ("granularity", "start", "last"),
    [
        ("day", "2024-05-16", "2024-05-16"),
        ("week", "2024-05-13", "2024-05-19"),
        ("month", "2024-05-01", "2024-05-31"),
        ("quarter", "2024-04-01", "2024-06-30"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_day_lies_in_the_period_that_starts_before_it_and_ends_after(granularity, start, last):
    assert iso_date(start_of_period(day("2024-05-16"), granularity)) == start
    assert is_last_day(day(last), granularity)
    assert is_last_day(day(start), granularity) == (granularity == "day")


@pytest.mark.parametrize(
    ("first", "last", "granularity"),
    [
        ("2024-01-01", "2024-01-01", "day"),
        ("2024-01-01", "2024-02-29", "day"),
        ("2024-01-01", "2024-03-01", "week"),
        ("2024-01-01", "2025-02-23", "week"),
        ("2024-01-01", "2025-02-24", "month"),
        ("2020-01-15", "2024-12-31", "month"),
        ("2020-01-15", "2025-01-01", "quarter"),
        ("2010-01-01", "2024-12-31", "quarter"),
        ("2010-01-01", "2025-01-01", "year"),
        ("0001-01-01", "9999-12-31", "year"),
    ],
)
def test_the_finest_periods_of_which_there_are_at_most_sixty_are_chosen(first, last, granularity):
    assert choose_granularity(day(first), day(last)) == granularity


@pytest.mark.parametrize("granularity", ["day", "week", "month", "quarter", "year"])
@pytest.mark.parametrize(("first", "last"), [("2019-11-30", "2024-03-01"), ("2024-02-29", "2024-02-29")])
def test_the_periods_between_two_days_are_those_of_all_days_between(granularity, first, last):
    days = range(day(first), day(last) + 1)
    expected = sorted({start_of_period(each, granularity) for each in days})
    assert periods_between(days[0], days[-1], granularity) == expected
    assert n_periods(days[0], days[-1], granularity) == len(expected)
