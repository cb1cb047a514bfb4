"""The kernels of Gibbs LDA against slow, obvious versions."""

import numpy as np
import pytest
from scipy.special import digamma, gammaln

from tests.python.unit.topics.exact_posterior import (
    MOST_STANDARD_ERRORS,
    all_states,
    probabilities,
    standard_errors_away,
    state_numbers,
)
from tests.python.unit.topics.slow_sampling import LANES, SlowRandom, slow_draw
from tests.python.unit.topics.small_corpora import counts_of, random_corpus
from text_explorer.topics.models.inference import padded
from text_explorer.topics.models.kernels import _gibbs_lda_kernels as kernels


def words_of(corpus):
    """Return the term of each word, and where each document's words begin."""
    return np.repeat(corpus.indices, corpus.data), np.concatenate(([0], np.cumsum(corpus.doc_lengths)))


def counted(tokens, topics, n_terms, n_columns):
    term_topics = np.zeros((n_terms, n_columns), dtype=np.int32)
    np.add.at(term_topics, (tokens, topics), 1)
    return term_topics


def slow_sweep(tokens, offsets, topics, n_terms, alpha, beta, uniform):
    """Equation 5 of Griffiths and Steyvers in float64, counted again for each word, without the word itself."""
    n_topics = len(alpha)
    document = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    for i in range(len(tokens)):
        others = np.arange(len(tokens)) != i
        in_doc = np.bincount(topics[others & (document == document[i])], minlength=n_topics)
        of_term = np.bincount(topics[others & (tokens == tokens[i])], minlength=n_topics)
        in_topic = np.bincount(topics[others], minlength=n_topics)
        weights = (in_doc + alpha) * (of_term + beta) / (in_topic + n_terms * beta)
        topics[i] = slow_draw(weights, uniform())


@pytest.mark.parametrize("n_topics", [1, 3, 8, 20])
def test_a_sweep_draws_topics_as_the_slow_version_does(n_topics):
    # The kernel counts in float32; no draw of these seeds lies so near to a bound that it shows.
    corpus = random_corpus(20, 10, 15, seed=n_topics)
    tokens, offsets = words_of(corpus)
    generator = np.random.default_rng(n_topics)
    topics = generator.integers(n_topics, size=len(tokens), dtype=np.int32)
    alpha, beta = generator.gamma(1.0, size=n_topics), 0.1
    term_topics = counted(tokens, topics, corpus.n_terms, len(padded(alpha)))
    topic_words = term_topics.sum(axis=0, dtype=np.int64)
    state = np.array([7 + n_topics], dtype=np.uint64)
    uniform, slow = SlowRandom(state), topics.copy()
    for _ in range(5):
        slow_sweep(tokens, offsets, slow, corpus.n_terms, alpha, beta, uniform)
        kernels.sweep(
            tokens, offsets, topics, term_topics, topic_words, padded(alpha.astype(np.float32)), beta, state
        )  # fmt: skip
        assert topics.tolist() == slow.tolist()
    assert (term_topics == counted(tokens, topics, corpus.n_terms, term_topics.shape[1])).all()
    assert topic_words.tolist() == term_topics.sum(axis=0).tolist()


def test_topics_that_pad_are_never_drawn():
    corpus = random_corpus(50, 10, 60)
    tokens, offsets = words_of(corpus)
    topics = np.zeros(len(tokens), dtype=np.int32)
    term_topics = counted(tokens, topics, corpus.n_terms, 16)
    alpha = padded(np.full(9, 1e-3, dtype=np.float32))
    state = np.array([3], dtype=np.uint64)
    for _ in range(100):
        kernels.sweep(tokens, offsets, topics, term_topics, term_topics.sum(axis=0, dtype=np.int64), alpha, 0.01, state)
        assert topics.max() < 9


def test_documents_are_counted_by_their_words():
    offsets = np.array([0, 3, 3, 4, 13])
    assert kernels.count_lengths(offsets, 3).tolist() == [1, 1, 0, 2]


def test_documents_are_counted_by_their_words_in_each_topic():
    # Words of topics 0 0 1, none, and 2.
    offsets = np.array([0, 3, 3, 4])
    topics = np.array([0, 0, 1, 2], dtype=np.uint16)
    assert kernels.count_doc_topics(offsets, topics, 3, 3).tolist() == [[0, 0, 1, 0], [0, 1, 0, 0], [0, 1, 0, 0]]


def test_of_a_document_longer_than_is_counted_words_all_over_it_count():
    # Places 0, 2, 4 and 6 of eight words.
    topics = np.array([0, 1, 0, 1, 1, 0, 2, 2], dtype=np.uint16)
    doc_topics = kernels.count_doc_topics(np.array([0, 8]), topics, 3, 4)
    assert doc_topics.tolist() == [[0, 0, 1, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0]]


def histograms_of(doc_topic_counts):
    longest = doc_topic_counts.sum(axis=1).max()
    lengths = np.bincount(doc_topic_counts.sum(axis=1), minlength=longest + 1)
    return lengths, np.array([np.bincount(counts, minlength=longest + 1) for counts in doc_topic_counts.T])


def drawn_counts(alpha, n_docs, length):
    generator = np.random.default_rng(len(alpha))
    return np.array([generator.multinomial(length, shares) for shares in generator.dirichlet(alpha, n_docs)])


