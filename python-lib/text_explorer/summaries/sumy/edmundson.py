"""Rank sentences by the Edmundson method of the package sumy, on our own sentences and words.

sumy's own parser drops lines in capitals, joins lines and loses offsets, and its tokenizer needs downloads, so its
document model is built from our sentences. It stores ratings by sentence, and equal sentences would share one; ours are
equal only to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, Callable

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.edmundson import EdmundsonSummarizer

from text_explorer.corpus.language.stems import stemmer
from text_explorer.corpus.words.tokens import tokenize
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings

_NO_WORD = (" ",)
"""sumy rejects empty lists of words; no text contains this word."""

_EMPTY_LINE = re.compile(r"\n\s*\n|\r\n\s*\r\n")


class _Sentence(SumySentence):
    """A sentence with our own words, equal only to itself."""

    __slots__ = ("_words",)

    def __init__(self, text: str, words: tuple[str, ...]):
        super().__init__(text, tokenizer=None)
        self._words = words

    @property
    def words(self) -> tuple[str, ...]:
        """Words in lower case."""
        return self._words

    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__


def edmundson(document: Document, settings: SummarySettings) -> np.ndarray:
    """Score sentences by bonus and stigma words and by their position in the paragraph: sumy's ratings."""
    summarizer = _summarizer(settings, document.words, document.language)
    return np.array(summarizer(document_model(document), None), dtype=np.float64)


def document_model(document: Document) -> ObjectDocumentModel:
    """Build sumy's model of a document: no headings, and paragraphs separated by empty lines."""
    numbered = zip(_paragraph_numbers(document), range(document.n_sentences))
    return ObjectDocumentModel(
        Paragraph(_Sentence(document.text_of(index), document.sentences[index].words) for _, index in sentences)
        for _, sentences in groupby(numbered, key=lambda pair: pair[0])
    )


def _paragraph_numbers(document: Document) -> Iterator[int]:
    number, source, end = 0, 0, 0
    for sentence in document.sentences:
        if sentence.source != source or _EMPTY_LINE.search(document.texts[source], end, sentence.start):
            number += 1
        source, end = sentence.source, sentence.end
        yield number


@lru_cache(maxsize=8)
def _summarizer(
    settings: SummarySettings, words: TextSettings, language: str
) -> Callable[[ObjectDocumentModel, None], list[float]]:
    """Build the summarizer of a run; its word lists take longer than a short text."""
    summarizer = _rating(EdmundsonSummarizer)(stemmer(language))
    summarizer.bonus_words = _single_words(settings.bonus_words, words, language)
    summarizer.stigma_words = _single_words(settings.stigma_words, words, language)
    summarizer.null_words = words.words_without_content(language) or _NO_WORD
    return summarizer


def _single_words(entries: tuple[str, ...], words: TextSettings, language: str) -> tuple[str, ...]:
    return tuple(token.term for entry in entries for token in tokenize(entry, words.preparation, language)) or _NO_WORD


def _rating(summarizer_class: type) -> type:
    """Derive a class that returns all ratings where sumy's returns the best sentences."""

    class Rating(summarizer_class):
        @staticmethod
        def _get_best_sentences(sentences: Any, count: Any, rating: Any, *args: Any) -> list[float]:
            rate = rating.__getitem__ if isinstance(rating, dict) else rating
            return [float(rate(sentence, *args)) for sentence in sentences]

    return Rating
