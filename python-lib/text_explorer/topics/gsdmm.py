"""GSDMM: Gibbs sampling of the Dirichlet multinomial mixture, for short texts that speak of one thing each.

References
----------
Jianhua Yin and Jianyong Wang (2014). A Dirichlet multinomial mixture model-based approach for short text clustering.
KDD '14. Equation 4, repeated words of a document included.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np

from text_explorer.corpus.bag_of_words import Corpus
from text_explorer.topics import _gsdmm_kernels as kernels

logger = logging.getLogger(__name__)

ENGINE = "gsdmm"
DEFAULT_ALPHA = 0.1
DEFAULT_BETA = 0.1
DEFAULT_ITERATIONS = 30
"""The values of the paper's experiments; clusters settle within 10 to 20 iterations."""


@dataclass(frozen=True)
class GsdmmModel:
    """Clusters of documents, each with the words of its documents.

    Attributes
    ----------
    topic_docs
        int64 array of shape (n_topics,): documents in the topic at the end of sampling.
    topic_term_counts
        int32 array of shape (n_topics, n_terms): occurrences of each term in the topic's documents.
    alpha, beta
        Document-topic and topic-term prior.
    """

    topic_docs: np.ndarray
    topic_term_counts: np.ndarray
    alpha: float
    beta: float

    engine = ENGINE

    @property
    def topic_term_distr(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms); rows sum to one."""
        smoothed = self.topic_term_counts + self.beta
        return smoothed / smoothed.sum(axis=1, keepdims=True)

    def transform(self, corpus: Corpus) -> np.ndarray:
        """Give the posterior over topics of each document, as if it were new to the model.

        Returns
        -------
        ndarray of shape (n_docs, n_topics)
            float64; rows sum to one, those of documents without a known term are NaN. The same text always has the
            same posterior.
        """
        doc_topic_distr = np.empty((corpus.n_docs, len(self.topic_docs)))
        kernels.posterior(
            corpus.offsets, corpus.term_ids, corpus.counts,
            self.topic_docs, self.topic_term_counts.sum(axis=1, dtype=np.int64),
            np.ascontiguousarray(self.topic_term_counts.T), self.alpha, self.beta, doc_topic_distr,
        )  # fmt: skip
        return doc_topic_distr

    def reordered(self, order: np.ndarray) -> GsdmmModel:
        """Give the same model with topic ``order[i]`` as topic ``i``."""
        return GsdmmModel(self.topic_docs[order], self.topic_term_counts[order], self.alpha, self.beta)

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all that must be kept to make the model anew by `from_arrays`."""
        priors = np.array([self.alpha, self.beta])
        return {"topic_docs": self.topic_docs, "topic_term_counts": self.topic_term_counts, "priors": priors}

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> GsdmmModel:
        """Make the model that `arrays` was taken from."""
        alpha, beta = (float(prior) for prior in arrays["priors"])
        return cls(arrays["topic_docs"], arrays["topic_term_counts"], alpha, beta)


def fit_gsdmm(
    corpus: Corpus,
    n_topics: int,
    *,
    n_iterations: int = DEFAULT_ITERATIONS,
    alpha: float = DEFAULT_ALPHA,
    beta: float = DEFAULT_BETA,
    seed: int = 0,
) -> GsdmmModel:
    """Cluster the documents of a corpus.

    Parameters
    ----------
    corpus
        At least one document with a term.
    n_topics
        At most so many topics; those that lose all their documents are left out.
    n_iterations
        Gibbs sweeps; sampling ends before where no document moves any more.
    alpha
        Document-topic prior: the smaller, the less a document is drawn to small clusters.
    beta
        Topic-term prior: the smaller, the more alike the words of a cluster must be.
    seed
        Seed of all random draws.

    Returns
    -------
    GsdmmModel
        Topics in no particular order.
    """
    generator = np.random.default_rng(seed)
    lengths = corpus.doc_lengths
    assignment = generator.integers(n_topics, size=corpus.n_docs)
    cluster_docs = np.bincount(assignment[lengths > 0], minlength=n_topics)
    cluster_words = np.bincount(assignment, weights=lengths, minlength=n_topics).astype(np.int64)
    cluster_terms = np.zeros((corpus.n_terms, n_topics), dtype=np.int32)
    entry_clusters = np.repeat(assignment, np.diff(corpus.offsets))
    np.add.at(cluster_terms, (corpus.term_ids, entry_clusters), corpus.counts)
    for iteration in range(1, n_iterations + 1):
        n_moved = kernels.sweep(
            corpus.offsets, corpus.term_ids, corpus.counts, lengths, assignment,
            cluster_docs, cluster_words, cluster_terms, alpha, beta, generator.random(corpus.n_docs),
        )  # fmt: skip
        logger.info(
            "GSDMM iteration %s of %s: %s documents moved, %s topics alive",
            iteration, n_iterations, n_moved, np.count_nonzero(cluster_docs),
        )  # fmt: skip
        if n_moved == 0:
            break
    alive = np.flatnonzero(cluster_docs)
    return GsdmmModel(cluster_docs[alive], np.ascontiguousarray(cluster_terms[:, alive].T), alpha, beta)
