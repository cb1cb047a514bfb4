"""Parameters of an address."""

from __future__ import annotations

import pytest

from text_explorer.explorer.errors import BadRequestError
from text_explorer.explorer.paging import DocumentsRequest, documents_request, place, search_text


def test_without_parameters_the_first_page_of_all_documents_is_meant():
    assert documents_request({}) == DocumentsRequest()


def test_all_parameters_are_read():
    wanted = documents_request({"topic": "3", "q": "gold", "page": "2", "size": "10"})
    assert wanted == DocumentsRequest(topic=3, typed="gold", page=2, size=10)


def test_the_documents_without_a_topic_can_be_asked_for():
    assert documents_request({"topic": "none"}).topic == "none"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"topic": "x"}, "'topic' must be a whole number from 0"),
        ({"topic": "-1"}, "Got '-1'"),
        ({"page": "0"}, "'page' must be a whole number from 1"),
        ({"page": "1e3"}, "Got '1e3'"),
        ({"page": "９"}, "Got '９'"),
        ({"size": "101"}, "'size' must be a whole number from 1 to 100"),
        ({"size": ""}, "Got ''"),
        ({"q": "x" * 201}, "at most 200 characters"),
    ],
)
def test_a_wrong_parameter_is_answered_by_what_is_allowed(arguments, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        documents_request(arguments)


def test_a_place_beyond_what_a_database_counts_is_refused():
    assert place("row", "12") == 12
    with pytest.raises(BadRequestError):
        place("row", "9" * 30)


def test_the_search_is_read_alone_too():
    assert search_text({"q": "gold"}) == "gold"
