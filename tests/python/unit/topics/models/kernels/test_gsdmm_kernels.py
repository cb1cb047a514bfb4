"""The kernels of GSDMM against slow versions that say what Yin and Wang (2014) say, in logarithms."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.special import gammaln

from tests.python.unit.topics.exact_posterior import (
    MOST_STANDARD_ERRORS,
    all_states,
    companions,
    probabilities,
    standard_errors_away,
    state_numbers,
)
from tests.python.unit.topics.slow_sampling import LANES, SlowRandom, slow_draw
from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.models.kernels import _gsdmm_kernels as kernels

REPEATED, SINGLE = 1, 0


@dataclass
class Clusters:
    """Documents in clusters, with the counts that follow: those of the kernels."""

    corpus: object
    assignment: np.ndarray
    n_clusters: int

    def __post_init__(self):
        n_columns = -(-(self.n_clusters + 1) // LANES) * LANES
        self.docs, self.words = np.zeros(n_columns), np.zeros(n_columns)
        self.terms = np.zeros((self.corpus.n_terms, n_columns), dtype=np.int32)
        self.documents = (self.corpus.indptr, self.corpus.indices, self.corpus.data, self.corpus.doc_lengths)
        kernels.count_clusters(*self.documents, self.assignment, self.docs, self.words, self.terms)

    def sweep(self, n_used, alpha, beta, repeats, state, real=np.float32):
        return kernels.sweep(
            *self.documents, self.assignment, n_used, self.n_clusters, self.docs, self.words, self.terms,
            alpha, beta, repeats, state, np.empty(len(self.docs), dtype=real),
        )  # fmt: skip


def plain_log_weights(bag, cluster_docs, topic_term_counts, alpha, beta, repeats):
    """Equation 4 (or 3) for each cluster, factor by factor; `bag` counts terms, `topic_term_counts` is (K, V)."""
    smoothing = topic_term_counts.shape[1] * beta
    logs = np.log(cluster_docs + alpha)
    for term, count in enumerate(bag):
        for j in range(count):
            logs = logs + np.log(topic_term_counts[:, term] + beta + repeats * j)
    for i in range(sum(bag)):
        logs = logs - np.log(topic_term_counts.sum(axis=1) + smoothing + i)
    return logs


def fast_weights(bags, cluster_docs, topic_term_counts, alpha, beta, repeats):
    corpus = corpus_of_counts(bags)
    weights = np.empty((len(bags), len(cluster_docs)))
    kernels.posterior(
        corpus.indptr, corpus.indices, corpus.data, cluster_docs.astype(np.float64),
        topic_term_counts.sum(axis=1, dtype=np.float64), np.ascontiguousarray(topic_term_counts.T, dtype=np.int32),
        alpha, beta, repeats, weights,
    )  # fmt: skip
    return weights / weights.sum(axis=1, keepdims=True)


def normalised(logs):
    weights = np.exp(logs - logs.max())
    return weights / weights.sum()


@pytest.mark.parametrize("repeats", [REPEATED, SINGLE])
@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 15, 16, 17, 23, 24, 25, 48, 1000])
def test_weights_follow_the_equation_for_short_and_long_documents(length, repeats):
    generator = np.random.default_rng(length)
    topic_term_counts = generator.integers(0, 9, size=(5, 12))
    topic_term_counts[4] = 0
    cluster_docs = np.array([3, 2, 5, 1, 0])
    bags = generator.multinomial(length, np.full(12, 1 / 12), size=6).tolist()
    weights = fast_weights(bags, cluster_docs, topic_term_counts, 0.1, 0.05, repeats)
    expected = [normalised(plain_log_weights(bag, cluster_docs, topic_term_counts, 0.1, 0.05, repeats)) for bag in bags]
    assert weights == pytest.approx(np.array(expected), rel=1e-9, abs=1e-250)


@pytest.mark.parametrize("repeats", [REPEATED, SINGLE])
def test_the_last_words_of_a_long_document_count_as_much_as_the_first(repeats):
    # 400 terms of one cluster come first, 600 of the other after them.
    topic_term_counts = np.zeros((2, 1000), dtype=np.int64)
    topic_term_counts[0, :400] = topic_term_counts[1, 400:] = 100
    bag, others = [1] * 1000, (np.array([400, 600]), topic_term_counts, 0.1, 0.1, repeats)
    logs = plain_log_weights(bag, *others)
    assert logs[1] - logs[0] > 900
    assert fast_weights([bag], *others).tolist() == [[0.0, 1.0]]


@pytest.mark.parametrize("beta", [1e-4, 100.0])
def test_weights_stay_finite_for_extreme_priors_and_large_clusters(beta):
    topic_term_counts = np.array([[2_000_000, 0, 0, 1], [0, 5, 3_000_000, 0], [0, 0, 0, 0]])
    bags = [[40, 0, 45, 3], [0, 15, 0, 0], [0, 0, 0, 15], [4, 4, 4, 3]]
    others = np.array([100_000, 200_000, 0]), topic_term_counts, 1e-6, beta, REPEATED
    expected = [normalised(plain_log_weights(bag, *others)) for bag in bags]
    assert fast_weights(bags, *others) == pytest.approx(np.array(expected), rel=1e-7, abs=1e-250)


@pytest.mark.parametrize("repeats", [REPEATED, SINGLE])
@pytest.mark.parametrize("n_clusters", [1, 3, 7, 8, 20])
def test_a_sweep_moves_documents_as_the_slow_version_does(n_clusters, repeats):
    corpus = random_corpus(30, 12, 8, seed=n_clusters)
    generator = np.random.default_rng(n_clusters)
    # Half of the clusters are in use; of the others one stands for all.
    n_used = slow_used = max(n_clusters // 2, 1)
    first = generator.integers(n_used, size=corpus.n_docs, dtype=np.int32)
    clusters = Clusters(corpus, first.copy(), n_clusters)
    state = np.array([99 + n_clusters], dtype=np.uint64)
    uniform, slow = SlowRandom(state), first.copy()
    for _ in range(5):
        before = slow.copy()
        slow_used = slow_sweep(corpus, slow, slow_used, n_clusters, 0.3, 0.2, repeats, uniform)
        n_moved, n_used = clusters.sweep(n_used, 0.3, 0.2, repeats, state)
        assert clusters.assignment.tolist() == slow.tolist()
        assert (n_used, n_moved) == (slow_used, np.count_nonzero(slow != before))


def slow_sweep(corpus, assignment, n_used, n_clusters, alpha, beta, repeats, uniform):
    """Draw each document's cluster from the counts of all others, counted again for each document."""
    matrix = counts_of(corpus)
    for d in np.flatnonzero(corpus.doc_lengths).tolist():
        members = np.array([
            (assignment == z) & (corpus.doc_lengths > 0) & (np.arange(len(assignment)) != d) for z in range(n_clusters)
        ])  # fmt: skip
        logs = plain_log_weights(matrix[d].tolist(), members.sum(axis=1), members @ matrix, alpha, beta, repeats)
        weights = np.exp(logs - logs.max())[: n_used + (n_used < n_clusters)]
        if n_used < n_clusters:
            weights[n_used] *= n_clusters - n_used
        drawn = slow_draw(weights, uniform())
        stays = drawn == n_used and not members[assignment[d]].any()
        if not stays:
            assignment[d] = drawn
            n_used = max(n_used, drawn + 1)
    return n_used


