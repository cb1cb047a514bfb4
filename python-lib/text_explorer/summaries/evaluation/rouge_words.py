"""The words of a text as ROUGE counts them.

English texts are tokenized as in Google's rouge-score, so that the scores are the same: lower case, sequences of a-z
and 0-9, Porter stems of words of at least four characters. This would leave nothing of a Russian or Chinese text, so
all other languages use the plugin's own words and Snowball stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Callable

from text_explorer.corpus.language.stems import CACHED_WORDS, stemmer
from text_explorer.corpus.words.character_classes import FILLER
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.tokens import tokenize

SentenceWords = Sequence[Sequence[str]]
"""The words of each sentence of a text."""

ENGLISH = "en"
PLAIN = Preparation(strip_html=False, strip_urls=False, strip_emails=False, strip_mentions=False)
"""ROUGE ignores no word; HTML tags, where ignored, are blanked before."""

SHORTEST_STEMMED = 4
"""As in rouge-score, and in ROUGE-1.5.5 before it: shorter English words stay as they are."""

_ENGLISH_WORD = re.compile("[a-z0-9]+")


def is_read_as_english(texts: Iterable[str], language: str) -> bool:
    """Return whether texts, a summary and its references, are tokenized as in rouge-score.

    Not so "English" texts most of whose letters are not a-z, such as those of a language that was not recognised: they
    would lose most of their words.
    """
    if language != ENGLISH:
        return False
    letters = [letter for text in texts if not text.isascii() for letter in text if letter.isalpha()]
    return 2 * sum(map(str.isascii, letters)) >= len(letters)


def rouge_words(sentences: Iterable[str], language: str, *, as_english: bool, stem: bool) -> SentenceWords:
    """Return the words of sentences, read as English or not (see `is_read_as_english`), as stems or as written."""
    if as_english:
        found: SentenceWords = [_ENGLISH_WORD.findall(sentence.replace(FILLER, "").lower()) for sentence in sentences]
        reduce = _porter_stemmer() if stem else None
    else:
        found = [[token.term for token in tokenize(sentence, PLAIN, language)] for sentence in sentences]
        reduce = stemmer(language) if stem else None
    return found if reduce is None else [list(map(reduce, words)) for words in found]


def has_rouge_word(text: str, language: str, *, as_english: bool) -> bool:
    """Return whether `rouge_words` finds any word in a text."""
    if as_english:
        return _ENGLISH_WORD.search(text.lower()) is not None
    return next(tokenize(text, PLAIN, language), None) is not None


@cache
def _porter_stemmer() -> Callable[[str], str]:
    """Return the stemmer of rouge-score, from NLTK, which is installed as a dependency of sumy."""
    from nltk.stem.porter import PorterStemmer  # noqa: PLC0415 - takes a second to load, and not every run needs it

    stem = PorterStemmer().stem
    return lru_cache(CACHED_WORDS)(lambda word: word if len(word) < SHORTEST_STEMMED else stem(word))
