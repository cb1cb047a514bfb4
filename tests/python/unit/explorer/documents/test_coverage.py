"""The documents that the topics explain, and the order of those that they do not."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.coverage import LEAST_PROBABILITY, LEAST_PROPORTION, coverage
from text_explorer.explorer.documents.listing import list_documents
from text_explorer.explorer.documents.selection import parse_selection
from text_explorer.explorer.shared.parameters import BY_EXPLAINED, Page

TOPICS = [(0, 0.9), (1, 0.25), (None, None), (2, 0.2), (0, 0.4), (None, None)]


def with_engine(indexed, engine="lda_gibbs"):
    source = filterable_source([(*topic, "", "", "", f"text {row}") for row, topic in enumerate(TOPICS)])
    source.tables["document_topics"][5]["topic_status"] = "empty text"
    source.model = {"engine": engine, "settings": {}}
    return indexed(source)


def test_a_document_is_explained_by_a_topic_of_enough_of_its_words(indexed):
    assert coverage(with_engine(indexed)) == {"n": 5, "n_explained": 3, "least": LEAST_PROPORTION, "share": 0.6}


def test_of_a_single_topic_the_probability_counts(indexed):
    found = coverage(with_engine(indexed, "gsdmm"))
    assert (found["n_explained"], found["least"]) == (1, LEAST_PROBABILITY)


def test_the_least_explained_comes_first_and_empty_texts_last(indexed):
    answer = list_documents(with_engine(indexed), parse_selection(MultiDict()), Page(), BY_EXPLAINED)
    assert [document["row"] for document in answer["documents"]] == [2, 3, 1, 4, 0, 5]
    assert answer["coverage"]["share"] == 0.6


def test_without_documents_there_is_no_share(indexed):
    source = filterable_source([])
    source.tables["document_topics"] = {"columns": list(filterable_source().tables["document_topics"][0])}
    assert coverage(indexed(source))["share"] is None
