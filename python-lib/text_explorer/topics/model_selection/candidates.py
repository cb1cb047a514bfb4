"""Candidate numbers of topics, each with its measures combined in one score.

Coherence (NPMI and C_v), stability and diversity have equal weight. None of them suffices alone: NPMI and C_v agree
roughly with human judgement, and at times not with each other; stability and diversity both tend to fall as the
number of topics grows. The sum of coherence and diversity follows Dieng, Ruiz and Blei (2020), who multiply them;
NPMI may be negative, so we add. Perplexity takes no part: models that predict words better may have topics that people
understand less (Chang et al. 2009, "Reading tea leaves").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from text_explorer.topics.model_selection import columns

PLAIN_DIFFERENCES = {
    columns.COHERENCE_NPMI: 0.05,
    columns.COHERENCE_CV: 0.05,
    columns.STABILITY: 0.1,
    columns.DIVERSITY: 0.1,
}
"""Measures of the score, each with a difference that a reader of the topics would hardly see: smaller ones are not
scaled to the whole range of the score. One seed more or less moves NPMI and C_v of a corpus by .01 to .03; one term
of ten more in common moves a Jaccard index by about .1."""

N_NUMBERS, SMALLEST_NUMBER, LARGEST_NUMBER = 6, 3, 200
DOCUMENTS_PER_TOPIC, LEAST_LARGEST = 20, 10
"""Numbers compared by default: the largest has this number of documents a topic on average, but is not below 10."""

DIGITS = 6
"""Scores that differ only in the last bits of a sum are equal."""


@dataclass(frozen=True)
class Candidate:
    """A number of topics of an engine."""

    engine: str
    n_topics: int
    means: dict[str, float]  # mean of each measure over seeds, NaN where no seed has it; further columns of figures too
    score: float  # mean score over seeds, 0 to 1: 1 where no other number is better in any measure
    standard_error: float  # of the score; NaN for one seed
    n_seeds: int


def numbers_for(n_documents: int) -> tuple[int, ...]:
    """Return the numbers of topics to compare for a corpus by default, ascending, each about as many times the last."""
    by_size = min(max(n_documents // DOCUMENTS_PER_TOPIC, LEAST_LARGEST), LARGEST_NUMBER)
    largest = max(min(by_size, n_documents), 2)
    numbers = np.geomspace(min(SMALLEST_NUMBER, largest), largest, N_NUMBERS)
    return tuple(sorted(set(np.rint(numbers).astype(int).tolist())))


def score_candidates(comparison: pd.DataFrame) -> tuple[list[Candidate], list[str]]:
    """Score each number of topics in the rows of the ``comparison`` dataset, by rising number.

    Numbers without any model are left out. The second result are the measures in the score: those that every number
    has.
    """
    fitted = comparison[comparison[columns.STATUS] == columns.STATUS_OK]
    groups = list(fitted.groupby([columns.N_TOPICS, columns.ENGINE], sort=True))
    figures = [*PLAIN_DIFFERENCES, columns.PERPLEXITY, columns.N_TOPICS_ALIVE]
    means = [{name: _mean(rows[name]) for name in figures} for _, rows in groups]
    measures = [name for name in PLAIN_DIFFERENCES if not any(math.isnan(own[name]) for own in means)]
    scores = [_scores(rows, means, measures) for _, rows in groups]
    spread = _pooled_deviation(scores)
    candidates = [
        Candidate(
            engine, int(n_topics), own, round(float(score.mean()), DIGITS), spread / math.sqrt(len(score)), len(score)
        )
        for ((n_topics, engine), _), own, score in zip(groups, means, scores)
    ]
    return candidates, measures


def _scores(rows: pd.DataFrame, means: Sequence[dict[str, float]], measures: Sequence[str]) -> np.ndarray:
    """Score each model of one number: the position of each measure between the best mean and the worst, averaged."""
    parts = []
    for name in measures:
        best, worst = max(own[name] for own in means), min(own[name] for own in means)
        values = rows[name].to_numpy(dtype=np.float64, na_value=np.nan)
        values = np.where(np.isnan(values), np.nanmean(values), values)
        parts.append(1 - (best - values) / max(best - worst, PLAIN_DIFFERENCES[name]))
    return np.mean(parts, axis=0) if parts else np.ones(len(rows))


def _pooled_deviation(scores: Sequence[np.ndarray]) -> float:
    """Return the standard deviation of the score between seeds, assumed to be the same for all numbers.

    Two or three seeds are too few to estimate the spread of one number.
    """
    degrees = sum(len(own) - 1 for own in scores)
    if degrees == 0:
        return math.nan
    return math.sqrt(sum(float(((own - own.mean()) ** 2).sum()) for own in scores) / degrees)


def _mean(values: pd.Series) -> float:
    known = values.dropna()
    return float(known.astype(np.float64).mean()) if len(known) else math.nan
