"""Find what is no language in a text (HTML tags, entities, addresses) and blank it, so that offsets stay."""

from __future__ import annotations

import regex

LONGEST_HIDDEN = 20_000
"""A comment or script is looked for so far: without a bound, a text full of unclosed ones would take minutes."""

_TAGS = (
    rf"<!--.{{0,{LONGEST_HIDDEN}}}?-->|<(script|style)\b[^<>]*>.{{0,{LONGEST_HIDDEN}}}?</\1\s*>"
    r"|(?P<block></?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|section|article|blockquote)\b[^<>]{0,2000}>)"
    r"|</?[a-z][^<>]{0,2000}>"
)
_ENTITIES = r"&(?:[a-z]{2,31}|#\d{1,7}|#x[\da-f]{1,6});"
_ADDRESSES = r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"

_TAG = regex.compile(_TAGS, flags=regex.S | regex.I)
_MARKUP = regex.compile(f"{_TAGS}|{_ENTITIES}|{_ADDRESSES}", flags=regex.S | regex.I)


def blank_tags(text: str) -> str:
    """Replace HTML tags by as many white space characters, a line break first where the tag starts a block.

    Returns
    -------
    str
        A text of the same length.
    """
    return _TAG.sub(_blanks, text) if "<" in text else text


def blank_markup(text: str) -> str:
    """Replace HTML tags, entities, web and mail addresses by as many white space characters.

    Returns
    -------
    str
        A text of the same length.
    """
    if not any(mark in text for mark in "<&@") and "://" not in text and "www." not in text.lower():
        return text
    return _MARKUP.sub(_blanks, text)


def _blanks(match: regex.Match) -> str:
    first = "\n" if match.group("block") else " "
    return first + " " * (len(match.group()) - 1)
