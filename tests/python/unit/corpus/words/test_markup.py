from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.corpus.words import markup
from text_explorer.corpus.words._token_kernels import find_marked
from text_explorer.corpus.words.character_classes import FILLER, characters
from text_explorer.corpus.words.markup import blank_markup, blank_tags
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.reading import as_read, marks_of_reading

ALL = Preparation(strip_hashtags=True)
FIRST = Preparation(strip_hashtags=True, reading_rules=1)
NOTHING = Preparation(strip_html=False, strip_urls=False, strip_emails=False, strip_mentions=False)


def test_blanked_markup_keeps_the_length():
    text = "a <b>c</b> &lt; d www.example.org e &#x1F600; f @g #h i@j.example"
    assert len(blank_markup(text, ALL)) == len(text)
    assert blank_markup(text, ALL).split() == ["a", "c", "<", "d", "e", "😀" + FILLER * 8, "f"]
    assert blank_markup(text, FIRST).split() == ["a", "c", "d", "e", "f"]


def test_nothing_is_blanked_if_nothing_is_to_be_ignored():
    text = "a <b>c</b> &lt; www.example.org @g #h i@j.example"
    assert blank_markup(text, NOTHING) == text


@pytest.mark.parametrize(
    "text", ["WWW.example.org", "HTTPS://example.org", "a@b.example", "@me", "#now", "&nbsp;", "<b>", "RT @me"]
)
def test_any_markup_is_found_on_its_own(text):
    assert blank_markup(text, ALL) == " " * len(text)


def test_tags_alone_can_be_blanked():
    assert blank_tags("a<b>c</b> &lt; a@b.example") == "a   c     &lt; a@b.example"


def test_a_tag_that_starts_a_block_becomes_a_line_break():
    assert blank_tags("One<p>two<br/>three").split("\n") == ["One", "  two", "    three"]


@pytest.mark.parametrize("n_characters", [0, 21_000, 2_000_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<script>", "</script>"),
        ("<SCRIPT TYPE='module'>", "</Script >"),
        ("<script\nasync>", "</script\n>"),
        ("<style media=print>", "</STYLE>"),
        ("<!--", "-->"),
    ],
)
def test_a_hidden_element_of_any_length_is_blanked_entirely(opening, closing, n_characters):
    hidden = opening + ("if (a<b) </p> İ @c; " * (n_characters // 20 + 1))[:n_characters] + closing
    text = f"One{hidden}two."
    for blanked in (blank_tags(text), blank_markup(text, ALL)):
        assert len(blanked) == len(text)
        assert blanked.split() == ["One", "two."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<script>a </style> b</script> c", ["c"]),
        ("<!-- <script> --> a <script>b</script> c", ["a", "c"]),
        ("<script><!-- a</script> b --> c", ["b", "-->", "c"]),
        ("<style>a</style>b<script>c</script>d<style>e</style>f", ["b", "d", "f"]),
        ("<script>a<style>b</style>c", ["a", "c"]),
        ("<style-guide>a</style-guide> b </style>", ["a", "b"]),
        ("</script> a <script>b", ["a", "b"]),
    ],
)
def test_a_hidden_element_ends_at_the_first_closing_tag_of_its_kind(text, words):
    assert blank_tags(text).split() == words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One<script>a</script>two", ["One", "two"]),
        ("One<style>a</style>two", ["One", "two"]),
        ("One<!-- a -->two", ["One          two"]),
    ],
)
def test_a_script_or_style_becomes_a_line_break_and_a_comment_does_not(text, lines):
    assert [line.strip() for line in blank_tags(text).splitlines()] == lines


def test_only_the_tag_of_an_unclosed_element_is_blanked():
    assert blank_tags("One <script>two <b>three</b>").split() == ["One", "two", "three"]


@pytest.mark.parametrize("opening", ["<script>", "<style>", "<script><style><!--", "<script>a </script"])
def test_the_end_of_unclosed_elements_is_searched_once(opening, monkeypatch):
    searched = Counter()

    class Counting:
        """A pattern that counts the characters it searches, up to its match."""

        def __init__(self, pattern):
            self.pattern = pattern

        def search(self, text, start=0):
            found = self.pattern.search(text, start)
            searched[len(text)] += (found.end() if found else len(text)) - start
            return found

    monkeypatch.setattr(markup, "_OPENING", Counting(markup._OPENING))
    monkeypatch.setattr(markup, "_CLOSINGS", {kind: Counting(end) for kind, end in markup._CLOSINGS.items()})
    texts = [opening * 1_000, opening * 2_000]
    assert [len(blank_tags(text)) for text in texts] == [len(text) for text in texts]
    short, long = (searched[len(text)] for text in texts)
    assert 0 < long <= 2.1 * short
    assert len(blank_tags(opening * 100_000)) == 100_000 * len(opening)


@pytest.mark.parametrize("text", ["1 < 2 and 3 > 2", "x <3 y", "if a<b", "plain & simple", "5 @ 3", "C# # 1", "a//b"])
def test_signs_other_than_markup_stay(text):
    assert blank_markup(text, ALL) == text


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<a", "&amp", "a@", "<", "@", "#", "www.", "http://"])
def test_a_megabyte_of_unclosed_markup_is_blanked(opening):
    text = opening * (1_000_000 // len(opening))
    assert len(blank_markup(text, ALL)) == len(text)


PARTS = st.lists(
    st.sampled_from(["ab", " n't", " '", "-\n", "\\n", "#39;", "&#39;", " ", "s", "RT @a", "é"]), max_size=8
)


@given(
    st.lists(st.text(alphabet="aw.W/:<>&;@# é", max_size=12) | PARTS.map("".join), min_size=1, max_size=5),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_a_text_that_is_not_marked_is_read_as_written(texts, hashtags):
    preparation = Preparation(strip_hashtags=hashtags)
    offsets = np.cumsum([0, *map(len, texts)]) + np.arange(len(texts) + 1)
    marked = find_marked(characters("\n".join(texts) + "\n"), offsets, marks_of_reading(preparation))
    unmarked = [text for text, is_marked in zip(texts, marked.tolist()) if not is_marked]
    assert [as_read(text, preparation, "en") for text in unmarked] == unmarked
