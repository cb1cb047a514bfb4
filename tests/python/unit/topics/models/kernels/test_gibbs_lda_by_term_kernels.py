"""The sweep by term, of whose draws the exact distribution is known."""

import numpy as np
import pytest
from scipy.special import gammaln
from scipy.stats import chisquare

from tests.python.unit.topics.exact_posterior import (
    MOST_STANDARD_ERRORS,
    all_states,
    probabilities,
    standard_errors_away,
    state_numbers,
)
from tests.python.unit.topics.small_corpora import random_corpus
from text_explorer.topics.models.inference import padded
from text_explorer.topics.models.kernels._gibbs_lda_by_term_kernels import BLOCKS, bits_of_topic, sweep_by_term
from text_explorer.topics.models.kernels._sampling_kernels import LANES


def counted(tokens, topics, n_terms, n_columns):
    term_topics = np.zeros((n_terms, n_columns), dtype=np.int32)
    np.add.at(term_topics, (tokens, topics), 1)
    return term_topics


@pytest.mark.parametrize("spread", [1, 8])
def test_topics_are_visited_in_proportion_to_their_exact_posterior(spread):
    # Two documents of three words each: 64 ways to give them two topics, with a prior that distinguishes the topics.
    # With `spread`, the two stand in different blocks, among topics that are padding.
    tokens, offsets = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32), np.array([0, 3, 6])
    alpha, beta, n_terms = np.array([0.3, 0.8]), 0.4, 3
    states = all_states(6, 2)
    of_topic = np.eye(2)[states]
    in_doc = np.stack([of_topic[:, :3].sum(axis=1), of_topic[:, 3:].sum(axis=1)])
    of_term = np.einsum("snk,nw->skw", of_topic, np.eye(n_terms)[tokens])
    logs = gammaln(in_doc + alpha).sum(axis=(0, 2)) + gammaln(of_term + beta).sum(axis=(1, 2))
    logs -= gammaln(of_term.sum(axis=2) + n_terms * beta).sum(axis=1)
    exact = probabilities(logs, state_numbers(states, 2))

    prior = padded(np.insert(alpha, [1] * (spread - 1), 0.0).astype(np.float32))
    topics, state = np.zeros(6, dtype=np.uint16), np.array([2026], dtype=np.uint64)
    term_topics = counted(tokens, topics, n_terms, len(prior))
    n_bits = bits_of_topic(len(prior), 3)
    visited = np.empty((100_000, 6), dtype=np.int64)
    for visit in visited:
        changes = np.zeros_like(term_topics)
        topic_words = term_topics.sum(axis=0, dtype=np.int64)
        sweep_by_term(tokens, offsets, topics, term_topics, topic_words, prior, beta, state, n_bits, changes)
        term_topics += changes
        visit[:] = topics // spread
    assert (topics % spread).tolist() == [0] * 6
    assert abs(standard_errors_away(state_numbers(visited, 2), exact)).max() < MOST_STANDARD_ERRORS


@pytest.mark.parametrize("n_topics", [1, 3, BLOCKS, BLOCKS + 1, 300])
@pytest.mark.parametrize("dtype", [np.uint16, np.int32])
def test_changes_are_those_of_the_topics(n_topics, dtype):
    corpus = random_corpus(60, 30, 40, seed=n_topics)
    tokens, offsets = np.repeat(corpus.indices, corpus.data), np.concatenate(([0], np.cumsum(corpus.doc_lengths)))
    generator = np.random.default_rng(n_topics)
    topics = generator.integers(n_topics, size=len(tokens), dtype=dtype)
    alpha = padded(np.full(n_topics, 0.1, dtype=np.float32))
    state, n_bits = np.array([5], dtype=np.uint64), bits_of_topic(len(alpha), int(corpus.doc_lengths.max()))
    for _ in range(10):
        term_topics = counted(tokens, topics, corpus.n_terms, len(alpha))
        before, changes = topics.copy(), np.zeros_like(term_topics)
        topic_words = term_topics.sum(axis=0, dtype=np.int64)
        sweep_by_term(tokens, offsets, topics, term_topics, topic_words, alpha, 0.05, state, n_bits, changes)
        assert (term_topics + changes == counted(tokens, topics, corpus.n_terms, len(alpha))).all()
        assert (topic_words == (term_topics + changes).sum(axis=0)).all()
        assert topics.max() < n_topics
        assert n_topics == 1 or (topics != before).any()


def test_a_word_is_drawn_by_the_counts_of_all_other_words():
    # The only word of term 0 is drawn first. Its document has words in 19 topics, more than the eight lanes of a sum.
    n_topics, beta, n_draws = 70, 0.2, 20_000
    generator = np.random.default_rng(8)
    tokens = np.concatenate(([0], generator.integers(1, 6, 300))).astype(np.int32)
    offsets = np.array([0, 40, 301])
    topics = generator.integers(n_topics, size=301).astype(np.uint16)
    topics[:40] = generator.choice(np.arange(0, 70, 3), 40)
    topics[0] = 33
    alpha = padded(generator.uniform(0.05, 0.4, n_topics).astype(np.float32))
    term_topics = counted(tokens, topics, 6, len(alpha))
    in_doc, others = np.bincount(topics[1:40], minlength=len(alpha)), counted(tokens[1:], topics[1:], 6, len(alpha))
    weights = (in_doc + alpha) * (others[0] + beta) / (others.sum(axis=0) + 6 * beta)
    expected = n_draws * weights / weights.sum()
    state, drawn = np.array([77], dtype=np.uint64), np.zeros(len(alpha))
    n_bits = bits_of_topic(len(alpha), 261)
    for _ in range(n_draws):
        after, changes = topics.copy(), np.zeros_like(term_topics)
        topic_words = term_topics.sum(axis=0, dtype=np.int64)
        sweep_by_term(tokens, offsets, after, term_topics, topic_words, alpha, beta, state, n_bits, changes)
        drawn[after[0]] += 1
    used = expected > 0
    assert drawn[~used].sum() == 0
    assert chisquare(drawn[used], expected[used]).pvalue > 0.001


@pytest.mark.parametrize(
    ("n_topics", "longest", "n_bits"), [(2, 3, 1), (1, 9, 1), (1_000, 2**22 - 1, 10), (1_000, 2**22, 0), (1_024, 5, 10)]
)
def test_a_topic_and_its_words_share_32_bits(n_topics, longest, n_bits):
    assert bits_of_topic(n_topics, longest) == n_bits


def test_documents_without_words_and_terms_without_occurrences_are_passed_over():
    tokens, offsets = np.array([3, 3, 1], dtype=np.int32), np.array([0, 0, 2, 2, 3, 3])
    topics = np.zeros(3, dtype=np.uint16)
    term_topics = counted(tokens, topics, 5, LANES)
    changes, state = np.zeros_like(term_topics), np.array([1], dtype=np.uint64)
    alpha = np.full(LANES, 0.5, dtype=np.float32)
    sweep_by_term(tokens, offsets, topics, term_topics, term_topics.sum(axis=0), alpha, 0.1, state, 8, changes)
    assert changes[[0, 2, 4]].any() == np.False_
    assert (term_topics + changes == counted(tokens, topics, 5, LANES)).all()
