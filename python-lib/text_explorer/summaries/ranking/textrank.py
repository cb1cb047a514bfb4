"""Rank sentences by TextRank: a random walk over a graph whose edges are the terms two sentences have in common.

References
----------
R. Mihalcea and P. Tarau (2004). TextRank: Bringing Order into Texts. EMNLP, 404-411; the similarity is in section 4.1.
"""

from __future__ import annotations

from typing import Callable

import numpy as np

from text_explorer.summaries.ranking.term_overlap import TermOverlap
from text_explorer.summaries.sentences.vectors import TermMatrix

DAMPING = 0.85
TOLERANCE = 1e-4
ZERO_DIVISION_PREVENTION = 1e-7
"""All three as in sumy, so that the scores are the same."""


def textrank(counts: TermMatrix) -> np.ndarray:
    """Score sentences by TextRank, equal to the ratings of sumy's TextRankSummarizer except for rounding."""
    n_sentences = counts.shape[0]
    overlap = TermOverlap(counts, between_single_terms=1.0)
    damped_inverse_degrees = DAMPING / (overlap @ np.ones(n_sentences) + ZERO_DIVISION_PREVENTION)

    def step(scores: np.ndarray) -> np.ndarray:
        # The overlap is symmetric, so rows serve as columns.
        following: np.ndarray = overlap @ (damped_inverse_degrees * scores)
        return following + (1.0 - DAMPING) / n_sentences * scores.sum()

    return walk(step, n_sentences, TOLERANCE)


def walk(step: Callable[[np.ndarray], np.ndarray], n_sentences: int, tolerance: float) -> np.ndarray:
    """Repeat a step, from equal scores on, until their change, as a Euclidean length, is within the tolerance."""
    scores, change = np.full(n_sentences, 1.0 / n_sentences), 1.0
    while change > tolerance:
        following = step(scores)
        change = float(np.linalg.norm(following - scores))
        scores = following
    return scores
