"""Stop words by language, from the package stopwordsiso, plus the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import stopwordsiso

from text_explorer.corpus.tokens import tokenize


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the stop words of a language, as they are counted (see `tokens.normal_form`).

    Parameters
    ----------
    language
        Normalised ISO 639-1 code.

    Returns
    -------
    frozenset of str
        Empty where no list exists for the language.
    """
    return own_stop_words(stopwordsiso.stopwords(language))


def own_stop_words(words: Iterable[str]) -> frozenset[str]:
    """Bring a user's stop words into the form in which words are counted.

    An entry of several words, such as ``of the``, stands for each of them.
    """
    return frozenset(token.term for entry in words for token in tokenize(entry))
