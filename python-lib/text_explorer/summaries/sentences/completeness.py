"""Separate whole sentences from parts of sentences, headings, list items and other lines without an end mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np
import regex

from text_explorer.corpus.words.sentences import ends_with_mark
from text_explorer.summaries.sentences.document import Document, Sentence

_FIRST_WORD = regex.compile(r"(?:[@#]\w+|[\s\p{P}\p{S}])*(?P<word>\S*)")
_GREETING = regex.compile(r"\p{Lu}\S*(?:\s+\S+){0,4},")
"""A line such as *Dear Ann,*, after which the first sentence may begin small."""
_LETTER_OR_MARK = regex.compile(r"[\p{L}\p{M}]")
_CODE = regex.compile(r"[\\=$<>{}|]|\w[/_@]\w|/\w+/")
_LEAST_SHARE = 0.1
_LEAST_LETTERS = 0.67
"""Share of letters in the characters of a sentence; lines of code have fewer."""


def complete_sentences(document: Document) -> np.ndarray:
    """Return which sentences have an end mark and begin with no small letter, as a bool array (n_sentences,).

    The first sentence after a greeting may begin small. In a text that begins all its sentences small, those with an
    end mark count. In one whose words are nearly all in lines without end marks, as in lists, in most Thai and in many
    short messages, or that has no such sentence, all count that are no code and begin with no small letter, if these
    are at least half, else every sentence but code.
    """
    return _of_each_text(document, _complete_of_text)


def presentable_sentences(document: Document) -> np.ndarray:
    """Return which sentences begin with no small letter and are no code, as a bool array (n_sentences,)."""
    return _of_each_text(document, lambda _, written, __: [_is_presentable(sentence) for sentence in written])


def _of_each_text(
    document: Document, flags_of: Callable[[Sequence[Sentence], list[str], str], list[bool]]
) -> np.ndarray:
    flags: list[bool] = []
    for source, of_text in groupby(document.sentences, key=attrgetter("source")):
        sentences, text = list(of_text), document.texts[source]
        written = [text[sentence.start : sentence.end] for sentence in sentences]
        flags += flags_of(sentences, written, document.languages[source])
    return np.array(flags, dtype=bool)


def _complete_of_text(sentences: Sequence[Sentence], written: list[str], language: str) -> list[bool]:
    with_mark = [ends_with_mark(sentence, language) for sentence in written]
    before = ["", *written]
    complete = [
        is_marked and (not _begins_small(sentence) or _GREETING.fullmatch(greeting) is not None)
        for greeting, sentence, is_marked in zip(before, written, with_mark)
    ]
    n_marked = sum(sentence.n_words for sentence, is_marked in zip(sentences, with_mark) if is_marked)
    has_marks = any(with_mark) and n_marked >= _LEAST_SHARE * sum(sentence.n_words for sentence in sentences)
    if has_marks and any(complete):
        return complete
    plain = [_is_plain(sentence) for sentence in written]
    presentable = [_is_presentable(sentence) for sentence in written]
    if any(plain) and 2 * sum(presentable) >= sum(plain):
        return presentable
    if has_marks:
        return with_mark
    return plain if any(plain) else [True] * len(written)


def _is_presentable(sentence: str) -> bool:
    return _is_plain(sentence) and not _begins_small(sentence)


def _is_plain(sentence: str) -> bool:
    """Return whether most characters are letters of words, not of code, paths and addresses."""
    words = sentence.split()
    n_letters = sum(len(_LETTER_OR_MARK.findall(word)) for word in words if not _CODE.search(word))
    return n_letters >= _LEAST_LETTERS * len("".join(words))


def _begins_small(sentence: str) -> bool:
    """Return whether the first word but mentions and hashtags is in small letters, unlike *iPhone*."""
    return _FIRST_WORD.match(sentence)["word"].islower()
