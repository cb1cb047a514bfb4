"""Stop words by language, plus the user's own.

For English, the 580 of the SMART system (Salton 1971) from the package sumy; for all other languages, those of the
package stopwordsiso, whose English list has some 700 more words, among them *work*, *world*, *state*, *system* and
*problem*, which topics are about. Its Greek words lack their accents and its Lithuanian ones their letters, both of
which are restored; function words that a list lacks, and words of subjects that it should, are in `function_words`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

import stopwordsiso

from text_explorer.corpus.language.function_words import CONTENT_WORDS, FUNCTION_WORDS
from text_explorer.corpus.words.preparation import READING_RULES, RULES_OF_0_1_0, Preparation
from text_explorer.corpus.words.tokens import tokenize

_MORE = {
    "ja": "いま した して せん ました ません",  # verb endings, as segmented by ICU
    "th": "ฉัน",
    "zh": "没有",
}
"""Frequent words missing from the lists, since version 0.1.0."""

_ACUTE = "\u0301"


@cache
def listed_stop_words(language: str, reading_rules: int = READING_RULES) -> frozenset[str]:
    """Return the stop words of a language as written in their list; empty if there is none. See `Preparation`."""
    if language == "en":
        listed = resources.files("sumy").joinpath("data/stopwords/english.txt").read_text("utf-8")
        return frozenset(listed.split())
    words = frozenset([*stopwordsiso.stopwords(language), *_MORE.get(language, "").split()])
    if reading_rules == RULES_OF_0_1_0:
        return words
    restored = frozenset(_RESTORED[language](words)) if language in _RESTORED else words
    return (restored - set(CONTENT_WORDS.get(language, "").split())) | set(FUNCTION_WORDS.get(language, "").split())


def _with_accents(words: Iterable[str]) -> Iterator[str]:
    """Yield Greek words, and each with an accent on any of its vowels: one of them is how it is written."""
    for word in words:
        letters = word.replace("∆", "δ")  # the sign of the increment
        yield letters
        for end in range(1, len(letters) + 1):
            accented = unicodedata.normalize("NFC", letters[:end] + _ACUTE) + letters[end:]
            if len(accented) == len(letters):
                yield accented


def _in_baltic_letters(words: Iterable[str]) -> Iterator[str]:
    """Yield words whose bytes of Windows-1257 were read as Latin-1: ``ið`` is ``iš``."""
    return (word.encode("latin-1").decode("cp1257") for word in words)


_RESTORED = {"el": _with_accents, "lt": _in_baltic_letters}


@cache
def stop_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Return the stop words of a language in their normal form, in lower case.

    Entries of several words are ignored, since their parts may be meaningful on their own.
    """
    single = [word for word in listed_stop_words(language, preparation.reading_rules) if " " not in word]
    newer = preparation.reading_rules > RULES_OF_0_1_0
    return _normal_forms([*single, *(_contractions() if newer and language == "en" else ())], language, preparation)


@cache
def own_stop_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Return the user's stop words in their normal form, in lower case.

    An entry of several words, such as ``of the``, counts as each of them.
    """
    return _normal_forms(preparation.extra_stop_words, language, preparation)


@cache
def all_stop_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Return the union of `stop_words` and `own_stop_words`."""
    return stop_words(language, preparation) | own_stop_words(language, preparation)


def _normal_forms(entries: Iterable[str], language: str, preparation: Preparation) -> frozenset[str]:
    return frozenset(token.term.lower() for entry in entries for token in tokenize(entry, preparation, language))


_ENDINGS = (
    ("s", "he she it that there here what where when who why how let"),
    ("d", "i you he she it we they who that there"),
    ("ll", "i you he she it we they who that there"),
    ("re", "you we they who"),
    ("ve", "i you we they who could should would might must"),
    ("m", "i"),
    ("t", "ain aren can couldn daren didn doesn don hadn hasn haven isn mightn mustn needn oughtn shan shouldn wasn "
          "weren won wouldn"),
)  # fmt: skip
_SPOKEN = (
    "gonna wanna gotta kinda sorta dunno lemme gimme y'all yall ya'll 'em em 'tis tis 'twas twas 'til til cuz ll ve nt"
)
_OTHER_WORDS = frozenset({"can", "haven", "hell", "id", "ill", "shed", "shell", "wed", "well", "whore", "won"})
"""English words that contractions without apostrophe, or what stands before the apostrophe, are spelled like."""


def _contractions() -> set[str]:
    """Return the contractions of English stop words, also without apostrophe, doubled, and *didn*, *isn*, ..."""
    whole = {f"{word}'{ending}" for ending, words in _ENDINGS for word in words.split()}
    bare = {word.replace("'", "") for word in whole}
    doubled = {f"{word}'ve" for word in whole if word.endswith(("'t", "'d", "'ll"))}
    return whole | doubled | set(_SPOKEN.split()) | ((bare | set(_ENDINGS[-1][1].split())) - _OTHER_WORDS)
