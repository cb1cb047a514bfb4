"""The order of lists."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.listing import ordered_rows
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.shared.errors import BadRequestError


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (None, [0, 1, 2, 3, 4, 5, 6]),
        ("row", [0, 1, 2, 3, 4, 5, 6]),
        ("probability", [4, 1, 2, 3, 6, 0, 5]),
        ("-probability", [0, 6, 2, 3, 1, 4, 5]),
        ("date", [0, 1, 2, 5, 3, 4, 6]),
        ("-date", [3, 5, 2, 1, 0, 4, 6]),
    ],
)
def test_equal_ones_keep_their_order_and_missing_ones_come_last(indexed, sort, expected):
    assert ordered_rows(indexed(filterable_source()), Selection(), sort).tolist() == expected


def test_a_topic_shows_its_most_typical_documents_first(indexed):
    index = indexed(filterable_source())
    assert ordered_rows(index, Selection(topic=2)).tolist() == [6, 4]
    assert ordered_rows(index, Selection(topic=2), "row").tolist() == [4, 6]


def test_without_dates_nothing_is_sorted_by_them(indexed):
    with pytest.raises(BadRequestError, match="no date column, so they cannot be sorted by date"):
        ordered_rows(indexed(filterable_source(date_column="")), Selection(), "date")


def test_dates_before_1970_come_before_later_ones(indexed):
    rows = [(0, 1.0, date, "", "", "x") for date in ("1970-01-01", "1815-06-18", "2024-02-29", "0001-01-01")]
    assert ordered_rows(indexed(filterable_source(rows)), Selection(), "date").tolist() == [3, 1, 0, 2]
