"""GSDMM: Gibbs sampling of the Dirichlet multinomial mixture, for short texts with one topic each.

References
----------
Jianhua Yin and Jianyong Wang (2014). A Dirichlet multinomial mixture model-based approach for short text clustering.
KDD '14. Equation 4, repeated words of a document included; equation 3 by choice.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Optional

import numpy as np
from scipy.special import gammaln

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.engines import GSDMM
from text_explorer.topics.models.inference import infer_documents
from text_explorer.topics.models.kernels import _gsdmm_kernels as kernels
from text_explorer.topics.models.kernels._sampling_kernels import LANES
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.seed_start import seeded_documents

logger = logging.getLogger(__name__)

DEFAULT_ALPHA = 0.1
DEFAULT_BETA = 0.1
DEFAULT_ITERATIONS = 30
"""The values of the paper's experiments; clusters settle within 10 to 20 iterations."""

REPEATED_WORDS, SINGLE_WORDS = 4, 3
"""Equations of the paper: for documents that may repeat words, and for documents that do not."""

STATES_COMPARED = 10
"""Number of final states of the chain among which the most likely becomes the model."""

SETTLED_SWEEPS, SETTLED_SHARE, SETTLED_FROM_MOVES = 5, 0.97, 1_000
"""The chain has settled where this number of sweeps moved at least this share of the documents that the same number of
sweeps before moved, and those moved at least this number: fewer moves do not separate a trend from chance."""

SMALLEST_FACTOR = 1e-8
"""The product of four such factors is still well within what a float32 can hold."""

PACKED_FROM = 0.1
"""Share of empty clusters among those in use at which they are removed, which costs a pass over all counts."""


