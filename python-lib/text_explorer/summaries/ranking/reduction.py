"""Rank sentences by Reduction: the sum of their similarities to all others."""

from __future__ import annotations

import numpy as np

from text_explorer.summaries.ranking.term_overlap import TermOverlap
from text_explorer.summaries.sentences.vectors import TermMatrix


def reduction(counts: TermMatrix) -> np.ndarray:
    """Score sentences by the sum of their term overlaps, those of TextRank except between sentences of one term.

    Equal to the ratings of sumy's ReductionSummarizer except for rounding, where no sentence is repeated.
    """
    overlap = TermOverlap(counts, between_single_terms=0.0)
    # The sum of a sentence that overlaps with no other is only rounding error.
    return np.maximum(overlap @ np.ones(counts.shape[0]) - overlap.with_itself(), 0.0)