def test_alpha_moves_to_the_fixed_point_of_minka():
    counts = drawn_counts([0.2, 0.5, 1.5], 40, 25)
    alpha, slow = np.full(3, 0.1), np.full(3, 0.1)
    kernels.optimise_alpha(alpha, *histograms_of(counts), 4)
    for _ in range(4):
        # Equation 55 of Minka (2000), with the hyperprior Gamma(1.001, 1).
        numerator = (digamma(counts + slow) - digamma(slow)).sum(axis=0)
        denominator = (digamma(counts.sum(axis=1) + slow.sum()) - digamma(slow.sum())).sum()
        slow = (slow * numerator + 0.001) / (denominator + 1.0)
    assert alpha == pytest.approx(slow, rel=1e-10)


@pytest.mark.parametrize("known", [[0.05, 0.1, 0.4, 1.0], [2.0, 5.0], [0.1] * 20])
def test_alpha_is_found_again_from_counts_drawn_from_it(known):
    # 5,000 documents: the standard error of each value is some 2 % of it.
    alpha = np.full(len(known), 0.1)
    kernels.optimise_alpha(alpha, *histograms_of(drawn_counts(known, 5_000, 80)), 1_000)
    assert alpha == pytest.approx(np.array(known), rel=0.08)


def test_alpha_of_a_topic_without_words_is_small_and_positive():
    counts = np.column_stack((drawn_counts([1.0, 1.0], 500, 30), np.zeros(500, dtype=int)))
    alpha = np.full(3, 0.1)
    kernels.optimise_alpha(alpha, *histograms_of(counts), 200)
    assert min(alpha[:2]) > 0.5
    assert 0 < alpha[2] < 1e-5


def slow_fold_in(bag, probabilities, alpha):
    """Expectation maximisation to its end, which is one for all first guesses; `probabilities` is (K, V)."""
    gamma = alpha + bag.sum() / len(alpha)
    for _ in range(1000):
        of_word = gamma[:, np.newaxis] * probabilities
        gamma = alpha + (of_word / of_word.sum(axis=0)) @ bag
    return gamma


def fold_in(corpus, probabilities, alpha, n_rounds, tolerance):
    gammas = np.empty((corpus.n_docs, len(padded(alpha))), dtype=np.float32)
    kernels.fold_in(
        corpus.indptr, corpus.indices, corpus.data, padded(probabilities.T.astype(np.float32)),
        padded(alpha.astype(np.float32)), n_rounds, tolerance, gammas,
    )  # fmt: skip
    return gammas


@pytest.mark.parametrize("n_topics", [1, LANES, 11])
def test_folding_in_is_expectation_maximisation(n_topics):
    corpus = random_corpus(25, 30, 20, seed=n_topics)
    generator = np.random.default_rng(n_topics)
    probabilities, alpha = generator.dirichlet(np.full(30, 0.3), n_topics), generator.gamma(1.0, size=n_topics)
    expected = np.array([slow_fold_in(bag, probabilities, alpha) for bag in counts_of(corpus)])
    gammas = fold_in(corpus, probabilities, alpha, 1000, 0.0)
    assert gammas[:, :n_topics] == pytest.approx(expected, rel=1e-4, abs=1e-5)
    assert not gammas[:, n_topics:].any()


def test_folding_in_ends_where_a_round_changes_little():
    corpus = random_corpus(25, 30, 20)
    probabilities, alpha = np.random.default_rng(0).dirichlet(np.full(30, 0.3), 4), np.full(4, 0.1)
    one_round = fold_in(corpus, probabilities, alpha, 1, 0.0)
    assert (fold_in(corpus, probabilities, alpha, 100, 5.0) == one_round).all()
    assert (fold_in(corpus, probabilities, alpha, 100, 0.0) != one_round).any()


def test_topics_are_visited_in_proportion_to_their_exact_posterior():
    # Two documents of three words each: 64 ways to give them two topics, with a prior that distinguishes the topics.
    tokens, offsets = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32), np.array([0, 3, 6])
    alpha, beta, n_terms = np.array([0.3, 0.8]), 0.4, 3
    states = all_states(6, 2)
    of_topic = np.eye(2)[states]
    in_doc = np.stack([of_topic[:, :3].sum(axis=1), of_topic[:, 3:].sum(axis=1)])
    of_term = np.einsum("snk,nw->skw", of_topic, np.eye(n_terms)[tokens])
    logs = gammaln(in_doc + alpha).sum(axis=(0, 2)) + gammaln(of_term + beta).sum(axis=(1, 2))
    logs -= gammaln(of_term.sum(axis=2) + n_terms * beta).sum(axis=1)
    exact = probabilities(logs, state_numbers(states, 2))

    topics = np.zeros(6, dtype=np.int32)
    term_topics = counted(tokens, topics, n_terms, LANES)
    topic_words = term_topics.sum(axis=0, dtype=np.int64)
    prior, state = padded(alpha.astype(np.float32)), np.array([2026], dtype=np.uint64)
    visited = np.empty((100_000, 6), dtype=np.int64)
    for visit in visited:
        kernels.sweep(tokens, offsets, topics, term_topics, topic_words, prior, beta, state)
        visit[:] = topics
    assert abs(standard_errors_away(state_numbers(visited, 2), exact)).max() < MOST_STANDARD_ERRORS
