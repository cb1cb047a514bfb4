"""Searches for frequent words find the same documents by their bits as by the full-text index."""

from __future__ import annotations

import random

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.search import ranked, rows_of_search
from text_explorer.explorer.index import frequent_words

WORDS = ["war", "warm", "Wärme", "peace", "пе́йзаж", "u.s.", "日本", "o'clock", "ab", "abc", "zoo"]
SEARCHES = [
    "war", "WAR", "wa*", "war*", "warme", "wä*", "u.s.", "пейзаж", "пе*", "o'clock", "ab*", "ab", "zoo", "日本",
    "clock", "war peace", "war OR zoo", "war -peace", "-war", "war 日本", "-ab* -日本", '"war peace"', "war* OR 日本",
]  # fmt: skip


def texts():
    """Return documents of which each has some of the words; the last one is rare."""
    drawn = random.Random(1)
    rows = [" ".join(drawn.sample(WORDS[:-1], drawn.randint(0, 5))) for _ in range(83)]
    return [*rows, "zoo war", "zoo"]


@pytest.fixture
def indexes(indexed, monkeypatch):
    """Return an index without frequent words, and one in which a word of three documents is."""
    source = filterable_source([(0, 1.0, "", "", "", text) for text in texts()])
    without = indexed(source)
    monkeypatch.setattr(frequent_words, "LEAST_DOCUMENTS", 3)
    monkeypatch.setattr(frequent_words, "LEAST_OCCURRENCES", 4)
    return without, indexed(source)


def stored(index):
    return {(word, begins) for word, begins in index.connection.execute("SELECT word, begins FROM frequent_words")}


@pytest.mark.parametrize("typed", SEARCHES)
def test_bits_and_the_full_text_index_find_the_same(indexes, typed):
    without, having = indexes
    assert rows_of_search(having, typed).tolist() == rows_of_search(without, typed).tolist()


@pytest.mark.parametrize("typed", SEARCHES)
def test_both_rank_the_same(indexes, typed):
    without, having = (ranked(index, rows_of_search(index, typed), typed).tolist() for index in indexes)
    assert having == without


def test_only_frequent_words_and_beginnings_are_written(indexes):
    without, having = indexes
    assert stored(without) == set()
    assert {("war", 0), ("war", 1), ("wa", 1), ("пейзаж", 0), ("пейза", 1)} <= stored(having)
    assert {("zoo", 0), ("zo", 1), ("w", 1), ("пейзаж", 1)}.isdisjoint(stored(having))


@pytest.mark.parametrize("typed", ["war", "Wärme", "wa*", "warm*", "war -peace", "war OR peace"])
def test_the_full_text_index_is_not_asked_for_frequent_words(indexes, typed):
    statements = []
    _, having = indexes
    having.connection.set_trace_callback(statements.append)
    assert len(rows_of_search(having, typed)) > 0
    assert not any("MATCH" in statement for statement in statements)
