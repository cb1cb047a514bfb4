from datetime import date, timedelta

import numpy as np
import pytest

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.models.training import best_topics
from text_explorer.topics.prevalence import by_period
from text_explorer.topics.prevalence.by_period import PeriodCounts

NO_TOPIC = [np.nan, np.nan]


def counted(shares, dates, chunk=10**6):
    shares = np.array(shares, dtype=float)
    counts = PeriodCounts(shares.shape[1])
    for first in range(0, len(shares), chunk):
        counts.add(
            shares[first : first + chunk], best_topics(shares[first : first + chunk]), dates[first : first + chunk]
        )
    return counts.prevalence()


def rows(found):
    return list(found.table.itertuples(index=False, name=None))


def days_from(first, n_days):
    start = date.fromisoformat(first)
    return [(start + timedelta(days=number)).isoformat() for number in range(n_days)]


def test_each_period_has_its_documents_best_topics_and_mean_shares():
    found = counted([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], ["2024-05-02", "2024-05-01T10:00:00.000Z", "2024-05-01"])
    assert found.granularity == "day"
    assert rows(found) == [
        ("2024-05-01", 0, 2, 0.5, 0.45, False),
        ("2024-05-01", 1, 2, 0.5, 0.55, False),
        ("2024-05-02", 0, 1, 1.0, 0.9, False),
        ("2024-05-02", 1, 1, 0.0, 0.1, False),
    ]
    assert (found.earliest, found.latest, found.warnings()) == ("2024-05-01", "2024-05-02", [])
    assert found.table.columns.tolist() == names_of(columns.TOPICS_BY_PERIOD)


def test_periods_without_documents_are_there_with_none_and_without_shares():
    found = counted([[0.9, 0.1]] * 2, ["2024-01-10", "2024-06-01"])
    assert found.granularity == "week"
    of_first_topic = found.table[found.table[columns.TOPIC_ID] == 0]
    assert of_first_topic[columns.N_DOCUMENTS].tolist() == [1, *[0] * 19, 1]
    assert of_first_topic[columns.MEAN_SHARE].isna().tolist() == [False, *[True] * 19, False]


@pytest.mark.parametrize(("last", "partial"), [("2024-12-30", True), ("2024-12-31", False)])
def test_the_last_period_is_partial_where_the_data_end_before_it(last, partial):
    found = counted([[0.9, 0.1]] * 2, ["2021-03-10", last])
    assert found.granularity == "month"
    assert found.table[columns.PARTIAL].tolist() == [False] * (len(found.table) - 2) + [partial] * 2


def test_documents_without_a_date_or_topic_are_in_no_period_and_missing_dates_are_reported():
    dates = ["2024-05-01", None, "soon", "2024-05-01", "soon"]
    found = counted([[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], NO_TOPIC, NO_TOPIC], dates)
    assert found.table[columns.N_DOCUMENTS].tolist() == [1, 1]
    assert (found.n_empty, found.n_unreadable) == (1, 2)
    assert found.warnings() == [
        "Documents without a date, which are in no day: 1.",
        "Documents whose date could not be read, which are in no day: 2.",
        "2 dates could not be read; the commonest: 'soon' (2).",
    ]


@pytest.mark.parametrize(("shares", "dates"), [(np.zeros((0, 2)), []), ([NO_TOPIC], ["2024-05-01"]), ([[1, 0]], [""])])
def test_without_a_document_with_topic_and_date_there_is_no_period(shares, dates):
    found = counted(shares, dates)
    assert found.table.columns.tolist() == names_of(columns.TOPICS_BY_PERIOD)
    assert (len(found.table), found.earliest, found.latest) == (0, None, None)


def test_a_few_dates_far_from_all_others_are_left_out_and_reported():
    dates = days_from("2024-01-01", 60) * 5 + ["1970-01-01", "9999-12-31"]
    found = counted([[0.9, 0.1]] * len(dates), dates)
    assert found.granularity == "day"
    assert found.table[columns.N_DOCUMENTS].sum() == 2 * 300
    assert (found.n_far, found.earliest, found.latest) == (2, "1970-01-01", "9999-12-31")
    assert found.warnings() == [
        "Documents whose date is far from all others (dates reach from 1970-01-01 to 9999-12-31), which are in no "
        "day: 2.",
    ]


def test_many_early_dates_are_not_far():
    dates = days_from("2024-01-01", 60) * 5 + ["1970-01-01"] * 20
    found = counted([[0.9, 0.1]] * len(dates), dates)
    assert (found.granularity, found.n_far) == ("year", 0)
    assert found.table[columns.N_DOCUMENTS].sum() == 2 * 320


