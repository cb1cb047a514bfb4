"""Join sentences into a text: by a space, or by nothing where both are Chinese, Japanese or Thai."""

from __future__ import annotations

from collections.abc import Sequence

import regex

_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\u30FC"
_WIDE_MARK = r"[\u3001-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65]"
"""Punctuation as wide as a Chinese character, which has its space in itself."""

REACH = 20
"""Characters read on each side of a joint: few digits and signs are between it and the next letter."""

_ENDS_WIDE = regex.compile(rf"{_WIDE_MARK}\Z")
_BEGINS_WIDE = regex.compile(_WIDE_MARK)
_ENDS_SPACELESS = regex.compile(rf"[{_SPACELESS}][^\p{{L}}]*\Z")
_BEGINS_SPACELESS = regex.compile(rf"[^\p{{L}}]*[{_SPACELESS}]")


def join_sentences(sentences: Sequence[str]) -> str:
    """Join sentences; the characters on both sides of a joint decide whether a space is between them."""
    parts = list(sentences[:1])
    for before, behind in zip(sentences, sentences[1:]):
        parts += ["" if joins_without_space(before, behind) else " ", behind]
    return "".join(parts)


def joins_without_space(before: str, behind: str) -> bool:
    """Return whether a wide mark is at the joint, or the nearest letters of both sides are of such a script."""
    end, beginning = before[-REACH:], behind[:REACH]
    if _ENDS_WIDE.search(end) or _BEGINS_WIDE.match(beginning):
        return True
    return bool(_ENDS_SPACELESS.search(end) and _BEGINS_SPACELESS.match(beginning))
