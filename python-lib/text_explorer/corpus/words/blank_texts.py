"""Detect texts without any visible character, such as empty fields of a form or of a rich-text editor."""

from __future__ import annotations

from html import unescape

import regex

from text_explorer.corpus.words.markup import blank_tags

_HIDDEN = r"\s\p{Cc}\p{Cf}"
_VISIBLE = regex.compile(rf"[^{_HIDDEN}]")
_STARTS_VISIBLY = regex.compile(
    rf"(?:[{_HIDDEN}]|</?(?!script|style)[a-z][^<>]{{0,2000}}+>)*+[^{_HIDDEN}<&]", flags=regex.I
)
"""Text after a tag is visible, unless the tag is a script or style; so most texts need no full search."""

_ENTITY_OR_VISIBLE = regex.compile(
    rf"&(?:#\d{{1,9}}|#x[\da-f]{{1,8}}|[a-z][a-z\d]{{1,31}});?|[^{_HIDDEN}]", flags=regex.I
)


def is_blank(text: str, *, strip_html: bool) -> bool:
    """Return whether a text consists only of white space and invisible characters.

    Most texts start with a letter, possibly after some tags, which ends the search.

    Parameters
    ----------
    text
        Any text. Control and format characters (categories Cc and Cf, such as U+200B and U+FEFF) are invisible.
    strip_html
        Whether tags are ignored and entities such as ``&nbsp;`` decoded. Otherwise both are visible.
    """
    if not strip_html:
        return _VISIBLE.search(text) is None
    if _STARTS_VISIBLY.match(text):
        return False
    return all(_is_blank_entity(found.group()) for found in _ENTITY_OR_VISIBLE.finditer(blank_tags(text)))


def _is_blank_entity(written: str) -> bool:
    return written.startswith("&") and _VISIBLE.search(unescape(written)) is None
