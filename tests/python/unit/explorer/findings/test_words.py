"""Distinctive words, by hand and of texts made for it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.python.unit.explorer.findings.findings_source import by, documents, source_of
from text_explorer.explorer.findings.distinctive_words.comparison import compare_words
from text_explorer.explorer.findings.distinctive_words.dates_and_amounts import words_of_dates_and_amounts
from text_explorer.explorer.findings.distinctive_words.odds import are_discoveries, dispersion, log_odds_with_prior

FRUIT = "The apple and the harvest came with sunshine"
SEA = "The anchor and the harvest came with sunshine"


def compared(index, n_first):
    rows = np.arange(index.documents.n_rows)
    return compare_words(index, rows[:n_first], rows[n_first:])


def test_log_odds_and_z_are_those_of_the_equations():
    difference, z = log_odds_with_prior(np.array([[10.0, 5.0], [0.0, 5.0]]), (100, 100))
    # The prior is a tenth of both sets: 20 words, of which each of the two words has 1.
    assert difference == pytest.approx([math.log(11 / 109) - math.log(1 / 119), 0])
    assert z == pytest.approx([difference[0] / math.sqrt(1 / 11 + 1 / 1), 0])


def test_the_only_word_there_is_has_no_odds():
    assert [each.tolist() for each in log_odds_with_prior(np.array([[5.0], [7.0]]), (5, 7))] == [[0.0], [0.0]]


def test_words_spread_as_chance_would_have_no_dispersion_and_repeated_ones_do():
    spread = [{"even": 1, "burst": 0, "rest": 9} for _ in range(9)]
    # Ten documents of ten words, nine of "burst" in one: each should have 0.9, the squares of what is over sum to 72.9.
    documents = [*spread, {"even": 1, "burst": 9}]
    assert dispersion(["even", "burst"], [documents]) == pytest.approx([1.0, 72.9 / 9])


def test_an_empty_set_of_documents_adds_no_dispersion():
    assert dispersion(["word"], [[], [{"word": 1}]]).tolist() == [1.0]


def test_of_many_words_those_that_differ_more_than_chance_are_discoveries():
    # One word in a hundred differs; alone, 30 against 14 would count (G² = 5.97, p = .015), but not as the best of 100.
    counts = np.array([[100.0] * 98 + [30.0, 60.0], [100.0] * 98 + [14.0, 10.0]])
    found = are_discoveries(counts, (10_000, 10_000), np.ones(100))
    assert np.flatnonzero(found).tolist() == [99]
    assert are_discoveries(counts[:, 98:99], (10_000, 10_000), np.ones(1)).tolist() == [True]
    assert are_discoveries(counts, (10_000, 10_000), np.full(100, 10.0)).tolist() == [False] * 100


def test_a_word_that_few_documents_repeat_is_not_distinctive(indexed):
    repeated, once = documents(3, 0, text=f"{FRUIT} {'zebra ' * 8}"), documents(2, 1, text=f"{SEA} zebra")
    source = source_of(repeated, documents(42, 0, text=FRUIT), documents(43, 1, text=SEA), once)
    words, _ = compared(indexed(source), 45)
    assert [word["word"] for word in words["a"]] == ["apple"]


def test_a_word_that_most_documents_of_both_sides_have_is_not_distinctive(indexed):
    often = documents(60, 0, text="harvest harvest harvest harvest sunshine")
    words, _ = compared(indexed(source_of(often, documents(60, 1, text="harvest sunshine rain rain rain"))), 60)
    assert [word["word"] for word in words["a"]] == []
    assert [word["word"] for word in words["b"]] == ["rain"]


def test_two_random_halves_have_no_distinctive_words(indexed):
    random = np.random.default_rng(5)
    vocabulary = [f"word{chr(97 + i // 20)}{chr(97 + i % 20)}" for i in range(300)]
    frequencies = 1 / np.arange(1, 301)
    texts = [" ".join(random.choice(vocabulary, 30, p=frequencies / frequencies.sum())) for _ in range(200)]
    words, _ = compared(indexed(source_of(*(documents(1, 0, text=text) for text in texts))), 100)
    assert (words["a"], words["b"], words["reason"]) == ([], [], None)


def test_dates_amounts_and_remarks_in_brackets_are_left_out(indexed):
    first = "Apples sell in June for 5 dollars every Monday, or for a million dollars [Applause.]"
    words, _ = compared(indexed(source_of(documents(60, 0, text=first), documents(60, 1, text=SEA))), 60)
    assert sorted(word["word"] for word in words["a"]) == ["apples", "sell"]


def test_dates_and_numbers_are_known_in_the_language_of_the_texts():
    german, russian = words_of_dates_and_amounts("de"), words_of_dates_and_amounts("ru")
    assert {"märz", "dienstag", "millionen", "jahre", "zwanzig"} <= german
    assert {"марта", "среда", "миллионов", "лет"} <= russian
    assert "haus" not in german


def test_words_of_one_side_are_distinctive_and_common_ones_are_not(indexed):
    index = indexed(source_of(documents(40, 0, text=FRUIT), documents(60, 1, text=SEA)))
    words, quotes = compared(index, 40)
    assert [word["word"] for word in words["a"]] == ["apple"]
    assert [word["word"] for word in words["b"]] == ["anchor"]
    apple = words["a"][0]
    assert (apple["n_a"], apple["n_b"], apple["documents_a"], apple["documents_b"]) == (40, 0, 40, 0)
    assert (apple["log_odds"] > 0, words["b"][0]["z"] < -1.96) == (True, True)
    # "the", "and" and "with" are stop words; "came" is one too.
    assert words["sample"] == {
        "a": {"documents": 40, "of": 40, "words": 120}, "b": {"documents": 60, "of": 60, "words": 180},
    }  # fmt: skip
    assert [quote["excerpt"] for quote in quotes["a"] + quotes["b"]] == [FRUIT, SEA]
    assert [FRUIT[start:end] for start, end in quotes["a"][0]["marks"]] == ["apple"]


def test_words_of_few_documents_are_not_listed(indexed):
    rare = documents(4, 0, text=f"{FRUIT} zebra zebra zebra zebra zebra zebra")
    words, _ = compared(indexed(source_of(rare, documents(40, 0, text=FRUIT), documents(60, 1, text=SEA))), 44)
    assert [word["word"] for word in words["a"]] == ["apple"]


def test_own_stop_words_of_the_model_are_left_out(indexed):
    source = source_of(documents(40, 0, text=FRUIT), documents(60, 1, text=SEA))
    source.model = {"preparation": {"extra_stop_words": ["apple", 3], "lower_case": "odd"}}
    assert compared(indexed(source), 40)[0]["a"] == []


def test_too_few_words_are_not_compared(indexed):
    words, quotes = compared(indexed(source_of(documents(10, 0, text=FRUIT), documents(60, 1, text=SEA))), 10)
    assert words["reason"] == ("Too few words to compare: one side has 30 content words, at least 100 are needed.")
    assert (words["a"], words["b"], quotes) == ([], [], {"a": [], "b": []})


def test_an_empty_side_has_no_words(indexed):
    words, _ = compared(indexed(source_of(documents(60, 0, text=FRUIT))), 0)
    assert words["sample"]["a"] == {"documents": 0, "of": 0, "words": 0}
    assert words["reason"].startswith("Too few words to compare: one side has 0")


def test_of_many_documents_a_fixed_sample_is_read(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.findings.distinctive_words.comparison.MOST_DOCUMENTS", 40)
    parts = [documents(1, 0, text=f"{FRUIT} {'copper' if place % 2 else 'silver'}") for place in range(80)]
    index = indexed(source_of(*parts, documents(40, 1, text=SEA)))
    words, _ = compared(index, 80)
    assert (words["sample"]["a"]["documents"], words["sample"]["a"]["of"]) == (40, 80)
    # Every second document is read.
    assert by(words["a"], "word")["silver"]["n_a"] == 40
    assert "copper" not in by(words["a"], "word")
    assert compared(index, 80)[0] == words


def test_stop_words_are_those_of_the_language_of_the_model(indexed):
    first, second = "Der Apfel und damit auch die Ernte", "Der Anker und damit auch die Ernte"
    source = source_of(documents(60, 0, text=first), documents(60, 1, text=second))
    source.model = {"language": "de"}
    words, _ = compared(indexed(source), 60)
    assert words["sample"]["a"]["words"] == 2 * 60
    assert [word["word"] for side in "ab" for word in words[side]] == ["apfel", "anker"]
