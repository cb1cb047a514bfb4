"""Parameters of an address."""

from __future__ import annotations

import pytest

from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.parameters import BY_ROW, Page, parse_page, parse_sort, place, search_text


def parse_all(arguments):
    return parse_page(arguments), parse_sort(arguments), search_text(arguments)


def test_without_parameters_the_first_page_is_meant():
    assert parse_all({}) == (Page(1, 25), None, "")


def test_all_parameters_are_read():
    assert parse_all({"q": "gold", "page": "2", "size": "10", "sort": "row"}) == (Page(2, 10), BY_ROW, "gold")


def test_a_page_knows_its_stretch_and_how_many_there_are():
    assert Page(3, 10).stretch == slice(20, 30)
    assert Page(3, 10).of(21) == {"total": 21, "page": 3, "size": 10, "pages": 3}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"page": "0"}, "'page' must be a whole number from 1"),
        ({"page": "1e3"}, "Got '1e3'"),
        ({"page": "９"}, "Got '９'"),
        ({"size": "101"}, "'size' must be a whole number from 1 to 100"),
        ({"size": ""}, "Got ''"),
        ({"q": "x" * 201}, "at most 200 characters"),
        ({"sort": "size"}, "'sort' must be one of row, match, explained, probability, .*, -date. Got 'size'"),
    ],
)
def test_a_wrong_parameter_is_answered_by_what_is_allowed(arguments, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        parse_all(arguments)


def test_a_place_beyond_what_a_database_counts_is_refused():
    assert place("row", "12") == 12
    with pytest.raises(BadRequestError):
        place("row", "9" * 30)


def test_the_search_is_read_alone_too():
    assert search_text({"q": "gold"}) == "gold"
