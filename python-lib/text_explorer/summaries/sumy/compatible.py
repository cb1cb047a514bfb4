"""Score sentences so that the best are those the package sumy chooses: LexRank, TextRank, Reduction and KL-Sum.

These are sumy's formulas on matrices, with the same words, stop words and stems. As in sumy, sentences with the same
text share one rating. Equal ratings are ordered by position.

Where sentences with different texts have the same rating except for rounding, sumy's choice depends on the order of its
sums. Documents of at most ``EXACT_SENTENCES`` are computed by the same sums as in sumy, to the last bit. In longer ones
the library that multiplies matrices for sumy orders its sums by the number of processors, so that its choice among such
sentences differs between machines; ours is the earlier one.
"""

from __future__ import annotations

import math

import numpy as np

from text_explorer.summaries.ranking import textrank
from text_explorer.summaries.ranking.reduction import reduction
from text_explorer.summaries.ranking.term_overlap import overlap_matrix
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import KL, LEXRANK, REDUCTION, SummarySettings
from text_explorer.summaries.sentences.vectors import (
    TermMatrix,
    dense,
    row_sums,
    scaled_columns,
    scaled_rows,
    sentence_frequencies,
    squared,
)
from text_explorer.summaries.sumy.kl import kl_as_sumy

EXACT_SENTENCES = 95
"""OpenBLAS, which NumPy uses, multiplies matrices of up to 9,216 cells on one processor."""

DENSE_SENTENCES = 2_000
"""Up to here a matrix of sentences by sentences is built (32 MB)."""

LEXRANK_THRESHOLD = 0.1
LEXRANK_TOLERANCE = 0.1
"""As in sumy: sentences above this cosine are linked, and two or three steps of the walk are enough."""

DIGITS = 12
"""Ratings that differ only beyond these digits differ by rounding."""


def sumy_compatible_scores(document: Document, settings: SummarySettings) -> np.ndarray:
    """Score sentences by a method of ``SUMY_COMPATIBLE``, LexRank with at most ``DENSE_SENTENCES`` of them.

    These are sumy's ratings; the best by rating, then position, are the sentences sumy chooses.
    """
    text_ids = _text_ids(document)
    if settings.method == KL:
        return kl_as_sumy(document, settings, text_ids)
    if settings.method == REDUCTION:
        return reduction_as_sumy(document.counts, text_ids)
    score = lexrank_as_sumy if settings.method == LEXRANK else textrank_as_sumy
    scores = score(document.counts)
    last_of_text = np.zeros(text_ids.max() + 1, dtype=np.int64)
    last_of_text[text_ids] = np.arange(len(text_ids))
    return scores[last_of_text[text_ids]]


def lexrank_as_sumy(counts: TermMatrix) -> np.ndarray:
    """Compute the ratings of sumy's LexRankSummarizer: a walk over links of equal weight, without jumps.

    Zeros where no sentence is linked to any, including itself; sumy divides by zero there.
    """
    n_sentences, n_terms = counts.shape
    if n_terms == 0:
        return np.zeros(n_sentences)
    links = (_modified_cosines(counts) > LEXRANK_THRESHOLD).astype(np.float64)
    links /= np.maximum(links.sum(axis=1), 1.0)[:, np.newaxis]

    def step(scores: np.ndarray) -> np.ndarray:
        following = _step(links, scores)
        return following / (np.linalg.norm(following) or 1.0)

    return _rounded(textrank.walk(step, n_sentences, LEXRANK_TOLERANCE))


def _modified_cosines(counts: TermMatrix) -> np.ndarray:
    """Compute cosines with the weights ``count / largest count * log(n / (1 + sentence frequency))`` of terms."""
    largest = dense(counts.max(axis=1)).ravel()
    frequencies = scaled_rows(counts, 1.0 / np.maximum(largest, 1.0))
    n_sentences = counts.shape[0]
    distinct, of_term = np.unique(sentence_frequencies(counts), return_inverse=True)
    idf = np.array([math.log(n_sentences / (1 + frequency)) for frequency in distinct.tolist()])[of_term]
    lengths = np.sqrt(row_sums(squared(scaled_columns(frequencies, idf))))
    products = dense(scaled_columns(frequencies, idf**2) @ frequencies.T)
    norms = lengths[:, np.newaxis] * lengths
    return products / np.where(norms > 0, norms, 1.0)


def textrank_as_sumy(counts: TermMatrix) -> np.ndarray:
    """Compute the ratings of sumy's TextRankSummarizer."""
    n_sentences = counts.shape[0]
    if n_sentences > DENSE_SENTENCES:
        return _rounded(textrank.textrank(counts))
    steps = overlap_matrix(counts, between_single_terms=1.0)
    steps /= (steps.sum(axis=1) + textrank.ZERO_DIVISION_PREVENTION)[:, np.newaxis]
    steps *= textrank.DAMPING
    steps += (1.0 - textrank.DAMPING) / n_sentences
    return _rounded(textrank.walk(lambda scores: _step(steps, scores), n_sentences, textrank.TOLERANCE))


def reduction_as_sumy(counts: TermMatrix, text_ids: np.ndarray) -> np.ndarray:
    """Compute the ratings of sumy's ReductionSummarizer, which adds up those of sentences with the same text.

    `text_ids` are numbers from 0, the same for sentences of the same text.
    """
    if len(text_ids) > DENSE_SENTENCES:
        return _rounded(np.bincount(text_ids, weights=reduction(counts))[text_ids])
    links = np.triu(overlap_matrix(counts, between_single_terms=0.0), k=1)
    # Pair by pair, as sumy does, so that the sums come out the same to the last bit.
    pairs = np.nonzero(links)
    texts_of_pairs = text_ids[np.column_stack(pairs)].ravel()
    return np.bincount(texts_of_pairs, weights=np.repeat(links[pairs], 2), minlength=text_ids.max() + 1)[text_ids]


def _step(steps: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Multiply the transpose of a matrix by scores: as in sumy where all machines agree on the result."""
    return np.dot(steps.T, scores) if len(scores) <= EXACT_SENTENCES else np.einsum("ij,i->j", steps, scores)


def _text_ids(document: Document) -> np.ndarray:
    ids: dict[str, int] = {}
    texts = (document.text_of(index).strip() for index in range(document.n_sentences))
    return np.array([ids.setdefault(text, len(ids)) for text in texts])


def _rounded(scores: np.ndarray) -> np.ndarray:
    """Make ratings of a long document equal where they differ only by rounding."""
    largest = np.abs(scores).max()
    if len(scores) <= EXACT_SENTENCES or largest == 0:
        return scores
    return np.round(scores / largest, DIGITS) * largest
