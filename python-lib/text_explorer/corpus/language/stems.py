"""Reduce words to their Snowball stem or to their lemma (dictionary form)."""

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
"""Word lists of the package simplemma, by language, in all supported versions."""

CACHED_WORDS = 500_000
"""More words than most corpora of a language contain; 100 MB at most."""


def reducer(language: str, preparation: Preparation) -> Callable[[str], str]:
    """Return the function that reduces a word to its stem or lemma, or keeps it in a language without any."""
    if preparation.normal_form == STEM:
        return stemmer(language)
    if preparation.normal_form == LEMMA:
        return lemmatizer(language, lower_case=preparation.lower_case)
    return str


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return the function that reduces a lower-case word to its Snowball stem, or keeps it if there is no stemmer."""
    if language not in SNOWBALL:
        return str
    from Stemmer import Stemmer  # noqa: PLC0415 - not every run needs it

    return lru_cache(CACHED_WORDS)(Stemmer(SNOWBALL[language]).stemWord)


@cache
def lemmatizer(language: str, *, lower_case: bool = True) -> Callable[[str], str]:
    """Return the function that looks up the lemma of a word, or keeps the word if there is no word list.

    Without `lower_case`, German nouns keep their capital.
    """
    if language not in SIMPLEMMA:
        return str
    from simplemma import lemmatize  # noqa: PLC0415 - not every run needs it

    def lemma(word: str) -> str:
        found = lemmatize(word, lang=SIMPLEMMA[language])
        return found.lower() if lower_case else found

    return lemma
