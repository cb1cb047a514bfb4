"""A document as its sentences, each with its position in the text and its content words.

Sentences and words are found in the original text, so that ``text[start:end]`` is always the sentence. No sentence
starts or ends with an HTML tag, and a tag that starts a block counts as a line break. Headers and quotations of mails,
labels of transcripts, tables and code are left out (see `prose`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Callable, NamedTuple, Optional

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.language.stems import CACHED_WORDS, stemmer
from text_explorer.corpus.words.blank_texts import is_blank
from text_explorer.corpus.words.boilerplate.units import blank_repeated
from text_explorer.corpus.words.markup import blank_tags, read_entities, read_html
from text_explorer.corpus.words.reading import read_escapes, without_markup
from text_explorer.corpus.words.sentence_rules.wrapped_lines import join_wrapped_lines
from text_explorer.corpus.words.sentences import split_sentences
from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.summaries.sentences.prose import prose_spans
from text_explorer.summaries.sentences.settings import TextSettings
from text_explorer.summaries.sentences.vectors import TermMatrix, count_matrix, unit_tfidf

_HTML = re.compile(r"<(?:html|body)\b[^<>]*>|</(?:p|div|td|li|body|html)\s*>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n|[\r\n])[ \t]*(?:>[ \t]*)*")


class Sentence(NamedTuple):
    """A sentence and its position.

    Attributes
    ----------
    source
        Index of its text in ``Document.texts``.
    start, end
        ``texts[source][start:end]`` is the sentence; in Python characters (code points).
    n_words
        Number of its words.
    words
        Its words in lower case.
    terms
        Stems of its content words, in their order.
    """

    source: int
    start: int
    end: int
    n_words: int
    words: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One text, or several that are summarized together.

    Attributes
    ----------
    texts
        The original texts.
    languages
        Their languages.
    sentences
        Their sentences: those of the first text, then those of the second, ...
    words
        How they were split.
    """

    texts: tuple[str, ...]
    languages: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    words: TextSettings

    @property
    def n_sentences(self) -> int:
        """Number of sentences of all texts."""
        return len(self.sentences)

    @property
    def language(self) -> str:
        """Language of most texts, the first by code among equals."""
        return min(self.languages, key=lambda code: (-self.languages.count(code), code))

    def text_of(self, index: int) -> str:
        """Return the text of a sentence."""
        sentence = self.sentences[index]
        return self.texts[sentence.source][sentence.start : sentence.end]

    def shown_text_of(self, index: int) -> str:
        """Return the text of a sentence with its entities read, and spaces instead of its line breaks.

        Marks of quoting after a line break belong to it.
        """
        sentence = self.sentences[index]
        text = self._texts_without_escapes[sentence.source][sentence.start : sentence.end]
        return _LINE_BREAK.sub(" ", read_entities(text)[0] if self.words.preparation.strip_html else text)

    @cached_property
    def _texts_without_escapes(self) -> tuple[str, ...]:
        return tuple(map(read_escapes, self.texts))

    @cached_property
    def counts(self) -> TermMatrix:
        """Matrix of shape (n_sentences, n_terms): count of each term in each sentence."""
        return count_matrix([sentence.terms for sentence in self.sentences])

    @cached_property
    def vectors(self) -> TermMatrix:
        """Matrix of shape (n_sentences, n_terms): TF-IDF vectors of length one, or of zeros without content words."""
        return unit_tfidf(self.counts)

    @cached_property
    def n_distinct_terms(self) -> np.ndarray:
        """int64 array of shape (n_sentences,): number of distinct content words of each sentence."""
        return np.array([len(set(sentence.terms)) for sentence in self.sentences], dtype=np.int64)

    def with_pieces(self, pieces: Mapping[int, Sequence[tuple[int, int]]]) -> Document:
        """Return the document with some of its sentences replaced by pieces of them.

        Parameters
        ----------
        pieces
            Start and end of the pieces of a sentence, in their order, by its index.
        """
        spans: dict[int, list[tuple[int, int]]] = {}
        for index, sentence in enumerate(self.sentences):
            spans.setdefault(sentence.source, []).extend(pieces.get(index, [(sentence.start, sentence.end)]))
        changed = {self.sentences[index].source for index in pieces}
        sentences: list[Sentence] = []
        for source, of_text in groupby(self.sentences, key=attrgetter("source")):
            text, language = self.texts[source], self.languages[source]
            recut = source in changed
            sentences += _sentences_at(spans[source], text, language, source, self.words) if recut else of_text
        return replace(self, sentences=tuple(sentences))

    def part(self, indices: Sequence[int]) -> Document:
        """Return the document of some of the sentences, in the order of the indices."""
        return Document(self.texts, self.languages, tuple(self.sentences[index] for index in indices), self.words)


