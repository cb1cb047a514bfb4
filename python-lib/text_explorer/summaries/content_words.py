"""Which words say what a sentence is about, and their stems, so that *vote*, *votes* and *voting* count as one term.

Stems are made by the Snowball algorithms, code of the package nltk, which sumy brings along; no data of nltk is needed.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Callable

from text_explorer.corpus.languages import UNSEGMENTED
from text_explorer.corpus.stop_words import stop_words

SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish",
}  # fmt: skip

CACHED_STEMS = 500_000
"""More words than a language's corpora mostly hold; some 100 MB at the very most."""


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Give the function that reduces a lower-case word to its stem.

    Parameters
    ----------
    language
        Normalised ISO 639-1 code.

    Returns
    -------
    callable
        Leaves words as they are where there is no Snowball algorithm for the language.
    """
    if language not in SNOWBALL:
        return _unchanged
    # Imported late: nltk takes most of a second, and half of the languages never need it.
    from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415

    return lru_cache(maxsize=CACHED_STEMS)(SnowballStemmer(SNOWBALL[language]).stem)


def words_without_content(language: str) -> frozenset[str]:
    """Give the stop words of a language.

    Returns
    -------
    frozenset of str
        Empty in languages without spaces between words: their lists hold words, and must not be held against single
        characters.
    """
    return frozenset() if language in UNSEGMENTED else stop_words(language)


def _unchanged(word: str) -> str:
    return word
