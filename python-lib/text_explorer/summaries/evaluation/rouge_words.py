"""The words of a text as ROUGE counts them.

English texts are read as Google's rouge-score reads them, so that the scores are the same: small letters, runs of a-z
and 0-9, Porter stems of words of four characters and more. That would leave nothing of a Russian or Chinese text; all
other languages are read by the plugin's own words and Snowball stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Callable

from text_explorer.corpus.language.stems import CACHED_WORDS, stemmer
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.tokens import tokenize

SentenceWords = Sequence[Sequence[str]]
"""The words of each sentence of a text."""

ENGLISH = "en"
PLAIN = Preparation(strip_html=False, strip_urls=False, strip_emails=False, strip_mentions=False)
"""ROUGE passes over no word; HTML tags are blanked before, where they shall be."""

SHORTEST_STEMMED = 4
"""As in rouge-score, and in ROUGE-1.5.5 before it: shorter English words stay as they are."""

_ENGLISH_WORD = re.compile("[a-z0-9]+")


def is_read_as_english(texts: Iterable[str], language: str) -> bool:
    """Tell whether texts are read as rouge-score does.

    Parameters
    ----------
    texts
        A summary and its references: all of them are read alike.
    language
        Normalised ISO 639-1 code.

    Returns
    -------
    bool
        False too for what is called English while most of its letters are not a-z, such as rows of a language that
        was not recognised: they would lose most of their words.
    """
    if language != ENGLISH:
        return False
    letters = [letter for text in texts if not text.isascii() for letter in text if letter.isalpha()]
    return 2 * sum(map(str.isascii, letters)) >= len(letters)


def rouge_words(sentences: Iterable[str], language: str, *, as_english: bool, stem: bool) -> SentenceWords:
    """Give the words of sentences.

    Parameters
    ----------
    sentences
        Sentences as they are written.
    language
        Normalised ISO 639-1 code.
    as_english
        See `is_read_as_english`.
    stem
        Whether the forms of a word count as one.
    """
    if as_english:
        found: SentenceWords = [_ENGLISH_WORD.findall(sentence.lower()) for sentence in sentences]
        reduce = _porter_stemmer() if stem else None
    else:
        found = [[token.term for token in tokenize(sentence, PLAIN, language)] for sentence in sentences]
        reduce = stemmer(language) if stem else None
    return found if reduce is None else [list(map(reduce, words)) for words in found]


def has_rouge_word(text: str, language: str, *, as_english: bool) -> bool:
    """Tell whether `rouge_words` finds any word in a text."""
    if as_english:
        return _ENGLISH_WORD.search(text.lower()) is not None
    return next(tokenize(text, PLAIN, language), None) is not None


@cache
def _porter_stemmer() -> Callable[[str], str]:
    """Give the stemmer of rouge-score, which is NLTK's; sumy, which brings NLTK, is there in any case."""
    from nltk.stem.porter import PorterStemmer  # noqa: PLC0415 - takes a second to load, and not every run needs it

    stem = PorterStemmer().stem
    return lru_cache(CACHED_WORDS)(lambda word: word if len(word) < SHORTEST_STEMMED else stem(word))
