"""How far topics are from one another: the square root of the Jensen-Shannon divergence of their terms.

It is a metric (so maps and trees may be built on it), in bits between 0 for topics alike and 1 for topics that share no
term.

References
----------
Jianhua Lin (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information Theory 37 (1).
Dominik Endres and Johannes Schindelin (2003). A new metric for probability distributions. IEEE Transactions on
Information Theory 49 (7).
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.corpus.parallel import available_workers, map_in_order

MOST_LOGARITHMS = 4_000_000_000
"""Some 20 seconds of one processor. 300 topics of 90,000 terms stay below; of larger models the least telling terms
are counted as one."""

NUMBERS_AT_ONCE = 500_000
"""Numbers each thread holds beside the distributions themselves."""

_LEAST_PROBABILITY = 1e-300
"""Stands for zero within a logarithm; 0 log 0 is 0."""


def topic_distances(topic_term_distr: np.ndarray, *, n_workers: Optional[int] = None) -> np.ndarray:
    """Give the distance of each two topics.

    Parameters
    ----------
    topic_term_distr
        float64 array of shape (n_topics, n_terms); rows sum to one.
    n_workers
        Number of threads, which does not show in the result; by default one for each processor, within reason.

    Returns
    -------
    numpy.ndarray
        float64 array of shape (n_topics, n_topics), symmetric, from 0 to 1, zeros on the diagonal.
    """
    n_topics = len(topic_term_distr)
    n_pairs = max(n_topics * (n_topics - 1) // 2, 1)
    distr = pool_terms(topic_term_distr, max(MOST_LOGARITHMS // n_pairs, 1))
    entropies = _entropies(distr)
    distances = np.zeros((n_topics, n_topics))
    n_rows = max(NUMBERS_AT_ONCE // max(distr.shape[1], 1), 1)

    def fill(topic: int) -> None:
        for first in range(topic + 1, n_topics, n_rows):
            others = slice(first, min(first + n_rows, n_topics))
            divergence = _entropies((distr[topic] + distr[others]) / 2) - (entropies[topic] + entropies[others]) / 2
            distances[topic, others] = np.sqrt(np.clip(divergence, 0, 1))

    for _ in map_in_order(fill, range(n_topics), n_workers or available_workers()):
        pass
    return distances + distances.T


def pool_terms(topic_term_distr: np.ndarray, n_kept: int) -> np.ndarray:
    """Keep the terms that tell topics apart the most, and count all others as one.

    Divergences can only become smaller by this, and only by what the other terms say.

    Parameters
    ----------
    topic_term_distr
        float64 array of shape (n_topics, n_terms).
    n_kept
        Number of terms from which on they are pooled.

    Returns
    -------
    numpy.ndarray
        float64 array of shape (n_topics, min(n_terms, n_kept + 1)): kept terms in their order, then the others.
    """
    n_topics, n_terms = topic_term_distr.shape
    if n_terms <= n_kept + 1:
        return topic_term_distr
    # What each term adds to the divergence of all topics from their mean.
    mean = topic_term_distr.sum(axis=0) / n_topics
    telling = -mean * np.log(np.maximum(mean, _LEAST_PROBABILITY))
    for probabilities in topic_term_distr:
        telling += probabilities * np.log(np.maximum(probabilities, _LEAST_PROBABILITY)) / n_topics
    kept = np.sort(np.argsort(-telling, kind="stable")[:n_kept])
    others = np.maximum(1 - topic_term_distr[:, kept].sum(axis=1, keepdims=True), 0)
    return np.hstack((topic_term_distr[:, kept], others))


def _entropies(distr: np.ndarray) -> np.ndarray:
    """Give the entropy of each row, in bits."""
    logarithms = np.log2(np.maximum(distr, _LEAST_PROBABILITY))
    logarithms *= distr
    return -logarithms.sum(axis=1)
