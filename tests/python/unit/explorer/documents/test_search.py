"""Which documents a search finds, in all scripts."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.search import ranked, rows_of_search
from text_explorer.explorer.index.schema import create_tables

TEXTS = [
    "New York is large",
    "A new day in york",
    "日本の経済は強い",
    "経済、日本",
    "日と本",
    "ภาษาไทยง่าย",
    "ภาษามือ",
    "Great 🎉 party 👍🏽",
    "🎉🎉",
    "Ünïcode CAFÉ",
    "C++ -- and more",
    "xABC日本語",
]


@pytest.fixture
def index(indexed):
    return indexed(filterable_source([(0, 1.0, "", "", "", text) for text in TEXTS]))


SEARCHES = [
    ("new york", [0, 1]),
    ('"new york"', [0]),
    ("日本", [2, 3, 11]),
    ("本", [2, 3, 4, 11]),
    ("日本の経済", [2]),
    ("経済日本", []),
    ("ABC日本", [11]),
    ("ไทย", [5]),
    ("ภาษา", [5, 6]),
    ("มือ", [6]),
    ("ไม", []),
    ("🎉", [7, 8]),
    ("🎉🎉", [8]),
    ("👍", [7]),
    ("party 👍", [7]),
    ("cafe", [9]),
    ("unicode", [9]),
    ("--", [10]),
    ("++", [10]),
    ("zzz", []),
    ("lar", []),
    ("lar*", [0]),
    ("york -large", [1]),
    ("large OR party", [0, 7]),
    ("日本 OR york", [0, 1, 2, 3, 11]),
    ("日本 NOT 経済", [11]),
    ("-york -日 -ไทย -🎉", [6, 9, 10]),
]


@pytest.mark.parametrize(("typed", "expected"), SEARCHES)
def test_a_search_finds_what_a_reader_would(index, typed, expected):
    assert rows_of_search(index, typed).tolist() == expected


@pytest.mark.parametrize("typed", ["日本", "本", "日本の経済", "ABC日本", "ไทย", "มือ", "🎉", "🎉🎉", "👍", "--"])
def test_the_index_finds_as_much_as_looking_through_all_texts(index, typed):
    by_index = rows_of_search(index, typed).tolist()
    index.rows_cache.__init__()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("text_explorer.explorer.shared.search_syntax.candidates_of", lambda typed: None)
        assert rows_of_search(index, typed).tolist() == by_index


def test_nothing_typed_is_no_search(index):
    assert rows_of_search(index, " ") is None


def test_searching_the_same_again_does_not_search_again(index):
    rows_of_search(index, "new")
    statements = []
    index.connection.set_trace_callback(statements.append)
    rows_of_search(index, "new")
    assert not any("MATCH" in statement for statement in statements)


def test_without_the_full_text_module_all_texts_are_looked_through(indexed, monkeypatch):
    def without_full_text(connection):
        create_tables(connection)
        return False

    monkeypatch.setattr("text_explorer.explorer.loading.build.create_tables", without_full_text)
    index = indexed(filterable_source([(0, 1.0, "", "", "", text) for text in TEXTS]))
    assert rows_of_search(index, "日本").tolist() == [2, 3, 11]
    assert rows_of_search(index, "york").tolist() == [0, 1]


def test_no_search_writes_or_fails(index):
    for typed in ("'; DROP TABLE documents; --", '" OR 1', "NEAR(a b)", "text:", "a*", "\x01", "日*", '日" OR "'):
        rows_of_search(index, typed)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index.connection.execute("DELETE FROM documents")


def ids_and_texts(indexed, *rows):
    source = filterable_source([(0, 1.0, "", "", "", text) for _, text in rows])
    for (key, _), cells in zip(rows, source.tables["document_topics"]):
        cells["id"] = key
    return indexed(source)


def test_an_id_finds_its_document_beside_those_that_hold_it(indexed):
    index = ids_and_texts(indexed, ("a1", "see b2"), ("b2", "other"), ("c3", "nothing"))
    assert rows_of_search(index, "b2").tolist() == [0, 1]
    assert ranked(index, rows_of_search(index, "b2"), "b2").tolist() == [1, 0]
    assert rows_of_search(index, "c3").tolist() == [2]


def test_the_best_match_comes_first(indexed):
    texts = ["one war among many other words here", "war", "no match", "war and war, again war", "peace"]
    index = indexed(filterable_source([(0, 1.0, "", "", "", text) for text in texts]))
    rows = rows_of_search(index, "war")
    assert ranked(index, rows, "war").tolist() == [3, 1, 0]


@pytest.mark.parametrize(("typed", "rows"), [("war", [0, 1]), ("war 日本", [0, 3])])
def test_terms_of_too_many_documents_are_not_ranked_whatever_the_filters_leave(indexed, monkeypatch, typed, rows):
    texts = ["one war of many 日本", "war", "war and war", "war, war 日本"]
    index = indexed(filterable_source([(0, 1.0, "", "", "", text) for text in texts]))
    assert ranked(index, np.array(rows), typed).tolist() == rows[::-1]
    index.rows_cache.__init__()
    monkeypatch.setattr("text_explorer.explorer.documents.search.MOST_RANKED", 3)
    assert ranked(index, np.array(rows), typed).tolist() == rows


def test_a_rare_term_counts_more_than_a_frequent_one(indexed):
    texts = ["the cat", *["the dog"] * 8, "a yak"]
    index = indexed(filterable_source([(0, 1.0, "", "", "", text) for text in texts]))
    rows = rows_of_search(index, "dog OR yak")
    assert ranked(index, rows, "dog OR yak").tolist() == [9, *range(1, 9)]


def test_what_is_not_in_the_full_text_index_keeps_the_order_of_the_dataset(indexed):
    index = indexed(filterable_source([(0, 1.0, "", "", "", text) for text in TEXTS]))
    rows = rows_of_search(index, "-york")
    assert ranked(index, rows, "-york").tolist() == rows.tolist()
