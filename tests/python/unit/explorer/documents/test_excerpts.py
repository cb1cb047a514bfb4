"""What a list shows of a text: its beginning, or the place where a search stands, never cut off."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.excerpts import BEFORE, excerpts, matches
from text_explorer.explorer.documents.search import search_of
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.search_syntax import parse_search


@pytest.fixture
def excerpt(indexed):
    def cut(text: str, typed: str = "") -> tuple[str, list[str]]:
        index = indexed(filterable_source([(0, 1.0, "", "", "", text)]))
        found = excerpts(index, [0], search_of(index, typed))[0]
        return found["excerpt"], [found["excerpt"][start:end] for start, end in found["marks"]]

    return cut


def test_without_a_search_it_is_the_beginning(excerpt):
    assert excerpt("one\n two") == ("one two", [])


@pytest.mark.parametrize("before", ["word " * 300, "a" * 2_000 + " ", "日本語" * 300, "\n\n lines " * 200])
def test_the_match_stands_near_the_beginning(excerpt, before):
    text, marked = excerpt(f"{before}needle{' more' * 300}", "needle")
    assert text.startswith("…")
    assert text.endswith("…")
    assert text.index("needle") <= BEFORE + 1
    assert marked == ["needle"]
    assert len(text) <= roles.EXCERPT_LENGTH + 2


def test_a_short_text_is_shown_from_its_beginning(excerpt):
    assert excerpt("we seek a needle here", "needle") == ("we seek a needle here", ["needle"])


def test_of_several_words_the_place_that_holds_them_all_is_shown(excerpt):
    text, marked = excerpt(f"gold {'x ' * 400} gold and silver {'y ' * 400} silver", "gold silver")
    assert "gold and silver" in text
    assert marked == ["gold", "silver"]


def test_what_is_excluded_is_not_marked(excerpt):
    assert excerpt("gold and tin", "gold -silver") == ("gold and tin", ["gold"])


def test_marks_of_words_with_and_without_spaces_stand_side_by_side():
    text = "war in 日本, a war"
    (found,) = matches({0: text}, parse_search("war 日本")).values()
    assert [text[start:end] for start, end in found] == ["war", "日本", "war"]


def test_places_that_overlap_are_marked_once():
    (found,) = matches({0: "日本語"}, parse_search("日本 OR 本語")).values()
    assert found == [[0, 2]]
