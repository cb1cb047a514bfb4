"""Rank sentences by their place in a graph whose edges tell how alike two sentences are: LexRank and TextRank.

Both walk at random over the graph: with probability ``DAMPING`` to a sentence like the present one, else to any. A
sentence scores as often as the walk is there.

References
----------
G. Erkan and D. R. Radev (2004). LexRank: Graph-based Lexical Centrality as Salience in Text Summarization. JAIR 22,
457-479; continuous LexRank is equation 4.
R. Mihalcea and P. Tarau (2004). TextRank: Bringing Order into Texts. EMNLP, 404-411; the similarity is in section 4.1.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from text_explorer.summaries.vectors import Rows, row_sums

DAMPING = 0.85
LEXRANK_TOLERANCE = 1e-10
"""Sum of absolute changes at which the walk has settled; each step shrinks what is missing by ``DAMPING`` or more."""

NO_DEGREE = 1e-9
"""A sum of cosines below this is rounding, and stands for none."""

SOLVED_SENTENCES = 200
"""Up to here the equation of the settled walk is solved at once, which takes less time than the steps."""

TEXTRANK_TOLERANCE = 1e-4
ZERO_DIVISION_PREVENTION = 1e-7
"""Both as in sumy, whose TextRank scores ours equal."""


def lexrank(vectors: Rows) -> np.ndarray:
    """Score sentences by continuous LexRank, without links of a sentence to itself.

    With such links a sentence that is like no other would keep its share of the walk and score as the average.

    The matrix of cosines is never formed for a long document: a step of the walk is a product with the vectors and one
    with their transpose, so time and memory grow with the number of words.

    Parameters
    ----------
    vectors
        TF-IDF vectors of length one, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
        Probabilities that sum to one.
    """
    n_sentences = vectors.shape[0]
    with_words = (row_sums(vectors) > 0).astype(np.float64)
    degrees = vectors @ row_sums(vectors.T) - with_words
    # From a sentence that is like no other, the walk goes anywhere.
    linked = degrees > NO_DEGREE
    shares = np.where(linked, 1.0 / np.where(linked, degrees, 1.0), 0.0)
    if n_sentences <= SOLVED_SENTENCES:
        return _settled_walk(vectors, shares, linked)
    scores = np.full(n_sentences, 1.0 / n_sentences)
    change = 1.0
    while change > LEXRANK_TOLERANCE:
        outgoing = shares * scores
        following = DAMPING * (vectors @ (vectors.T @ outgoing) - with_words * outgoing)
        following += (DAMPING * scores[~linked].sum() + 1.0 - DAMPING) / n_sentences
        change = np.abs(following - scores).sum()
        scores = following
    return scores


def _settled_walk(vectors: Rows, shares: np.ndarray, linked: np.ndarray) -> np.ndarray:
    """Solve ``scores = DAMPING * steps @ scores + (1 - DAMPING) / n_sentences``."""
    n_sentences = len(shares)
    cosines = vectors @ vectors.T
    cosines = cosines.toarray() if sparse.issparse(cosines) else cosines
    np.fill_diagonal(cosines, 0.0)
    steps = np.where(linked, cosines * shares, 1.0 / n_sentences)
    return np.linalg.solve(np.eye(n_sentences) - DAMPING * steps, np.full(n_sentences, (1.0 - DAMPING) / n_sentences))


def textrank(counts: Rows) -> np.ndarray:
    """Score sentences by TextRank, equal to the ratings of sumy's TextRankSummarizer up to rounding.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
    """
    n_sentences = counts.shape[0]
    weights = _shared_terms(counts)
    shares = DAMPING / (row_sums(weights) + ZERO_DIVISION_PREVENTION)
    scores = np.full(n_sentences, 1.0 / n_sentences)
    change = 1.0
    while change > TEXTRANK_TOLERANCE:
        # The weights are symmetric, so that rows serve as columns.
        following = weights @ (shares * scores) + (1.0 - DAMPING) / n_sentences * scores.sum()
        change = np.linalg.norm(following - scores)
        scores = following
    return scores


def _shared_terms(counts: Rows) -> Rows:
    """Count the terms two sentences share, over the sum of the logarithms of their lengths."""
    log_lengths = np.log(np.maximum(row_sums(counts), 1.0))
    if not sparse.issparse(counts):
        norms = log_lengths[:, np.newaxis] + log_lengths
        return (counts @ counts.T) / np.where(norms > 0, norms, 1.0)
    shared = (counts @ counts.T).tocoo()
    norms = log_lengths[shared.row] + log_lengths[shared.col]
    shared.data /= np.where(norms > 0, norms, 1.0)
    return shared.tocsr()
