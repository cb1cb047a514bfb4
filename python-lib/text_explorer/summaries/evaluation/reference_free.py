"""Measure a summary by its text, without references: length, coverage, redundancy, novelty.

References
----------
M. Grusky, M. Naaman and Y. Artzi (2018). Newsroom: A Dataset of 1.3 Million Summaries with Diverse Extractive
Strategies. NAACL, 708-719; fragments are in figure 3, coverage and density in equations 1 and 2.
A. See, P. J. Liu and C. D. Manning (2017). Get To The Point: Summarization with Pointer-Generator Networks. ACL,
1073-1083; novel n-grams are in section 6.2.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation._fragment_kernels import copied_fragments
from text_explorer.summaries.evaluation.rouge import MAX_WORDS
from text_explorer.summaries.evaluation.systems import Extract
from text_explorer.summaries.sentences.document import Document, Sentence

MAX_COMPARED = 500
"""Sentences of a summary compared in pairs, whose number grows with the square."""

DECIMALS = 12
"""Cosines that differ only beyond these differ by rounding, which depends on the machine."""


@dataclass(frozen=True)
class TextProfile:
    """The statistics of a text that its summaries are measured by.

    A content word has the `idf` 1 + log(sentences / sentences that contain it) and the weight count times `idf`.
    `words` are the `ids` of the words of the text, int32 of shape (n_words,); `positions` and `starts` serve
    `copied_fragments`; `pairs` are the ids of adjacent words.
    """

    n_words: int
    n_sentences: int
    idf: dict[str, float]
    weights: dict[str, float]
    ids: dict[str, int]
    words: np.ndarray
    positions: np.ndarray
    starts: np.ndarray
    pairs: frozenset[tuple[int, int]]


def profile_text(document: Document) -> TextProfile:
    """Compute the statistics of a text once for all its summaries."""
    n_sentences = document.n_sentences
    counts = Counter(chain.from_iterable(sentence.terms for sentence in document.sentences))
    holding = Counter(chain.from_iterable(set(sentence.terms) for sentence in document.sentences))
    idf = {term: 1.0 + math.log(n_sentences / holding[term]) for term in counts}
    ids: dict[str, int] = {}
    words = [ids.setdefault(word, len(ids)) for sentence in document.sentences for word in sentence.words]
    encoded = np.array(words, dtype=np.int32)
    return TextProfile(
        n_words=len(words),
        n_sentences=n_sentences,
        idf=idf,
        weights={term: count * idf[term] for term, count in counts.items()},
        ids=ids,
        words=encoded,
        positions=np.argsort(encoded, kind="stable"),
        starts=np.concatenate(([0], np.cumsum(np.bincount(encoded, minlength=len(ids))))).astype(np.int64),
        pairs=frozenset(zip(words, words[1:])),
    )


def measure_by_text(summary: Extract, text: TextProfile) -> dict[str, float]:
    """Compute the value of each of ``columns.TEXT_MEASURES`` by a text with sentences; NaN where it is undefined."""
    covered = {term for sentence in summary.sentences for term in sentence.terms} & text.weights.keys()
    mean, largest = _redundancy(summary.sentences[:MAX_COMPARED], text)
    coverage, density = _fragments(summary, text)
    return {
        columns.COMPRESSION_WORDS: _ratio(summary.n_words, text.n_words),
        columns.COMPRESSION_SENTENCES: _ratio(len(summary.sentences), text.n_sentences),
        columns.TERM_COVERAGE: _ratio(len(covered), len(text.weights)),
        # fsum, since the order of a set of words depends on their hashes.
        columns.TFIDF_COVERAGE: _ratio(
            math.fsum(text.weights[term] for term in covered), math.fsum(text.weights.values())
        ),
        columns.REDUNDANCY_MEAN: mean,
        columns.REDUNDANCY_MAX: largest,
        columns.NOVELTY_1: _fraction_of_true(word not in text.ids for word in _words(summary)),
        columns.NOVELTY_2: _fraction_of_true(pair not in text.pairs for pair in _pairs(summary, text)),
        columns.FRAGMENT_COVERAGE: coverage,
        columns.FRAGMENT_DENSITY: density,
    }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _fraction_of_true(answers: Iterator[bool]) -> float:
    found = list(answers)
    return _ratio(sum(found), len(found))


def _words(summary: Extract) -> Iterator[str]:
    return chain.from_iterable(sentence.words for sentence in summary.sentences)


def _pairs(summary: Extract, text: TextProfile) -> Iterator[tuple[int, int]]:
    """Yield the pairs of adjacent words inside each sentence, as ids; -1 is a word the text does not have."""
    for sentence in summary.sentences:
        ids = [text.ids.get(word, -1) for word in sentence.words]
        yield from zip(ids, ids[1:])


def _redundancy(sentences: Sequence[Sentence], text: TextProfile) -> tuple[float, float]:
    """Return the mean and the largest cosine of two sentences, by their TF-IDF in the text."""
    vectors = [_unit_vector(sentence, text) for sentence in sentences if sentence.terms]
    cosines = [
        math.fsum(weight * other[term] for term, weight in one.items() if term in other)
        for number, one in enumerate(vectors)
        for other in vectors[:number]
    ]
    if not cosines:
        return math.nan, math.nan
    largest = min(round(max(cosines), DECIMALS), 1.0)
    return min(round(math.fsum(cosines) / len(cosines), DECIMALS), largest), largest


def _unit_vector(sentence: Sentence, text: TextProfile) -> dict[str, float]:
    # A word the text does not have is as rare as one in a single sentence of it.
    rarest = 1.0 + math.log(text.n_sentences)
    weights = {term: count * text.idf.get(term, rarest) for term, count in Counter(sentence.terms).items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()}


def _fragments(summary: Extract, text: TextProfile) -> tuple[float, float]:
    # Words the text does not have get the next id, which has no positions.
    new = len(text.ids)
    words = np.array([text.ids.get(word, new) for word in islice(_words(summary), MAX_WORDS)], dtype=np.int32)
    starts = np.append(text.starts, text.starts[-1])
    covered, squares = copied_fragments(words, text.words, text.positions, starts)
    return _ratio(covered, len(words)), _ratio(squares, len(words))
