"""Words of the languages that put no spaces between them, by the word dictionaries and models of ICU.

ICU (International Components for Unicode, "Boundary Analysis" of its user guide) parts Chinese and Japanese by one
dictionary, Thai, Khmer, Lao and Burmese by dictionaries or a model of their own; all lie in the package.
"""

from __future__ import annotations

import numpy as np
import regex

UNSPACED_LANGUAGES = {"zh", "ja", "th", "km", "lo", "my"}

_LONE_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def is_segmented(language: str) -> bool:
    """Tell whether the words of a language have to be found by their meaning."""
    return language in UNSPACED_LANGUAGES


def piece_starts(text: str, language: str) -> np.ndarray:
    """Find where pieces of a text start that are not to be read as one word.

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
    # Imported late: texts in such languages are few, and the dictionaries take 15 MB.
    import icu  # noqa: PLC0415

    starts = np.zeros(len(text), dtype=np.uint8)
    # A breaker keeps a pointer to the text, so both stay named here, one for each call: threads must not share one.
    units = icu.UnicodeString(_LONE_SURROGATE.sub("\ufffd", text))
    breaker = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    breaker.setText(units)
    ends = np.fromiter(breaker, dtype=np.int64)
    starts[:1] = 1
    starts[_character_places(text, ends, len(units))[:-1]] = 1
    return starts


def _character_places(text: str, places: np.ndarray, n_units: int) -> np.ndarray:
    """Turn places in UTF-16, in which ICU counts, into places in characters."""
    if n_units == len(text):
        return places
    units = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) > 0xFFFF
    return np.searchsorted(np.cumsum(1 + units), places, side="right")
