"""Separate whole sentences from parts of sentences, headings, list items and other lines without an end mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np
import regex

from text_explorer.corpus.words.sentences import ends_with_mark
from text_explorer.summaries.sentences.document import Document, Sentence

_FIRST_WORD = regex.compile(r"(?:[@#]\w+|[\s\p{P}\p{S}])*(?P<word>\S*)")


_LEAST_SHARE = 0.1


def complete_sentences(document: Document) -> np.ndarray:
    """Return which sentences have an end mark and begin with no small letter, as a bool array (n_sentences,).

    In a text that begins all its sentences small, those with an end mark count. In one whose words are nearly all in
    lines without end marks, as in lists, in most Thai and in many short messages, every sentence counts.
    """
    complete: list[bool] = []
    for source, of_text in groupby(document.sentences, key=attrgetter("source")):
        sentences = list(of_text)
        complete += _complete_of_text(sentences, document.texts[source], document.languages[source])
    return np.array(complete, dtype=bool)


def _complete_of_text(sentences: Sequence[Sentence], text: str, language: str) -> list[bool]:
    written = [text[sentence.start : sentence.end] for sentence in sentences]
    with_mark = [ends_with_mark(sentence, language) for sentence in written]
    n_marked = sum(sentence.n_words for sentence, is_marked in zip(sentences, with_mark) if is_marked)
    if not any(with_mark) or n_marked < _LEAST_SHARE * sum(sentence.n_words for sentence in sentences):
        return [True] * len(sentences)
    complete = [is_marked and not _begins_small(sentence) for sentence, is_marked in zip(written, with_mark)]
    return complete if any(complete) else with_mark


def _begins_small(sentence: str) -> bool:
    """Return whether the first word but mentions and hashtags is in small letters, unlike *iPhone*."""
    return _FIRST_WORD.match(sentence)["word"].islower()
