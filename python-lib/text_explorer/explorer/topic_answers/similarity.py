"""Similarity of topics: the matrix, in an order that puts similar topics side by side.

References
----------
Ziv Bar-Joseph, David K. Gifford and Tommi S. Jaakkola (2001). Fast optimal leaf ordering for hierarchical clustering.
Bioinformatics 17.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform

from text_explorer.explorer.index.reader import IndexReader, read_matrix
from text_explorer.explorer.index.schema import FROM_MODEL
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix

DIGITS = 4
_LEAST_PROBABILITY = 1e-30
_MEASURE = "1 - the square root of the Jensen-Shannon divergence (base 2) of p(term | topic)"
_OF_LISTED = ", from the terms listed in the dataset of terms alone"


def topic_similarity(index: IndexReader) -> dict[str, Any]:
    """Compare the final topics.

    Returns
    -------
    dict
        ``ids`` of the topics; ``order``, the same ids so that similar ones stand side by side (optimal leaf ordering);
        ``similarity``, from 0 to 1, 1 on the diagonal; ``method`` in words.
    """
    words = TopicWordMatrix(index)
    ids = words.final.ids
    key = ("topic_distances", index.edits.version)
    distances = index.rows_cache.get(key, lambda: _distances(index, words))
    order = index.rows_cache.get(("topic_order", index.edits.version), lambda: seriate(distances))
    return {
        "ids": ids,
        "order": [ids[place] for place in order.tolist()],
        "similarity": np.round(1 - distances, DIGITS).tolist(),
        "method": _MEASURE + ("" if words.source == FROM_MODEL else _OF_LISTED),
    }


def _distances(index: IndexReader, words: TopicWordMatrix) -> np.ndarray:
    """Return the distances of the final topics: those kept at building, and new ones of topics merged since."""
    trained = read_matrix(index.connection, "distances")
    n_final = len(words.final.ids)
    if trained is None or not n_final:
        return np.zeros((n_final, n_final))
    _, first = np.unique(words.final.places, return_index=True)
    distances = words.with_sub_topics(trained)[np.ix_(first, first)].astype(np.float64)
    is_sub_topic = np.isin(words.final.ids, list(index.edits.split_from))
    merged = np.flatnonzero((np.bincount(words.final.places) > 1) | is_sub_topic)
    if len(merged):
        distr = words.all_final_probabilities().T.astype(np.float64)
        logarithms = _sums_of_logarithms(distr)
        for place in merged.tolist():
            # Of distributions p and q, with s = p + q, the divergence in bits.
            of_sums = np.array([_sums_of_logarithms(distr[place] + other) for other in distr])
            divergence = 1 + (logarithms[place] + logarithms - of_sums) / 2
            distances[place] = distances[:, place] = np.sqrt(np.clip(divergence, 0, 1))
    np.fill_diagonal(distances, 0)
    return np.clip(distances, 0, 1)


def _sums_of_logarithms(weights: np.ndarray) -> np.ndarray:
    """Return the sum of w log w along the last axis, in bits; 0 log 0 is 0."""
    return (weights * np.log2(np.maximum(weights, _LEAST_PROBABILITY))).sum(axis=-1)


def seriate(distances: np.ndarray) -> np.ndarray:
    """Order topics so that neighbours are as similar as a tree of average linkage allows; return their places."""
    if len(distances) < 3:
        return np.arange(len(distances), dtype=np.int64)
    condensed = squareform(distances, checks=False)
    return leaves_list(optimal_leaf_ordering(linkage(condensed, "average"), condensed)).astype(np.int64)