def test_the_first_and_the_last_year_of_the_calendar_do_not_make_ten_thousand_periods():
    found = counted([[0.9, 0.1]] * 2, ["0001-01-01", "9999-12-31"])
    assert found.table[columns.PERIOD].tolist() == ["0001-01-01"] * 2 + ["9999-01-01"] * 2


@pytest.mark.parametrize("chunk", [1, 7, 100])
@pytest.mark.parametrize("most_numbers", [10**6, 60, 12])
def test_chunks_do_not_show_even_where_days_are_put_together_on_the_way(monkeypatch, chunk, most_numbers):
    monkeypatch.setattr(by_period, "MOST_NUMBERS", most_numbers)
    generator = np.random.default_rng(0)
    shares = generator.dirichlet(np.ones(3), 400)
    shares[::9] = np.nan
    dates = generator.choice([*days_from("2001-01-01", 9000), "", "?"], 400).tolist()
    found, expected = counted(shares, dates, chunk), counted(shares, dates)
    assert found.table.equals(expected.table)
    assert (found.n_empty, found.n_unreadable, found.latest) == (
        expected.n_empty,
        expected.n_unreadable,
        expected.latest,
    )


@pytest.mark.parametrize("most_numbers", [10**6, 40, 6])
def test_counts_of_parts_in_any_order_are_those_of_the_whole(monkeypatch, most_numbers):
    monkeypatch.setattr(by_period, "MOST_NUMBERS", most_numbers)
    generator = np.random.default_rng(3)
    shares = generator.dirichlet(np.ones(2), 90)
    dates = [*days_from("2020-01-05", 84), "3/4/2020", "12/25/2020", "soon", "", "2021-03", "n/a"]
    expected = counted(shares, dates)
    parts = PeriodCounts(2)
    for rows in np.array_split(generator.permutation(90), 6):
        part = PeriodCounts(2)
        part.add(shares[rows], best_topics(shares[rows]), [dates[row] for row in rows])
        parts.merge(part)
    found = parts.prevalence()
    assert found.table.equals(expected.table)
    assert found.warnings() == expected.warnings()
    assert (found.granularity, found.earliest, found.latest) == (
        expected.granularity,
        expected.earliest,
        expected.latest,
    )


def test_years_are_the_same_with_or_without_counting_days(monkeypatch):
    generator = np.random.default_rng(1)
    shares = generator.dirichlet(np.ones(3), 500)
    dates = generator.choice(days_from("2001-01-01", 9000), 500).tolist()
    exact = counted(shares, dates)
    monkeypatch.setattr(by_period, "MOST_NUMBERS", 30)
    assert exact.granularity == "year"
    assert counted(shares, dates, 50).table.equals(exact.table)


def test_years_are_periods_of_years_the_last_of_them_whole():
    found = counted([[0.9, 0.1]] * 3, [1990, 1992, "1990"])
    assert found.granularity == "year"
    assert found.table[columns.PERIOD].tolist()[::2] == ["1990-01-01", "1991-01-01", "1992-01-01"]
    assert (found.table[columns.N_DOCUMENTS].tolist()[::2], found.table[columns.PARTIAL].any()) == ([2, 0, 1], False)


@pytest.mark.parametrize(
    ("dates", "granularity"),
    [(["1990-01", "1990-03"], "month"), (["1990-Q1", "Q2 1990"], "quarter"), (["1990", "1990-03-04"], "week")],
)
def test_periods_are_not_finer_than_the_dates(dates, granularity):
    assert counted([[0.9, 0.1]] * 2, dates).granularity == granularity


@pytest.mark.parametrize("most_numbers", [10**6, 30])
@pytest.mark.parametrize("chunk", [1, 100])
def test_the_order_of_day_and_month_may_be_learnt_at_the_end(monkeypatch, chunk, most_numbers):
    monkeypatch.setattr(by_period, "MOST_NUMBERS", most_numbers)
    days = [date(1990 + number, 1 + number % 12, 1 + number % 9) for number in range(30)]
    written = [f"{day.month}/{day.day}/{day.year}" for day in days] + ["12/31/2019"]
    expected = counted([[0.9, 0.1]] * 31, [*map(str, days), "2019-12-31"])
    assert counted([[0.9, 0.1]] * 31, written, chunk).table.equals(expected.table)
