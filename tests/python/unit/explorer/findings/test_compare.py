"""Two sets of documents beside one another."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from tests.python.unit.explorer.filterable_source import two_merged_into_zero
from tests.python.unit.explorer.findings.findings_source import by, documents, source_of
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.explorer.findings.compare import compare, parse_sides
from text_explorer.explorer.shared.errors import BadRequestError

CHILE, PERU = "g=0%3Achile", "g=0%3Aperu"


def compared(index, **parameters):
    return compare(index, parse_sides(MultiDict(parameters)))


def two_countries():
    """Make 40 documents of Chile, 30 of topic 0, and 50 of Peru, 10 of topic 0; 5 of neither."""
    return source_of(
        documents(30, 0, country="chile"), documents(10, 1, country="chile"), documents(10, 0, country="peru"),
        documents(40, 1, country="peru"), documents(5, 2),
    )  # fmt: skip


def test_topics_are_compared_by_the_difference_of_shares(indexed):
    found = compared(indexed(two_countries()), a=CHILE, b=PERU)
    assert ((found["a"]["n"], found["b"]["n"], found["n_both"])) == (40, 50, 0)
    topics = by(found["topics"], "topic")
    assert [topic["topic"] for topic in found["topics"]] == [0, 1, 2]
    assert (topics[0]["share_a"], topics[0]["share_b"], topics[0]["difference"]) == (0.75, 0.2, 0.55)
    assert (topics[0]["n_a"], topics[0]["n_b"], topics[0]["differs"]) == (30, 10, True)
    # Newcombe (1998), method 10, from Wilson's intervals 0.5981-0.8581 of 30/40 and 0.1124-0.3304 of 10/50.
    assert (topics[0]["low"], topics[0]["high"]) == pytest.approx((0.3499, 0.6891), abs=2e-4)
    assert (topics[2]["difference"], topics[2]["differs"]) == (0.0, False)
    assert found["by_chance"] == 0.15  # 5% of three topics


def test_the_other_side_may_be_all_others(indexed):
    index = indexed(two_countries())
    for parameters in ({}, {"b": "others"}):
        found = compared(index, a=CHILE, **parameters)
        assert found["b"] == {"n": 55, "n_assigned": 55, "is_others": True}


def test_filters_of_both_sides_narrow_both(indexed):
    found = compared(indexed(two_countries()), a=CHILE, topic="0")
    assert (found["a"]["n"], found["b"]["n"]) == (30, 10)


def test_documents_on_both_sides_are_noted(indexed):
    found = compared(indexed(two_countries()), a=CHILE, b="")
    assert (found["b"]["n"], found["n_both"]) == (95, 40)
    assert found["notes"] == [
        "40 documents are on both sides, so differences are smaller than between the documents that only one side has."
    ]


def test_small_and_empty_sides_are_noted_and_bear_no_difference(indexed):
    found = compared(indexed(two_countries()), a="q=zeppelin", b="g=0%3A")
    assert found["notes"] == [
        f"{side} has {n} documents with a topic: too few to compare topics, of which at least 20 are needed."
        for side, n in (("A", 0), ("B", 5))
    ]
    assert {(topic["share_a"], topic["difference"], topic["differs"]) for topic in found["topics"]} == {
        (None, None, False)
    }


def test_merged_and_hidden_topics_are_honoured(indexed):
    found = compared(indexed(two_countries(), edits=two_merged_into_zero), a="", b=PERU)
    assert by(found["topics"], "topic")[0]["n_a"] == 45
    assert set(by(found["topics"], "topic")) == {0, 1}
    hidden = compared(indexed(theme_source(4), edits=edited({"topic_id": 3, "hidden": True})), a="g=0%3Aland")
    assert set(by(hidden["topics"], "topic")) == {0, 1, 2, 4, 5}
    assert hidden["b"]["n_assigned"] == 12  # shares are of all documents with a topic, hidden ones included


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "'a' must name the documents to compare"),
        ({"a": "min=2"}, "'min' must be a number from 0 to 1"),
        ({"a": "x" * 20_001}, "'a' may have at most 20,000 characters"),
        ({"a": "", "b": "from=soon"}, "'from' must be a day"),
    ],
)
def test_a_side_that_cannot_be_read_is_refused(parameters, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        parse_sides(MultiDict(parameters))


def test_the_values_of_a_side_are_decoded(indexed):
    source = source_of(documents(3, 0, country="R&D=100%"), documents(4, 0, country="chile"))
    assert compared(indexed(source), a="g=0%3AR%26D%3D100%25")["a"]["n"] == 3
