"""What is typed becomes a query that can find, and never one that can fail or command."""

from __future__ import annotations

import sqlite3

import pytest

from text_explorer.explorer.shared.search_syntax import has_operators, parse_search, phrase_search, segmented

MEANINGS = [
    ("gold coin", '"gold" AND "coin"'),
    ("gold AND coin", '"gold" AND "coin"'),
    ("gold and coin", '"gold" AND "and" AND "coin"'),
    ("war*", '"war" *'),
    ("a*", '"a"'),
    ('"gold coin" bank', '"gold coin" AND "bank"'),
    ('"gold coin*"', '"gold coin*"'),
    ("gold OR silver", '("gold" OR "silver")'),
    ("coin gold OR silver* OR tin", '"coin" AND ("gold" OR "silver" * OR "tin")'),
    ("(gold OR silver) coin", '("gold" OR "silver") AND "coin"'),
    ("war -peace", '("war") NOT "peace"'),
    ("war \u2212peace", '("war") NOT "peace"'),
    ("war NOT peace", '("war") NOT "peace"'),
    ("war AND NOT peace -truce", '("war") NOT ("peace" OR "truce")'),
    ('war -"just peace"', '("war") NOT "just peace"'),
    ("well-known", '"well-known"'),
    ("war - peace", '"war" AND "peace"'),
    ("OR war OR", '"war"'),
]


@pytest.mark.parametrize(("typed", "query"), MEANINGS)
def test_words_operators_and_phrases_become_a_query(typed, query):
    assert parse_search(typed).match == query


def test_what_is_only_excluded_is_answered_without_the_query():
    search = parse_search("-peace")
    assert (search.match, search.groups, [term.match for term in search.without]) == (None, (), ['"peace"'])


def test_words_without_spaces_join_words_with_them():
    search = parse_search("日本 OR japan -tokyo")
    assert [bool(term.literal) for term in search.terms] == [True, False]
    assert search.ranking == '(" 日  本 " OR "japan")'
    assert search.words == '"japan"'


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("war", False), ("well-known", False), ("new york", False), ("or", False),
     ("war*", True), ("-war", True), ('"a war"', True), ("war OR peace", True), ("war -peace", True)],
)  # fmt: skip
def test_operators_are_told_from_words(typed, expected):
    assert has_operators(typed) is expected


def test_a_term_of_the_vocabulary_is_a_phrase_whatever_it_holds():
    assert phrase_search('new "york OR').match == '"new york OR"'
    assert phrase_search('"') is None


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_search(typed):
    assert parse_search(typed) is None


@pytest.mark.parametrize("typed", ["🎉", "--", "日本", "ไทย"])
def test_what_has_no_words_to_look_up_is_searched_as_it_stands(typed):
    (pattern,) = parse_search(typed).literals
    assert pattern.search(f"before {typed} after")


@pytest.mark.parametrize(("typed", "is_found"), [("Gold", True), ("gol", False), ("gol*", True), ("old*", False)])
def test_words_are_looked_for_in_the_text_without_a_full_text_index(typed, is_found):
    (pattern,) = parse_search(typed, full_text=False).literals
    assert bool(pattern.search("the GOLD coin")) is is_found


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
        ("日本", ['" 日  本 "']),
        ("abc日本 🎉", ['" 日  本 "', '" u1f389 "']),
        ("--", [None]),
        ('日"本"', ['" 日 "', '" 本 "']),
    ],
)
def test_a_literal_search_first_asks_the_index_where_it_can(typed, candidates):
    assert [term.candidates for term in parse_search(typed).terms] == candidates


@pytest.mark.parametrize(
    "typed",
    ['"', 'a"b', "a OR b", "NEAR(a b)", "text:a", "a*", "(", "^a", "a -b", "-b", "NOT", "a* OR (", "don't", "a'; DROP"],
)
def test_nothing_typed_makes_a_query_that_fails(typed):
    search = parse_search(typed)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(text)")
    assert (
        search.match is None or connection.execute("SELECT * FROM t WHERE t MATCH ?", (search.match,)).fetchall() == []
    )
    connection.close()
