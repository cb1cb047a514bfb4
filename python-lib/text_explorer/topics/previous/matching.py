"""Which topics of a new model are those of the previous one.

Two topics are compared by the probability they share, the sum over terms of the smaller of both probabilities: 1 for
equal topics, 0 for topics without a common term. Topics are matched one to one so that the sum of similarities is
largest (Kuhn 1955, "The Hungarian method for the assignment problem").
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

SAME_TOPIC = 0.3
"""Similarity from which on two topics are the same. Any two of the 20 topics of one model of speeches share 0.24
(GSDMM) or 0.12 (LDA) in the median, so that less is no sign of the same theme."""


def similarities(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the probability that each pair of topics shares.

    Parameters
    ----------
    first : float64 array of shape (n_first, n_terms)
    second : float64 array of shape (n_second, n_terms)
        Distributions over the same terms.

    Returns
    -------
    ndarray of float64, shape (n_first, n_second), from 0 to 1
    """
    found = np.empty((len(first), len(second)))
    for row, topic in enumerate(first):
        # A topic at a time, so that no array of all pairs and terms is held.
        found[row] = np.minimum(second, topic).sum(axis=1)
    return found


def match(similarity: np.ndarray, least: float = SAME_TOPIC) -> np.ndarray:
    """Return for each topic of the first model its match in the second, -1 for none: int64 of shape (n_first,).

    Those of a similarity below `least` are no matches.
    """
    matches = np.full(len(similarity), -1, dtype=np.int64)
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    same = similarity[rows, columns] >= least
    matches[rows[same]] = columns[same]
    return matches


def distributions(counts: np.ndarray) -> np.ndarray:
    """Return the share of each term in the occurrences of each topic; zeros for a topic without any."""
    totals = counts.sum(axis=1, keepdims=True)
    shares: np.ndarray = np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0)
    return shares
