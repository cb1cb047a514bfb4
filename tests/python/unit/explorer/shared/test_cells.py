"""Cells as storages of all kinds hand them over."""

from __future__ import annotations

import datetime
import math

import pytest

from text_explorer.explorer.shared.cells import as_integer, as_list, as_number, as_text, as_topic_id


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (math.nan, ""),
        ("NA", "NA"),
        ("007", "007"),
        (3.0, "3"),
        (3.5, "3.5"),
        (True, "true"),
        (datetime.date(2020, 12, 31), "2020-12-31"),
        ([1, 2], "[1, 2]"),
        ("a\0b", "a\ufffdb"),
        ("\ud800x", "?x"),
    ],
)
def test_a_cell_reads_as_the_text_a_person_would_write(cell, text):
    assert as_text(cell) == text


@pytest.mark.parametrize("cell", [None, "", "abc", math.nan, math.inf, "-inf", 10**400, 1e308, "-1e31", [1]])
def test_what_is_no_finite_number_is_none(cell):
    assert as_number(cell) is None


@pytest.mark.parametrize(("cell", "number"), [("0.5", 0.5), (2, 2.0), (" 1e-3 ", 0.001)])
def test_a_number_is_read_from_text_too(cell, number):
    assert as_number(cell) == number


@pytest.mark.parametrize(("cell", "number"), [(3, 3), ("3", 3), (3.0, 3), ("3.0", 3), (3.5, None), (1e300, None)])
def test_only_a_whole_number_is_an_integer(cell, number):
    assert as_integer(cell) == number


def test_a_negative_topic_id_is_no_topic():
    assert as_topic_id(-1) is None
    assert as_topic_id("0") == 0


def test_an_empty_cell_is_an_empty_list_and_a_broken_one_is_none():
    assert as_list("") == []
    assert as_list('["a"]') == ["a"]
    assert as_list('["a"') is None
    assert as_list('{"a": 1}') is None


@pytest.mark.parametrize("mark", ["\0", "\ud800", "\ue000", "\ue001"])
def test_what_cannot_stand_in_the_index_is_replaced_one_for_one(mark):
    assert len(as_text(f"a{mark}b")) == 3
    assert mark not in as_text(f"a{mark}b")


def test_a_day_is_shown_as_a_day():
    assert as_text(datetime.datetime(2020, 12, 31, tzinfo=datetime.timezone.utc)) == "2020-12-31"
    assert as_text(datetime.datetime(2020, 12, 31, 10, 30)) == "2020-12-31T10:30:00"
