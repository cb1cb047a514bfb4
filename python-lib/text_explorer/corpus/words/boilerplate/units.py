"""Cut texts into units, which are sentences that end with their line, and blank those that repeat.

Two units are the same if they differ in case, numbers, white space and the signs around them only, as ``> `` before a
quoted line.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple, Optional

import numpy as np
import regex

from text_explorer.corpus.words.boilerplate._unit_kernels import (
    BREAK,
    DIGIT,
    END,
    IDEOGRAPH,
    OTHER,
    SPACE,
    WIDE_END,
    WORD,
    find_units,
)
from text_explorer.corpus.words.character_classes import characters

RepeatedLines = frozenset[str]
"""Hashes of units that repeat over many documents, each as 16 hexadecimal digits."""

_CLASSES = (
    (r"[\s\u200b\ufeff]", SPACE),
    (r"[\p{L}\p{M}]", WORD),
    (r"\p{N}", DIGIT),
    (r"[[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&\p{L}]", IDEOGRAPH),
    (r"[.!?…।]", END),
    (r"[。！？]", WIDE_END),
    (r"[\n\r\x0b\x0c\x85\u2028\u2029]", BREAK),
)
"""Later rows win."""

_BLANK, _LINE_BREAK = ord(" "), ord("\n")
_LAST_WITH_CASE = 0x1EFFF


class Units(NamedTuple):
    """Units of texts, in reading order; see `find_units`."""

    starts: np.ndarray
    ends: np.ndarray
    hashes: np.ndarray
    half_words: np.ndarray


def units_of(chars: np.ndarray) -> Units:
    """Return the units of texts joined by line breaks, as code points."""
    return Units(*find_units(chars, *_tables()))


@cache
def _tables() -> tuple[np.ndarray, np.ndarray]:
    every = "".join(map(chr, range(0x110000)))
    classes = np.full(len(every), OTHER, dtype=np.uint8)
    for pattern, kind in _CLASSES:
        for match in regex.finditer(f"{pattern}+", every, flags=regex.V1):
            classes[match.start() : match.end()] = kind
    folded = np.arange(len(every), dtype=np.uint32)
    lower = map(str.lower, every[: _LAST_WITH_CASE + 1])
    folded[: _LAST_WITH_CASE + 1] = [ord(low) if len(low) == 1 else code for code, low in enumerate(lower)]
    return folded, classes


def hex_of(hashes: np.ndarray) -> RepeatedLines:
    """Return hashes as they are stored."""
    return frozenset(f"{value:016x}" for value in hashes.tolist())


@lru_cache(maxsize=16)
def _numbers(lines: RepeatedLines) -> np.ndarray:
    return np.array(sorted(int(line, 16) for line in lines), dtype=np.uint64)


def repeated_spans(chars: np.ndarray, offsets: np.ndarray, lines: RepeatedLines) -> tuple[np.ndarray, np.ndarray]:
    """Return the starts and ends of the units that repeat; a text of nothing else keeps them.

    Parameters
    ----------
    chars
        Code points of texts joined by line breaks.
    offsets
        int64 array of shape (n_docs + 1,): where each text starts.
    """
    units = units_of(chars)
    numbers = _numbers(lines)
    places = np.minimum(np.searchsorted(numbers, units.hashes), len(numbers) - 1)
    repeats = numbers[places] == units.hashes
    docs = np.searchsorted(offsets, units.starts, side="right") - 1
    repeats &= np.bincount(docs[~repeats], minlength=len(offsets))[docs] > 0
    return units.starts[repeats], units.ends[repeats]


def blank_repeated(text: str, lines: RepeatedLines, *, read: Optional[str] = None) -> str:
    """Return a text with the units that repeat replaced by white space.

    `read`, as long, is the text they are found in, without markup; None for the text itself.
    """
    if not lines:
        return text
    found_in = characters(text if read is None else read)
    chars = _blanked(characters(text), *repeated_spans(found_in, np.array([0, len(text)]), lines))
    return chars.tobytes().decode("utf-32-le", "surrogatepass")


def blank_repeated_units(chars: np.ndarray, offsets: np.ndarray, lines: RepeatedLines) -> np.ndarray:
    """Return the characters with the units that repeat replaced by white space; see `repeated_spans`."""
    if not lines:
        return chars
    return _blanked(chars, *repeated_spans(chars, offsets, lines))


def _blanked(chars: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    if not len(starts):
        return chars
    depth = np.zeros(len(chars) + 1, dtype=np.int8)
    depth[starts] += 1
    depth[ends] -= 1
    blanked = np.where(np.cumsum(depth[:-1], dtype=np.int8) > 0, np.uint32(_BLANK), chars)
    blanked[starts] = _LINE_BREAK  # otherwise a sentence or phrase would go on after what is left out
    return blanked
