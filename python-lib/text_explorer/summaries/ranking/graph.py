"""Rank sentences by their place in a graph whose links tell how alike two: LexRank, TextRank and Reduction.

LexRank and TextRank walk at random over the graph: with probability ``DAMPING`` to a sentence like the present one,
else to any. A sentence scores as often as the walk is there. Reduction sums the links of a sentence.

References
----------
G. Erkan and D. R. Radev (2004). LexRank: Graph-based Lexical Centrality as Salience in Text Summarization. JAIR 22,
457-479; continuous LexRank is equation 4.
R. Mihalcea and P. Tarau (2004). TextRank: Bringing Order into Texts. EMNLP, 404-411; the similarity is in section 4.1.
J. Otterbacher, G. Erkan and D. R. Radev (2005). Using Random Walks for Question-focused Sentence Retrieval. HLT/EMNLP,
915-922; biased LexRank is in section 3.3.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
from scipy import sparse

from text_explorer.summaries.ranking.term_overlap import TermOverlap
from text_explorer.summaries.sentences.vectors import Rows, row_sums

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

QUERY_BIAS = 0.5
"""Chance of a jump to the sentences near a query: as much weight for being asked for as for being like others."""


def lexrank(vectors: Rows, asked_for: Optional[np.ndarray] = None) -> np.ndarray:
    """Score sentences by continuous LexRank, without links of a sentence to itself.

    With such links a sentence that is like no other would keep its share of the walk and score as the average.

    The matrix of cosines is never formed for a long document: a step of the walk is a product with the vectors and one
    with their transpose, so time and memory grow with the number of words.

    Parameters
    ----------
    vectors
        TF-IDF vectors of length one, of shape (n_sentences, n_terms).
    asked_for
        Array of shape (n_sentences,), not all zero: cosines with a query. The walk then jumps, with probability
        ``QUERY_BIAS``, to sentences in proportion to these (biased LexRank) and not to all alike.

    Returns
    -------
    ndarray of shape (n_sentences,)
        Probabilities that sum to one.
    """
    n_sentences = vectors.shape[0]
    goals = np.full(n_sentences, 1.0 / n_sentences) if asked_for is None else asked_for / asked_for.sum()
    damping = DAMPING if asked_for is None else 1.0 - QUERY_BIAS
    with_words = (row_sums(vectors) > 0).astype(np.float64)
    degrees = vectors @ row_sums(vectors.T) - with_words
    # From a sentence that is like no other, the walk goes on by a jump.
    linked = degrees > NO_DEGREE
    shares = np.where(linked, 1.0 / np.where(linked, degrees, 1.0), 0.0)
    if n_sentences <= SOLVED_SENTENCES:
        return _settled_walk(vectors, shares, goals, damping)
    scores = goals
    change = 1.0
    while change > LEXRANK_TOLERANCE:
        outgoing = shares * scores
        following = damping * (vectors @ (vectors.T @ outgoing) - with_words * outgoing)
        following += (damping * scores[~linked].sum() + 1.0 - damping) * goals
        change = np.abs(following - scores).sum()
        scores = following
    return scores


def _settled_walk(vectors: Rows, shares: np.ndarray, goals: np.ndarray, damping: float) -> np.ndarray:
    """Solve ``scores = damping * steps @ scores + (1 - damping) * goals``."""
    cosines = vectors @ vectors.T
    cosines = cosines.toarray() if sparse.issparse(cosines) else cosines
    np.fill_diagonal(cosines, 0.0)
    steps = np.where(shares > 0, cosines * shares, goals[:, np.newaxis])
    return np.linalg.solve(np.eye(len(shares)) - damping * steps, (1.0 - damping) * goals)


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
    links = TermOverlap(counts, between_single_terms=1.0)
    shares = DAMPING / (links @ np.ones(n_sentences) + ZERO_DIVISION_PREVENTION)
    scores = np.full(n_sentences, 1.0 / n_sentences)
    change = 1.0
    while change > TEXTRANK_TOLERANCE:
        # The links are symmetric, so that rows serve as columns.
        following = links @ (shares * scores) + (1.0 - DAMPING) / n_sentences * scores.sum()
        change = np.linalg.norm(following - scores)
        scores = following
    return scores


def reduction(counts: Rows) -> np.ndarray:
    """Score sentences by the sum of their links to all others, those of TextRank but for sentences of one term.

    Equal to the ratings of sumy's ReductionSummarizer up to rounding, where no sentence stands twice.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
        Zero or more.
    """
    links = TermOverlap(counts, between_single_terms=0.0)
    # A sentence linked to none but itself has a sum of rounding alone.
    return np.maximum(links @ np.ones(counts.shape[0]) - links.with_itself(), 0.0)
