"""Documents without a column of ids are named by a column of different short texts, and found by it."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.search import rows_of_search
from text_explorer.explorer.documents.selection import parse_selection
from text_explorer.explorer.findings.quotes import quotes_of_rows
from text_explorer.explorer.loading.documents import LONGEST_TITLE
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.shared.roles import TOPIC_COLUMNS


def with_column(values, **config):
    source = filterable_source([(0, 1.0, "", "", "", f"text {number}") for number in range(len(values))], **config)
    for document, value in zip(source.tables["document_topics"], values):
        document["name"] = value
        del document["id"]
    source.settings.pop("id_column", None)
    return source


def titles(index):
    return [document["title"] for document in list_documents(index, parse_selection(MultiDict()), Page())["documents"]]


def test_different_short_texts_are_titles(indexed):
    index = indexed(with_column(["Farewell 1796", "Gettysburg", "=1+1 a"]))
    assert titles(index) == ["Farewell 1796", "Gettysburg", "=1+1 a"]
    assert document_detail(index, 1)["title"] == "Gettysburg"


def test_quotes_have_the_titles_of_their_documents(indexed):
    index = indexed(with_column(["Farewell 1796", "Gettysburg", "=1+1 a"]))
    quotes = quotes_of_rows(index, [1, 0], [], 2)
    assert [quote["title"] for quote in quotes] == ["Gettysburg", "Farewell 1796"]
    assert quotes_of_rows(indexed(with_column(["1", "2"])), [0], [], 1)[0]["title"] is None


@pytest.mark.parametrize(
    "values", [["a", "b", "a"], ["a", "b", ""], ["1", "2", "3"], ["a", "b", "c" * (LONGEST_TITLE + 1)]]
)
def test_what_repeats_is_empty_a_number_or_long_is_no_title(indexed, values):
    assert titles(indexed(with_column(values))) == [None, None, None]


def test_a_repetition_far_behind_is_noticed(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.loading.documents._TITLE_SAMPLE", 2)
    assert titles(indexed(with_column(["a", "b", "a"]))) == [None, None, None]


def test_with_an_id_column_there_are_no_titles(indexed):
    source = with_column(["a", "b", "c"])
    source.settings["id_column"] = "name"
    assert titles(indexed(source)) == [None, None, None]


def test_a_title_finds_its_document(indexed):
    index = indexed(with_column(["Farewell", "Gettysburg", "Inaugural"]))
    assert rows_of_search(index, "Gettysburg").tolist() == [1]


def test_a_row_number_finds_its_document_where_no_text_holds_it(indexed):
    index = indexed(with_column(["", "", ""]))
    assert rows_of_search(index, "2").tolist() == [2]  # also in "text 2"
    other = indexed(filterable_source([(0, 1.0, "", "", "", text) for text in ("2", "b", "c")], id_column=""))
    assert rows_of_search(other, "2").tolist() == [0]
    assert rows_of_search(other, "1").tolist() == [1]


def test_columns_of_earlier_runs_are_not_shown_as_facts(indexed):
    source = with_column(["a", "b", "c"])
    for document in source.tables["document_topics"]:
        document.update(model_topic_id_1=0, unknown_word_share=0.04, topic_label_2="kept", topic_share_12=0.1)
        document.update({f"{name}_1": "x" for name in TOPIC_COLUMNS})
    shown = {column["name"] for column in document_detail(indexed(source), 0)["columns"]}
    assert shown == {"topic_label_2", "name"}
