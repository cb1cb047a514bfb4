"""Super-topics: topics that resemble one another, put together by hierarchical clustering.

Ward's method needs distances of points in a Euclidean space, which the square root of the Jensen-Shannon divergence is.
Average linkage splits off single odd topics instead: of 60 topics of web search snippets it left 59 together.

References
----------
J. H. Ward (1963). Hierarchical grouping to optimize an objective function. JASA 58.
Bent Fuglede and Flemming Topsoe (2004). Jensen-Shannon divergence and Hilbert space embedding. ISIT 2004.
Peter J. Rousseeuw (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster analysis.
Journal of Computational and Applied Mathematics 20.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.describing.terms import label_topics, score_terms

MOST_SUPER_TOPICS = 12
"""As many strong colours as a reader can distinguish."""

FEWEST_GROUPED = 4
"""Up to three topics are seen at a glance; each is a super-topic of its own."""

_LEAST_SILHOUETTE = 1e-6
"""Rounding errors of a silhouette of zero, which means no structure, are below."""


@dataclass(frozen=True)
class SuperTopics:
    """Which super-topic each topic belongs to."""

    # int64 of shape (n_topics,): number of each topic's super-topic. They are numbered by their lowest topic,
    # which is the most prevalent one.
    parents: np.ndarray
    # mean silhouette of the topics, from -1 to 1: above 0, topics are closer to those of their own super-topic than
    # to any other. None where there was nothing to choose from.
    silhouette: Optional[float]


def group_topics(distances: np.ndarray) -> SuperTopics:
    """Group topics into super-topics.

    Of the cuts of the tree into 2 to ``MOST_SUPER_TOPICS`` parts, and fewer than there are topics, the one of the
    largest mean silhouette is taken; the one of fewer parts at a tie. Where none is above 0, the topics do not fall
    into groups, and there is one super-topic of all. Up to three topics are super-topics of their own.
    """
    n_topics = len(distances)
    if n_topics < FEWEST_GROUPED:
        return SuperTopics(np.arange(n_topics, dtype=np.int64), None)
    tree = linkage(squareform(distances, checks=False), "ward")
    best = SuperTopics(np.zeros(n_topics, dtype=np.int64), None)
    for n_parts in range(2, min(MOST_SUPER_TOPICS, n_topics - 1) + 1):
        parents = _numbered_by_first(fcluster(tree, n_parts, "maxclust"))
        silhouette = mean_silhouette(distances, parents)
        if silhouette > (best.silhouette or 0.0) + _LEAST_SILHOUETTE:
            best = SuperTopics(parents, silhouette)
    return best


def mean_silhouette(distances: np.ndarray, parents: np.ndarray) -> float:
    """Return the mean silhouette of topics, 0 for those alone in their super-topic and where there is only one.

    `parents` are numbers from 0 without a gap.
    """
    sizes = np.bincount(parents)
    if len(sizes) < 2:
        return 0.0
    topics = np.arange(len(parents))
    sums = np.column_stack([distances[:, parents == parent].sum(axis=1) for parent in range(len(sizes))])
    within = sums[topics, parents] / np.maximum(sizes[parents] - 1, 1)
    to_others = sums / sizes
    to_others[topics, parents] = np.inf
    nearest = to_others.min(axis=1)
    larger = np.maximum(within, nearest)
    silhouettes = np.divide(nearest - within, larger, out=np.zeros(len(parents)), where=larger > 0)
    return float(np.where(sizes[parents] > 1, silhouettes, 0.0).mean())


def label_super_topics(
    parents: np.ndarray, topic_term_distr: np.ndarray, topic_words: np.ndarray, corpus: Corpus
) -> list[str]:
    """Label super-topics as topics are, by the words of all their topics together; see `score_terms`."""
    n_parents = int(parents.max()) + 1
    # A topic without a word still has its terms.
    weights = np.maximum(topic_words, np.finfo(float).tiny)
    words = np.bincount(parents, weights, n_parents)
    distr = np.zeros((n_parents, topic_term_distr.shape[1]))
    np.add.at(distr, parents, (weights / words[parents])[:, None] * topic_term_distr)
    return label_topics(score_terms(distr, words, corpus), corpus.vocabulary.terms)


def _numbered_by_first(clusters: Sequence[int]) -> np.ndarray:
    """Return clusters numbers from 0, by the first topic in each."""
    _, first, inverse = np.unique(clusters, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)
