"""One term for the forms of a word: their Snowball stem, or the form under which a dictionary lists them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Callable

from text_explorer.corpus.words.preparation import LEMMA, STEM, Preparation

SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Algorithms of the package PyStemmer, by language."""

SIMPLEMMA = {
    "bg": "bg", "ca": "ca", "cs": "cs", "da": "da", "de": "de", "el": "el", "en": "en", "es": "es", "et": "et",
    "fa": "fa", "fi": "fi", "fr": "fr", "ga": "ga", "gl": "gl", "hi": "hi", "hr": "hbs", "hu": "hu", "hy": "hy",
    "id": "id", "it": "it", "la": "la", "lt": "lt", "lv": "lv", "ms": "ms", "nl": "nl", "no": "nb", "pl": "pl",
    "pt": "pt", "ro": "ro", "ru": "ru", "sk": "sk", "sl": "sl", "sv": "sv", "sw": "sw", "tl": "tl", "tr": "tr",
    "uk": "uk",
}  # fmt: skip
"""Word lists of the package simplemma, by language: those that all supported versions have."""

CACHED_WORDS = 500_000
"""More words than a language's corpora mostly hold; some 100 MB at the very most."""


def reducer(language: str, preparation: Preparation) -> Callable[[str], str]:
    """Give the function that reduces a word to what it is counted as.

    Parameters
    ----------
    language
        Normalised ISO 639-1 code.
    preparation
        Its ``normal_form``; languages that have no stemmer or no word list keep their words as they are.
    """
    if preparation.normal_form == STEM:
        return stemmer(language)
    if preparation.normal_form == LEMMA:
        return lemmatizer(language, lower_case=preparation.lower_case)
    return str


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Give the function that reduces a word in lower case to its Snowball stem, if there is one for the language."""
    if language not in SNOWBALL:
        return str
    from Stemmer import Stemmer  # noqa: PLC0415 - not every run needs it

    return lru_cache(CACHED_WORDS)(Stemmer(SNOWBALL[language]).stemWord)


@cache
def lemmatizer(language: str, *, lower_case: bool = True) -> Callable[[str], str]:
    """Give the function that looks up the dictionary form of a word, if there is a word list for the language.

    Parameters
    ----------
    language
        Normalised ISO 639-1 code.
    lower_case
        Whether the form is given in lower case; German nouns would have their capital otherwise.
    """
    if language not in SIMPLEMMA:
        return str
    from simplemma import lemmatize  # noqa: PLC0415 - not every run needs it

    def lemma(word: str) -> str:
        found = lemmatize(word, lang=SIMPLEMMA[language])
        return found.lower() if lower_case else found

    return lemma
