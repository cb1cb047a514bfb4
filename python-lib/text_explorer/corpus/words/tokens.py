"""Split a text into words with their positions.

A word is a run of letters, digits and their combining marks of any script. An inner ``.``, ``'`` or ``-`` joins its
parts, so that COVID-19, don't and state-of-the-art are single words, and so are dotted initials such as U.S. Scripts
without spaces between words (Chinese, Japanese, Thai, ...) are split by a segmenter for the language of the text; in
other languages, each of their characters is a token. Names such as AT&T, C++, C# and .NET are words with their signs.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Callable, NamedTuple

import regex

from text_explorer.corpus.words.character_classes import FILLER
from text_explorer.corpus.words.preparation import RULES_OF_0_1_0, Preparation
from text_explorer.corpus.words.reading import CUT, ENGLISH, NAMES_IN_CAPITALS, find_words

_APOSTROPHES = regex.compile("[’ʼ＇´′‘‛]")
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
"""Articles and pronouns joined to the next word by an apostrophe: *l'équipe* counts as *équipe*."""

_POSSESSIVE, _POSSESSIVE_CAPITAL = (regex.compile(rf"(?<=\w)'{s}$", flags=regex.M) for s in "sS")
_CUT_MARK = "\ue000"
"""Where a word was cut at a line end, in its form; see `join_cut_words`."""

_CUT = regex.compile(f"{CUT}{FILLER}*-")

_DOTTED_I_LANGUAGES = ("tr", "az")
_COMMAS_BELOW = str.maketrans("şţŞŢ", "șțȘȚ")
"""Romanian letters, often typed with a cedilla, as old keyboards had no others."""

_VOWEL_SIGNS = regex.compile(r"([\p{Arabic}\p{Hebrew}])\p{Mn}+|\u0640")


class Token(NamedTuple):
    """A word in its normal form, and its span."""

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
        What to ignore (its ``strip_...`` settings), and the normal form of words.
    language
        Normalised ISO 639-1 code; decides whether scripts without spaces are segmented.

    Yields
    ------
    Token
        ``text[token.start:token.end]`` is the word as written, such as ``caf&eacute;``, the term as it is read; offsets
        are in Python characters (code points).
    """
    forms, starts, ends = words_and_spans(text, preparation, language)
    for form, start, end in zip(forms, starts, ends):
        yield Token(form, start, end)


def words_and_spans(text: str, preparation: Preparation, language: str) -> tuple[list[str], list[int], list[int]]:
    """Return the normal forms, starts and ends of the words of a text; see `tokenize`."""
    found = find_words(text, preparation, language)
    forms = normal_forms(found.words(), preparation, language)
    if any(map(is_cut, forms)):
        forms = join_cut_words(forms, Counter(forms).__getitem__)
    return forms, found.starts.tolist(), found.ends.tolist()


def normal_form(word: str, preparation: Preparation, language: str) -> str:
    """Return the normal form of a word; see `normal_forms`."""
    return normal_forms([word], preparation, language)[0]


def is_cut(form: str) -> bool:
    """Return whether a word was cut at a line end, so that its form is still to be found by `join_cut_words`."""
    return _CUT_MARK in form


def join_cut_words(forms: Sequence[str], count_of: Callable[[str], int]) -> list[str]:
    """Join words that were cut at a line end.

    A word keeps its hyphen where it stands elsewhere more often with it than without, or where only its parts do.

    Parameters
    ----------
    forms
        From `normal_forms`.
    count_of
        Returns how often a word stands elsewhere.
    """
    return [_joined(form, count_of) if is_cut(form) else form for form in forms]


def _joined(form: str, count_of: Callable[[str], int]) -> str:
    joined, hyphenated = form.replace(_CUT_MARK, ""), form.replace(_CUT_MARK, "-")
    n_joined, n_hyphenated = count_of(joined), count_of(hyphenated)
    if n_joined or n_hyphenated:
        return joined if n_joined >= n_hyphenated else hyphenated
    return hyphenated if all(map(count_of, form.split(_CUT_MARK))) else joined


def normal_forms(words: Sequence[str], preparation: Preparation, language: str) -> list[str]:
    """Return the normal forms of words, in which they are counted.

    Characters are composed (NFC), apostrophes and hyphens unified, invisible characters dropped (except the zero-width
    non-joiner, which distinguishes Persian words), French, Italian and Catalan words lose an elided article
    (*l'équipe*), English words a possessive ending, Romanian ones have a comma below s and t, and initials get their
    last full stop; then case and accents are folded, according to the settings. Names that are stop words in small
    letters, such as WHO, stay in capitals.

    Parameters
    ----------
    words
        Words as read, without white space.
    preparation
        Its ``lower_case``, ``fold_accents`` and ``reading_rules``.
    language
        Normalised ISO 639-1 code; Turkish has its own rule for the letter i.

    Returns
    -------
    list of str
        A form for each word.

    Notes
    -----
    Folding drops the marks on Latin and Greek letters and the vowel signs of Arabic and Hebrew. Separate letters, such
    as ø, ł or the Cyrillic й, stay. All words are changed at once, one per line, ten times as fast as one by one.
    """
    lines = "\n".join(words)
    newer = preparation.reading_rules > RULES_OF_0_1_0
    if not lines.isascii():
        if newer:
            lines = _CUT.sub(_CUT_MARK, lines).replace(FILLER, "")
        lines = unicodedata.normalize("NFC", lines)
        lines = _INVISIBLE.sub("", _HYPHENS.sub("-", _APOSTROPHES.sub("'", lines)))
        if newer and language == "ro":
            lines = lines.translate(_COMMAS_BELOW)
        if preparation.fold_accents:
            lines = _folded(lines)
    if newer:
        lines = lines.replace("`", "'")
    if language in _ELISIONS:
        lines = _ELISIONS[language].sub("", lines)
    if newer and language == ENGLISH and "'" in lines:
        lines = _POSSESSIVE.sub("", lines)
    if "." in lines:
        lines = _INITIALS.sub(r"\g<0>.", lines)
    capitals = lines.split("\n") if names_in_capitals(language, preparation) else []
    if newer and language == ENGLISH and "'" in lines:
        lines = _POSSESSIVE_CAPITAL.sub("", lines)
    if preparation.lower_case:
        lines = _lower(lines, language)
    forms = lines.split("\n")
    names = names_in_capitals(language, preparation).intersection(capitals)
    return [capital if capital in names else form for capital, form in zip(capitals, forms)] if names else forms


def names_in_capitals(language: str, preparation: Preparation) -> frozenset[str]:
    """Return the words of a language whose capitals distinguish them from stop words."""
    return NAMES_IN_CAPITALS.get(language, frozenset()) if preparation.reading_rules > RULES_OF_0_1_0 else frozenset()


def is_number(form: str) -> bool:
    """Return whether a word consists only of digits and the marks between them."""
    return not form[0].isalpha() and _NUMBER.fullmatch(form) is not None


def _lower(text: str, language: str) -> str:
    if language in _DOTTED_I_LANGUAGES:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _folded(text: str) -> str:
    bare = _VOWEL_SIGNS.sub(r"\1", _ACCENTED_LETTER.sub(r"\1", unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", bare)
