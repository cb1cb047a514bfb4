"""Gibbs sampling of GSDMM with a vector beside the words of each document.

A cluster has a direction of meaning with a von Mises-Fisher distribution around it, whose mean is integrated out
(Banerjee et al. 2005, "Clustering on the unit hypersphere using von Mises-Fisher distributions", JMLR 6). All clusters
share one concentration kappa. Several short chains are run first, and the one of the highest joint probability goes on:
a single chain settles in poor optima at times. Chains are what threads share; each is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np
from scipy.special import gammaln

from text_explorer.concurrency.threads import available_processors, map_ordered
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.embeddings._vector_kernels import hash_rows
from text_explorer.topics.models.final_states import STATES_COMPARED, FinalStates
from text_explorer.topics.models.inference import padded
from text_explorer.topics.models.kernels import _gsdmm_kernels, _meaning_kernels
from text_explorer.topics.models.kernels._parts_kernels import hash_documents
from text_explorer.topics.models.kernels._sampling_kernels import LANES
from text_explorer.topics.models.parts.gsdmm_engine import PACKED_FROM, type_of_factors
from text_explorer.topics.models.parts.part import random_state
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.seed_start import seeded_documents

STARTS, SWEEPS_OF_START = 4, 6
"""Chains, and the sweeps after which the best of them is chosen."""

ADAPTED_AFTER = 3
"""Sweeps after which kappa is estimated: before, clusters are still random."""

MOST_COSINE = 0.999
"""Where vectors in a cluster are nearly equal, the estimate of kappa would be infinite."""


@dataclass(frozen=True)
class MeaningState:
    """State of a chain after a sweep; arrays by cluster have room for one more, and are padded. Never changed."""

    number: int  # of the chain
    n_sweeps: int
    n_used: int  # the first clusters, up to here, may hold documents; the others are empty
    assignments: np.ndarray  # int32, by document
    cluster_docs: np.ndarray  # float64, by cluster
    cluster_words: np.ndarray  # float64, by cluster: words in it, seeds included
    term_clusters: np.ndarray  # uint16 or int32 of shape (n_terms, clusters), seeds included
    first_clusters: np.ndarray  # int64, by cluster: its number at the start, to which seeds refer
    kappa: float  # of the next sweep
    cosine: float = float("nan")  # mean cosine of a vector with the sum of the others in its cluster
    n_moved: int = 0  # documents that changed their cluster

    @property
    def n_alive(self) -> int:
        """Number of clusters that hold documents."""
        return int(np.count_nonzero(self.cluster_docs))


@dataclass(frozen=True)
class ClusterVectors:
    """Vectors of the clusters of a state; see `_meaning_kernels.sweep`."""

    sums: np.ndarray
    squares: np.ndarray
    n_vectors: np.ndarray


class MeaningSampler:
    """Steps of a chain; each returns a new state."""

    def __init__(
        self, corpus: Corpus, n_clusters: int, seed: int, priors: tuple[float, float, int], most_kappa: float
    ) -> None:
        """Take a corpus with vectors; `priors` are alpha, beta, and 1 for equation 4 of GSDMM or 0 for equation 3."""
        if corpus.vectors is None:
            raise ValueError("the corpus has no vectors")
        order = _order_of_content(corpus, corpus.vectors.values)
        self.corpus = replace(corpus, word_order=None, vectors=None).take(order)
        self.rows = order
        self.n_clusters, self.seed, self.most_kappa = n_clusters, seed, most_kappa
        self.alpha, self.beta, self.repeats = priors
        self.n_dims = corpus.vectors.values.shape[1]
        self._given = corpus.vectors.given[order]
        self._vectors = padded(corpus.vectors.values[order])

    @property
    def nbytes(self) -> int:
        """Bytes of the documents and their vectors."""
        corpus = self.corpus
        arrays = (corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths, self.rows, self._vectors)
        return sum(array.nbytes for array in arrays)

    @property
    def nbytes_of_counts(self) -> int:
        """Bytes of the table of terms and clusters, at most."""
        return self.corpus.n_terms * (self.n_clusters + LANES) * np.dtype(np.int32).itemsize

    def start(
        self, number: int, seed_counts: Optional[np.ndarray], first_topics: Optional[np.ndarray] = None
    ) -> MeaningState:
        """Draw clusters at random; documents with seeds get the seeded cluster, given starts are kept."""
        corpus, n_columns = self.corpus, -(-(self.n_clusters + 1) // LANES) * LANES
        term_clusters = np.zeros((corpus.n_terms, n_columns), dtype=np.int32)
        generator = np.random.default_rng(random_state(self.seed, 0, number))
        assignments = generator.integers(self.n_clusters, size=corpus.n_docs, dtype=np.int32)
        if seed_counts is not None:
            term_clusters[:, : self.n_clusters] = seed_counts.T
        if first_topics is not None:
            assignments[:] = first_topics[self.rows]
        elif seed_counts is not None:
            seeded, own_clusters = seeded_documents(corpus, seed_counts)
            assignments[seeded] = own_clusters
        docs, words = np.zeros(n_columns), term_clusters.sum(axis=0, dtype=np.float64)
        _meaning_kernels.count_documents(
            corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths, self._given, assignments, docs, words,
            term_clusters,
        )  # fmt: skip
        if term_clusters.sum(axis=1).max() < 2**16:  # reading these counts from memory dominates a sweep
            term_clusters = term_clusters.astype(np.uint16)
        return MeaningState(
            number, 0, self.n_clusters, assignments, docs, words, term_clusters, np.arange(n_columns), self.most_kappa
        )

    def sweep(self, state: MeaningState, *, adapt: bool = True) -> MeaningState:
        """Draw the cluster of each document once; estimate kappa for the next sweep unless told otherwise.

        The sums of vectors are taken from the assignments, so that rounding never adds up over sweeps.
        """
        corpus, vectors = self.corpus, self.vectors_of(state)
        assignments, term_clusters = state.assignments.copy(), state.term_clusters.copy()
        docs, words = state.cluster_docs.copy(), state.cluster_words.copy()
        lengths = np.empty(len(docs), dtype=type_of_factors(len(term_clusters), int(words.sum()), self.beta))
        n_moved, n_used, cosines, n_cosines = _meaning_kernels.sweep(
            corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths, self._vectors, self._given, self.n_dims,
            assignments, state.n_used, self.n_clusters, docs, words, term_clusters, vectors.sums, vectors.squares,
            vectors.n_vectors, self.alpha, self.beta, self.repeats, state.kappa,
            random_state(self.seed, state.n_sweeps + 1, state.number), lengths,
        )  # fmt: skip
        cosine = cosines / n_cosines if n_cosines else 0.0
        adapted = adapt and state.n_sweeps + 1 >= ADAPTED_AFTER
        return _packed(MeaningState(
            state.number, state.n_sweeps + 1, n_used, assignments, docs, words, term_clusters, state.first_clusters,
            min(self.most_kappa, estimated_kappa(cosine, self.n_dims)) if adapted else state.kappa, cosine, n_moved,
        ))  # fmt: skip

    def vectors_of(self, state: MeaningState) -> ClusterVectors:
        """Sum the vectors of the documents of each cluster."""
        totals = np.zeros((len(state.cluster_docs), self._vectors.shape[1]))
        n_vectors = np.zeros(len(totals), dtype=np.int64)
        _meaning_kernels.add_vectors(self._vectors, self._given, state.assignments, totals, n_vectors)
        squares = (totals**2).sum(axis=1)
        return ClusterVectors(np.ascontiguousarray(totals.T, dtype=np.float32), squares.astype(np.float32), n_vectors)

    def log_joint(self, state: MeaningState, kappa: Optional[float] = None) -> float:
        """Return the log of the joint probability of words, vectors and clusters, up to a constant; see `sweep`."""
        log_gammas = gammaln(np.arange(int(state.term_clusters.max()) + 1) + self.beta)
        of_words = _gsdmm_kernels.log_joint(
            state.n_used, state.cluster_docs, state.cluster_words, state.term_clusters, self.alpha, self.beta,
            log_gammas,
        )  # fmt: skip
        lengths = np.sqrt(self.vectors_of(state).squares.astype(np.float64))
        kappa = state.kappa if kappa is None else kappa
        return float(of_words + log_normalisers(kappa * lengths, self.n_dims).sum())


def log_normalisers(concentrations: np.ndarray, n_dims: int) -> np.ndarray:
    """Return the log of the inverse normaliser of von Mises-Fisher distributions less that of concentration 0.

    It is the integral of Amos' approximation, so that the pull of a cluster is the change it makes here.
    """
    half, more = (n_dims - 1) / 2, (n_dims + 1) / 2
    roots = np.sqrt(more**2 + concentrations**2)
    logs: np.ndarray = roots - more - half * np.log((half + roots) / (half + more))
    return logs


def estimated_kappa(cosine: float, n_dims: int) -> float:
    """Estimate kappa from the mean cosine of a vector with the sum of the others in its cluster (Banerjee et al.)."""
    cosine = min(max(cosine, 0.0), MOST_COSINE)
    return (cosine * n_dims - cosine**3) / (1 - cosine**2)


def most_likely_state(
    sampler: MeaningSampler,
    n_iterations: int,
    *,
    seed_counts: Optional[np.ndarray] = None,
    first_topics: Optional[np.ndarray] = None,
    n_workers: Optional[int] = None,
    progress: Optional[Progress] = None,
) -> tuple[MeaningState, list[float]]:
    """Run short chains, go on with the best of them, and return the most likely of its final states.

    The result does not depend on the number of threads, `n_workers`.

    Returns
    -------
    state
    log_joints
        Log joint probabilities of the short chains, by which the best was chosen.
    """
    progress = progress or Progress()
    n_first, n_sweeps = numbers_of_sweeps(n_iterations)
    n_threads = min(STARTS, n_workers or available_processors())
    chains = [sampler.start(number, seed_counts, first_topics) for number in range(STARTS)]
    for sweep in range(n_first):
        chains = list(map_ordered(sampler.sweep, chains, n_threads))
        progress.report("GSDMM", STARTS * (sweep + 1), n_sweeps, f", {STARTS} chains")
    log_joints = [sampler.log_joint(chain, sampler.most_kappa) for chain in chains]
    return go_on(sampler, chains[int(np.argmax(log_joints))], n_iterations, progress), log_joints


RunChains = Callable[
    [MeaningSampler, int, Optional[np.ndarray], Optional[np.ndarray]], tuple[MeaningState, list[float]]
]
"""Does elsewhere what `most_likely_state` does; takes the sampler, `n_iterations`, `seed_counts`, `first_topics`."""


def numbers_of_sweeps(n_iterations: int) -> tuple[int, int]:
    """Return the sweeps of each short chain, and of all chains together."""
    n_first = min(SWEEPS_OF_START, max(n_iterations - STATES_COMPARED, 1))
    return n_first, STARTS * n_first + max(n_iterations - n_first, 1)


def short_chain(
    sampler: MeaningSampler,
    n_iterations: int,
    number: int,
    seed_counts: Optional[np.ndarray] = None,
    first_topics: Optional[np.ndarray] = None,
) -> tuple[MeaningState, float]:
    """Run one of the short chains; return its last state and its log joint probability."""
    state = sampler.start(number, seed_counts, first_topics)
    for _ in range(numbers_of_sweeps(n_iterations)[0]):
        state = sampler.sweep(state)
    return state, sampler.log_joint(state, sampler.most_kappa)


def go_on(
    sampler: MeaningSampler, state: MeaningState, n_iterations: int, progress: Optional[Progress] = None
) -> MeaningState:
    """Go on with the best of the short chains, and return the most likely of its final states."""
    progress = progress or Progress()
    n_first, n_sweeps = numbers_of_sweeps(n_iterations)
    final = FinalStates(n_iterations - n_first, sampler.log_joint)
    for iteration in range(STARTS * n_first + 1, n_sweeps + 1):
        state = sampler.sweep(state, adapt=not final.comparing)
        final.add(state, state.n_moved)
        more = f", {state.n_moved:,} documents moved, {state.n_alive:,} topics, kappa {state.kappa:.1f}"
        progress.report("GSDMM", iteration, n_sweeps, more)
        if final.complete:
            break
    return final.best


def _order_of_content(corpus: Corpus, vectors: np.ndarray) -> np.ndarray:
    """Order documents by hashes of their words, then of their vectors, so that the order of rows does not show."""
    of_words, of_vectors = (np.empty(corpus.n_docs, dtype=np.uint64) for _ in range(2))
    hash_documents(corpus.indptr, corpus.indices, corpus.data, of_words)
    hash_rows(np.ascontiguousarray(vectors).view(np.uint32), of_vectors)
    return np.lexsort((of_vectors, of_words))


def _packed(state: MeaningState) -> MeaningState:
    """Move clusters with documents or seeds before empty ones, if many are empty."""
    if state.n_used - state.n_alive <= PACKED_FROM * state.n_used:
        return state
    in_use = (state.cluster_docs > 0) | (state.cluster_words > 0)
    kept, order = np.flatnonzero(in_use), np.argsort(~in_use, kind="stable")
    _gsdmm_kernels.keep_columns(state.term_clusters, kept, state.n_used)
    return replace(
        state, n_used=len(kept), cluster_docs=state.cluster_docs[order], cluster_words=state.cluster_words[order],
        first_clusters=state.first_clusters[order],
        assignments=(np.cumsum(in_use) - 1)[state.assignments].astype(np.int32),
    )  # fmt: skip
