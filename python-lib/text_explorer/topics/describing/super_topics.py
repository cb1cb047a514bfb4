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

from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage
from scipy.spatial.distance import squareform

from text_explorer.corpus.document_term_matrix import AnyCorpus
from text_explorer.topics.describing.terms import label_topics, score_terms

FEWEST_SUPER_TOPICS, MOST_SUPER_TOPICS = 6, 12
"""Fewer hardly divide many topics; as many strong colours as a reader can distinguish."""

FEWEST_GROUPED = 6
"""Up to five topics are seen at a glance, without super-topics."""

NO_SUPER_TOPIC = -1

_TOPICS_EACH = 3
"""Topics a super-topic has on average where they are too few for `FEWEST_SUPER_TOPICS`."""

_LEAST_GAIN = 1e-6
"""Rounding errors of a silhouette are below."""


@dataclass(frozen=True)
class SuperTopics:
    """Which super-topic each topic belongs to."""

    # int64 of shape (n_topics,): number of each topic's super-topic. They are numbered by their lowest topic,
    # which is the most prevalent one. `NO_SUPER_TOPIC` for all topics where they are too few.
    parents: np.ndarray
    # mean silhouette of the topics, from -1 to 1: above 0, topics are closer to those of their own super-topic than
    # to any other. None without super-topics.
    silhouette: Optional[float]


def super_topic_range(n_topics: int) -> tuple[int, int]:
    """Return the smallest and largest number of super-topics of some topics; (0, 0) below `FEWEST_GROUPED`.

    From 12 topics on there are at least six, below a third of the topics but two; at most half of the topics, and
    `MOST_SUPER_TOPICS`.
    """
    if n_topics < FEWEST_GROUPED:
        return 0, 0
    enough = n_topics >= 2 * FEWEST_SUPER_TOPICS
    fewest = FEWEST_SUPER_TOPICS if enough else n_topics // _TOPICS_EACH
    return fewest, min(MOST_SUPER_TOPICS, n_topics // 2)


def group_topics(distances: np.ndarray) -> SuperTopics:
    """Group topics into super-topics.

    Of the cuts of the tree into as many parts as `super_topic_range` allows, the one of the largest mean silhouette is
    taken; the one of fewer parts at a tie.
    """
    n_topics = len(distances)
    best = SuperTopics(np.full(n_topics, NO_SUPER_TOPIC, dtype=np.int64), None)
    if n_topics < FEWEST_GROUPED:
        return best
    fewest, most = super_topic_range(n_topics)
    numbers = np.arange(fewest, most + 1)
    cuts = cut_tree(linkage(squareform(distances, checks=False), "ward"), numbers)
    for parents in map(_numbered_by_first, cuts.T):
        silhouette = mean_silhouette(distances, parents)
        if best.silhouette is None or silhouette > best.silhouette + _LEAST_GAIN:
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
    parents: np.ndarray, topic_term_distr: np.ndarray, topic_words: np.ndarray, corpus: AnyCorpus
) -> list[str]:
    """Label super-topics as topics are, by the words of all their topics together; see `score_terms`."""
    n_parents = int(parents.max(initial=NO_SUPER_TOPIC)) + 1
    if not n_parents:
        return []
    # A topic without a word still has its terms.
    weights = np.maximum(topic_words, np.finfo(float).tiny)
    words = np.bincount(parents, weights, n_parents)
    distr = np.zeros((n_parents, topic_term_distr.shape[1]))
    np.add.at(distr, parents, (weights / words[parents])[:, None] * topic_term_distr)
    return label_topics(score_terms(distr, words, corpus), corpus.vocabulary.terms)


def _numbered_by_first(clusters: np.ndarray) -> np.ndarray:
    """Return clusters numbers from 0, by the first topic in each."""
    _, first, inverse = np.unique(clusters, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)
