"""A number that the page shows at two places is the same at both, for each filter."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from tests.python.unit.explorer.theme_source import theme_source
from text_explorer.explorer.documents.counts import count_by_group, count_documents
from text_explorer.explorer.documents.counts_over_time import count_by_time
from text_explorer.explorer.documents.csv_export import documents_csv
from text_explorer.explorer.documents.listing import list_documents
from text_explorer.explorer.documents.selection import parse_selection
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.terms.kwic import keyword_in_context
from text_explorer.explorer.terms.listing import term_detail
from text_explorer.explorer.topic_answers.merge_preview import MergeRequest, merge_preview
from text_explorer.explorer.topic_answers.overview import overview

N_REPEATED, N_TOPICS = 3, 6
FILTERS = [
    {},
    {"topic": "2"},
    {"q": "war"},
    {"q": "war OR money"},
    {"q": "-war"},
    {"q": "wa*", "g": "0:land"},
    {"q": "battle", "from": "2024-01-01", "to": "2024-01-01"},
]


@pytest.fixture
def index(indexed):
    return indexed(theme_source(N_REPEATED))


@pytest.mark.parametrize("filters", FILTERS)
def test_list_counts_charts_and_file_have_as_many_documents(index, filters):
    selection = parse_selection(MultiDict(filters))
    n = list_documents(index, selection, Page())["total"]
    assert n > 0
    assert count_documents(index, selection)["n"] == n
    assert sum(count_documents(index, selection)["topics"].values()) == n
    assert count_by_group(index, selection, 0)["n"] == n
    assert sum(period["n"] for period in count_by_time(index, selection)["periods"]) == n
    assert "".join(documents_csv(index, selection)).count("\r\n") == n + 1


def test_a_topic_has_as_many_documents_in_the_list_in_its_filter_and_in_the_preview_of_a_merge(index):
    shown = {topic["id"]: topic["n_documents"] for topic in overview(index)["topics"]}
    listed = {
        topic: list_documents(index, parse_selection(MultiDict({"topic": str(topic)})), Page())["total"]
        for topic in range(N_TOPICS)
    }
    previewed = {
        entry["topic"]: entry["n_documents"]
        for entry in merge_preview(index, MergeRequest(tuple(range(6)), 0))["before"]
    }
    assert shown == listed == previewed == dict.fromkeys(range(N_TOPICS), N_REPEATED)


@pytest.mark.parametrize("word", ["army", "war", "The"])
def test_a_word_is_in_as_many_documents_in_context_as_in_the_search(index, word):
    everything = parse_selection(MultiDict())
    lines = keyword_in_context(index, word, everything, Page())["total"]
    assert lines == list_documents(index, parse_selection(MultiDict({"q": word})), Page())["total"] > 0


def test_a_term_that_stands_alone_is_in_as_many_documents_for_the_model_as_in_the_texts(indexed):
    source = theme_source(N_REPEATED)
    for term in source.tables["topic_terms"]:
        term["document_count"] = N_REPEATED
    source.files, source.model = {}, None
    source.settings["text_column"] = "text"
    index = indexed(source)
    lines = keyword_in_context(index, "army", parse_selection(MultiDict()), Page())["total"]
    assert term_detail(index, "army")["document_count"] == lines == N_REPEATED
