import pytest

from text_explorer.corpus.markup import blank_markup, blank_tags


def test_blanked_markup_keeps_the_length():
    text = "a <b>c</b> &lt; d www.example.org e &#x1F600; f"
    assert len(blank_markup(text)) == len(text)
    assert blank_markup(text).split() == ["a", "c", "d", "e", "f"]


def test_tags_alone_can_be_blanked():
    assert blank_tags("a<b>c</b> &lt; a@b.example") == "a   c     &lt; a@b.example"


def test_a_tag_that_starts_a_block_becomes_a_line_break():
    assert blank_tags("One<p>two<br/>three").split("\n") == ["One", "  two", "    three"]


@pytest.mark.parametrize("text", ["1 < 2 and 3 > 2", "x <3 y", "if a<b", "plain & simple"])
def test_signs_that_are_no_markup_stay(text):
    assert blank_markup(text) == text


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<a", "&amp", "a@", "<"])
def test_a_megabyte_of_unclosed_markup_ends(opening):
    text = opening * (1_000_000 // len(opening))
    assert len(blank_markup(text)) == len(text)
