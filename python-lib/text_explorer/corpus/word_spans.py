"""Spans of the words in a text that a model counts, to highlight them.

The words are the same as in `bags_and_word_counts`, including phrases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.phrases import Pairs, TermStream, merge_phrases
from text_explorer.corpus.terms import known_terms
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.words._token_kernels import find_tokens, follow_breaks
from text_explorer.corpus.words.boilerplate.units import blank_repeated
from text_explorer.corpus.words.character_classes import characters, roles_of_characters
from text_explorer.corpus.words.markup import blank_markup
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.segmentation import piece_starts


class WordSpans(NamedTuple):
    """The words of a text that could be terms, in reading order; a phrase is one word."""

    starts: np.ndarray  # int64 of shape (n_words,): positions in Python characters (code points)
    ends: np.ndarray  # excluded
    term_ids: np.ndarray  # int64 of shape (n_words,): ids in the vocabulary, -1 for an unknown word


def word_spans(document: DocumentText, vocabulary: Vocabulary, preparation: Preparation) -> WordSpans:
    """Return the spans of the words of a text, by the preparation the vocabulary was built with."""
    stream, starts, ends = _terms_and_spans(document, vocabulary, preparation)
    is_term = stream.terms >= 0
    starts, ends = starts[is_term], ends[is_term]
    if vocabulary.phrases:
        stream = merge_phrases(stream, vocabulary.phrases)
        n_words = _words_per_term(stream.names, vocabulary.phrases)[stream.terms]
        terms = stream.terms
        last = np.cumsum(n_words) - 1
        starts, ends = starts[last - n_words + 1], ends[last]
    else:
        terms = stream.terms[is_term]
    counted = ~stream.only_in_phrases[terms]
    ids = np.array([vocabulary.ids.get(name, -1) for name in stream.names], dtype=np.int64)
    return WordSpans(starts[counted], ends[counted], ids[terms[counted]])


def _terms_and_spans(
    document: DocumentText, vocabulary: Vocabulary, preparation: Preparation
) -> tuple[TermStream, np.ndarray, np.ndarray]:
    """Return all words of a text as terms, -1 for a word that is not a term, with their starts and ends."""
    text = blank_repeated(blank_markup(document.text or "", preparation), preparation.repeated_lines)
    chars, roles = characters(text), roles_of_characters(emoji=not preparation.strip_emoji)
    starts, ends = find_tokens(chars, roles, piece_starts(text, document.language))
    surfaces = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist())]
    distinct = list(dict.fromkeys(surfaces))
    languages = [document.language] * len(distinct)
    found = known_terms(distinct, languages, vocabulary.names_of_stems, preparation)
    numbers = {surface: number for number, surface in enumerate(distinct)}
    words = np.array([numbers[surface] for surface in surfaces], dtype=np.int64)
    terms = found.word_terms[words]
    breaks = follow_breaks(chars, roles, starts, ends)
    offsets = np.array([0, len(terms)], dtype=np.int64)
    stream = TermStream(terms, offsets, breaks, found.names, found.only_in_phrases)
    return stream, starts.astype(np.int64), ends.astype(np.int64)


def _words_per_term(names: Sequence[str], passes: Sequence[Pairs]) -> np.ndarray:
    """Return the number of words in each term: int64 array of shape (n_terms,)."""
    parts: dict[str, int] = {}
    for pairs in passes:
        for first, second in pairs:
            parts[f"{first} {second}"] = parts.get(first, 1) + parts.get(second, 1)
    return np.array([parts.get(name, 1) for name in names], dtype=np.int64)
