import tracemalloc

import pytest

from text_explorer.corpus.words.blank_texts import is_blank

INVISIBLE = ["", " \n\t\u00a0\u3000", "\ufeff", "\u200b", "\u200e \u00ad\u2060\r\n", "\x00\x1f\x7f"]
BLANK_HTML = [
    "&nbsp;", "&#160;", "&#xA0;", "&#XA0;", "&zwnj;", "&ensp;&emsp13;", "&#8203;", "&#0000160;", "&nbsp",
    "<p>&nbsp;</p>", "<p>\u200b</p>\n<p><br></p>", "<!-- a comment -->", "<p><style> a </style></p>",
    "<script>a > b</script>", "\ufeff<div class='a'>&shy;</div>",
]  # fmt: skip
VISIBLE = [
    "a", "\ufeffa", "\u200b.", "...", "-", "😀", "🇫🇷", "&", "& nbsp;", "< p >", "&amp;", "&amp;nbsp;", "&hearts;",
    "&nosuchname;", "<p>&nbsp;a</p>", "<p>😀</p>", "&nbsp;&#65;", "&#" + "9" * 10_000 + ";", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("strip_html", [True, False])
@pytest.mark.parametrize("text", INVISIBLE)
def test_white_space_and_invisible_characters_are_blank(text, strip_html):
    assert is_blank(text, strip_html=strip_html)


@pytest.mark.parametrize("text", BLANK_HTML)
def test_tags_and_blank_entities_are_blank_if_html_is_ignored(text):
    assert is_blank(text, strip_html=True)
    assert not is_blank(text, strip_html=False)


@pytest.mark.parametrize("strip_html", [True, False])
@pytest.mark.parametrize("text", VISIBLE, ids=lambda text: ascii(text)[:20])
def test_a_letter_a_sign_or_an_emoji_is_visible(text, strip_html):
    assert not is_blank(text, strip_html=strip_html)


@pytest.mark.parametrize("start", ["", "\ufeff", "<div class='text'>\n<p>"])
def test_the_search_ends_at_the_first_letter(start):
    text = start + "Rivers flow.<br>" * 1_000_000
    tracemalloc.start()
    assert not is_blank(text, strip_html=True)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 100_000  # a search of the whole text copies its 16 MB
