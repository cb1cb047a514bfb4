"""Pages of documents and single ones."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.memory_source import (
    EMOJI_TEXT,
    HEBREW_TEXT,
    SCRIPT_TEXT,
    SECOND_SENTENCE,
    small_source,
)
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.shared.roles import MAX_TEXT


def keys(found):
    return [entry["key"] for entry in found["documents"]]


def test_documents_of_a_topic_come_by_falling_probability(indexed):
    found = list_documents(indexed(), Selection(topic=0), Page())
    assert keys(found) == ["e", "b", "a"]
    assert (found["total"], found["pages"]) == (3, 1)


def test_equal_texts_stay_two_documents(indexed):
    assert keys(list_documents(indexed(), Selection(typed="purr"), Page())) == ["a", "b"]


def test_documents_without_a_topic_tell_why(indexed):
    found = list_documents(indexed(), Selection(topic="none"), Page())
    assert [(entry["key"], entry["status"]) for entry in found["documents"]] == [
        ("f", "empty text"),
        ("g", "no known term"),
    ]


def test_the_word_na_is_a_text(indexed):
    assert keys(list_documents(indexed(), Selection(typed="NA"), Page())) == ["g"]


def test_pages_do_not_overlap_and_know_the_total(indexed):
    connection = indexed()
    pages = [list_documents(connection, Selection(), Page(page, 3)) for page in (1, 2, 3, 4)]
    assert [keys(page) for page in pages] == [["a", "b", "c"], ["d", "e", "f"], ["g"], []]
    assert {(page["total"], page["pages"]) for page in pages} == {(7, 3)}


def test_a_search_stays_within_its_topic(indexed):
    assert keys(list_documents(indexed(), Selection(topic=1, typed="dogs"), Page())) == ["c"]


def test_accents_and_case_do_not_matter_and_matches_have_places(indexed):
    (entry,) = list_documents(indexed(), Selection(typed="unicode"), Page())["documents"]
    ((start, end),) = entry["marks"]
    assert entry["excerpt"][start:end] == "Ünïcode"


@pytest.mark.parametrize(("typed", "text"), [("🎉", EMOJI_TEXT), ("עולם", HEBREW_TEXT), ("<b>bold", SCRIPT_TEXT)])
def test_any_script_and_sign_can_be_searched(indexed, typed, text):
    assert [entry["excerpt"] for entry in list_documents(indexed(), Selection(typed=typed), Page())["documents"]] == [
        text
    ]


def test_a_literal_search_is_marked_too(indexed):
    (entry,) = list_documents(indexed(), Selection(typed="🎉"), Page())["documents"]
    assert [entry["excerpt"][start:end] for start, end in entry["marks"]] == ["🎉"]


def test_a_word_among_characters_written_without_spaces_is_marked(indexed):
    source = small_source()
    source.tables["document_topics"][0]["text"] = "最新のAI技術と\x1fcar"
    index = indexed(source)
    (entry,) = list_documents(index, Selection(typed="AI"), Page())["documents"]
    assert entry["excerpt"] == "最新のAI技術と car"
    assert [entry["excerpt"][start:end] for start, end in entry["marks"]] == ["AI"]
    detail = document_detail(index, 0, "ai car")
    assert [detail["text"][start:end] for start, end in detail["matches"]] == ["AI", "car"]


def test_an_entry_shows_the_largest_shares(indexed):
    entry = list_documents(indexed(), Selection(topic=1), Page())["documents"][0]
    assert entry["mixture"] == [{"topic": 1, "share": 0.75}, {"topic": 0, "share": 0.25}]


def test_a_document_has_its_text_unchanged_and_its_other_columns(indexed):
    detail = document_detail(indexed(), 2)
    assert detail["text"] == SCRIPT_TEXT
    assert detail["columns"] == [{"name": "stars", "value": "2"}]


def test_a_summary_is_placed_by_code_points(indexed):
    detail = document_detail(indexed(), 3)
    (span,) = detail["summary"]["spans"]
    assert [span["start"], span["end"]] == SECOND_SENTENCE
    assert detail["text"][span["start"] : span["end"]] == detail["summary"]["text"]


def test_a_search_is_placed_in_the_whole_text(indexed):
    detail = document_detail(indexed(), 3, "sentence")
    assert [detail["text"][start:end] for start, end in detail["matches"]] == ["sentence"]


def test_control_characters_in_a_text_move_no_mark(indexed):
    source = small_source()
    source.tables["document_topics"][0]["text"] = "one\x1ftwo\x1fdogs"
    detail = document_detail(indexed(source), 0, "dogs")
    assert [detail["text"][start:end] for start, end in detail["matches"]] == ["dogs"]


def test_a_search_that_is_not_in_the_document_marks_nothing(indexed):
    assert document_detail(indexed(), 0, "unicode")["matches"] == []


def test_a_very_long_text_is_cut_and_says_so(indexed):
    source = small_source()
    source.tables["document_topics"][0]["text"] = "word " * (MAX_TEXT // 4)
    detail = document_detail(indexed(source), 0)
    assert detail["is_cut"]
    assert len(detail["text"]) == MAX_TEXT


def test_an_unknown_row_is_reported_in_a_sentence(indexed):
    with pytest.raises(NotFoundError, match="There is no document in row 99"):
        document_detail(indexed(), 99)
