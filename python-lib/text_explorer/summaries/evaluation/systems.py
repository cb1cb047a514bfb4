"""A summary and what it is compared with: the first sentences of its text, and some drawn at random.

The baselines are as long as the summary. Where its sentences can be counted they have as many sentences; a summary
without full stops, such as a headline or a list of keywords, is met by as many words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.markup import blank_tags
from text_explorer.corpus.words.sentences import split_sentences
from text_explorer.corpus.words.tokens import tokenize
from text_explorer.summaries.ranking.baselines import random_scores
from text_explorer.summaries.sentences.document import Document, Sentence, read_document
from text_explorer.summaries.sentences.settings import TextSettings

START = 8
"""Characters by which the sentences of a text are looked up."""

_ENDS_A_SENTENCE = re.compile(r"[.!?…。．！？｡؟۔।॥։።។။]['\"’”»›)\]）」』]*$")


@dataclass(frozen=True)
class Extract:
    """Sentences of a summary, of whichever origin.

    Attributes
    ----------
    sentences
        Their words and content words.
    texts
        The same sentences as they are written, HTML tags blanked where they are passed over.
    """

    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]

    @property
    def n_words(self) -> int:
        """Number of words of all sentences."""
        return sum(sentence.n_words for sentence in self.sentences)


class Length(NamedTuple):
    """The length baselines are given: a number of sentences or, where it is None, of words."""

    n_sentences: Optional[int]
    n_words: int

    def __str__(self) -> str:
        """Tell it as the dataset shows it."""
        number, unit = (self.n_words, "word") if self.n_sentences is None else (self.n_sentences, "sentence")
        return f"{number} {unit}{'' if number == 1 else 's'}"


def written_sentences(text: str, language: str, settings: TextSettings) -> list[str]:
    """Give the sentences of a text as they are written."""
    spans = split_sentences(blank_tags(text), language, line_breaks_end_sentences=settings.line_breaks_end_sentences)
    plain = plain_text(text, settings)
    return [plain[start:end] for start, end in spans]


def read_summary(summary: str, document: Document) -> tuple[Extract, Length]:
    """Read a summary, and tell how long baselines have to be.

    Parameters
    ----------
    summary
        The summary as it is written.
    document
        The text it is of. Where the summary is made of the text's sentences, it is read as these, so that nothing of
        it counts as new because it stands beside other words now.
    """
    indices = sentences_taken(summary, document)
    if indices is not None:
        extract = sentences_of(document, indices)
        return extract, Length(len(indices), extract.n_words)
    own = read_document([DocumentText(summary, document.languages[0])], document.words)
    extract = sentences_of(own, range(own.n_sentences))
    countable = own.n_sentences > 1 or _ENDS_A_SENTENCE.search(summary.rstrip()) is not None
    return extract, Length(own.n_sentences if countable else None, extract.n_words)


def sentences_taken(summary: str, document: Document) -> Optional[list[int]]:
    """Find the sentences of the text a summary is made of.

    Returns
    -------
    list of int or None
        Their indices in the order of the summary; None where anything else is in it.
    """
    written = [document.text_of(index) for index in range(document.n_sentences)]
    index_of = {text: index for index, text in reversed(list(enumerate(written)))}
    lengths: dict[str, set[int]] = defaultdict(set)
    for text in index_of:
        lengths[text[:START]].add(len(text))
    place, taken = _next_letter(summary, 0), []
    while place < len(summary):
        found = next((text for text in _candidates(summary, place, lengths) if text in index_of), None)
        if found is None:
            return None
        taken.append(index_of[found])
        place = _next_letter(summary, place + len(found))
    return taken or None


def _candidates(summary: str, place: int, lengths: dict[str, set[int]]) -> Iterator[str]:
    """Yield what may be a sentence from a place on, the longest first: "Great phone" may begin another sentence."""
    for n_letters in range(START, 0, -1):
        for length in sorted(lengths.get(summary[place : place + n_letters], ()), reverse=True):
            end = place + length
            if end == len(summary) or summary[end : end + 1].isspace():
                yield summary[place:end]


def _next_letter(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def lead_baseline(document: Document, length: Length) -> Extract:
    """Take the first sentences of a text."""
    return _first_of(document, range(document.n_sentences), length)


def random_baseline(document: Document, length: Length, seed: int) -> Extract:
    """Take sentences at random, by the seed and the text alone, in the order of the text."""
    drawn = np.argsort(-random_scores(document, seed), kind="stable").tolist()
    return _first_of(document, drawn, length)


def _first_of(document: Document, ranked: Sequence[int], length: Length) -> Extract:
    """Take sentences as they are ranked until the length is reached; by words, the last one is cut."""
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
    """Take the first words of a sentence."""
    text, language = document.text_of(index), document.languages[0]
    tokens = list(tokenize(text, document.words.preparation, language))
    if len(tokens) <= n_words:  # read by itself, a sentence may fall into fewer words
        return sentences_of(document, [index])
    beginning = read_document([DocumentText(text[: tokens[n_words - 1].end], language)], document.words)
    return sentences_of(beginning, range(beginning.n_sentences))


def sentences_of(document: Document, indices: Sequence[int]) -> Extract:
    """Take sentences of a document of one text."""
    plain = plain_text(document.texts[0], document.words)
    chosen = [document.sentences[index] for index in indices]
    return Extract(tuple(chosen), tuple(plain[sentence.start : sentence.end] for sentence in chosen))


def plain_text(text: str, settings: TextSettings) -> str:
    """Give a text with its HTML tags blanked where they are passed over."""
    return blank_tags(text) if settings.preparation.strip_html else text
