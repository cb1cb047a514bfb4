"""Counts of documents by period."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source, two_merged_into_zero
from text_explorer.explorer.documents.counts_over_time import count_by_time
from text_explorer.explorer.documents.selection import Selection, parse_selection
from text_explorer.explorer.shared.errors import BadRequestError


def dated(*dates):
    return filterable_source([(0, 1.0, date, "", "", "x") for date in dates])


def periods(found):
    return [(period["label"], period["n"]) for period in found["periods"]]


def test_documents_are_counted_by_month_and_topic(indexed):
    found = count_by_time(indexed(filterable_source()), Selection(), "month")
    assert periods(found) == [("2024-01", 2), ("2024-02", 1), ("2024-03", 2)]
    assert found["topics"] == {0: [2, 0, 0], 1: [0, 1, 1], 2: [0, 0, 0]}
    assert (found["date_column"], found["granularity"], found["n_undated"], found["n_far"]) == ("date", "month", 2, 0)
    assert found["choices"] == ["day", "week", "month"]
    assert [period["start"] for period in found["periods"]] == ["2024-01-01", "2024-02-01", "2024-03-01"]


def test_merged_topics_are_counted_each_for_itself_since_the_page_may_take_them_apart(indexed):
    rows = [(topic, 1.0, f"2024-0{topic + 1}-01", "", "", "x") for topic in range(3)]
    index = indexed(filterable_source(rows), edits=two_merged_into_zero)
    assert count_by_time(index, Selection(), "month")["topics"] == {0: [1, 0, 0], 1: [0, 1, 0], 2: [0, 0, 1]}


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("day", ["2023-12-31", "2024-01-01", "2024-01-02"]),
        ("week", ["week of 2023-12-25", "week of 2024-01-01"]),
        ("month", ["2023-12", "2024-01"]),
        ("quarter", ["2023 Q4", "2024 Q1"]),
        ("year", ["2023", "2024"]),
    ],
)
def test_periods_are_those_of_the_calendar(indexed, by, labels):
    # 31 December 2023 was a Sunday.
    found = count_by_time(indexed(dated("2023-12-31", "2024-01-02")), Selection(), by)
    assert [period["label"] for period in found["periods"]] == labels


def test_periods_without_documents_are_not_left_out(indexed):
    found = count_by_time(indexed(dated("2024-01-05", "2024-04-05")), Selection(), "month")
    assert periods(found) == [("2024-01", 1), ("2024-02", 0), ("2024-03", 0), ("2024-04", 1)]


def test_periods_are_chosen_of_which_there_are_about_forty(indexed):
    assert count_by_time(indexed(dated("2024-01-01", "2024-02-29")), Selection())["granularity"] == "day"
    assert count_by_time(indexed(dated("2024-01-01", "2024-12-31")), Selection())["granularity"] == "week"
    assert count_by_time(indexed(dated("2020-01-01", "2024-12-31")), Selection())["granularity"] == "month"
    assert count_by_time(indexed(dated("1940-01-01", "2024-12-31")), Selection())["granularity"] == "year"
    assert count_by_time(indexed(dated("1789-01-01", "2024-12-31")), Selection())["granularity"] == "5-years"
    assert count_by_time(indexed(dated("1000-01-01", "2024-12-31")), Selection())["granularity"] == "25-years"


def test_a_length_that_would_give_too_many_periods_is_not_offered_and_not_used(indexed):
    found = count_by_time(indexed(dated("1789-01-01", "2024-12-31")), Selection(), "day")
    assert found["choices"] == ["year", "5-years", "10-years", "25-years"]
    assert found["granularity"] == "5-years"
    assert len(found["periods"]) == 48


def test_the_last_period_is_partial_unless_its_last_day_has_come(indexed):
    whole = count_by_time(indexed(filterable_source()), Selection(), "month")
    assert [period["partial"] for period in whole["periods"]] == [False, False, False]
    cut = count_by_time(indexed(dated("2024-01-31", "2024-03-30")), Selection(), "month")
    assert [period["partial"] for period in cut["periods"]] == [False, False, True]


def test_a_filter_makes_the_periods_it_cuts_partial(indexed):
    chosen = parse_selection_of(("from", "2024-01-06"), ("to", "2024-03-15"))
    found = count_by_time(indexed(filterable_source()), chosen, "month")
    assert [(period["n"], period["partial"]) for period in found["periods"]] == [(1, True), (1, False), (1, True)]


def parse_selection_of(*pairs):
    from werkzeug.datastructures import MultiDict

    return parse_selection(MultiDict(pairs))


def test_a_topic_that_ended_early_is_not_partial(indexed):
    found = count_by_time(indexed(filterable_source()), Selection(topic=0), "day")
    assert (periods(found)[0], periods(found)[-1]) == (("2024-01-05", 1), ("2024-01-20", 1))
    assert not any(period["partial"] for period in found["periods"])


def test_a_date_far_from_all_others_is_left_out_and_counted(indexed):
    index = indexed(dated(*[f"2024-01-{day:02}" for day in range(1, 29)] * 8, "9999-12-31"))
    found = count_by_time(index, Selection())
    assert (found["periods"][-1]["label"], found["n_far"], found["granularity"]) == ("2024-01-28", 1, "day")
    asked = count_by_time(index, parse_selection_of(("from", "9999-01-01")))
    assert (periods(asked), asked["n_far"]) == ([("9999-12-31", 1)], 0)


@pytest.mark.parametrize("selection", [Selection(typed="absent"), Selection(status="no known term", typed="tea")])
def test_nothing_chosen_has_no_periods(indexed, selection):
    found = count_by_time(indexed(filterable_source()), selection)
    assert (found["periods"], found["choices"], found["topics"]) == ([], [], {0: [], 1: [], 2: []})


def test_documents_without_any_date_have_no_periods(indexed):
    found = count_by_time(indexed(dated("", "none")), Selection())
    assert (found["periods"], found["n_undated"]) == ([], 2)


def test_one_day_alone_is_one_period(indexed):
    found = count_by_time(indexed(dated("2024-01-05")), Selection())
    assert (periods(found), found["choices"], found["granularity"]) == ([("2024-01-05", 1)], [], "day")


def test_without_a_date_column_the_setting_is_named(indexed):
    with pytest.raises(BadRequestError, match="Select one in the setting 'Date column'"):
        count_by_time(indexed(filterable_source(date_column="")), Selection())


@pytest.mark.parametrize(
    ("dates", "labels", "choices"),
    [
        (["1990", "1992"], ["1990", "1991", "1992"], ["year"]),
        (["1990-Q1", "Q3 1990"], ["1990 Q1", "1990 Q2", "1990 Q3"], ["quarter"]),
        (["1990-11", "01/1991"], ["1990-11", "1990-12", "1991-01"], ["month", "quarter", "year"]),
        (["1990"], ["1990"], []),
    ],
)
def test_periods_are_not_shorter_than_the_dates_tell_and_the_last_is_whole(indexed, dates, labels, choices):
    found = count_by_time(indexed(dated(*dates)), Selection(), "day")
    assert ([label for label, _ in periods(found)], found["choices"]) == (labels, choices)
    assert not any(period["partial"] for period in found["periods"])


@pytest.mark.parametrize(
    ("by", "labels", "counts"),
    [
        ("5-years", ["1985–1989", "1990–1994", "1995–1999", "2000–2004", "2005–2009"], [1, 2, 0, 0, 1]),
        ("10-years", ["1980–1989", "1990–1999", "2000–2009", "2010–2019"], [1, 2, 0, 1]),
        ("25-years", ["1950–1974", "1975–1999", "2000–2024", "2025–2049"], [1, 0, 2, 1]),
    ],
)
def test_spans_of_years_begin_at_round_years(indexed, by, labels, counts):
    dates = {
        "5-years": ["1989-12-31", "1990-01-01", "1994-12-31", "2005-06-01"],
        "10-years": ["1989-12-31", "1990-01-01", "1999-12-31", "2010-01-01"],
        "25-years": ["1974-12-31", "2000-01-01", "2024-12-31", "2025-01-01"],
    }[by]
    found = count_by_time(indexed(dated(*dates)), Selection(), by)
    assert periods(found) == list(zip(labels, counts))
    assert (found["granularity"], found["periods"][1]["start"]) == (by, f"{labels[1][:4]}-01-01")


def test_a_span_of_years_is_partial_unless_the_last_day_of_its_last_year_has_come(indexed):
    cut = count_by_time(indexed(dated("1980-01-01", "1999-12-30")), Selection(), "5-years")
    assert [period["partial"] for period in cut["periods"]] == [False, False, False, True]
    whole = count_by_time(indexed(dated("1980-01-01", "1999-12-31")), Selection(), "5-years")
    assert not any(period["partial"] for period in whole["periods"])


def test_spans_are_offered_only_where_there_are_at_least_four_of_them(indexed):
    assert count_by_time(indexed(dated("2010-01-01", "2024-12-31")), Selection())["choices"] == [
        "month",
        "quarter",
        "year",
    ]
    found = count_by_time(indexed(dated("2005-01-01", "2024-12-31")), Selection())
    assert found["choices"] == ["month", "quarter", "year", "5-years"]


def test_the_first_year_of_the_calendar_has_a_span(indexed):
    found = count_by_time(indexed(dated("0001-05-01", "0019-12-31")), Selection(), "5-years")
    assert periods(found)[0] == ("0001–0004", 1)
    assert found["periods"][0]["start"] == "0001-01-01"
