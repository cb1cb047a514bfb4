"""Spans of sentences and of matches."""

from __future__ import annotations

from text_explorer.explorer.shared.spans import MARK_END, MARK_START, sentence_spans, shorten, split_marked


def test_spans_come_in_the_order_of_the_text():
    spans = sentence_spans([{"start": 5, "end": 9, "rank": 1}, {"start": 0, "end": 4, "rank": 2}], 9)
    assert [(span["start"], span["end"], span["rank"]) for span in spans] == [(0, 4, 2), (5, 9, 1)]


def test_a_span_outside_the_text_or_over_another_is_left_out():
    given = [{"start": 0, "end": 4}, {"start": 3, "end": 6}, {"start": 5, "end": 99}, {"start": -1, "end": 2}, "x", {}]
    assert [(span["start"], span["end"]) for span in sentence_spans(given, 9)] == [(0, 4)]


def test_marks_become_places_in_the_plain_text():
    marked = f"one {MARK_START}two{MARK_END} 😀 {MARK_START}three{MARK_END}"
    assert split_marked(marked) == ("one two 😀 three", [[4, 7], [10, 15]])


def test_a_text_without_marks_is_unchanged():
    assert split_marked("plain") == ("plain", [])


def test_a_short_text_is_kept_whole():
    assert shorten("two  words", 20) == "two words"


def test_a_long_text_is_cut_at_a_word_with_an_ellipsis():
    assert shorten("several words that go on", 16) == "several words…"


def test_a_long_text_without_spaces_is_cut_anyway():
    assert shorten("語" * 50, 10) == "語" * 10 + "…"
