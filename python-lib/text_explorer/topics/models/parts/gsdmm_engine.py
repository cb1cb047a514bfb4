"""Gibbs sampling of the Dirichlet multinomial mixture (GSDMM) on parts of a corpus.

Parts that draw at the same time keep small clusters alive: two like documents, each alone in a cluster, join each
other's at once and stay apart; and large clusters grow less fast at the cost of small ones. So a sweep has several
rounds, each over a share of all documents, with the counts summed in between. Clusters that lost all their documents
are removed by the driver for all parts at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
from scipy.special import gammaln

from text_explorer.topics.models.kernels import _gsdmm_kernels as kernels
from text_explorer.topics.models.kernels._sampling_kernels import LANES
from text_explorer.topics.models.parts.part import Part, check_assignments, random_state
from text_explorer.topics.models.parts.statistics import Statistics, check_total, checked_sum
from text_explorer.topics.models.seed_start import seeded_documents

SMALLEST_FACTOR = 1e-8
"""The product of four such factors is still well within what a float32 can hold."""

ROUNDS = 4
"""Rounds of a sweep in several parts: with one, up to 1.2 times as many clusters stay alive as in a single part."""

PACKED_FROM = 0.1
"""Share of empty clusters among those in use at which they are removed, which costs a pass over all counts."""


@dataclass(frozen=True)
class GsdmmShared:
    """What all parts know of the chain; read-only. Arrays by cluster have room for one more, and are padded."""

    round: int  # rounds done, -1 before the start
    n_clusters: int  # at most
    n_used: int  # the first clusters, up to here, may hold documents; the others are empty
    cluster_docs: np.ndarray  # int64, by cluster
    cluster_words: np.ndarray  # int64, by cluster: words in it, seeds included
    # uint16 or int32 of shape (n_terms, clusters): occurrences of each term in each cluster, seeds included
    term_clusters: np.ndarray
    first_clusters: np.ndarray  # int64, by cluster: its number at the start, to which seeds refer
    # int64, by cluster before the last sum: its number now; None where all kept theirs
    renamed: Optional[np.ndarray] = None
    n_docs: int = 0  # with a word
    n_words: int = 0  # of all documents, seeds not included
    n_moved: int = 0  # documents that changed their cluster in this sweep

    @property
    def n_alive(self) -> int:
        """Number of clusters that hold documents."""
        return int(np.count_nonzero(self.cluster_docs))


@dataclass(frozen=True)
class GsdmmEngine:
    """Steps of the sampler; see `PartsEngine`."""

    alpha: float
    beta: float
    repeats: int  # 1 where documents may repeat words (equation 4 of the paper), else 0

    rounds: int = 1  # of a sweep; with one part, one is exact

    def unstarted(self, n_clusters: int, n_terms: int, seed_counts: Optional[np.ndarray]) -> GsdmmShared:
        """Return the shared state before the start: the seeds, an int array of shape (n_topics, n_terms), alone."""
        n_columns = -(-(n_clusters + 1) // LANES) * LANES
        term_clusters = np.zeros((n_terms, n_columns), dtype=np.int32)
        if seed_counts is not None:
            term_clusters[:, :n_clusters] = seed_counts.T
        return GsdmmShared(
            -1, n_clusters, n_clusters, np.zeros(n_columns, dtype=np.int64),
            term_clusters.sum(axis=0, dtype=np.int64), term_clusters, np.arange(n_columns),
        )  # fmt: skip

    def start(
        self, part: Part, shared: GsdmmShared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Draw clusters at random; documents with seeds get the seeded cluster, given starts are kept."""
        generator = np.random.default_rng(random_state(seed, 0, part.number))
        clusters = generator.integers(shared.n_clusters, size=part.n_docs, dtype=np.int32)
        if part.first_topics is None:
            seeded, own_clusters = seeded_documents(part, shared.term_clusters[:, : shared.n_clusters].T)
            clusters[seeded] = own_clusters
        else:
            clusters[:] = part.first_topics
        return part.assigned(clusters), _counted(part, clusters, shared).added_to(total)

    def recount(
        self, part: Part, shared: GsdmmShared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Count the clusters of a part as a stopped training stored them; raise ``ValueError`` where they are none."""
        # Documents without a word are in no cluster: what stands for them may be anything.
        known = part.doc_lengths > 0
        check_assignments(part.assignments, part.n_docs, shared.n_clusters, known)
        clusters = np.where(known, part.assignments, 0).astype(np.int32)
        if shared.renamed is not None:
            clusters = shared.renamed[clusters].astype(np.int32)
            check_assignments(clusters, part.n_docs, shared.n_clusters, known)
        return part.assigned(clusters), _counted(part, clusters, shared).added_to(total)

    def facts(self, shared: GsdmmShared) -> dict[str, np.ndarray]:
        """Return what the assignments do not tell of a state."""
        numbers = {name: np.array(getattr(shared, name)) for name in ("round", "n_used", "n_moved")}
        renamed = np.empty(0, dtype=np.int64) if shared.renamed is None else shared.renamed
        return {**numbers, "first_clusters": shared.first_clusters, "renamed": renamed}

    def uncounted(self, shared: GsdmmShared, facts: Mapping[str, np.ndarray]) -> GsdmmShared:
        """Return a stored state before `recount`, given the unstarted one; raise ``ValueError`` where it is none.

        Seeds stand where the clusters stand to which they belong.
        """
        first, renamed, n_columns = facts["first_clusters"], facts["renamed"], len(shared.cluster_docs)
        if renamed.dtype.kind != "i" or len(renamed) not in {0, n_columns} or int(facts["round"]) <= 0:
            raise ValueError("The numbers of the clusters are damaged.")
        if first.dtype.kind != "i" or not np.array_equal(np.sort(first), np.arange(n_columns)):
            raise ValueError("The first numbers of the clusters are damaged.")
        return replace(
            shared, term_clusters=np.ascontiguousarray(shared.term_clusters[:, first]), first_clusters=first,
            cluster_words=shared.cluster_words[first], renamed=renamed if len(renamed) else None,
        )  # fmt: skip

    def resumed(self, uncounted: GsdmmShared, facts: Mapping[str, np.ndarray], statistics: Statistics) -> GsdmmShared:
        """Return a stored state, given the sums of what `recount` returned."""
        shared = self._started(uncounted, statistics)
        n_used = int(facts["n_used"])
        if not np.flatnonzero(shared.cluster_words).max(initial=0) < n_used <= shared.n_clusters:
            raise ValueError("The number of clusters in use is damaged.")
        return replace(shared, round=int(facts["round"]), n_used=n_used, n_moved=int(facts["n_moved"]))

    def sweep(
        self, part: Part, shared: GsdmmShared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Draw the cluster of each document of this round once."""
        clusters = part.assignments.copy()
        if shared.renamed is not None:
            clusters = shared.renamed[clusters].astype(np.int32)
        docs, words = shared.cluster_docs.astype(np.float64), shared.cluster_words.astype(np.float64)
        term_clusters = shared.term_clusters.copy()
        taken = self._documents_of_round(part.n_docs, shared.round)
        real = type_of_factors(len(term_clusters), int(shared.cluster_words.sum()), self.beta)
        lengths = np.empty(len(docs), dtype=real)  # for use in the kernel
        indptr = part.indptr[taken.start : taken.stop + 1]
        n_moved, _ = kernels.sweep(
            indptr, part.indices, part.data, part.doc_lengths[taken], clusters[taken], shared.n_used,
            shared.n_clusters, docs, words, term_clusters, self.alpha, self.beta, self.repeats,
            random_state(seed, shared.round + 1, part.number), lengths,
        )  # fmt: skip
        changes = {
            "cluster_docs": docs.astype(np.int64) - shared.cluster_docs,
            "term_clusters": np.subtract(term_clusters, shared.term_clusters, dtype=np.int32),
        }
        found = {"words": np.array([part.n_words]), "moved": np.array([n_moved])}
        return part.assigned(clusters), Statistics(found, changes).added_to(total)

    def update(self, shared: GsdmmShared, statistics: Statistics) -> GsdmmShared:
        """Add the counts of all parts; remove empty clusters where they are many."""
        if shared.round < 0:
            return self._started(shared, statistics)
        check_total(int(statistics.counts["words"][0]), shared.n_words, "words")
        n_moved_before = shared.n_moved if shared.round % self.rounds else 0
        shared = replace(shared, n_moved=n_moved_before + int(statistics.counts["moved"][0]))
        return _packed(_added(shared, statistics.changes, 0))

    def log_joint(self, shared: GsdmmShared) -> float:
        """Return the logarithm of the joint probability of words and clusters, up to a constant."""
        most = int(shared.term_clusters.max())
        log_gammas = gammaln(np.arange(most + 1) + self.beta)
        return kernels.log_joint(
            shared.n_used, shared.cluster_docs, shared.cluster_words, shared.term_clusters, self.alpha, self.beta,
            log_gammas,
        )  # fmt: skip

    def _documents_of_round(self, n_docs: int, n_done: int) -> slice:
        number = n_done % self.rounds
        return slice(n_docs * number // self.rounds, n_docs * (number + 1) // self.rounds)

    def _started(self, shared: GsdmmShared, statistics: Statistics) -> GsdmmShared:
        n_words = int(statistics.counts["words"][0])
        shared = replace(shared, n_words=n_words, n_docs=int(statistics.counts["cluster_docs"].sum()))
        shared = _added(shared, statistics.counts, n_words)
        # Reading these counts from memory dominates a sweep, so they are as narrow as possible.
        narrow = shared.term_clusters.sum(axis=1).max() < 2**16
        return replace(shared, term_clusters=shared.term_clusters.astype(np.uint16)) if narrow else shared


def _counted(part: Part, clusters: np.ndarray, shared: GsdmmShared) -> Statistics:
    docs, words = (np.zeros(shared.term_clusters.shape[1]) for _ in range(2))
    counts = np.zeros(shared.term_clusters.shape, dtype=np.int32)
    kernels.count_clusters(part.indptr, part.indices, part.data, part.doc_lengths, clusters, docs, words, counts)
    found = {"words": np.array([part.n_words]), "cluster_docs": docs.astype(np.int64), "term_clusters": counts}
    return Statistics(found, {})


def _added(shared: GsdmmShared, changes: Mapping[str, np.ndarray], n_new_words: int) -> GsdmmShared:
    n_words = int(shared.cluster_words.sum()) + n_new_words
    docs = checked_sum(shared.cluster_docs[np.newaxis], changes["cluster_docs"][np.newaxis], shared.n_docs, "documents")
    term_clusters, cluster_words = checked_sum(
        shared.term_clusters, changes["term_clusters"], n_words, "words by term and cluster"
    )
    n_used = max(shared.n_used, int(np.flatnonzero(docs[1]).max(initial=-1)) + 1)
    return replace(
        shared, round=shared.round + 1, n_used=n_used, cluster_docs=docs[1], cluster_words=cluster_words,
        term_clusters=term_clusters, renamed=None,
    )  # fmt: skip


def _packed(shared: GsdmmShared) -> GsdmmShared:
    """Move clusters with documents or seeds before empty ones, if many are empty."""
    if shared.n_used - shared.n_alive <= PACKED_FROM * shared.n_used:
        return shared
    in_use = shared.cluster_words > 0
    kept, order = np.flatnonzero(in_use), np.argsort(~in_use, kind="stable")
    kernels.keep_columns(shared.term_clusters, kept, shared.n_used)
    return replace(
        shared, n_used=len(kept), cluster_docs=shared.cluster_docs[order], cluster_words=shared.cluster_words[order],
        first_clusters=shared.first_clusters[order], renamed=np.cumsum(in_use) - 1,
    )  # fmt: skip


def type_of_factors(n_terms: int, n_words: int, beta: float) -> type[np.floating]:
    """Choose float32, which is twice as fast, unless the product of the four smallest factors would underflow in it.

    The smallest factor of a weight, in the scale of the kernel, is that of a new word in a cluster of all words; the
    longest document adds to it no more than the whole corpus has. `n_words` are those of all clusters, seeds included.
    """
    smoothing = n_terms * beta
    return np.float32 if beta * math.sqrt(smoothing / (smoothing + 2 * n_words)) > SMALLEST_FACTOR else np.float64
