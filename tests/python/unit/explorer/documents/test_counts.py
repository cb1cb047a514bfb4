"""Counts of documents by topic and group."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.filterable_source import COUNTRIES, filterable_source, two_merged_into_zero
from text_explorer.explorer.documents.counts import MOST_VALUES, count_by_group, count_documents
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.shared.errors import BadRequestError


def test_documents_are_counted_by_topic(indexed):
    expected = {"n": 7, "of": 7, "n_assigned": 6, "topics": {0: 2, 1: 2, 2: 2}}
    assert count_documents(indexed(filterable_source()), Selection()) == expected


def test_filters_narrow_the_counts_but_not_the_whole(indexed):
    expected = {"n": 3, "of": 7, "n_assigned": 2, "topics": {0: 2, 1: 0, 2: 0}}
    assert count_documents(indexed(filterable_source()), Selection(groups=((COUNTRIES, "chile"),))) == expected


def test_merged_topics_are_counted_each_for_itself_since_the_page_may_take_them_apart(indexed):
    index = indexed(filterable_source(), edits=two_merged_into_zero)
    assert count_documents(index, Selection())["topics"] == {0: 2, 1: 2, 2: 2}


def test_groups_count_documents_with_a_topic_and_add_up(indexed):
    found = count_by_group(indexed(filterable_source()), Selection(), COUNTRIES)
    assert found == {
        "column": 0,
        "name": "country",
        "values": [
            {"value": "chile", "kind": "value", "n": 2},
            {"value": "peru", "kind": "value", "n": 2},
            {"value": "bolivia", "kind": "value", "n": 1},
            {"value": "", "kind": "no value", "n": 1},
        ],
        "ids": [0, 1, 2],
        "counts": [[2, 0, 0], [0, 2, 0], [0, 0, 1], [0, 0, 1]],
        "totals": [2, 2, 2],
        "n": 6,
    }


def test_groups_follow_the_filters(indexed):
    index = indexed(filterable_source(), edits=two_merged_into_zero)
    found = count_by_group(index, Selection(typed="tea"), COUNTRIES)
    assert [value["value"] for value in found["values"]] == ["chile", "peru", "bolivia"]
    assert (found["ids"], found["counts"], found["n"]) == ([0, 1, 2], [[2, 0, 0], [0, 1, 0], [0, 0, 1]], 4)


def test_rare_values_are_counted_together(indexed):
    rows = [(0, 1.0, "", f"country {n:02}", "", "x") for n in range(MOST_VALUES + 3) for _ in range(2 if n < 5 else 1)]
    found = count_by_group(indexed(filterable_source(rows)), Selection(), COUNTRIES)
    assert len(found["values"]) == MOST_VALUES + 1
    assert found["values"][0] == {"value": "country 00", "kind": "value", "n": 2}
    assert found["values"][-1] == {"value": "3 other values", "kind": "other values", "n": 3}
    assert found["n"] == len(rows)


def test_values_beyond_those_distinguished_are_counted_and_reported(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.loading.filter_columns.MOST_VALUES", 2)
    rows = [(0, 1.0, "", country, "", "x") for country in ("a", "b", "c", "d", "d", "a")]
    index = indexed(filterable_source(rows))
    found = count_by_group(index, Selection(), COUNTRIES)
    assert [(value["value"], value["n"]) for value in found["values"]] == [
        ("a", 2),
        ("b", 1),
        ("other values", 3),
    ]


@pytest.mark.parametrize("column", [2, 7])
def test_a_group_column_that_is_not_there_is_reported(indexed, column):
    with pytest.raises(BadRequestError, match=f"There is no group column {column}: this webapp has 2"):
        count_by_group(indexed(filterable_source()), Selection(), column)


def test_nothing_chosen_counts_as_nothing(indexed):
    found = count_by_group(indexed(filterable_source()), Selection(typed="absent"), COUNTRIES)
    assert (found["values"], found["counts"], found["totals"], found["n"]) == ([], [], [0, 0, 0], 0)
