"""A summary and its baselines: the first sentences of its text, and some drawn at random.

The baselines are as long as the summary. They have as many sentences where these can be counted, and as many words for
a summary without full stops, such as a headline or a list of keywords.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.tokens import tokenize
from text_explorer.summaries.joining import REACH, joins_without_space
from text_explorer.summaries.ranking.random_baseline import random_scores
from text_explorer.summaries.sentences.document import Document, Sentence, plain_text, read_document, sentence_spans
from text_explorer.summaries.sentences.settings import TextSettings
from text_explorer.wording import plural

PREFIX = 8
"""Length of the prefix by which the sentences of a text are looked up."""

_ENDS_A_SENTENCE = re.compile(r"[.!?…。．！？｡؟۔।॥։።។။]['\"’”»›)\]）」』]*$")


@dataclass(frozen=True)
class Extract:
    """Sentences of a summary or baseline, and their original texts, as read (see `plain_text`)."""

    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]

    @property
    def n_words(self) -> int:
        """Number of words of all sentences."""
        return sum(sentence.n_words for sentence in self.sentences)


class Length(NamedTuple):
    """The length of baselines: a number of sentences or, where it is None, of words."""

    n_sentences: Optional[int]
    n_words: int

    def __str__(self) -> str:
        """Return the length as shown in the dataset."""
        number, unit = (self.n_words, "word") if self.n_sentences is None else (self.n_sentences, "sentence")
        return plural(number, unit)


def written_sentences(text: str, language: str, settings: TextSettings) -> list[str]:
    """Return the original sentences of a text."""
    plain = plain_text(text, settings)
    return [plain[start:end] for start, end in sentence_spans(text, language, settings)]


def read_summary(summary: str, document: Document) -> tuple[Extract, Length]:
    """Read a summary of a text, and return it with the length of its baselines.

    A summary that consists of sentences of the text is read as these, so that no pair of words counts as new because
    sentences are now adjacent.
    """
    indices = extracted_sentences(summary, document)
    if indices is not None:
        extract = sentences_of(document, indices)
        return extract, Length(len(indices), extract.n_words)
    own = read_document([DocumentText(summary, document.languages[0])], document.words)
    extract = sentences_of(own, range(own.n_sentences))
    countable = own.n_sentences > 1 or _ENDS_A_SENTENCE.search(summary.rstrip()) is not None
    return extract, Length(own.n_sentences if countable else None, extract.n_words)


def extracted_sentences(summary: str, document: Document) -> Optional[list[int]]:
    """Return the indices of the sentences of the text that a summary consists of; None if it contains anything else."""
    indices = range(document.n_sentences)[::-1]
    index_of = {text_of(index): index for text_of in (document.shown_text_of, document.text_of) for index in indices}
    lengths: dict[str, set[int]] = defaultdict(set)
    for text in index_of:
        lengths[text[:PREFIX]].add(len(text))
    position = _skip_space(summary, 0)
    taken: list[int] = []
    while position < len(summary):
        found = next((text for text in _candidates(summary, position, lengths) if text in index_of), None)
        if found is None:
            return None
        taken.append(index_of[found])
        position = _skip_space(summary, position + len(found))
    return taken or None


def _candidates(summary: str, position: int, lengths: dict[str, set[int]]) -> Iterator[str]:
    """Yield possible sentences from a position on, the longest first: "Great phone" may begin another sentence."""
    for n_letters in range(PREFIX, 0, -1):
        for length in sorted(lengths.get(summary[position : position + n_letters], ()), reverse=True):
            end = position + length
            behind = summary[end : end + REACH]
            if not behind or behind[0].isspace() or joins_without_space(summary[position:end], behind):
                yield summary[position:end]


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def lead_baseline(document: Document, length: Length) -> Extract:
    """Return the first sentences of a text."""
    return _first_of(document, range(document.n_sentences), length)


def random_baseline(document: Document, length: Length, seed: int) -> Extract:
    """Return random sentences, which depend only on the seed and the text, in the order of the text."""
    drawn = np.argsort(-random_scores(document, seed), kind="stable").tolist()
    return _first_of(document, drawn, length)


def _first_of(document: Document, ranked: Sequence[int], length: Length) -> Extract:
    """Return the first ranked sentences up to a length; in words, the last one is cut."""
    if length.n_sentences is not None:
        return sentences_of(document, sorted(ranked[: length.n_sentences]))
    parts: list[tuple[int, Extract]] = []
    left = length.n_words
    for index in ranked:
        if left <= 0:
            break
        part = sentences_of(document, [index])
        parts.append((index, part if part.n_words <= left else _cut(document, index, left)))
        left -= part.n_words
    ordered = [part for _, part in sorted(parts, key=lambda entry: entry[0])]
    return Extract(
        tuple(sentence for part in ordered for sentence in part.sentences),
        tuple(text for part in ordered for text in part.texts),
    )


def _cut(document: Document, index: int, n_words: int) -> Extract:
    """Return the first words of a sentence."""
    text, language = document.text_of(index), document.languages[0]
    tokens = list(tokenize(text, document.words.preparation, language))
    if len(tokens) <= n_words:  # by itself, a sentence may have fewer words
        return sentences_of(document, [index])
    beginning = read_document([DocumentText(text[: tokens[n_words - 1].end], language)], document.words)
    return sentences_of(beginning, range(beginning.n_sentences))


def sentences_of(document: Document, indices: Sequence[int]) -> Extract:
    """Return sentences of a document of one text."""
    plain = plain_text(document.texts[0], document.words)
    chosen = [document.sentences[index] for index in indices]
    return Extract(tuple(chosen), tuple(plain[sentence.start : sentence.end] for sentence in chosen))
