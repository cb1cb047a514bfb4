"""The role of each Unicode character in a word, and texts as arrays of characters.

`_token_kernels` finds words by this table; the Unicode properties come from the package regex.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import regex

from text_explorer.corpus.words._token_kernels import (
    APOSTROPHE,
    DOT,
    EMOJI,
    EMOJI_MODIFIER,
    HYPHEN,
    JOINER,
    LETTER,
    MARK,
    NUMBER,
    OTHER,
    SIGN,
    SPACE,
    UNSPACED,
)
from text_explorer.corpus.words.preparation import RULES_OF_0_1_0

_UNSPACED_SCRIPTS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30fc\uff70]"
_ROLES = (
    (r"[\s\u200b]", SPACE),
    (r"\p{L}", LETTER),
    (r"\p{N}", NUMBER),
    # The long vowel marks of Japanese do not belong to a script.
    (rf"[{_UNSPACED_SCRIPTS}&&[\p{{L}}\p{{N}}]]", UNSPACED),
    (r"\p{M}", MARK),
    (r"[.]", DOT),
    (r"['’ʼ＇]", APOSTROPHE),
    (r"[\-‐‑]", HYPHEN),
    (r"[\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]", JOINER),
    (r"[\p{Extended_Pictographic}\p{Regional_Indicator}--[©®™]]", EMOJI),
    (r"\p{Emoji_Modifier}", EMOJI_MODIFIER),
)
"""Later rows win."""

_MORE_ROLES = (("[´`′‘‛]", APOSTROPHE), ("[&+#]", SIGN))
"""Roles since version 2 of the reading rules."""

FILLER = "\u034f"
"""An invisible mark: it fills up what is read as fewer characters than written, so that positions stay the same."""


@cache
def roles_of_characters(*, emoji: bool, reading_rules: int) -> np.ndarray:
    """Return the role of each character.

    Parameters
    ----------
    emoji
        Whether emoji count as words; they are ``OTHER`` if not.
    reading_rules
        See `Preparation`.

    Returns
    -------
    numpy.ndarray
        uint8 array of shape (0x110000,), by code point.
    """
    every = "".join(map(chr, range(0x110000)))
    roles = np.zeros(len(every), dtype=np.uint8)
    for pattern, role in _ROLES + _MORE_ROLES * (reading_rules > RULES_OF_0_1_0):
        for match in regex.finditer(f"{pattern}+", every, flags=regex.V1):
            roles[match.start() : match.end()] = role
    if not emoji:
        roles[np.isin(roles, (EMOJI, EMOJI_MODIFIER))] = OTHER
    return roles


def characters(text: str) -> np.ndarray:
    """Return a text as a uint32 array of its code points, including lone surrogates."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