def read_document(texts: Sequence[DocumentText], settings: TextSettings) -> Document:
    """Split texts into sentences and content words.

    Parameters
    ----------
    texts
        One text with its language, or those of a group.
    settings
        What ends a sentence, and what is ignored.

    Returns
    -------
    Document
        Without sentences where the texts are only HTML tags or blank (see `is_blank`).
    """
    sentences = tuple(
        sentence
        for source, (text, language) in enumerate(texts)
        for sentence in _sentences_of(text or "", language, source, settings)
    )
    return Document(
        tuple(text or "" for text, _ in texts), tuple(language for _, language in texts), sentences, settings
    )


def sentence_spans(text: str, language: str, settings: TextSettings) -> list[tuple[int, int]]:
    """Return the start and end of all sentences of a text, also of those that are no prose."""
    read = blank_tags(_without_html_lines(text))
    positions: Sequence[int] = range(len(text) + 1)
    if settings.preparation.strip_html:
        read, positions = read_entities(read)
        read = blank_tags(read)  # those that were escaped
    if settings.line_breaks_end_sentences:
        read = join_wrapped_lines(read)
    spans = split_sentences(read, language, line_breaks_end_sentences=settings.line_breaks_end_sentences)
    return [(positions[start], positions[end]) for start, end in spans]


def plain_text(text: str, settings: TextSettings) -> str:
    """Return a text of the same length without escapes, with tags blanked and entities read where HTML is ignored."""
    text = read_escapes(text)
    return read_html(text) if settings.preparation.strip_html else text


def _without_html_lines(text: str) -> str:
    """Return the text without escapes, and with spaces in place of line breaks where it is HTML."""
    text = read_escapes(text)
    return text.replace("\r", " ").replace("\n", " ") if _HTML.search(text) else text


def _sentences_of(text: str, language: str, source: int, settings: TextSettings) -> Iterator[Sentence]:
    if is_blank(text, strip_html=settings.preparation.strip_html):
        return
    preparation = settings.preparation
    shown = blank_repeated(text, preparation.repeated_lines, read=without_markup(text, preparation))
    lines = blank_tags(plain_text(_without_html_lines(shown), settings))
    spans = prose_spans(lines, sentence_spans(shown, language, settings))
    yield from _sentences_at(spans, text, language, source, settings)


def _sentences_at(
    spans: Sequence[tuple[int, int]], text: str, language: str, source: int, settings: TextSettings
) -> Iterator[Sentence]:
    term_of = _terms(language, settings)
    words, starts, _ = words_and_spans(text, settings.preparation, language)
    first = 0
    for start, end in spans:
        # A word across two sentences belongs to the first, and one of a line between them to none.
        first = bisect_left(starts, start, first)
        following = bisect_left(starts, end, first)
        own = tuple(words[first:following])
        terms = tuple([term for term in map(term_of, own) if term is not None])
        yield Sentence(source, start, end, len(own), own, terms)
        first = following


class _Terms(dict[str, Optional[str]]):
    """The term of each word, None for one without content: computed once, then looked up as fast as in a dict."""

    def __init__(self, left_out: frozenset[str], stem: Callable[[str], str]):
        super().__init__()
        self._left_out, self._stem = left_out, stem

    def __missing__(self, word: str) -> Optional[str]:
        if len(self) >= CACHED_WORDS:
            self.clear()
        self[word] = None if word in self._left_out else self._stem(word)
        return self[word]


@lru_cache(maxsize=64)
def _terms(language: str, settings: TextSettings) -> Callable[[str], Optional[str]]:
    """Return the function that maps a word to its term, None for one without content."""
    return _Terms(settings.words_without_content(language), stemmer(language)).__getitem__
