"""Words of a text, each with its place in the text.

A word is a run of letters, combining marks and digits of any script; an inner ``.``, ``'`` or ``-`` keeps its parts
together, so that COVID-19, don't and state-of-the-art stay whole, and so do dotted initials such as U.S. Scripts
without spaces between words (Chinese, Japanese kana, Thai, ...) give one token a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import regex

from text_explorer.corpus.markup import blank_markup

_APOSTROPHES = "'’ʼ"
_WORD_CHARACTER = r"[\p{L}\p{M}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]"
_TOKEN = regex.compile(
    rf"(?:\b\p{{L}}\.){{2,}}"  # U.S., e.g.
    rf"|{_WORD_CHARACTER}+(?:[.{_APOSTROPHES}\-‐‑]{_WORD_CHARACTER}+)*"
    r"|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*",
    flags=regex.V1,
)
_NUMBER = regex.compile(rf"[\p{{N}}.\-‐‑{_APOSTROPHES}]+")


class Token(NamedTuple):
    """A word as it is counted, and where it stands."""

    term: str
    start: int
    end: int


def tokenize(text: str, *, min_length: int = 1, keep_numbers: bool = True) -> Iterator[Token]:
    """Yield the words of a text in lower case, with their offsets.

    HTML tags and entities, web and mail addresses are passed over.

    Parameters
    ----------
    text
        Any text.
    min_length
        Least number of characters of a word.
    keep_numbers
        Whether tokens made of digits alone, such as ``1945`` or ``3.5``, count as words.

    Yields
    ------
    Token
        ``text[token.start:token.end]`` is the word as written; offsets are in Python characters (code points).
    """
    for match in _TOKEN.finditer(blank_markup(text)):
        word = match.group()
        if len(word) < min_length or (not keep_numbers and _NUMBER.fullmatch(word)):
            continue
        yield Token(normal_form(word), match.start(), match.end())


def normal_form(word: str) -> str:
    """Give the form under which a word is counted: lower case, composed characters (NFC), one kind of apostrophe."""
    return unicodedata.normalize("NFC", word.lower()).replace("’", "'").replace("ʼ", "'")
