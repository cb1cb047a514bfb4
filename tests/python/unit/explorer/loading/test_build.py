"""Datasets of every shape become an index, or a sentence."""

from __future__ import annotations

import json
import sqlite3
from types import SimpleNamespace

import pytest

from tests.python.unit.explorer.memory_source import (
    EMOJI_TEXT,
    HEBREW_TEXT,
    SECOND_SENTENCE,
    TEXTS,
    MemorySource,
    document_rows,
    small_source,
    summary_rows,
    term_rows,
    topic_rows,
)
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.index.schema import create_tables
from text_explorer.explorer.loading import build
from text_explorer.explorer.loading import documents as index_documents
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.topic_answers.detail import topic_detail
from text_explorer.explorer.topic_answers.overview import overview


def required(**changes):
    """Make the three required datasets alone, some of them changed."""
    tables = {"document_topics": document_rows(), "topics": topic_rows(), "topic_terms": term_rows()}
    return MemorySource(tables | changes)


def test_every_row_comes_in_once_in_its_order(indexed):
    rows = indexed().connection.execute("SELECT row, key, text FROM documents ORDER BY row").fetchall()
    assert [tuple(row) for row in rows] == [(i, key, TEXTS[i]) for i, key in enumerate("abcdefg")]


def test_without_an_id_column_the_row_number_is_the_key(indexed):
    connection = indexed(small_source(id_column=""))
    assert document_detail(connection, 3)["key"] == "3"


def test_an_id_may_be_a_number_and_the_row_number_stands_for_one_that_is_missing(indexed):
    documents = [{**row, "id": key} for row, key in zip(document_rows(), [70, None, "", float("nan"), "x"])]
    keys = indexed(required(document_topics=documents)).connection.execute("SELECT key FROM documents ORDER BY row")
    assert [key for (key,) in keys] == ["70", "1", "2", "3", "x"]


def test_the_required_datasets_are_enough(indexed):
    connection = indexed(required())
    assert overview(connection)["counts"]["summaries"] == 0
    assert topic_detail(connection, 1)["summary"] is None
    assert document_detail(connection, 0)["summary"] is None


def test_columns_that_are_not_selected_are_guessed_and_the_page_names_them(indexed):
    source = required()
    source.settings = {}
    connection = indexed(source)
    assert document_detail(connection, 0)["text"] == TEXTS[0]
    guesses = [note for note in overview(connection)["notes"] if note.startswith("Without a model folder")]
    assert ["Text column: text. To use others" in note for note in guesses] == [True]


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
        "Left out because they could not be used: lists of representative documents (1).",
        "Left out because they could not be used: topic distributions (1).",
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


def test_counts_follow_the_documents_of_the_index(indexed):
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
        ("topics", "n_documents", "'my_topics' of the setting 'Topics' has no column 'n_documents'"),
        ("topic_terms", "topic_id", "'my_topic_terms' of the setting 'Topic terms' has no column 'topic_id'"),
        ("topic_terms", "probability", "of the setting 'Topic terms' has no column 'probability'"),
        ("topic_terms", "term", "'my_topic_terms' of the setting 'Topic terms' has no column 'term'"),
        ("summaries", "summary", "'my_summaries' of the setting 'Summaries' has no column 'summary'"),
    ],
)
def test_a_dataset_of_the_wrong_kind_is_named(indexed, role, column, sentence):
    source = small_source()
    source.tables[role] = [{name: cell for name, cell in row.items() if name != column} for row in source.tables[role]]
    with pytest.raises(DataError, match=sentence):
        indexed(source)


def test_the_terms_chosen_for_the_topics_are_refused_by_name(indexed):
    with pytest.raises(DataError, match="'my_topics' of the setting 'Topics' has no column 'n_documents'"):
        indexed(required(topics=term_rows()))


def test_topics_need_a_label_or_their_terms(indexed):
    def without(*names):
        return [{name: cell for name, cell in row.items() if name not in names} for row in topic_rows()]

    assert topic_detail(indexed(required(topics=without("label"))), 0)["label"] == "Topic 0"
    assert topic_detail(indexed(required(topics=without("top_terms"))), 0)["top_terms"] == []
    with pytest.raises(DataError, match="of the setting 'Topics' has no column 'label' or 'top_terms'"):
        indexed(required(topics=without("label", "top_terms")))


