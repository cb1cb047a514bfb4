"""Columns gathered from cells of all kinds."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from tests.python.unit.explorer.filterable_source import COUNTRIES, filterable_source
from text_explorer.explorer.documents.listing import document_detail
from text_explorer.explorer.index.document_columns import NO_DAY, NO_VALUE
from text_explorer.explorer.loading import filter_columns
from text_explorer.explorer.loading.filter_columns import LONGEST_VALUE
from text_explorer.explorer.topic_answers.overview import overview


@pytest.fixture(autouse=True, params=[1_000_000, 2], ids=["all rows at once", "two rows at once"])
def rows_at_once(request, monkeypatch):
    """Examine columns in parts of so many rows; what is found must not depend on it."""
    monkeypatch.setattr(filter_columns, "_ROWS_AT_ONCE", request.param)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1970-01-01", 0),
        ("1969-12-31T23:59:59.000Z", -1),
        ("2024-03-01T00:30:00+02:00", 19782),
        (datetime.datetime(1970, 1, 2, 23, 59), 1),
        (datetime.datetime(1970, 1, 2, tzinfo=datetime.timezone.utc), 1),
        (datetime.date(1970, 1, 3), 2),
        ("0001-01-01", -719162),
        ("9999-12-31", 2932896),
        ("2024-02-30", NO_DAY),
        ("yesterday", NO_DAY),
        ("", NO_DAY),
        (None, NO_DAY),
        (float("nan"), NO_DAY),
    ],
)
def test_a_date_is_a_day_in_utc(indexed, cell, day):
    assert days(indexed, cell) == [day]


def days(indexed, *cells):
    return indexed(filterable_source([(0, 1.0, cell, "", "", "x") for cell in cells])).documents.day.tolist()


def test_the_order_of_day_and_month_is_that_of_all_dates(indexed):
    assert days(indexed, "3/4/1970", "1/31/1970", "unknown") == [62, 30, NO_DAY]
    assert days(indexed, "3/4/1970", "31/1/1970") == [92, 30]


def test_what_is_no_date_is_noted_with_its_commonest_forms(indexed):
    index = indexed(filterable_source([(0, 1.0, cell, "", "", "x") for cell in ("1990", "n/a", "n/a", "?")]))
    assert overview(index)["notes"] == ["3 dates could not be read; the commonest: 'n/a' (2), '?' (1)."]


def countries(index):
    documents = index.documents
    return ["" if code == NO_VALUE else documents.group_values[COUNTRIES][code] for code in documents.groups[COUNTRIES]]


def test_group_cells_of_every_type_are_texts(indexed):
    cells = ["007", 7, 7.0, 7.5, True, None, float("nan"), " ", "<b>", "שלום", "\ud800x", datetime.date(2024, 1, 1)]
    rows = [(0, 1.0, "", cell, "", "x") for cell in cells]
    assert countries(indexed(filterable_source(rows))) == [
        "007", "7", "7", "7.5", "true", "", "", "", "<b>", "שלום", "?x", "2024-01-01",
    ]  # fmt: skip


def test_values_come_by_falling_frequency_and_equal_ones_by_the_alphabet(indexed):
    rows = [(0, 1.0, "", country, "", "x") for country in ("c", "b", "a", "b", "d", "d")]
    assert indexed(filterable_source(rows)).documents.group_values[COUNTRIES] == ["b", "d", "a", "c"]


@pytest.mark.parametrize(
    ("n_characters", "kept"),
    [(LONGEST_VALUE, "x" * LONGEST_VALUE), (LONGEST_VALUE + 1, "x" * (LONGEST_VALUE - 1) + "…")],
)
def test_a_very_long_value_is_cut(indexed, n_characters, kept):
    assert countries(indexed(filterable_source([(0, 1.0, "", "x" * n_characters, "", "x")]))) == [kept]


def test_a_column_of_keys_is_noted(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.loading.filter_columns.MOST_VALUES", 2)
    rows = [(0, 1.0, "", country, "", "x") for country in "abc"]
    index = indexed(filterable_source(rows))
    assert "The group column 'country' has more than 2 values." in overview(index)["notes"][0]
    assert document_detail(index, 2)["groups"] == ["other values", ""]


def test_a_column_of_just_as_many_values_as_are_distinguished_needs_no_note(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.loading.filter_columns.MOST_VALUES", 2)
    index = indexed(filterable_source([(0, 1.0, "", country, "", "x") for country in "aba"]))
    assert overview(index)["notes"] == []


def test_more_statuses_than_are_distinguished_do_no_harm(indexed):
    source = filterable_source([(0, 1.0, "", "", "", "x")] * 300)
    for number, row in enumerate(source.tables["document_topics"]):
        row["topic_status"] = f"status {number:03}"
    index = indexed(source)
    assert len(index.documents.statuses) == 255
    assert document_detail(index, 0)["status"] == "status 000"
    assert document_detail(index, 299)["status"] == "other"


@pytest.mark.parametrize("cell", [None, "", "nan", float("inf"), 1e300, "a lot"])
def test_a_probability_that_is_none_is_none(indexed, cell):
    source = filterable_source([(0, 1.0, "", "", "", "x")])
    source.tables["document_topics"][0]["topic_probability"] = cell
    index = indexed(source)
    assert np.isnan(index.documents.probability).tolist() == [True]
    assert document_detail(index, 0)["probability"] is None


def numeric(indexed, cells, dates=None):
    """Return the numbers of a column of these cells, None where it is not numeric."""
    source = filterable_source([(0, 1.0, date, "", "", "x") for date in dates or [""] * len(cells)])
    for row, cell in zip(source.tables["document_topics"], cells):
        row["figure"] = cell
    documents = indexed(source).documents
    assert documents.number_names in ([], ["figure"])
    return [float(number) for number in documents.numbers[0]] if documents.numbers else None


def test_numbers_of_every_type_make_a_numeric_column(indexed):
    assert numeric(indexed, [1, "2", 3.0, " 3 ", 2.5]) == [1, 2, 3, 3, 2.5]


def test_empty_cells_and_a_few_texts_leave_a_column_numeric(indexed):
    found = numeric(indexed, [1, 2, 3, 1, 2, 3, 1, 2, 3, "n/a", "", None, float("nan")])
    assert found is not None
    assert np.isnan(found).tolist() == [False] * 9 + [True] * 4


@pytest.mark.parametrize(
    "cells",
    [
        [1, 2, 3, 1, 2, 3, 1, 2, "a", "b"],  # less than nine of ten
        [0, 1, 1, 0],  # yes and no
        [17, 12, 5, 3],  # ids
        ["", None, "", ""],
        [True, False, True],
        ["1 star", "2 stars", "3 stars"],
    ],
)
def test_other_columns_are_not_numeric(indexed, cells):
    assert numeric(indexed, cells) is None


def test_different_fractions_are_no_ids(indexed):
    assert numeric(indexed, [1.5, 2.25, 3.75]) == [1.5, 2.25, 3.75]


def test_the_years_of_the_dates_are_not_numeric_and_other_years_are(indexed):
    dates = ["2020-05-05", "2021-05-05", "2022-05-05", "2022-06-05"]
    assert numeric(indexed, [2020, 2021, 2022, 2022], dates) is None
    assert numeric(indexed, [1990, 1991, 1992, 1992], dates) == [1990, 1991, 1992, 1992]


def test_texts_after_which_reading_stops_are_not_numeric(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.loading.filter_columns._CELLS_OF_TEXT", 2)
    monkeypatch.setattr("text_explorer.explorer.loading.documents.BATCH", 2)
    assert numeric(indexed, ["a", "b", *range(100), 1, 2]) is None


def test_columns_of_earlier_runs_are_not_numeric(indexed):
    source = filterable_source([(0, 1.0, "", "", "", "x")] * 4)
    for row, cell in zip(source.tables["document_topics"], (0.5, 0.25, 0.75, 0.5)):
        row["topic_probability_1"] = row["score"] = cell
    assert indexed(source).documents.number_names == ["score"]
