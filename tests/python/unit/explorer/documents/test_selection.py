"""Filters of an address, and the documents that meet them."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from tests.python.unit.explorer.filterable_source import COUNTRIES, PRODUCTS, filterable_source, two_merged_into_zero
from text_explorer.explorer.documents.selection import Selection, parse_selection, selected_rows
from text_explorer.explorer.shared.errors import BadRequestError


def parse(*pairs):
    return parse_selection(MultiDict(pairs))


def rows(index, *pairs):
    found = selected_rows(index, parse(*pairs))
    return None if found is None else found.tolist()


@pytest.fixture
def index(indexed):
    return indexed(filterable_source())


def test_without_filters_all_documents_are_meant(index):
    assert parse() == Selection()
    assert rows(index) is None


def test_every_filter_is_read():
    given = parse(
        ("topic", "3"), ("q", "tea"), ("g", "1:tea"), ("g", "0:a:b"), ("from", "1970-01-02"), ("to", "1969-12-31"),
        ("min", "0.25"), ("max", "1"), ("status", "ok"),
    )  # fmt: skip
    assert given == Selection(3, "tea", ((0, "a:b"), (1, "tea")), 1, -1, 0.25, 1.0, "ok")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("topic", "x", "'topic' must be a whole number from 0"),
        ("topic", "-1", "Got '-1'"),
        ("q", "x" * 201, "at most 200 characters"),
        ("g", "chile", "'g' must be the number of a group column, a colon and a value. Got 'chile'"),
        ("g", "-1:chile", "'g' must be a whole number"),
        ("g", "0:" + "x" * 2001, "'g' may have at most 2000 characters"),
        ("from", "2024-13-01", "'from' must be a day written YYYY-MM-DD. Got '2024-13-01'"),
        ("to", "20240101", "'to' must be a day written YYYY-MM-DD"),
        ("to", "2024-W01-1", "'to' must be a day written YYYY-MM-DD"),
        ("min", "nan", "'min' must be a number from 0 to 1. Got 'nan'"),
        ("max", "1.5", "'max' must be a number from 0 to 1"),
        ("min", "a lot", "'min' must be a number from 0 to 1"),
        ("status", "x" * 2001, "'status' may have at most 2000 characters"),
    ],
)
def test_a_wrong_filter_is_answered_by_what_is_allowed(name, value, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        parse((name, value))


def test_too_many_group_values_are_refused():
    with pytest.raises(BadRequestError, match="At most 200 values"):
        parse(*[("g", f"0:{number}") for number in range(201)])


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("topic", "0")], [0, 1]),
        ([("topic", "none")], [5]),
        ([("topic", "99999999999")], []),
        ([("q", "tea")], [0, 1, 2, 6]),
        ([("q", "coffee"), ("topic", "1")], [2, 3]),
        ([("g", "0:chile")], [0, 1, 5]),
        ([("g", "0:chile"), ("g", "0:peru")], [0, 1, 2, 3, 5]),
        ([("g", "0:chile"), ("g", "1:coffee")], [5]),
        ([("g", "0:")], [4]),
        ([("g", "0:gone")], []),
        ([("from", "2024-02-10")], [2, 3, 5]),
        ([("to", "2024-01-20")], [0, 1]),
        ([("from", "2024-03-31"), ("to", "2024-03-31")], [3]),
        ([("min", "0.7")], [0, 2, 3, 6]),
        ([("max", "0.5")], [1, 4]),
        ([("min", "0.3"), ("max", "0.3")], [4]),
        ([("status", "no known term")], [5]),
        ([("status", "gone")], []),
        ([("q", "tea"), ("g", "1:tea"), ("min", "0.6"), ("to", "2024-12-31")], [0]),
    ],
)
def test_documents_meet_all_filters(index, pairs, expected):
    assert rows(index, *pairs) == expected


def test_a_merged_topic_stands_for_its_target_with_all_merged_into_it(indexed):
    index = indexed(filterable_source(), edits=two_merged_into_zero)
    assert rows(index, ("topic", "0")) == rows(index, ("topic", "2")) == [0, 1, 4, 6]


def test_a_group_column_that_is_not_there_is_reported(index):
    with pytest.raises(BadRequestError, match="There is no group column 2: this webapp has 2, counted from 0"):
        rows(index, ("g", "2:x"))


def test_dates_are_refused_where_there_is_no_date_column(indexed):
    with pytest.raises(BadRequestError, match="no date column, so they cannot be filtered by date"):
        rows(indexed(filterable_source(date_column="")), ("from", "2024-01-01"))


def test_an_index_without_documents_has_none_to_choose(indexed):
    source = filterable_source()
    source.tables["document_topics"] = {"columns": list(source.tables["document_topics"][0])}
    index = indexed(source)
    assert rows(index, ("topic", "0"), ("q", "tea"), ("from", "2024-01-01"), ("min", "0.1")) == []


def test_the_columns_are_those_of_the_corpus(index):
    documents = index.documents
    assert documents.group_names == ["country", "product"]
    assert documents.group_values[COUNTRIES] == ["chile", "peru", "bolivia"]
    assert documents.group_values[PRODUCTS] == ["tea", "coffee"]
    assert documents.groups[COUNTRIES].tolist() == [0, 0, 1, 1, -1, 0, 2]
    assert documents.topic.tolist() == [0, 0, 1, 1, 2, -1, 2]
    assert documents.statuses == ["ok", "no known term"]
