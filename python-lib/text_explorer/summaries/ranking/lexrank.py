"""Rank sentences by LexRank: a random walk over a graph whose edges are the cosines of sentences.

With probability ``DAMPING`` the walk moves to a similar sentence, else to any. A sentence's score is the probability of
finding the walk there.

References
----------
G. Erkan and D. R. Radev (2004). LexRank: Graph-based Lexical Centrality as Salience in Text Summarization. JAIR 22,
457-479; continuous LexRank is equation 4.
J. Otterbacher, G. Erkan and D. R. Radev (2005). Using Random Walks for Question-focused Sentence Retrieval. HLT/EMNLP,
915-922; biased LexRank is in section 3.3.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.summaries.sentences.vectors import TermMatrix, dense, row_sums

DAMPING = 0.85
TOLERANCE = 1e-10
"""Sum of absolute changes at which the walk has converged; each step reduces the remaining change by ``DAMPING`` or
more."""

ZERO_DEGREE = 1e-9
"""A sum of cosines below this is rounding error and counts as zero."""

SOLVED_SENTENCES = 200
"""Up to here the stationary distribution is solved for directly, which is faster than iterating."""

QUERY_BIAS = 0.5
"""Probability of a jump to sentences similar to the query: the query weighs as much as the similarity of sentences."""


def lexrank(vectors: TermMatrix, query_cosines: Optional[np.ndarray] = None) -> np.ndarray:
    """Score sentences by continuous LexRank, without edges from a sentence to itself; the scores sum to one.

    With such edges, a sentence similar to no other would keep its part of the walk and get an average score. The matrix
    of cosines is never built for a long document: a step of the walk is a product with the vectors and one with their
    transpose, so time and memory grow with the number of words.

    `vectors` are TF-IDF vectors of length one, of shape (n_sentences, n_terms). With cosines with a query, of shape
    (n_sentences,) and not all zero, the walk jumps, with probability ``QUERY_BIAS``, to sentences in proportion to
    these (biased LexRank) instead of to all equally.
    """
    n_sentences = vectors.shape[0]
    jumps = np.full(n_sentences, 1.0 / n_sentences) if query_cosines is None else query_cosines / query_cosines.sum()
    damping = DAMPING if query_cosines is None else 1.0 - QUERY_BIAS
    with_words = (row_sums(vectors) > 0).astype(np.float64)
    degrees = vectors @ row_sums(vectors.T) - with_words
    # From a sentence similar to no other, the walk continues with a jump.
    linked = degrees > ZERO_DEGREE
    inverse_degrees = np.where(linked, 1.0 / np.where(linked, degrees, 1.0), 0.0)
    if n_sentences <= SOLVED_SENTENCES:
        return _stationary_distribution(vectors, inverse_degrees, jumps, damping)
    scores = jumps
    change = 1.0
    while change > TOLERANCE:
        outgoing = inverse_degrees * scores
        following = damping * (vectors @ (vectors.T @ outgoing) - with_words * outgoing)
        following += (damping * scores[~linked].sum() + 1.0 - damping) * jumps
        change = np.abs(following - scores).sum()
        scores = following
    return scores


def _stationary_distribution(
    vectors: TermMatrix, inverse_degrees: np.ndarray, jumps: np.ndarray, damping: float
) -> np.ndarray:
    """Solve ``scores = damping * steps @ scores + (1 - damping) * jumps``."""
    cosines = dense(vectors @ vectors.T)
    np.fill_diagonal(cosines, 0.0)
    steps = np.where(inverse_degrees > 0, cosines * inverse_degrees, jumps[:, np.newaxis])
    return np.linalg.solve(np.eye(len(jumps)) - damping * steps, (1.0 - damping) * jumps)