def test_the_date_and_the_groups_of_a_document_come_first(indexed):
    documents = [{**row, "year": 2020, "land": "x"} for row in document_rows()]
    source = required(document_topics=documents)
    source.settings |= {"date_column": "year", "group_columns": ["land"]}
    assert [cell["name"] for cell in document_detail(indexed(source), 1)["columns"]] == ["year", "land", "stars"]


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
    assert "summaries of texts that are not among the documents (1)" in overview(connection)["notes"][0]


def test_places_in_another_column_than_the_one_shown_are_not_marked(indexed):
    source = small_source()
    source.tables["summaries"][1] |= {"summary": "The body was summarized, not the title."}
    assert document_detail(indexed(source), 0)["summary"]["spans"] == []


def test_summaries_without_their_texts_join_by_id_alone(indexed):
    source = small_source()
    for row in source.tables["summaries"]:
        del row["text"]
    assert document_detail(indexed(source), 0)["summary"]["text"] == "Cats purr."


def test_of_documents_that_share_an_id_each_has_the_summary_of_its_text(indexed):
    source = small_source()
    for row in [*source.tables["document_topics"], *source.tables["summaries"]]:
        row["id"] = "same"
    connection = indexed(source)
    assert document_detail(connection, 1)["summary"]["text"] == "Cats purr."
    assert document_detail(connection, 2)["summary"] is None
    assert document_detail(connection, 3)["summary"]["text"] == EMOJI_TEXT[slice(*SECOND_SENTENCE)]


@pytest.mark.parametrize("text", ["text {}", "the same text"])
def test_reading_summaries_of_one_id_costs_in_proportion_to_their_number(indexed, monkeypatch, text):
    steps = [0, 0]

    def connect_counting(size):
        def connect(path, timeout):
            connection = sqlite3.connect(path, timeout=timeout)
            connection.set_progress_handler(lambda: steps.__setitem__(size, steps[size] + 1), 100)
            return connection

        return connect

    for size, n_rows in enumerate((500, 1000)):
        same = {"id": "same"}
        documents = [{**document_rows()[0], **same, "text": text.format(n)} for n in range(n_rows)]
        summaries = [{**summary_rows()[1], **same, "text": text.format(n)} for n in range(n_rows)]
        monkeypatch.setattr(build, "sqlite3", SimpleNamespace(connect=connect_counting(size)))
        indexed(required(document_topics=documents, summaries=summaries))
    assert 0 < steps[1] < 3 * steps[0]


def test_group_summaries_by_another_column_are_reported_and_left_out(indexed):
    source = small_source()
    source.tables["group_summaries"] = [{"president": "x", "summary": "y"}]
    connection = indexed(source)
    assert topic_detail(connection, 1)["summary"] is None
    assert "not grouped by 'topic_id'" in overview(connection)["notes"][0]


def test_progress_names_each_dataset_and_its_rows(indexed):
    told = []
    indexed(report=lambda role, n_rows: told.append((role, n_rows)))
    assert told == [
        ("topics", 0),
        ("topics", 2),
        ("topic_terms", 0),
        ("topic_terms", 3),
        ("group_summaries", 0),
        ("group_summaries", 1),
        ("document_topics", 0),
        ("document_topics", 7),
        ("summaries", 0),
        ("summaries", 2),
    ]


def test_without_the_full_text_module_searching_still_works(indexed, monkeypatch):
    def create_plain_tables(connection):
        create_tables(connection)
        return False

    monkeypatch.setattr("text_explorer.explorer.loading.build.create_tables", create_plain_tables)
    found = list_documents(indexed(), Selection(typed="עולם"), Page())
    assert [entry["excerpt"] for entry in found["documents"]] == [HEBREW_TEXT]


@pytest.mark.parametrize(("name", "limit"), [("BATCH", 2), ("BATCH_CHARACTERS", 10)])
def test_documents_come_in_whole_however_small_the_batches(indexed, monkeypatch, name, limit):
    monkeypatch.setattr(index_documents, name, limit)
    told = []
    index = indexed(required(), report=lambda role, n_rows: told.append((role, n_rows)))
    assert [row["text"] for row in index.connection.execute("SELECT text FROM documents ORDER BY row")] == TEXTS
    assert index.documents.topic.tolist() == [0, 0, 1, 1, 0, -1, -1]
    assert sum(role == "document_topics" for role, _ in told) > 4
