"""Segment languages without spaces between words, by the dictionaries and models of ICU.

ICU (International Components for Unicode, "Boundary Analysis" in its user guide) has one dictionary for Chinese and
Japanese, and a dictionary or model each for Thai, Khmer, Lao and Burmese; all are included in the package.
"""

from __future__ import annotations

import numpy as np
import regex

UNSPACED_LANGUAGES = {"zh", "ja", "th", "km", "lo", "my"}

_LONE_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def is_segmented(language: str) -> bool:
    """Return whether a language has no spaces between words."""
    return language in UNSPACED_LANGUAGES


def piece_starts(text: str, language: str) -> np.ndarray:
    """Return where the segmenter starts a new piece of the text.

    Parameters
    ----------
    text
        Any text.
    language
        Normalised ISO 639-1 code.

    Returns
    -------
    numpy.ndarray
        uint8 array, 1 where a piece starts, of the length of the text; empty for a language with spaces.
    """
    if not is_segmented(language):
        return np.zeros(0, dtype=np.uint8)
    # Imported late: the dictionaries take 15 MB, and few texts need them.
    import icu  # noqa: PLC0415

    starts = np.zeros(len(text), dtype=np.uint8)
    # A breaker keeps a pointer to the text, so both are local variables; threads must not share a breaker.
    units = icu.UnicodeString(_LONE_SURROGATE.sub("\ufffd", text))
    breaker = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    breaker.setText(units)
    ends = np.fromiter(breaker, dtype=np.int64)
    starts[:1] = 1
    starts[_character_positions(text, ends, len(units))[:-1]] = 1
    return starts


def _character_positions(text: str, positions: np.ndarray, n_units: int) -> np.ndarray:
    """Convert positions in UTF-16 code units, as used by ICU, to positions in characters."""
    if n_units == len(text):
        return positions
    units = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) > 0xFFFF
    return np.searchsorted(np.cumsum(1 + units), positions, side="right")
