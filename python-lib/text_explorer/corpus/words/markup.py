"""Blank HTML, addresses and account names in a text, so that positions stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Optional

import regex

from text_explorer.corpus.words.preparation import Preparation

_OPENING = regex.compile(
    r"<(?:(?P<comment>!--)|(?P<script>script)(?=[\s/>])[^<>]*>|(?P<style>style)(?=[\s/>])[^<>]*>)", flags=regex.I
)
_CLOSINGS = {
    "comment": regex.compile("-->"),
    "script": regex.compile(r"</script\s*>", flags=regex.I),
    "style": regex.compile(r"</style\s*>", flags=regex.I),
}
"""End of an element that is blanked with its content, by the group in its opening."""

_TAGS = (
    r"(?P<block></?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|section|article|blockquote)\b[^<>]{0,2000}>)"
    r"|</?[a-z][^<>]{0,2000}>"
)
_ENTITIES = r"&(?:[a-z]{2,31}|#\d{1,7}|#x[\da-f]{1,6});"
_URLS = r"https?://[^\s<>]+|www\.[^\s<>]+"
_EMAILS = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
_MENTIONS = r"(?<![\w@.])@\w{1,64}"
_HASHTAGS = r"(?<![\w#&])#\w{1,140}"

_TAG = regex.compile(_TAGS, flags=regex.S | regex.I)


def blank_tags(text: str) -> str:
    """Replace HTML tags by white space of the same length, starting with a line break for a block, script or style.

    Returns
    -------
    str
        A text of the same length.
    """
    return _blank_html(text, _TAG) if "<" in text else text


def blank_markup(text: str, preparation: Preparation) -> str:
    """Replace what is not to be read as words by white space of the same length.

    Returns
    -------
    str
        A text of the same length.
    """
    if not _may_hold_markup(text, preparation):
        return text
    pattern = _markup(
        html=preparation.strip_html,
        urls=preparation.strip_urls,
        emails=preparation.strip_emails,
        mentions=preparation.strip_mentions,
        hashtags=preparation.strip_hashtags,
    )
    if pattern is None:
        return text
    return _blank_html(text, pattern) if preparation.strip_html else pattern.sub(_blanks, text)


def marks_of_markup(preparation: Preparation) -> str:
    """Return the characters without which a text has nothing to blank, except web addresses."""
    accounts = preparation.strip_emails or preparation.strip_mentions
    return "<&" * preparation.strip_html + "@" * accounts + "#" * preparation.strip_hashtags


def _may_hold_markup(text: str, preparation: Preparation) -> bool:
    """Return whether the patterns could match, judging by single characters, which is a hundred times as fast."""
    if any(mark in text for mark in marks_of_markup(preparation)):
        return True
    return preparation.strip_urls and ("://" in text or "www." in text.lower())


@cache
def _markup(*, html: bool, urls: bool, emails: bool, mentions: bool, hashtags: bool) -> Optional[regex.Pattern]:
    kinds = (
        (html, f"{_TAGS}|{_ENTITIES}"),
        (urls, _URLS),
        (emails, _EMAILS),
        (mentions, _MENTIONS),
        (hashtags, _HASHTAGS),
    )
    wanted = "|".join(pattern for strip, pattern in kinds if strip)
    return regex.compile(wanted, flags=regex.S | regex.I) if wanted else None


def _blank_html(text: str, pattern: regex.Pattern) -> str:
    """Blank comments, scripts and styles entirely, and the matches of the pattern between them."""
    parts = []
    end_before = 0
    for start, end in _hidden(text):
        # Otherwise a sentence that continues after a script would include it, and bring it into a summary.
        first = " " if text.startswith("<!--", start) else "\n"
        parts += [pattern.sub(_blanks, text[end_before:start]), first + " " * (end - start - 1)]
        end_before = end
    return "".join([*parts, pattern.sub(_blanks, text[end_before:])])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of closed comments, scripts and styles, in linear time."""
    unclosed = set()
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        kind = opening.lastgroup
        closing = None if kind in unclosed else _CLOSINGS[kind].search(text, opening.end())
        if closing is None:
            # No end after this opening, so none after any later one: searching again would take quadratic time.
            unclosed.add(kind)
            position = opening.end()
        else:
            yield opening.start(), closing.end()
            position = closing.end()


def _blanks(match: regex.Match) -> str:
    first = "\n" if match.groupdict().get("block") else " "
    return first + " " * (len(match.group()) - 1)
