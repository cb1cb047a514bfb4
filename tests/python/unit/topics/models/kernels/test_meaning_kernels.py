"""The kernels of GSDMM with embeddings against slow versions of the same equations, in logarithms."""

import math

import numpy as np
import pytest

from tests.python.unit.topics.models.kernels.test_gsdmm_kernels import normalised, plain_log_weights
from tests.python.unit.topics.slow_sampling import LANES, SlowRandom, slow_draw
from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.models.kernels import _meaning_kernels as kernels

TEMPERED_FROM = 24


def random_units(n_docs, n_dims, seed=0, missing=0.2):
    generator = np.random.default_rng(seed)
    values = generator.normal(size=(n_docs, n_dims))
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    values[generator.random(n_docs) < missing] = 0.0
    return values.astype(np.float32)


def padded(values):
    return np.pad(values, [(0, 0), (0, -values.shape[1] % LANES)])


def slow_pull(vector, total, kappa):
    """kappa A_p(kappa |s|) cos(x, s), by Amos' approximation."""
    p = len(vector)
    length = np.linalg.norm(total)
    if length == 0:
        return 0.0
    cosine = vector @ total / length
    concentration = kappa * length
    ratio = concentration / ((p - 1) / 2 + math.sqrt(((p + 1) / 2) ** 2 + concentration**2))
    return kappa * ratio * cosine


def slow_log_weights(bag, vector, cluster_docs, topic_term_counts, totals, kappa, alpha, beta):
    """Formula (1) of docs/meaning.md for each cluster."""
    logs = np.log(cluster_docs + alpha)
    of_words = plain_log_weights(bag, cluster_docs, topic_term_counts, alpha, beta, 1) - logs
    if not vector.any():
        return logs + of_words
    temper = min(1.0, TEMPERED_FROM / max(sum(bag), 1))
    return logs + temper * of_words + [slow_pull(vector, total, kappa) for total in totals]


@pytest.mark.parametrize("kappa", [10.0, 80.0])
@pytest.mark.parametrize("length", [0, 5, 24, 25, 60, 400])
def test_weights_follow_the_equation_with_and_without_vectors(length, kappa):
    generator = np.random.default_rng(length)
    counts = generator.integers(0, 9, size=(8, 12))
    docs, totals = np.arange(1.0, 9.0), generator.normal(size=(8, 5)) * 3
    totals[3] = 0.0
    corpus = corpus_of_counts(generator.multinomial(length, np.full(12, 1 / 12), size=6))
    vectors = random_units(6, 5, seed=length, missing=0.0)
    vectors[0] = 0.0
    sums = np.ascontiguousarray(padded(totals.astype(np.float32)).T)
    scales = np.array([kernels.pull_scale((total.astype(np.float64) ** 2).sum(), kappa, 5) for total in totals])
    weights = np.empty((6, 8))
    kernels.posterior(
        corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths, padded(vectors), vectors.any(axis=1), docs,
        counts.sum(axis=1, dtype=np.float64), np.ascontiguousarray(counts.T, dtype=np.int32), sums, scales, 0.1, 0.05,
        1, weights,
    )  # fmt: skip
    expected = [
        normalised(slow_log_weights(bag, vector.astype(np.float64), docs, counts, totals, kappa, 0.1, 0.05))
        for bag, vector in zip(counts_of(corpus).tolist(), vectors)
    ]
    assert weights / weights.sum(axis=1, keepdims=True) == pytest.approx(np.array(expected), rel=1e-4, abs=1e-12)


@pytest.mark.parametrize("kappa", [10.0, 30.0, 80.0])
def test_a_pull_is_never_stronger_than_kappa(kappa):
    pulls = [
        kernels.pull_scale(length**2, kappa, n_dims) * length
        for length in (1e-3, 1.0, 50.0, 1e6)
        for n_dims in (1, 8, 64)
    ]
    assert 0 < min(pulls) < max(pulls) <= kappa


def test_the_exponential_of_a_pull_is_right_to_six_digits_up_to_the_largest_kappa():
    pulls = np.linspace(-80, 80, 4_001).astype(np.float32)
    weights, ones = np.ones(len(pulls)), np.ones(len(pulls), dtype=np.float32)
    kernels.multiply_pulls(pulls, ones, len(pulls), weights, np.zeros(len(pulls), np.int32), np.zeros_like(ones))
    assert weights == pytest.approx(np.exp(pulls.astype(np.float64)), rel=2e-6)


