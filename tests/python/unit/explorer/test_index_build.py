"""Datasets of every shape become an index, or a sentence."""

from __future__ import annotations

import json

import pytest

from tests.python.unit.explorer.memory_source import (
    HEBREW_TEXT,
    TEXTS,
    MemorySource,
    document_rows,
    small_source,
    summary_rows,
    term_rows,
    topic_rows,
)
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.document_queries import document_detail, list_documents
from text_explorer.explorer.index_tables import create_tables
from text_explorer.explorer.paging import DocumentsRequest
from text_explorer.explorer.queries import overview, topic_detail


def required(**changes):
    """Make the three required datasets alone, some of them changed."""
    tables = {"document_topics": document_rows(), "topics": topic_rows(), "topic_terms": term_rows()}
    return MemorySource(tables | changes)


def test_every_row_comes_in_once_in_its_order(indexed):
    rows = indexed().execute("SELECT row, key, text FROM documents ORDER BY row").fetchall()
    assert [tuple(row) for row in rows] == [(i, key, TEXTS[i]) for i, key in enumerate("abcdefg")]


def test_without_an_id_column_the_row_number_is_the_key(indexed):
    connection = indexed(small_source(id_column=""))
    assert document_detail(connection, 3)["key"] == "3"


def test_the_required_datasets_are_enough(indexed):
    connection = indexed(required())
    assert overview(connection)["counts"]["summaries"] == 0
    assert topic_detail(connection, 1)["summary"] is None
    assert document_detail(connection, 0)["summary"] is None


def test_suffixed_columns_are_found_by_the_manifest(indexed):
    documents = [{**row, "topic_id": "the user's own"} for row in document_rows(topic_id="topic_id_1")]
    source = required(document_topics=documents)
    source.model = {"columns": {"document_topics": {"topic_id": "topic_id_1"}}, "settings": {}}
    detail = document_detail(indexed(source), 2)
    assert detail["topic"] == 1
    assert {"name": "topic_id", "value": "the user's own"} in detail["columns"]


def test_wide_columns_of_shares_are_not_shown_again(indexed):
    documents = [{**row, "topic_share_0": 0.5, "topic_share_1": 0.5} for row in document_rows()]
    assert [cell["name"] for cell in document_detail(indexed(required(document_topics=documents)), 0)["columns"]] == [
        "stars"
    ]


def test_an_empty_dataset_gives_an_empty_overview(indexed):
    empty = {role: {"columns": list(rows[0])} for role, rows in required().tables.items()}
    found = overview(indexed(required(**empty)))
    assert found["counts"] == {"documents": 0, "assigned": 0, "topics": 0, "summaries": 0, "topic_summaries": 0}
    assert found["topics"] == []


def test_a_malformed_cell_is_counted_and_does_no_harm(indexed):
    documents = document_rows()
    documents[0]["topic_distribution"] = "[0.5,"
    documents[1]["topic_distribution"] = '[NaN, "x", 0.5]'
    topics = topic_rows()
    topics[0]["representative_documents"] = "{}"
    connection = indexed(required(document_topics=documents, topics=topics))
    assert overview(connection)["notes"] == [
        "1 topic distributions could not be used and were left out.",
        "1 lists of representative documents could not be used and were left out.",
    ]
    assert document_detail(connection, 0)["mixture"] == []
    assert document_detail(connection, 1)["mixture"] == [{"topic": 2, "share": 0.5}]


def test_numbers_that_are_none_never_reach_the_page(indexed):
    topics = topic_rows()
    topics[0] |= {"document_share": float("nan"), "token_share": float("inf"), "n_documents": None}
    detail = topic_detail(indexed(required(topics=topics)), 0)
    assert detail["token_share"] is None
    assert detail["share"] == pytest.approx(3 / 5)
    json.dumps(detail, allow_nan=False)


def test_counts_follow_the_documents_at_hand(indexed):
    topics = topic_rows()
    topics[0] |= {"n_documents": 300, "document_share": 0.99}
    first, second = overview(indexed(required(topics=topics)))["topics"]
    assert (first["n_documents"], first["share"]) == (3, pytest.approx(0.6))
    assert (second["n_documents"], second["share"]) == (2, 0.4)


def test_a_topic_only_the_documents_know_keeps_its_id_and_label(indexed):
    topics = overview(indexed(required(topics=topic_rows()[:1])))["topics"]
    assert [(topic["id"], topic["n_documents"]) for topic in topics] == [(0, 3), (1, 2)]


@pytest.mark.parametrize(
    ("role", "column", "sentence"),
    [
        ("topics", "topic_id", "'my_topics' of the setting 'Topics' has no column 'topic_id'"),
        ("topic_terms", "term", "'my_topic_terms' of the setting 'Terms of the topics' has no column 'term'"),
        ("summaries", "summary", "'my_summaries' of the setting 'Summaries' has no column 'summary'"),
    ],
)
def test_a_dataset_of_the_wrong_kind_is_named(indexed, role, column, sentence):
    source = small_source()
    source.tables[role] = [{name: cell for name, cell in row.items() if name != column} for row in source.tables[role]]
    with pytest.raises(DataError, match=sentence):
        indexed(source)


def test_without_topic_ids_the_setting_is_named(indexed):
    with pytest.raises(SettingsError, match="'Documents with topics' has no column 'topic_id'"):
        indexed(required(document_topics=[{"id": "a", "text": "x"}]))


def test_summaries_join_by_id_whatever_their_order(indexed):
    connection = indexed()
    assert document_detail(connection, 0)["summary"]["text"] == "Cats purr."
    assert document_detail(connection, 1)["summary"] is None


def test_summaries_join_by_row_number_without_an_id(indexed):
    source = small_source(id_column="")
    source.tables["summaries"] = [
        {**summary_rows()[1], "text": text, "summary": f"summary {i}"} for i, text in enumerate(TEXTS)
    ]
    assert document_detail(indexed(source), 4)["summary"]["text"] == "summary 4"


def test_a_summary_of_another_text_is_never_shown(indexed):
    source = small_source()
    source.tables["summaries"][0]["text"] = "another text"
    connection = indexed(source)
    assert document_detail(connection, 3)["summary"] is None
    assert "1 summaries of texts that are not among the documents" in overview(connection)["notes"][0]


def test_group_summaries_by_another_column_are_told_and_left_out(indexed):
    source = small_source()
    source.tables["group_summaries"] = [{"president": "x", "summary": "y"}]
    connection = indexed(source)
    assert topic_detail(connection, 1)["summary"] is None
    assert "not grouped by 'topic_id'" in overview(connection)["notes"][0]


def test_progress_names_each_dataset_and_its_rows(indexed):
    told = []
    indexed(report=lambda role, n_rows: told.append((role, n_rows)))
    assert told == [
        ("document_topics", 0),
        ("document_topics", 7),
        ("topics", 0),
        ("topics", 2),
        ("topic_terms", 0),
        ("topic_terms", 3),
        ("summaries", 0),
        ("summaries", 2),
        ("group_summaries", 0),
        ("group_summaries", 1),
    ]


def test_without_the_full_text_module_searching_still_works(indexed, monkeypatch):
    def create_plain_tables(connection):
        create_tables(connection)
        return False

    monkeypatch.setattr("text_explorer.explorer.index_build.create_tables", create_plain_tables)
    found = list_documents(indexed(), DocumentsRequest(typed="עולם"))
    assert [entry["excerpt"] for entry in found["documents"]] == [HEBREW_TEXT]
