"""Words of a text, each with its place in the text.

A word is a run of letters, digits and their combining marks of any script; an inner ``.``, ``'`` or ``-`` keeps its
parts together, so that COVID-19, don't and state-of-the-art stay whole, and so do dotted initials such as U.S. Where a
script puts no spaces between words (Chinese, Japanese, Thai, ...), a segmenter for the language parts them; without
one, each character is a token.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from text_explorer.corpus.words._token_kernels import find_tokens
from text_explorer.corpus.words.character_classes import characters, roles_of_characters
from text_explorer.corpus.words.markup import blank_markup
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.segmentation import piece_starts

_APOSTROPHES = regex.compile("[’ʼ＇]")
_HYPHENS = regex.compile("[‐‑]")
_INVISIBLE = regex.compile(
    r"[\u00ad\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    r"|(?<=[\p{L}\p{M}--\p{Variation_Selector}])\u200d",  # emoji keep theirs
    flags=regex.V1,
)
_INITIALS = regex.compile(r"^\p{L}(?:\.\p{L})+$", flags=regex.M)
_NUMBER = regex.compile(r"[\p{N}.'\-]+")
_ACCENTED_LETTER = regex.compile(r"([\p{Latin}\p{Greek}])\p{Mn}+")
_ELISIONS = {
    "ca": regex.compile(r"^[dlmnst]'(?=\w)", flags=regex.M | regex.I),
    "fr": regex.compile(r"^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=\w)", flags=regex.M | regex.I),
    "it": regex.compile(
        r"^(?:[cdlmnstv]|un|quest|quell|sant|(?:a|co|da|de|ne|su)ll|gl|anch|senz|tutt)'(?=\w)",
        flags=regex.M | regex.I,
    ),
}
"""Articles and pronouns glued to the word behind by an apostrophe: *l'équipe* counts as *équipe*."""

_DOTTED_I_LANGUAGES = ("tr", "az")
_VOWEL_SIGNS = regex.compile(r"([\p{Arabic}\p{Hebrew}])\p{Mn}+|\u0640")


class Token(NamedTuple):
    """A word as it is counted, and where it stands."""

    term: str
    start: int
    end: int


def tokenize(text: str, preparation: Preparation, language: str) -> Iterator[Token]:
    """Yield the words of a text, with their offsets.

    Parameters
    ----------
    text
        Any text.
    preparation
        What is passed over (its ``strip_...`` settings), and the form in which words are counted.
    language
        Normalised ISO 639-1 code, by which scripts without spaces are segmented.

    Yields
    ------
    Token
        ``text[token.start:token.end]`` is the word as written; offsets are in Python characters (code points).
    """
    forms, starts, ends = words_and_places(text, preparation, language)
    for form, start, end in zip(forms, starts, ends):
        yield Token(form, start, end)


def words_and_places(text: str, preparation: Preparation, language: str) -> tuple[list[str], list[int], list[int]]:
    """Give the words of a text as they are counted, where they start and where they end; see `tokenize`."""
    blanked = blank_markup(text, preparation)
    chars, roles = characters(blanked), roles_of_characters(emoji=not preparation.strip_emoji)
    starts, ends = (places.tolist() for places in find_tokens(chars, roles, piece_starts(blanked, language)))
    return normal_forms([text[start:end] for start, end in zip(starts, ends)], preparation, language), starts, ends


def normal_form(word: str, preparation: Preparation, language: str) -> str:
    """Give the form under which a word is counted; see `normal_forms`."""
    return normal_forms([word], preparation, language)[0]


def normal_forms(words: Sequence[str], preparation: Preparation, language: str) -> list[str]:
    """Give the forms under which words are counted.

    Characters are composed (NFC), apostrophes and hyphens of one kind, invisible characters dropped (but for the
    zero-width non-joiner, which parts Persian words as a letter would), French, Italian and Catalan words stand without
    a glued article (*l'équipe*), initials have their last full stop; then the case and the accents are folded, as the
    settings say.

    Parameters
    ----------
    words
        Words without white space.
    preparation
        Its ``lower_case`` and ``fold_accents``.
    language
        Normalised ISO 639-1 code; Turkish has an i of its own.

    Returns
    -------
    list of str
        A form for each word.

    Notes
    -----
    Folding drops the marks on Latin and Greek letters and the vowel signs of Arabic and Hebrew. Letters of their own,
    such as ø, ł or the Cyrillic й, stay. All words are changed at once, one a line, ten times as fast as one by one.
    """
    lines = "\n".join(words)
    if not lines.isascii():
        lines = unicodedata.normalize("NFC", lines)
        lines = _INVISIBLE.sub("", _HYPHENS.sub("-", _APOSTROPHES.sub("'", lines)))
        if preparation.fold_accents:
            lines = _folded(lines)
    if language in _ELISIONS:
        lines = _ELISIONS[language].sub("", lines)
    if "." in lines:
        lines = _INITIALS.sub(r"\g<0>.", lines)
    if preparation.lower_case:
        lines = _lower(lines, language)
    return lines.split("\n")


def is_number(form: str) -> bool:
    """Tell whether a word consists of digits alone, but for the marks between them."""
    return not form[0].isalpha() and _NUMBER.fullmatch(form) is not None


def _lower(text: str, language: str) -> str:
    if language in _DOTTED_I_LANGUAGES:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _folded(text: str) -> str:
    bare = _VOWEL_SIGNS.sub(r"\1", _ACCENTED_LETTER.sub(r"\1", unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", bare)