def test_counts_stay_those_of_the_assignment():
    corpus = random_corpus(40, 15, 9)
    clusters = Clusters(corpus, np.random.default_rng(1).integers(6, size=40, dtype=np.int32), 6)
    clusters.sweep(6, 0.1, 0.1, REPEATED, np.array([5], dtype=np.uint64))
    again = Clusters(corpus, clusters.assignment, 6)
    assert clusters.docs.tolist() == again.docs.tolist()
    assert clusters.words.tolist() == again.words.tolist()
    assert (clusters.terms == again.terms).all()


def test_a_document_alone_in_its_cluster_does_not_change_it_for_another_empty_one():
    corpus = random_corpus(1, 5, 30, seed=3)
    clusters = Clusters(corpus, np.zeros(1, dtype=np.int32), 50)
    n_used, moves = 1, []
    state = np.array([8], dtype=np.uint64)
    for _ in range(20):
        n_moved, n_used = clusters.sweep(n_used, 0.1, 0.1, REPEATED, state)
        moves.append(n_moved)
    assert (sum(moves), n_used, clusters.assignment.tolist()) == (0, 1, [0])


def slow_log_joint(clusters, alpha, beta):
    """Equation 1 with the priors integrated out, all constants kept."""
    in_use = slice(0, clusters.n_clusters)
    docs, terms = clusters.docs[in_use], clusters.terms[:, in_use].T
    smoothing = terms.shape[1] * beta
    log = gammaln(clusters.n_clusters * alpha) - gammaln(docs.sum() + clusters.n_clusters * alpha)
    log += (gammaln(docs + alpha) - gammaln(alpha)).sum()
    log += (gammaln(smoothing) - gammaln(terms.sum(axis=1) + smoothing)).sum()
    return log + (gammaln(terms + beta) - gammaln(beta)).sum()


def fast_log_joint(clusters, n_used, alpha, beta):
    log_gammas = gammaln(np.arange(clusters.terms.max() + 1) + beta)
    return kernels.log_joint(n_used, clusters.docs, clusters.words, clusters.terms, alpha, beta, log_gammas)


def test_the_log_joint_of_states_follows_the_formula():
    corpus = random_corpus(50, 20, 12)
    generator = np.random.default_rng(2)
    states = [Clusters(corpus, generator.integers(n, size=50, dtype=np.int32), 9) for n in (9, 9, 5, 1)]
    slow = np.array([slow_log_joint(state, 0.3, 0.05) for state in states])
    fast = np.array([fast_log_joint(state, n_used, 0.3, 0.05) for state, n_used in zip(states, (9, 9, 5, 1))])
    assert fast - fast[0] == pytest.approx(slow - slow[0], rel=1e-9)


