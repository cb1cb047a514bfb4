"""Terms of the same topics, and the file of all terms."""

from __future__ import annotations

import csv
import io

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source, two_merged_into_zero
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.terms.listing import TermsRequest, list_terms, term_detail, terms_csv

# p(term | topic) of each topic; all topics have as many words.
PROBABILITIES = {
    "tea": (0.2, 0.0, 0.0),
    "milk": (0.1, 0.0, 0.0),
    "cup": (0.3, 0.3, 0.0),
    "coffee": (0.0, 0.2, 0.0),
    "court": (0.0, 0.0, 0.2),
    "rarely": (0.1, 0.0, 0.0),
}
N_DOCUMENTS = {"milk": 20, "rarely": 4}


def source_of_terms():
    source = filterable_source()
    source.tables["topic_terms"] = [
        {
            "topic_id": topic,
            "term": term,
            "probability": value,
            "count": 30,
            "document_count": N_DOCUMENTS.get(term, 10),
        }
        for term, values in PROBABILITIES.items()
        for topic, value in enumerate(values)
        if value
    ]
    for topic in source.tables["topics"]:
        topic["token_share"] = 1 / 3
    return source


def related(index, term):
    return [(entry["term"], entry["similarity"]) for entry in term_detail(index, term)["related"]]


def test_terms_of_the_same_topics_are_related(indexed):
    index = indexed(source_of_terms())
    assert related(index, "tea") == [("milk", 1.0), ("cup", 0.71)]
    assert related(index, "court") == []


def test_merged_topics_are_one(indexed):
    assert related(indexed(source_of_terms(), edits=two_merged_into_zero), "court") == [
        ("milk", 1.0),
        ("tea", 1.0),
        ("cup", 0.71),
    ]


def test_an_unknown_word_has_no_related_terms(indexed):
    assert related(indexed(source_of_terms()), "zeppelin") == []


def rows_of(index, **request):
    written = "".join(terms_csv(index, TermsRequest(**request)))
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written[1:])))


@pytest.mark.parametrize("request_of", [{}, {"typed": "c"}, {"topic": 0}])
def test_the_file_holds_all_terms_of_the_list_on_whatever_page(indexed, request_of):
    index = indexed(source_of_terms())
    listed = list_terms(index, TermsRequest(**request_of))
    rows = rows_of(index, **request_of, page=Page(2, 1))
    assert list(dict.fromkeys(row["term"] for row in rows)) == [entry["term"] for entry in listed["terms"]]
    assert len(listed["terms"]) == listed["total"] > 1


def test_a_row_names_a_topic_and_its_share(indexed):
    rows = [row for row in rows_of(indexed(source_of_terms())) if row["term"] == "cup"]
    assert [(row["topic_id"], row["topic_label"], float(row["topic_share"])) for row in rows] == [
        ("0", "topic 0", 0.5), ("1", "topic 1", 0.5)]  # fmt: skip
