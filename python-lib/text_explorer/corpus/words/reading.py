"""Read texts as words are found in them: without markup, escapes, and line ends or spaces inside words.

What is read has the length of what is written, so that positions in one are positions in the other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import regex

from text_explorer.corpus.words._token_kernels import ALWAYS, BY_NEIGHBOURS, find_shouted, find_tokens
from text_explorer.corpus.words.boilerplate.units import blank_repeated
from text_explorer.corpus.words.character_classes import FILLER, characters, roles_of_characters
from text_explorer.corpus.words.markup import blank_markup, marks_of_markup
from text_explorer.corpus.words.preparation import RULES_OF_0_1_0, Preparation
from text_explorer.corpus.words.segmentation import is_segmented, piece_starts

ENGLISH = "en"

NAMES_IN_CAPITALS = {ENGLISH: frozenset({"CO", "IE", "IT", "UN", "US", "WHO"})}
"""Names that are stop words in small letters, by language."""

CUT = "\ufe00"
"""Marks where a word was cut at a line end; fillers and a hyphen follow."""

_RUN = regex.compile(r"\S+")
_ESCAPE = regex.compile(r"\\[nrt]")
_SURE_ESCAPE = regex.compile(r"\\[nrt](?![a-z])|(?<=[.!?])\\[nrt]")
"""Before a small letter, it may also be a command of TeX, such as ``\nu``, or part of a path."""

_ATTACHED_ESCAPE = regex.compile(r"(?<![\\\w])\p{L}{2,}\\[nrt]\p{Ll}")
_PATH = regex.compile(r"(?<!\w)\w:\\|^\\\\|\\[ac-eg-moqsv-zA-Z]|^[\w\\]+\.\w{1,4}[.,;)]?$")

_CONJUNCTIONS = "and|or|to|und|oder|bzw|bis|et|ou|y|o|u|e|en|of"
_CUT_WORD = regex.compile(rf"(?<=\p{{L}})-(?:\r?\n)[ \t]{{0,8}}(?=\p{{Ll}})(?!(?:{_CONJUNCTIONS})\b)")
_MARKS_OF_APART = (" '", " ’", "' ", "’ ", " n", f" {FILLER}")
_APART = regex.compile(
    rf"(?<=\p{{L}}{FILLER}*) (?={FILLER}*(?:n?{FILLER}*['’]{FILLER}*t|['’]{FILLER}*(?:s|re|ve|ll|d|m))(?![\p{{L}}'’]))",
    flags=regex.I,
)
_APART_AFTER = regex.compile(
    r"['’] (?=(?:t|s|re|ve|ll|d|m)(?![\p{L}'’\-]))"
    r"(?<=(?<!\p{L})(?:i|you|he|she|it|we|they|that|there|what|who|let|\p{L}+n) ?['’] )",
    flags=regex.I,
)
"""As in *didn' t* and *it ' s*."""


class FoundWords(NamedTuple):
    """The words of a text.

    Attributes
    ----------
    text
        The text as read, as long as written.
    chars
        Its code points, a uint32 array.
    starts, ends
        int32 arrays of shape (n_words,).
    """

    text: str
    chars: np.ndarray
    starts: np.ndarray
    ends: np.ndarray

    def words(self) -> list[str]:
        """Return the words as read."""
        return [self.text[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist())]


def find_words(text: str, preparation: Preparation, language: str) -> FoundWords:
    """Find the words of a text."""
    read = as_read(text, preparation, language)
    chars, roles = characters(read), roles_of(preparation)
    starts, ends = find_tokens(chars, roles, pieces_of(read, language))
    softened = soften(chars, roles, starts, ends, preparation)
    if softened is not chars:
        read = softened.tobytes().decode("utf-32-le", "surrogatepass")
    return FoundWords(read, softened, starts, ends)


def roles_of(preparation: Preparation) -> np.ndarray:
    """Return the role of each character; see `roles_of_characters`."""
    return roles_of_characters(emoji=not preparation.strip_emoji, reading_rules=preparation.reading_rules)


def as_read(text: str, preparation: Preparation, language: str) -> str:
    """Return a text as its words are read.

    Returns
    -------
    str
        A text of the same length.
    """
    read = blank_repeated(without_markup(text, preparation), preparation.repeated_lines)
    return join_words(read, preparation, language)


def without_markup(text: str, preparation: Preparation) -> str:
    """Return a text of the same length without markup and escapes; repeated lines are found in it."""
    newer = preparation.reading_rules > RULES_OF_0_1_0
    return blank_markup(read_escapes(text) if newer else text, preparation)


def join_words(text: str, preparation: Preparation, language: str) -> str:
    """Return a text of the same length in which words that are written apart, or cut at a line end, are joined."""
    if preparation.reading_rules == RULES_OF_0_1_0:
        return text
    if language == ENGLISH and any(mark in text for mark in _MARKS_OF_APART):
        text = _APART.sub(FILLER, _APART_AFTER.sub(f"{FILLER}'", text))
    return _CUT_WORD.sub(_cut, text) if "-\n" in text or "-\r" in text else text


def marks_of_reading(preparation: Preparation) -> np.ndarray:
    """Return the characters without which a text is read as it is written, but for web addresses.

    Returns
    -------
    numpy.ndarray
        uint8 array of shape (128,), see `find_marked`.
    """
    marks = np.zeros(128, dtype=np.uint8)
    if preparation.reading_rules > RULES_OF_0_1_0:
        marks[[ord(mark) for mark in "\\-'#_R;"]] = BY_NEIGHBOURS
    marks[[ord(mark) for mark in marks_of_markup(preparation)]] = ALWAYS
    return marks


def soften(
    chars: np.ndarray, roles: np.ndarray, starts: np.ndarray, ends: np.ndarray, preparation: Preparation
) -> np.ndarray:
    """Return characters with words such as IT and WHO in small letters where all around are capitals.

    Elsewhere, their capitals distinguish them from *it* and *who*.
    """
    if preparation.reading_rules == RULES_OF_0_1_0:
        return chars
    shouted = find_shouted(chars, roles, starts, ends, _CODES)
    if not len(shouted):
        return chars
    chars = chars.copy()
    for start, end in zip(starts[shouted].tolist(), ends[shouted].tolist()):
        chars[start:end] += ord("a") - ord("A")
    return chars


def pieces_of(text: str, language: str) -> np.ndarray:
    """Return where the segmenter starts a new piece of a text as read; see `piece_starts`."""
    if FILLER not in text or not is_segmented(language):
        return piece_starts(text, language)
    starts = np.zeros(len(text), dtype=np.uint8)
    starts[characters(text) != ord(FILLER)] = piece_starts(text.replace(FILLER, ""), language)
    return starts


def read_escapes(text: str) -> str:
    r"""Replace ``\n``, ``\r`` and ``\t``, written as two characters by an export, by white space of the same length.

    Paths and commands of TeX are left as they are: a text is an export if one of its escapes can be nothing else.
    """
    if "\\" not in text or not (_SURE_ESCAPE.search(text) or _ATTACHED_ESCAPE.search(text)):
        return text
    return str(_RUN.sub(lambda run: run.group() if _PATH.search(run.group()) else _white(run.group()), text))


def _white(run: str) -> str:
    return str(_ESCAPE.sub(lambda escape: "  " if escape.group() == "\\t" else " \n", run))


def _cut(match: regex.Match) -> str:
    return CUT + FILLER * (len(match.group()) - 2) + "-"


_CODES = np.array(
    sorted(
        {sum(ord(c) << 8 * i for i, c in enumerate(name)) for names in NAMES_IN_CAPITALS.values() for name in names}
    ),
    dtype=np.int64,
)
"""As in `find_shouted`."""
