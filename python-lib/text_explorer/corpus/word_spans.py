"""Where the words of a text stand that a model counts, so that a reader sees each in its place.

The words are the same as those of `bags_and_word_counts`, phrases included; only here their places are kept.
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
from text_explorer.corpus.words.character_classes import characters, roles_of_characters
from text_explorer.corpus.words.markup import blank_markup
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.segmentation import piece_starts


class WordPlaces(NamedTuple):
    """The words of a text that could be terms, in reading order; a phrase is one word.

    Attributes
    ----------
    starts, ends
        int64 arrays of shape (n_words,): places in Python characters (code points), the end excluded.
    term_ids
        int64 array of shape (n_words,): ids in the vocabulary, -1 where it lacks the word.
    """

    starts: np.ndarray
    ends: np.ndarray
    term_ids: np.ndarray


def word_places(document: DocumentText, vocabulary: Vocabulary, preparation: Preparation) -> WordPlaces:
    """Find the words of a text.

    Parameters
    ----------
    document
        A text with its language.
    vocabulary
        Terms of a corpus.
    preparation
        That of the corpus.
    """
    stream, starts, ends = _placed_terms(document, vocabulary, preparation)
    placed = stream.terms >= 0
    starts, ends = starts[placed], ends[placed]
    if vocabulary.phrases:
        stream = merge_phrases(stream, vocabulary.phrases)
        n_parts = _parts_of(stream.names, vocabulary.phrases)[stream.terms]
        terms = stream.terms
        last = np.cumsum(n_parts) - 1
        starts, ends = starts[last - n_parts + 1], ends[last]
    else:
        terms = stream.terms[placed]
    counted = ~stream.only_in_phrases[terms]
    ids = np.array([vocabulary.ids.get(name, -1) for name in stream.names], dtype=np.int64)
    return WordPlaces(starts[counted], ends[counted], ids[terms[counted]])


def _placed_terms(
    document: DocumentText, vocabulary: Vocabulary, preparation: Preparation
) -> tuple[TermStream, np.ndarray, np.ndarray]:
    """Give all words of a text as terms, -1 where a word is none, and where each starts and ends."""
    text = blank_markup(document.text or "", preparation)
    chars, roles = characters(text), roles_of_characters(emoji=not preparation.strip_emoji)
    starts, ends = find_tokens(chars, roles, piece_starts(text, document.language))
    surfaces = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist())]
    different = list(dict.fromkeys(surfaces))
    languages = [document.language] * len(different)
    found = known_terms(different, languages, vocabulary.names_of_stems, preparation)
    numbers = {surface: number for number, surface in enumerate(different)}
    words = np.array([numbers[surface] for surface in surfaces], dtype=np.int64)
    terms = found.word_terms[words]
    breaks = follow_breaks(chars, roles, starts, ends)
    offsets = np.array([0, len(terms)], dtype=np.int64)
    stream = TermStream(terms, offsets, breaks, found.names, found.only_in_phrases)
    return stream, starts.astype(np.int64), ends.astype(np.int64)


def _parts_of(names: Sequence[str], passes: Sequence[Pairs]) -> np.ndarray:
    """Tell of how many words each term was merged: int64 array of shape (n_terms,)."""
    parts: dict[str, int] = {}
    for pairs in passes:
        for first, second in pairs:
            parts[f"{first} {second}"] = parts.get(first, 1) + parts.get(second, 1)
    return np.array([parts.get(name, 1) for name in names], dtype=np.int64)