@dataclass(frozen=True)
class GsdmmModel:
    """Clusters of documents, each with the words of its documents."""

    topic_docs: np.ndarray  # int64 of shape (n_topics,): documents in the topic at the end of sampling
    # int32 of shape (n_topics, n_terms): occurrences of each term in the topic's documents
    topic_term_counts: np.ndarray
    alpha: float
    beta: float
    equation: int  # ``REPEATED_WORDS`` or ``SINGLE_WORDS``
    # int64 of shape (n_topics,): index of each topic when sampling began, to which seeds refer
    first_topics: np.ndarray

    engine = GSDMM.id

    @property
    def topic_term_distr(self) -> np.ndarray:
        """float64 array of shape (n_topics, n_terms); rows sum to one."""
        smoothed = self.topic_term_counts + self.beta
        return smoothed / smoothed.sum(axis=1, keepdims=True)

    @cached_property
    def _counts_by_term(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Documents and words of each topic, and the counts with terms first: the inputs of inference."""
        topic_words = self.topic_term_counts.sum(axis=1, dtype=np.float64)
        return self.topic_docs.astype(np.float64), topic_words, np.ascontiguousarray(self.topic_term_counts.T)

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the posterior over topics of each document, as if it were new to the model; see `TopicModel`."""
        topic_docs, topic_words, term_topics = self._counts_by_term
        repeats = int(self.equation == REPEATED_WORDS)

        def infer_batch(offsets: np.ndarray) -> np.ndarray:
            weights = np.empty((len(offsets) - 1, len(topic_docs)))
            kernels.posterior(
                offsets, corpus.indices, corpus.data, topic_docs, topic_words, term_topics, self.alpha, self.beta,
                repeats, weights,
            )  # fmt: skip
            return weights

        return infer_documents(corpus, len(topic_docs), infer_batch, n_workers)

    def reordered(self, order: np.ndarray) -> GsdmmModel:
        """Return the same model with topic ``order[i]`` as topic ``i``."""
        return replace(
            self,
            topic_docs=self.topic_docs[order],
            topic_term_counts=self.topic_term_counts[order],
            first_topics=self.first_topics[order],
        )

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is needed to rebuild the model by `from_arrays`."""
        return {
            "topic_docs": self.topic_docs,
            "topic_term_counts": self.topic_term_counts,
            "priors": np.array([self.alpha, self.beta]),
            "equation": np.array(self.equation),
            "first_topics": self.first_topics,
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> GsdmmModel:
        """Build the model that `arrays` was taken from."""
        alpha, beta = (float(prior) for prior in arrays["priors"])
        return cls(
            arrays["topic_docs"], arrays["topic_term_counts"], alpha, beta, int(arrays["equation"]),
            arrays["first_topics"],
        )  # fmt: skip


def fit_gsdmm(
    corpus: Corpus,
    n_topics: int,
    *,
    n_iterations: int = DEFAULT_ITERATIONS,
    alpha: float = DEFAULT_ALPHA,
    beta: float = DEFAULT_BETA,
    equation: int = REPEATED_WORDS,
    seed: int = 0,
    seed_counts: Optional[np.ndarray] = None,
    progress: Optional[Progress] = None,
) -> GsdmmModel:
    """Cluster the documents of a corpus; topics come in no particular order, from the most likely of the final states.

    Parameters
    ----------
    corpus
        At least one document with a term.
    n_topics
        Maximum number of topics; topics that lose all their documents are dropped.
    n_iterations
        Maximum number of Gibbs sweeps; once the chain has settled, only the sweeps of the compared states follow.
    alpha
        Document-topic prior: a smaller one attracts fewer documents to small clusters.
    beta
        Topic-term prior: a smaller one requires more similar words in a cluster.
    equation
        ``REPEATED_WORDS`` or ``SINGLE_WORDS``.
    seed, seed_counts, progress
        See `EngineSettings` and `train`.
    """
    progress = progress or Progress()
    chain = _Chain(corpus, n_topics, _Priors(alpha, beta, int(equation == REPEATED_WORDS)), seed, seed_counts)
    moves: list[int] = []
    n_compared = 0
    for iteration in range(1, n_iterations + 1):
        moves.append(chain.sweep())
        if n_compared > 0 or n_iterations - iteration < STATES_COMPARED or _settled(moves):
            chain.keep_if_most_likely()
            n_compared += 1
        progress.report("GSDMM", iteration, n_iterations, f", {moves[-1]:,} documents moved, {chain.n_alive:,} topics")
        if n_compared == STATES_COMPARED:
            break
    return chain.most_likely(equation)


def _settled(moves: list[int]) -> bool:
    if len(moves) < 2 * SETTLED_SWEEPS:
        return False
    before, lately = sum(moves[-2 * SETTLED_SWEEPS : -SETTLED_SWEEPS]), sum(moves[-SETTLED_SWEEPS:])
    return before >= SETTLED_FROM_MOVES and lately >= SETTLED_SHARE * before


class _Priors(NamedTuple):
    alpha: float
    beta: float
    repeats: int


class _Counts(NamedTuple):
    """Counts derived from the clusters of the documents; see `_gsdmm_kernels`."""

    cluster_docs: np.ndarray
    cluster_words: np.ndarray
    term_clusters: np.ndarray


def _type_of_factors(counts: _Counts, beta: float) -> type[np.floating]:
    """Choose float32, which is twice as fast, unless the product of the four smallest factors would underflow in it.

    The smallest factor of a weight, in the scale of the kernel, is that of a new word in a cluster of all words; the
    longest document adds to it no more than the whole corpus has.
    """
    smoothing, n_words = len(counts.term_clusters) * beta, counts.cluster_words.sum()
    return np.float32 if beta * math.sqrt(smoothing / (smoothing + 2 * n_words)) > SMALLEST_FACTOR else np.float64


class _Chain:
    """State of the Markov chain: the cluster of each document, and the counts derived from it."""

    def __init__(
        self, corpus: Corpus, n_clusters: int, priors: _Priors, seed: int, seed_counts: Optional[np.ndarray]
    ) -> None:
        generator = np.random.default_rng(seed)
        self._state = generator.integers(1, 2**63, size=1, dtype=np.uint64)
        self._priors = priors
        self._n_clusters = self._n_used = n_clusters
        self._documents = (corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths)
        self._assignment = generator.integers(n_clusters, size=corpus.n_docs, dtype=np.int32)
        n_columns = -(-(n_clusters + 1) // LANES) * LANES
        seeds = np.zeros((n_clusters, corpus.n_terms), dtype=np.int64) if seed_counts is None else seed_counts
        occurrences = np.bincount(corpus.indices, corpus.data, corpus.n_terms) + seeds.sum(axis=0)
        most = int(occurrences.max())
        # Reading these counts from memory dominates a sweep, so they are as narrow as possible.
        self._seeds = np.zeros((corpus.n_terms, n_columns), dtype=np.uint16 if most < 2**16 else np.int32)
        self._seeds[:, :n_clusters] = seeds.T
        seeded, own_clusters = seeded_documents(corpus, seeds)
        self._assignment[seeded] = own_clusters
        self._first_clusters = np.arange(n_columns)
        self._counts = self._counted(self._assignment, self._seeds)
        # Buffer by cluster for the kernel; its type is that of the factors of a weight.
        self._lengths = np.empty(n_columns, dtype=_type_of_factors(self._counts, priors.beta))
        self._log_gammas = gammaln(np.arange(most + 1) + priors.beta)
        self._best = float("-inf")

    @property
    def n_alive(self) -> int:
        """Number of clusters that hold documents."""
        return int(np.count_nonzero(self._counts.cluster_docs))

    def sweep(self) -> int:
        """Draw the cluster of each document once; return the number of documents that moved."""
        if self._n_used - self.n_alive > PACKED_FROM * self._n_used:
            self._pack()
        n_moved, self._n_used = kernels.sweep(
            *self._documents,
            self._assignment,
            self._n_used,
            self._n_clusters,
            *self._counts,
            *self._priors,
            self._state,
            self._lengths,
        )
        return n_moved

    def keep_if_most_likely(self) -> None:
        """Keep the state if it is the most likely so far."""
        log_joint = kernels.log_joint(
            self._n_used, *self._counts, self._priors.alpha, self._priors.beta, self._log_gammas
        )
        if log_joint > self._best:
            self._best = log_joint
            self._best_state = self._assignment.copy(), self._first_clusters, self._seeds

    def most_likely(self, equation: int) -> GsdmmModel:
        """Return the model of the most likely state."""
        assignment, first_clusters, seeds = self._best_state
        counts = self._counted(assignment, seeds)
        alive = np.flatnonzero(counts.cluster_docs)
        return GsdmmModel(
            counts.cluster_docs[alive].astype(np.int64),
            np.ascontiguousarray(counts.term_clusters[:, alive].T, dtype=np.int32),
            self._priors.alpha, self._priors.beta, equation, first_clusters[alive],
        )  # fmt: skip

    def _counted(self, assignment: np.ndarray, seeds: np.ndarray) -> _Counts:
        counts = _Counts(np.zeros(seeds.shape[1]), seeds.sum(axis=0, dtype=np.float64), seeds.copy())
        kernels.count_clusters(*self._documents, assignment, *counts)
        return counts

    def _pack(self) -> None:
        """Move clusters with documents or seeds before empty ones."""
        in_use = self._counts.cluster_words > 0
        kept = np.flatnonzero(in_use)
        new_ids = np.cumsum(in_use) - 1
        self._assignment = new_ids[self._assignment].astype(np.int32)
        kernels.keep_columns(self._counts.term_clusters, kept, self._n_used)
        if self._seeds.any():
            self._seeds = self._seeds.copy()
            kernels.keep_columns(self._seeds, kept, self._n_used)
        order = np.argsort(~in_use, kind="stable")
        self._counts = self._counts._replace(
            cluster_docs=self._counts.cluster_docs[order], cluster_words=self._counts.cluster_words[order]
        )
        self._first_clusters, self._n_used = self._first_clusters[order], len(kept)
