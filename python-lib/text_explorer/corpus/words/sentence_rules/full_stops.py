"""Whether a full stop ends a sentence, judging by the words on both sides."""

from __future__ import annotations

from typing import NamedTuple, Optional

import regex

from text_explorer.corpus.words.sentence_rules.abbreviations import (
    CLOSING,
    DAY,
    INNER,
    NUMBER,
    OTHER,
    TIME,
    TITLE,
    abbreviation_kind,
    is_ordinary,
)
from text_explorer.corpus.words.sentence_rules.function_words import (
    follows_time,
    has_dotted_ordinals,
    is_book,
    is_section_label,
    stands_after_ordinal,
    stands_before_ordinal,
    starts_sentences,
)

_WINDOW = 60
"""Characters read on each side."""

_OPENERS = "([{<\"“„«»‹›'’‘‚¿¡*_~#>–—-/"
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.\-]*")
_ELIDED = regex.compile(r"^\p{L}{1,5}['’](?=\p{L}{2})")
_SPACED_LETTERS = regex.compile(r"(?:(?<=[\s(]|^)\p{L}\p{M}*\.\s?)+(?:\p{L}\p{M}*|др|пр|др|kl)$")
_LONGEST_SPACED = 14
_ROMAN = regex.compile(r"(?=[XVILC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SIGNS_OF_ADDRESSES = regex.compile(r"[@=]|\w/\w")
_LETTER = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Hebrew}\p{Arabic}]\p{M}*")
_LETTER_NAMES = {
    "bn": "এ বি সি ডি ই এফ জি এইচ আই জে কে এল এম এন ও পি কিউ আর এস টি ইউ ভি",
    "gu": "એ બી સી ડી ઈ એફ જી એચ આઈ જે કે એલ એમ એન ઓ પી આર એસ ટી યુ વી",
    "hi": "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई",
    "mr": "ए बी सी डी ई एफ जी एच आय जे के एल एम एन ओ पी क्यू आर एस टी यू व्ही डब्ल्यू",
}
"""Names of Latin letters, as in initials: *ए. पी. जे.*"""

_NEVER_FIRST = frozenset({"of", "for"})
"""A sentence does not start with these small words: what is before them is a shortened name, such as *Inst. of*."""
_LONGEST_SHORTENED = 6
_VERSE = regex.compile(r"\d{1,3}:\d{1,3}(?!\d)")
_BEFORE_DAYS = frozenset(["on", "by", "until", "till", "since", "am", "le", "el"])

_ROMAN_ORDINALS = frozenset({"cs", "da", "de", "et", "fi", "hr", "hu", "no", "pl", "sk", "sl", "tr"})


class _Next(NamedTuple):
    """What follows a full stop: the first character, and the word there, without quotation marks before it."""

    first: str
    word: str

    @property
    def is_capital(self) -> bool:
        return self.word[:1].isupper()

    @property
    def is_small(self) -> bool:
        return self.word[:1].islower()


def full_stop_ends(text: str, start: int, stop: int, following: int, language: str) -> bool:
    """Return whether a full stop is the end of its sentence.

    Parameters
    ----------
    text
        Any text.
    start
        Start of the sentence.
    stop
        Position of the full stop.
    following
        Position of the next character that is not white space.
    language
        ISO 639-1 code.
    """
    before = text[max(start, stop - _WINDOW) : stop]
    pieces = before.rsplit(maxsplit=2)
    word = _without_elision(pieces[-1].lstrip(_OPENERS), language) if pieces and not before[-1].isspace() else ""
    previous = pieces[-2].lstrip(_OPENERS) if len(pieces) > 1 else ""
    following_word = _next(text, following)
    if not word:
        return True
    if language == "en" and _is_shortened(word, following_word, text, following):
        return False
    if word[-1].isdigit() and not any(map(str.isalpha, word)):
        starts_capital = text[start : start + _WINDOW].lstrip(_OPENERS)[:1].isupper()
        is_label = len(pieces) == 2 and following_word.word and is_section_label(previous, language)
        if is_label or (following_word.is_small and starts_capital):
            return False
        return _number_ends(word.rpartition(".")[2], previous, following_word, language, is_first=len(pieces) == 1)
    decision = _roman_ends(word, previous, following_word, language)
    if decision is not None:
        return decision
    return _word_ends(before, word, previous, following_word, language)


def _is_shortened(word: str, following: _Next, text: str, position: int) -> bool:
    """Return whether a word is a shortened name before *of* or *for*, or the book of a verse such as *4:8*."""
    if following.word in _NEVER_FIRST:
        return word[:1].isupper() and len(word) <= _LONGEST_SHORTENED
    return is_book(word) and _VERSE.match(text, position) is not None