def test_the_log_joint_does_not_depend_on_empty_clusters_taken_as_in_use():
    clusters = Clusters(random_corpus(20, 10, 8), np.arange(20, dtype=np.int32) % 3, 9)
    assert fast_log_joint(clusters, 3, 0.1, 0.1) == pytest.approx(fast_log_joint(clusters, 9, 0.1, 0.1), rel=1e-12)


@pytest.mark.parametrize("kept", [[0, 1, 2], [1, 4, 5], [5], [0, 3, 4, 5]])
def test_kept_columns_come_first_and_the_others_in_use_are_cleared(kept):
    counts = np.random.default_rng(0).integers(1, 9, size=(7, 8)).astype(np.int32)
    counts[:, 6:] = 0
    expected = np.zeros_like(counts)
    expected[:, : len(kept)] = counts[:, kept]
    kernels.keep_columns(counts, np.array(kept), 6)
    assert counts.tolist() == expected.tolist()


def test_clusters_are_visited_in_proportion_to_their_exact_posterior():
    corpus = corpus_of_counts([[2, 1, 0], [1, 0, 1], [0, 0, 2], [1, 1, 1], [0, 1, 2]])
    states = all_states(5, 3)
    logs = np.array([slow_log_joint(Clusters(corpus, state.astype(np.int32), 3), 0.6, 0.4) for state in states])
    exact = probabilities(logs, state_numbers(states, 3))
    clusters = Clusters(corpus, np.zeros(5, dtype=np.int32), 3)
    state = np.array([2024], dtype=np.uint64)
    visited = np.empty((100_000, 5), dtype=np.int64)
    for assignment in visited:
        clusters.sweep(3, 0.6, 0.4, REPEATED, state)
        assignment[:] = clusters.assignment
    assert abs(standard_errors_away(state_numbers(visited, 3), exact)).max() < MOST_STANDARD_ERRORS


def test_one_empty_cluster_is_drawn_as_often_as_all_empty_ones_weigh():
    # Clusters are only known by the documents that share them, since one empty cluster stands for all.
    corpus = corpus_of_counts([[2, 1, 0], [1, 0, 1], [0, 0, 2], [1, 1, 1]])
    states = all_states(4, 6)
    logs = np.array([slow_log_joint(Clusters(corpus, state.astype(np.int32), 6), 0.6, 0.4) for state in states])
    exact = probabilities(logs, companions(states))
    clusters = Clusters(corpus, np.zeros(4, dtype=np.int32), 6)
    state, n_used = np.array([2025], dtype=np.uint64), 1
    visited = np.empty((100_000, 4), dtype=np.int64)
    for assignment in visited:
        _, n_used = clusters.sweep(n_used, 0.6, 0.4, REPEATED, state)
        assignment[:] = clusters.assignment
    assert abs(standard_errors_away(companions(visited), exact)).max() < MOST_STANDARD_ERRORS


def repeating_corpus():
    """Short documents, and one of 415 times a term that few others have: empty clusters outweigh all others for it."""
    bags = np.zeros((40, 6), dtype=np.int64)
    bags[np.arange(40), np.arange(40) % 5] = 2
    bags[:4, 5] = 1
    return corpus_of_counts([*bags.tolist(), [0, 0, 0, 0, 0, 415], [30, 0, 0, 0, 0, 0]])


@pytest.mark.parametrize("repeats", [REPEATED, SINGLE])
@pytest.mark.parametrize("beta", [1e-4, 0.1, 50.0])
@pytest.mark.parametrize("n_clusters", [1, 3, 8])
def test_a_sweep_moves_long_repeating_documents_as_the_slow_version_does(n_clusters, beta, repeats):
    corpus = repeating_corpus()
    first = np.random.default_rng(4).integers(n_clusters, size=corpus.n_docs, dtype=np.int32)
    clusters, state = Clusters(corpus, first.copy(), n_clusters), np.array([77], dtype=np.uint64)
    uniform, slow, n_used = SlowRandom(state), first.copy(), n_clusters
    histories = []
    for _ in range(4):
        slow_sweep(corpus, slow, n_clusters, n_clusters, 0.3, beta, repeats, uniform)
        _, n_used = clusters.sweep(n_used, 0.3, beta, repeats, state, np.float64)
        histories.append((clusters.assignment.tolist(), slow.tolist(), n_used))
    assert histories == [(fast, fast, n_clusters) for fast, _, _ in histories]


def test_even_where_all_weights_underflow_no_cluster_beyond_the_candidates_is_drawn():
    corpus = corpus_of_counts([[1] * 20, [1] * 20, [1] * 20])
    clusters = Clusters(corpus, np.zeros(3, dtype=np.int32), 1)
    _, n_used = clusters.sweep(1, 0.1, 1e-30, SINGLE, np.array([3], dtype=np.uint64))
    assert (n_used, clusters.assignment.tolist()) == (1, [0, 0, 0])
