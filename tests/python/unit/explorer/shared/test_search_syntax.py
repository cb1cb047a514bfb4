"""What is typed becomes a query that can find, and never one that can fail or command."""

from __future__ import annotations

import sqlite3

import pytest

from text_explorer.explorer.shared.search_syntax import parse_search, segmented


def test_words_are_found_from_their_beginning_and_all_must_occur():
    assert parse_search("gold coin").match == '"gold" * AND "coin" *'


def test_a_letter_alone_is_a_word():
    assert parse_search("a coin").match == '"a" AND "coin" *'


def test_a_stretch_in_quotes_is_a_phrase():
    assert parse_search('"gold coin" bank').match == '"gold coin" AND "bank" *'


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_search(typed):
    assert parse_search(typed) is None


@pytest.mark.parametrize("typed", ["🎉", "--", "日本", "ไทย"])
def test_what_has_no_words_to_look_up_is_searched_as_it_stands(typed):
    assert parse_search(typed).literal.search(f"before {typed} after")


def test_every_search_is_literal_without_a_full_text_index():
    assert parse_search("Gold", full_text=False).literal.search("the GOLD coin")


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("plain words", "plain words"),
        ("über", "über"),
        ("日本", " 日  本 "),
        ("go🎉", "go u1f389 "),
        ("日🎉x", " 日  u1f389 x"),
    ],
)
def test_signs_and_characters_written_without_spaces_are_indexed_one_by_one(text, segments):
    assert segmented(text) == segments


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("日本", '" 日  本 "'),
        ("abc日本 🎉", '" 日  本 " AND " u1f389 "'),
        ("--", None),
        ('日"本', '" 日 " AND " 本 "'),
    ],
)
def test_a_literal_search_first_asks_the_index_where_it_can(typed, candidates):
    assert parse_search(typed).candidates == candidates


@pytest.mark.parametrize(
    "typed", ['"', 'a"b', "a OR b", "NEAR(a b)", "text:a", "a*", "(", "^a", "a -b", "don't", "a'; DROP"]
)
def test_nothing_typed_is_an_operator(typed):
    search = parse_search(typed)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(text)")
    assert search.literal or connection.execute("SELECT * FROM t WHERE t MATCH ?", (search.match,)).fetchall() == []
    connection.close()
