"""Stop words by language, plus the user's own.

For English, the 580 of the SMART system (Salton 1971) from the package sumy; for all other languages, those of the
package stopwordsiso, whose English list has some 700 more words, among them *work*, *world*, *state*, *system* and
*problem*, which topics are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

import stopwordsiso

from text_explorer.corpus.words.preparation import FIRST_RULES, Preparation
from text_explorer.corpus.words.tokens import tokenize

_MORE = {
    "ja": "いま した して せん ました ません",  # verb endings, as segmented by ICU
    "th": "ฉัน",
    "zh": "没有",
}
"""Frequent words missing from the lists."""


@cache
def listed_stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language as written in their list.

    Parameters
    ----------
    language
        Normalised ISO 639-1 code.

    Returns
    -------
    frozenset of str
        Empty if there is no list for the language.
    """
    if language == "en":
        listed = resources.files("sumy").joinpath("data/stopwords/english.txt").read_text("utf-8")
        return frozenset(listed.split())
    return frozenset([*stopwordsiso.stopwords(language), *_MORE.get(language, "").split()])


@cache
def stop_words(language: str, preparation: Preparation) -> frozenset[str]:
    """Return the stop words of a language in their normal form, in lower case.

    Entries of several words are ignored, since their parts may be meaningful on their own.
    """
    single = (word for word in listed_stop_words(language) if " " not in word)
    newer = preparation.reading_rules > FIRST_RULES
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
_OTHER_WORDS = frozenset({"can", "haven", "hell", "id", "ill", "shed", "shell", "wed", "well", "whore", "won"})
"""English words that contractions without apostrophe, or what stands before the apostrophe, are spelled like."""


def _contractions() -> set[str]:
    """Return the contractions of English stop words, also without apostrophe, and *didn*, *isn*, ..."""
    whole = {f"{word}'{ending}" for ending, words in _ENDINGS for word in words.split()}
    bare = {word.replace("'", "") for word in whole}
    return whole | ((bare | set(_ENDINGS[-1][1].split())) - _OTHER_WORDS)