def _next(text: str, following: int) -> _Next:
    window = text[following : following + _WINDOW]
    found = _WORD.match(window.lstrip(_OPENERS))
    return _Next(window[:1], found.group().rstrip(".'’-") if found else "")


def _without_elision(word: str, language: str) -> str:
    return _ELIDED.sub("", word) if language in ("fr", "it", "ca") else word


def _number_ends(number: str, previous: str, following: _Next, language: str, *, is_first: bool) -> bool:
    """Return whether a sentence ends after a number: not after an ordinal number or the day of a date."""
    if not has_dotted_ordinals(language):
        return True
    if following.word[:1].isdigit() or following.is_small:
        return False
    if len(number) > 3 or not following.is_capital:
        return True
    if stands_after_ordinal(following.word, language):
        return False
    if starts_sentences(following.word, language):
        return True
    return not (is_first or stands_before_ordinal(previous, language))


def _roman_ends(word: str, previous: str, following: _Next, language: str) -> Optional[bool]:
    """Return whether a sentence ends after a Roman numeral, such as that of a ruler; None for other words."""
    if _ROMAN.fullmatch(word) is None or (word == "I" and not _ROMAN.fullmatch(word + "I")):
        return None
    if following.is_small and following.first.islower():
        return False if previous[:1].isupper() or has_dotted_ordinals(language) else None
    if not following.is_capital or language not in _ROMAN_ORDINALS:
        return None
    if starts_sentences(following.word, language):
        return True
    return not (not previous or previous[:1].isupper() or stands_before_ordinal(previous, language))


def _word_ends(before: str, word: str, previous: str, following: _Next, language: str) -> bool:
    spaced = _SPACED_LETTERS.search(before[-_LONGEST_SPACED:]) if previous.endswith(".") else None
    spelled = "".join(spaced.group().split()) if spaced else word
    kind = abbreviation_kind(spelled, language) or abbreviation_kind(word, language)
    if kind is None and _SIGNS_OF_ADDRESSES.search(word):
        return not following.is_small
    if "-" in word:
        kind = kind or abbreviation_kind(word.rpartition("-")[2], language)
    if spaced is None and kind in (None, OTHER):
        if _is_initial(word, language):
            return _initial_ends(word, previous, following, language)
        if "." in word.strip("."):
            kind = OTHER
        elif _is_acronym(word, following):
            return True
    elif kind is None:
        kind = OTHER
    if kind == INNER and previous and word[0].isupper() and starts_sentences(following.word, language):
        return True
    if kind == DAY and previous.lower() in _BEFORE_DAYS and following.is_capital and not follows_time(following.word):
        return True
    return kind is None or _abbreviation_ends(kind, spelled, before, following, language)


def _is_acronym(word: str, following: _Next) -> bool:
    """Return whether a word is in capitals in a text that is not, and so no abbreviation with a full stop."""
    return len(word) > 1 and word.isupper() and following.is_capital and not following.word[1:2].isupper()


def _is_initial(word: str, language: str) -> bool:
    """Return whether a word is a single letter, or the name of one, in a script whose words are longer."""
    return _LETTER.fullmatch(word) is not None or word in _LETTER_NAMES.get(language, "").split()


def _initial_ends(word: str, previous: str, following: _Next, language: str) -> bool:
    """Return whether a sentence ends after a single letter: the initial of a name, or the last word."""
    if not following.word:
        return True
    if following.is_small and not following.first.islower():
        return True
    if following.is_capital and starts_sentences(following.word, language):
        return True
    if word == "I" and language == "en":
        return not (previous[:1].isupper() and following.is_capital)
    return False


def _abbreviation_ends(kind: str, word: str, before: str, following: _Next, language: str) -> bool:
    if kind in (TITLE, INNER) or following.first in "([&/+":
        return False
    if not following.word:
        return True
    if following.word[0].isdigit():
        return kind in (CLOSING, TIME)
    if kind == DAY and word.islower():
        return True
    return following.is_capital and _ends_before_capital(kind, word, before, following, language)


def _ends_before_capital(kind: str, word: str, before: str, following: _Next, language: str) -> bool:
    if kind == NUMBER:
        is_label = len(following.word) == 1 and (following.word != "A" or not is_ordinary(word, language))
        return not (is_label or _ROMAN.fullmatch(following.word))
    if kind == TIME:
        return not (follows_time(following.word) or _is_only_a_time(before))
    if kind == CLOSING or (kind == OTHER and is_ordinary(word, language)):
        return True
    return starts_sentences(following.word, language)


def _is_only_a_time(before: str) -> bool:
    """Return whether a sentence is only a time so far, such as *At 5 p.m*, which something must follow."""
    return len(before.split()) <= 4 and len(before) < _WINDOW and not before.lstrip(_OPENERS)[:1].isdigit()
