from datetime import date

import pytest

from text_explorer.topics.prevalence.periods import (
    choose_granularity,
    grain_of,
    is_last_day,
    iso_date,
    n_periods,
    periods_between,
    start_of_period,
)


def day(text):
    return date.fromisoformat(text).toordinal()


def test_the_calendar_ends_with_a_period():
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


@pytest.mark.parametrize(
    ("days", "grain"),
    [
        (["1990-01-01", "1995-01-01", "2020-01-01"], "year"),
        (["1990-01-01", "1990-04-01", "2020-10-01"], "quarter"),
        (["1990-01-01", "1990-02-01", "2020-10-01"], "month"),
        (["1990-01-01", "1990-02-01", "2020-10-02"], "day"),
        (["1990-01-01", "1995-01-01"], "day"),
    ],
)
def test_first_days_of_periods_stand_for_periods_where_there_are_enough(days, grain):
    assert grain_of(map(day, days)) == grain


@pytest.mark.parametrize(
    ("finest", "chosen"),
    [("day", "day"), ("week", "week"), ("month", "month"), ("quarter", "quarter"), ("year", "year")],
)
def test_periods_are_not_finer_than_the_dates(finest, chosen):
    assert choose_granularity(day("2024-01-01"), day("2024-02-20"), finest) == chosen
