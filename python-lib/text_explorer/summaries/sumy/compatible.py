"""Score sentences so that the best are those the package sumy chooses: LexRank, TextRank, Reduction and KL-Sum.

These are sumy's formulas on matrices, on the same words, stop words and stems. sumy keeps its ratings by the text of a
sentence, so that sentences that read alike share one; so they do here. Equal ratings go by place.

Where sentences of different texts have the same rating but for rounding, sumy's choice hangs on the order of its sums.
Documents of at most ``EXACT_SENTENCES`` are computed by the very sums of sumy, to the last bit. In longer ones the
library that multiplies matrices for sumy orders its sums by the number of processors, so that its choice among such
sentences differs between machines; ours is the earlier one.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import sparse

from text_explorer.summaries.ranking import graph
from text_explorer.summaries.ranking.graph import DAMPING, TEXTRANK_TOLERANCE, ZERO_DIVISION_PREVENTION
from text_explorer.summaries.ranking.term_overlap import overlap_matrix
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import KL, LEXRANK, REDUCTION, SummarySettings
from text_explorer.summaries.sentences.vectors import (
    Rows,
    row_sums,
    scaled_columns,
    scaled_rows,
    sentences_holding,
    squared,
)
from text_explorer.summaries.sumy.compatible_kl import kl_as_sumy

EXACT_SENTENCES = 95
"""OpenBLAS, which NumPy comes with, multiplies matrices of up to 9,216 cells on one processor."""

DENSE_SENTENCES = 2_000
"""Up to here a matrix of sentences by sentences is formed (32 MB)."""

LEXRANK_THRESHOLD = 0.1
LEXRANK_TOLERANCE = 0.1
"""As in sumy: sentences are linked above this cosine, and two or three steps of the walk are enough."""

DIGITS = 12
"""Ratings that differ only beyond these digits differ by rounding."""


def sumy_compatible_scores(document: Document, settings: SummarySettings) -> np.ndarray:
    """Score sentences by a method of ``SUMY_COMPATIBLE``.

    Parameters
    ----------
    document
        At least one sentence; at most ``DENSE_SENTENCES`` for ``lexrank``.
    settings
        Method, and the budget, at which ``kl`` stops.

    Returns
    -------
    ndarray of shape (n_sentences,)
        sumy's ratings; the best by rating, then place, are the sentences sumy chooses.
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


def lexrank_as_sumy(counts: Rows) -> np.ndarray:
    """Give the ratings of sumy's LexRankSummarizer: a walk over links of equal weight, without jumps.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
        Zeros where no sentence is linked to any, itself included; sumy divides by zero there.
    """
    n_sentences, n_terms = counts.shape
    if n_terms == 0:
        return np.zeros(n_sentences)
    links = (_modified_cosines(counts) > LEXRANK_THRESHOLD).astype(np.float64)
    links /= np.maximum(links.sum(axis=1), 1.0)[:, np.newaxis]
    scores, change = np.full(n_sentences, 1.0 / n_sentences), 1.0
    while change > LEXRANK_TOLERANCE:
        following = _step(links, scores)
        length = np.linalg.norm(following)
        if length == 0:
            return np.zeros(n_sentences)
        following /= length
        change = np.linalg.norm(following - scores)
        scores = following
    return _rounded(scores)


def _modified_cosines(counts: Rows) -> np.ndarray:
    """Give the cosines of sentences whose terms weigh ``count / largest count * log(n / (1 + n holding it))``."""
    largest = counts.max(axis=1)
    largest = largest.toarray().ravel() if sparse.issparse(largest) else largest
    frequencies = scaled_rows(counts, 1.0 / np.maximum(largest, 1.0))
    n_sentences = counts.shape[0]
    holding, of_term = np.unique(sentences_holding(counts), return_inverse=True)
    rarities = np.array([math.log(n_sentences / (1 + n_holding)) for n_holding in holding.tolist()])[of_term]
    lengths = np.sqrt(row_sums(squared(scaled_columns(frequencies, rarities))))
    products = scaled_columns(frequencies, rarities**2) @ frequencies.T
    products = products.toarray() if sparse.issparse(products) else products
    norms = lengths[:, np.newaxis] * lengths
    return products / np.where(norms > 0, norms, 1.0)


def textrank_as_sumy(counts: Rows) -> np.ndarray:
    """Give the ratings of sumy's TextRankSummarizer.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
    """
    n_sentences = counts.shape[0]
    if n_sentences > DENSE_SENTENCES:
        return _rounded(graph.textrank(counts))
    steps = overlap_matrix(counts, between_single_terms=1.0)
    steps /= (steps.sum(axis=1) + ZERO_DIVISION_PREVENTION)[:, np.newaxis]
    steps *= DAMPING
    steps += (1.0 - DAMPING) / n_sentences
    scores, change = np.full(n_sentences, 1.0 / n_sentences), 1.0
    while change > TEXTRANK_TOLERANCE:
        following = _step(steps, scores)
        change = np.linalg.norm(following - scores)
        scores = following
    return _rounded(scores)


def reduction_as_sumy(counts: Rows, text_ids: np.ndarray) -> np.ndarray:
    """Give the ratings of sumy's ReductionSummarizer, which adds up those of sentences that read alike.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).
    text_ids
        Array of shape (n_sentences,): the same number for sentences of the same text, from 0.

    Returns
    -------
    ndarray of shape (n_sentences,)
    """
    if len(text_ids) > DENSE_SENTENCES:
        return _rounded(np.bincount(text_ids, weights=graph.reduction(counts))[text_ids])
    links = np.triu(overlap_matrix(counts, between_single_terms=0.0), k=1)
    # Pair by pair, as sumy does, so that the sums come out the same to the last bit.
    pairs = np.nonzero(links)
    texts_of_pairs = text_ids[np.column_stack(pairs)].ravel()
    return np.bincount(texts_of_pairs, weights=np.repeat(links[pairs], 2), minlength=text_ids.max() + 1)[text_ids]


def _step(steps: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Multiply the transpose of a matrix by scores: in sumy's way where that is one way on all machines."""
    return np.dot(steps.T, scores) if len(scores) <= EXACT_SENTENCES else np.einsum("ij,i->j", steps, scores)


def _text_ids(document: Document) -> np.ndarray:
    ids: dict[str, int] = {}
    texts = (document.text_of(index).strip() for index in range(document.n_sentences))
    return np.array([ids.setdefault(text, len(ids)) for text in texts])


def _rounded(scores: np.ndarray) -> np.ndarray:
    """Make ratings of a long document the same that differ by rounding alone."""
    largest = np.abs(scores).max()
    if len(scores) <= EXACT_SENTENCES or largest == 0:
        return scores
    return np.round(scores / largest, DIGITS) * largest
