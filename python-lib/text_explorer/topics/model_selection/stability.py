"""Stability of topics when only the seed changes.

Topics of two models are matched one to one so that their lists of top terms agree best in all (Kuhn 1955, "The
Hungarian method for the assignment problem"), and the agreement of a matched pair is the Jaccard index of the two
lists; Greene, O'Callaghan and Cunningham (2014), "How many topics? Stability analysis for topic models", ECML PKDD.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix


def topic_agreement(first_terms: np.ndarray, second_terms: np.ndarray) -> float:
    """Return the mean Jaccard index over the topics of the larger model, 0 to 1; a topic without a partner counts as 0.

    Rows are ids of the top terms of each topic, none twice in a row. The numbers of topics may differ, as those of
    GSDMM do.
    """
    largest = max(len(first_terms), len(second_terms))
    if min(len(first_terms), len(second_terms)) == 0:
        return 0.0
    indices = jaccard_indices(first_terms, second_terms)
    rows, columns = linear_sum_assignment(indices, maximize=True)
    return float(indices[rows, columns].sum() / largest)


def jaccard_indices(first_terms: np.ndarray, second_terms: np.ndarray) -> np.ndarray:
    """Compute the Jaccard index of each pair of lists, float64 array of shape (n_first, n_second)."""
    n_terms = 1 + max(int(terms.max(initial=0)) for terms in (first_terms, second_terms))
    in_both = (_indicators(first_terms, n_terms) @ _indicators(second_terms, n_terms).T).toarray()
    in_either = first_terms.shape[1] + second_terms.shape[1] - in_both
    return in_both / np.maximum(in_either, 1)


def seed_stability(terms_by_seed: Sequence[np.ndarray]) -> np.ndarray:
    """Compute the mean agreement of each model with all others, which differ only in their seed; NaN for a model alone.

    Each model is an int array of shape (n_topics, n_best), ids of the top terms of its topics; see `topic_agreement`.
    """
    n_seeds = len(terms_by_seed)
    agreement = np.zeros((n_seeds, n_seeds))
    for first in range(n_seeds):
        for second in range(first + 1, n_seeds):
            agreement[first, second] = topic_agreement(terms_by_seed[first], terms_by_seed[second])
    if n_seeds < 2:
        return np.full(n_seeds, np.nan)
    return (agreement + agreement.T).sum(axis=1) / (n_seeds - 1)


def _indicators(top_terms: np.ndarray, n_terms: int) -> csr_matrix:
    """Mark the terms of each list: matrix of shape (n_topics, n_terms)."""
    n_topics, n_best = top_terms.shape
    starts = np.arange(0, n_topics * n_best + 1, n_best)
    return csr_matrix((np.ones(n_topics * n_best), top_terms.ravel(), starts), shape=(n_topics, n_terms))