class Chain:
    """Documents with vectors in clusters, and the counts and sums that follow."""

    def __init__(self, corpus, vectors, assignment, n_clusters):
        n_columns = -(-(n_clusters + 1) // LANES) * LANES
        self.corpus, self.vectors, self.assignment, self.n_clusters = corpus, vectors, assignment, n_clusters
        self.given = vectors.any(axis=1)
        self.docs, self.words = np.zeros(n_columns), np.zeros(n_columns)
        self.terms = np.zeros((corpus.n_terms, n_columns), dtype=np.int32)
        documents = (corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths)
        kernels.count_documents(*documents, self.given, assignment, self.docs, self.words, self.terms)
        self.totals, self.n_vectors = np.zeros((n_columns, padded(vectors).shape[1])), np.zeros(n_columns, np.int64)
        kernels.add_vectors(padded(vectors), self.given, assignment, self.totals, self.n_vectors)
        self.sums = np.ascontiguousarray(self.totals.T, dtype=np.float32)
        self.squares = (self.totals**2).sum(axis=1).astype(np.float32)

    def sweep(self, n_used, kappa, state, alpha=0.3, beta=0.2):
        corpus = self.corpus
        return kernels.sweep(
            corpus.indptr, corpus.indices, corpus.data, corpus.doc_lengths, padded(self.vectors), self.given,
            self.vectors.shape[1], self.assignment, n_used, self.n_clusters, self.docs, self.words, self.terms,
            self.sums, self.squares, self.n_vectors, alpha, beta, 1, kappa, state,
            np.empty(len(self.docs), dtype=np.float32),
        )  # fmt: skip


@pytest.mark.parametrize("n_clusters", [1, 3, 8, 20])
def test_a_sweep_moves_documents_as_the_slow_version_does(n_clusters):
    corpus, vectors = random_corpus(30, 12, 8, seed=n_clusters), random_units(30, 5, seed=n_clusters)
    n_used = slow_used = max(n_clusters // 2, 1)
    first = np.random.default_rng(n_clusters).integers(n_used, size=30, dtype=np.int32)
    state = np.array([99 + n_clusters], dtype=np.uint64)
    uniform, slow = SlowRandom(state), first.copy()
    assignment = first.copy()
    for _ in range(4):
        before = slow.copy()
        slow_used, cosine = slow_sweep(corpus, vectors, slow, slow_used, n_clusters, uniform)
        chain = Chain(corpus, vectors, assignment, n_clusters)
        n_moved, n_used, cosines, n_cosines = chain.sweep(n_used, 6.0, state)
        assert assignment.tolist() == slow.tolist()
        assert (n_used, n_moved) == (slow_used, np.count_nonzero(slow != before))
        assert cosines / max(n_cosines, 1) == pytest.approx(cosine, abs=1e-5)


def slow_sweep(corpus, vectors, assignment, n_used, n_clusters, uniform):
    """Draw each document's cluster from counts and sums of all others, counted again for each document."""
    matrix, cosines, kappa, alpha, beta = counts_of(corpus), [], 6.0, 0.3, 0.2
    known = (corpus.doc_lengths > 0) | vectors.any(axis=1)
    for d in np.flatnonzero(known).tolist():
        members = np.array([
            (assignment == z) & known & (np.arange(len(assignment)) != d) for z in range(n_clusters)
        ])  # fmt: skip
        totals, vector = members @ vectors.astype(np.float64), vectors[d].astype(np.float64)
        logs = slow_log_weights(
            matrix[d].tolist(), vector, members.sum(axis=1), members @ matrix, totals, kappa, alpha, beta
        )
        weights = np.exp(logs - logs.max())[: n_used + (n_used < n_clusters)]
        if n_used < n_clusters:
            weights[n_used] *= n_clusters - n_used
        drawn = slow_draw(weights, uniform())
        if not (drawn == n_used and not members[assignment[d]].any()):
            assignment[d] = drawn
            n_used += drawn == n_used
        total = totals[assignment[d]]
        if vector.any() and total.any():
            cosines.append(vector @ total / np.linalg.norm(total))
    return n_used, np.mean(cosines) if cosines else 0.0


def test_sums_and_their_squares_follow_the_documents_over_a_sweep():
    corpus, vectors = random_corpus(200, 30, 6), random_units(200, 12)
    chain = Chain(corpus, vectors, np.random.default_rng(0).integers(9, size=200, dtype=np.int32), 9)
    n_moved, *_ = chain.sweep(9, 20.0, np.array([5], dtype=np.uint64))
    assert n_moved > 50
    again = Chain(corpus, vectors, chain.assignment, 9)
    assert chain.sums == pytest.approx(again.sums, abs=1e-4)
    assert chain.squares == pytest.approx(again.squares, rel=1e-3, abs=1e-4)
    assert chain.n_vectors.tolist() == again.n_vectors.tolist()


def test_a_cluster_that_loses_its_last_vector_has_no_direction_at_all():
    # Two documents without words, alike, alone in clusters: sooner or later one joins the other.
    corpus = corpus_of_counts([[0], [0], [1]])
    vectors = np.array([[0.6, 0.8], [0.599, 0.80075], [0.0, 0.0]], dtype=np.float32)
    chain = Chain(corpus, vectors, np.array([0, 1, 2], dtype=np.int32), 3)
    state = np.array([3], dtype=np.uint64)
    n_used = 3
    for _ in range(20):
        _, n_used, *_ = chain.sweep(n_used, 60.0, state)
    assert chain.assignment[0] == chain.assignment[1]
    empty = chain.n_vectors == 0
    assert empty.sum() == len(empty) - 1
    assert not chain.sums[:, empty].any()
    assert not chain.squares[empty].any()


def test_squared_lengths_never_fall_below_zero():
    # Opposite vectors cancel out, so that rounding decides on the sign of what is left.
    generator = np.random.default_rng(0)
    half = generator.normal(size=(40, 7))
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    vectors = np.repeat(half, 2, axis=0) * np.tile([1, -1], 40)[:, None]
    chain = Chain(corpus_of_counts(np.ones((80, 1), int)), vectors.astype(np.float32), np.zeros(80, np.int32), 4)
    _, _, cosines, _ = chain.sweep(1, 30.0, np.array([9], dtype=np.uint64))
    assert chain.squares.min() >= 0
    assert np.isfinite(cosines)
