"""Stop words by language, plus the user's own.

English ones are the 580 of the SMART system (Salton 1971), as the package sumy brings them; those of the package
stopwordsiso, which serves all other languages, hold some 700 words more for English, among them *work*, *world*,
*state*, *system* and *problem*, which topics are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

import stopwordsiso

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.tokens import tokenize

_MORE = {
    "ja": "いま した して せん ました ません",  # endings of verbs, as ICU cuts them
    "th": "ฉัน",
    "zh": "没有",
}
"""Frequent words the lists lack."""


@cache
def listed_stop_words(language: str) -> frozenset[str]:
    """Give the stop words of a language as their list writes them.

    Parameters
    ----------
    language
        Normalised ISO 639-1 code.

    Returns
    -------
    frozenset of str
        Empty where no list exists for the language.
    """
    if language == "en":
        listed = resources.files("sumy").joinpath("data/stopwords/english.txt").read_text("utf-8")
        return frozenset(listed.split())
    return frozenset([*stopwordsiso.stopwords(language), *_MORE.get(language, "").split()])


@cache
def stop_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Give the stop words of a language in the form in which words are counted, in lower case.

    Entries of several words are passed over, for their parts alone may mean much.
    """
    single = (word for word in listed_stop_words(language) if " " not in word)
    return _counted_forms(single, language, preparation)


@cache
def own_stop_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Give the user's stop words in the form in which words are counted, in lower case.

    An entry of several words, such as ``of the``, stands for each of them.
    """
    return _counted_forms(preparation.extra_stop_words, language, preparation)


@cache
def left_out_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Give both, see `stop_words` and `own_stop_words`."""
    return stop_words(language, preparation) | own_stop_words(language, preparation)


def _counted_forms(entries: Iterable[str], language: str, preparation: Preparation) -> frozenset[str]:
    return frozenset(token.term.lower() for entry in entries for token in tokenize(entry, preparation, language))
