"""Cut sentences that are too long: those of texts without full stops, and one that alone exceeds the budget.

A cut comes after the last ``;``, ``,`` or ``:`` (or their Chinese, Japanese, Arabic and Ethiopic forms) in the second
half of what fits, else between words, else between characters. Each piece is a span of the original text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Optional

import numpy as np
import regex

from text_explorer.corpus.words.markup import blank_tags
from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.summaries.sentences.document import Document, Sentence
from text_explorer.summaries.sentences.settings import CHARACTERS, WORDS, SummarySettings

MAX_WORDS, MAX_CHARACTERS = 150, 1_000
"""Longer sentences are texts without full stops: even sentences of laws and contracts are shorter."""

PIECE_WORDS, PIECE_CHARACTERS = 40, 350
"""Such a text is cut into pieces of at most this size, that of a long sentence, so that the best can be chosen."""

# White space must follow a mark: not so in 10:30, 1,000, https: and &amp;.
_CLAUSE_END = regex.compile(r"(?<!&#?\w{1,31});(?=\s)|[,:](?=\s)|[；，：、،؛፣፤፥]")
_TAIL = regex.compile(r"[\s\p{Ps}\p{Pi}]+\Z")
"""What belongs to the next piece: white space, opening brackets and quotation marks."""

_CHARACTER = regex.compile(r"\X")
_MAX_GRAPHEME = 64

Span = tuple[int, int]


class PieceLimit(NamedTuple):
    """The maximum length of a piece; None for no limit."""

    n_words: Optional[int]
    n_characters: Optional[int]


class _Text(NamedTuple):
    """A text with its tags blanked, and the starts and ends of its words."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, document: Document, source: int) -> _Text:
        text = document.texts[source]
        _, starts, ends = words_and_spans(text, document.words.preparation, document.languages[source])
        return cls(blank_tags(text), starts, ends)


def split_overlong(document: Document, settings: SummarySettings) -> Document:
    """Split overlong sentences into pieces of about the same length; most documents have none."""
    too_long = [
        index
        for index, sentence in enumerate(document.sentences)
        if sentence.n_words > MAX_WORDS
        or (sentence.end - sentence.start > MAX_CHARACTERS and _has_too_many_characters(document, sentence))
    ]
    if not too_long:
        return document
    max_words = min(PIECE_WORDS, settings.budget) if settings.budget_unit == WORDS else PIECE_WORDS
    max_characters = min(PIECE_CHARACTERS, settings.budget) if settings.budget_unit == CHARACTERS else PIECE_CHARACTERS
    pieces: dict[int, list[Span]] = {}
    read: dict[int, _Text] = {}
    for index in too_long:
        sentence = document.sentences[index]
        if sentence.source not in read:
            read[sentence.source] = _Text.of(document, sentence.source)
        n_pieces = -(-sentence.n_words // max_words) or 1
        limit = PieceLimit(-(-sentence.n_words // n_pieces) or 1, max_characters)
        pieces[index] = list(_pieces(read[sentence.source], sentence.start, sentence.end, limit))
    return document.with_pieces(pieces)


def cut_to_budget(
    document: Document, scores: np.ndarray, index: int, settings: SummarySettings
) -> tuple[Document, np.ndarray]:
    """Cut a sentence in two, the first of which is within a budget in words or characters; return document and scores.

    The first part has the index of the sentence, the rest, if any, the next one; both have its score.
    """
    limit = PieceLimit(settings.budget, None) if settings.budget_unit == WORDS else PieceLimit(None, settings.budget)
    sentence = document.sentences[index]
    text = _Text.of(document, sentence.source)
    end = _end_of_piece(text, sentence.start, sentence.end, limit)
    rest = _skip_space(text.text, end, sentence.end)
    spans = [(sentence.start, end), *([(rest, sentence.end)] if rest < sentence.end else [])]
    return document.with_pieces({index: spans}), np.insert(scores, index, scores[[index] * (len(spans) - 1)])


def _has_too_many_characters(document: Document, sentence: Sentence) -> bool:
    shown = blank_tags(document.texts[sentence.source][sentence.start : sentence.end])
    return len(" ".join(shown.split())) > MAX_CHARACTERS


def _pieces(text: _Text, start: int, end: int, limit: PieceLimit) -> Iterator[Span]:
    while start < end:
        piece_end = _end_of_piece(text, start, end, limit)
        yield start, piece_end
        start = _skip_space(text.text, piece_end, end)


def _skip_space(text: str, start: int, end: int) -> int:
    """Return the position of the first character from `start` that is not white space."""
    return end - len(text[start:end].lstrip())


def _end_of_piece(text: _Text, start: int, end: int, limit: PieceLimit) -> int:
    """Return the end of the piece that begins at `start`; it has at least one character."""
    last = end
    if limit.n_words is not None:
        following = bisect_left(text.starts, start) + limit.n_words
        last = min(last, text.starts[following]) if following < len(text.starts) else last
    if limit.n_characters is not None:
        last = min(last, start + limit.n_characters)
    if last >= end:
        return end
    half = start + (last - start + 1) // 2
    clause_ends = [found.end() for found in _CLAUSE_END.finditer(text.text, half, last)]
    last = clause_ends[-1] if clause_ends else _between_words(text, start, half, last)
    tail = _TAIL.search(text.text, start, last)
    return tail.start() if tail and tail.start() > start else last


def _between_words(text: _Text, start: int, half: int, last: int) -> int:
    """Move an end back to white space in the second half, or to the start of a word, or of a character."""
    if text.text[last].isspace() or text.text[last - 1].isspace():
        return last
    spaces = [position for position in range(half, last) if text.text[position].isspace()]
    if spaces:
        return spaces[-1]
    word = bisect_right(text.starts, last) - 1
    if word >= 0 and start < text.starts[word] and last < text.ends[word]:
        return text.starts[word]
    begin = max(start, last - _MAX_GRAPHEME)
    ends = [found.end() for found in _CHARACTER.finditer(text.text, begin, last + _MAX_GRAPHEME)]
    return max((end for end in ends if start < end <= last), default=last)
