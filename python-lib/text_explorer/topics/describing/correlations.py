"""Correlations of topics over documents.

The shares of a document sum to one, so where one topic has more, others have less: the plain correlations of shares are
negative on average whatever the texts say. For five independent topics they are -0.29, and those of centred log-ratios
-0.31; the estimate used here gives -0.04, and finds pairs that go together as well or
better. It looks at ratios of shares alone, which do not depend on what else is in the document, and asks how variable
each topic must be by itself for the ratios to vary as they do, if most topics are unrelated. Where they are not, it
understates: of twelve topics two that correlate by -0.8 come out at -0.56, of sixty at -0.75.

References
----------
John Aitchison (1986). The Statistical Analysis of Compositional Data. (Why shares mislead; variation of log-ratios.)
Jonathan Friedman and Eric J. Alm (2012). Inferring correlation networks from genomic survey data. PLoS Computational
Biology 8 (9). (SparCC: its first estimate of the basis variances, without leaving out pairs in further rounds.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

LEAST_SHARE = 1e-6
"""Smaller shares count as this one, the smallest written to a dataset: their logarithms carry no information."""

FEWEST_TOPICS = 4
"""With three topics or fewer the ratios do not determine the variance of each."""

METHOD = "basis correlation of log-ratios (Friedman and Alm 2012)"
DIGITS = 4

_UNITS = 2**12
"""Logarithms are counted in whole units of 1 / 16,384, so that sums are exact: they do not depend on the size of chunks
nor on the order in which processors add. With at most 16 bits each, products of two billion documents fit 64 bits."""

_ROWS_AT_ONCE = 2**14
"""Rows whose sums of products stay below 2^53, where floating point numbers are exact integers."""

_LEAST_SHARE_OF_VARIANCE = 1e-6
"""A topic's own variance below this part of the variance of its log share is none."""


@dataclass(frozen=True)
class TopicCorrelations:
    """How topics go together."""

    # float64 of shape (n_topics, n_topics), symmetric, from -1 to 1; NaN in the rows and columns of topics
    # that have none
    correlations: np.ndarray
    n_documents: int  # documents with a topic

    def as_dict(self) -> dict[str, Any]:
        """Return all, ready for JSON: None where there is no correlation."""
        return {
            "method": METHOD,
            "n_documents": self.n_documents,
            "correlations": [
                [None if np.isnan(value) else value for value in row.tolist()] for row in self.correlations
            ],
        }


class CorrelationCounts:
    """Sums and products of logarithms of topic proportions, updated batch by batch."""

    def __init__(self, n_topics: int):
        self._n_documents = 0
        self._sums = np.zeros(n_topics, dtype=np.int64)
        self._products = np.zeros((n_topics, n_topics), dtype=np.int64)

    def add(self, doc_topic_distr: np.ndarray) -> None:
        """Count some documents; those without a topic are left out."""
        for first in range(0, len(doc_topic_distr), _ROWS_AT_ONCE):
            shares = doc_topic_distr[first : first + _ROWS_AT_ONCE]
            known = shares[~np.isnan(shares).any(axis=1)]
            units = np.rint(np.log(np.maximum(known, LEAST_SHARE)) * _UNITS)
            self._n_documents += len(units)
            self._sums += units.sum(axis=0).astype(np.int64)
            self._products += (units.T @ units).astype(np.int64)

    def merge(self, other: CorrelationCounts) -> None:
        """Add the sums of other documents."""
        self._n_documents += other._n_documents
        self._sums += other._sums
        self._products += other._products

    def correlations(self) -> TopicCorrelations:
        """Estimate the correlations; see the module for how.

        A topic whose share is always the same has none, and there are none of fewer than ``FEWEST_TOPICS`` topics or
        two documents.
        """
        n_topics = len(self._sums)
        if n_topics < FEWEST_TOPICS or self._n_documents < 2:
            return TopicCorrelations(np.full((n_topics, n_topics), np.nan), self._n_documents)
        means = self._sums / self._n_documents
        covariances = (self._products / self._n_documents - np.multiply.outer(means, means)) / _UNITS**2
        correlations = _basis_correlations(covariances, self._varies())
        return TopicCorrelations(np.round(correlations, DIGITS) + 0.0, self._n_documents)

    def _varies(self) -> np.ndarray:
        """Return, exactly, which topics have more than one share: bool array of shape (n_topics,)."""
        squares = self._products.diagonal().tolist()
        return np.array([
            self._n_documents * square > total**2 for square, total in zip(squares, self._sums.tolist())
        ])  # fmt: skip


def _basis_correlations(covariances: np.ndarray, varies: np.ndarray) -> np.ndarray:
    """Estimate the correlations of topics from the covariances of the logarithms of their shares."""
    n_topics = len(covariances)
    variances = covariances.diagonal()
    of_ratios = variances[:, None] + variances - 2 * covariances
    sums = of_ratios.sum(axis=1)
    own = (sums - sums.sum() / (2 * n_topics - 2)) / (n_topics - 2)
    known = varies & (own > _LEAST_SHARE_OF_VARIANCE * variances)
    deviations = np.sqrt(np.where(known, own, np.nan))
    correlations = (own[:, None] + own - of_ratios) / (2 * np.multiply.outer(deviations, deviations))
    clipped: np.ndarray = np.clip(correlations, -1, 1)
    clipped[np.diag_indices(n_topics)] = np.where(known, 1.0, np.nan)
    return clipped


def strongest(correlations: TopicCorrelations, topic_id: int, n_most: int = 5) -> list[tuple[int, float]]:
    """Return the ids and correlations of the topics that go with a topic, all above zero, the most correlated first.

    Ties go to the lower id.
    """
    row = np.nan_to_num(correlations.correlations[topic_id])
    row[topic_id] = 0
    order = np.argsort(-row, kind="stable")[:n_most].tolist()
    return [(other, float(row[other])) for other in order if row[other] > 0]
