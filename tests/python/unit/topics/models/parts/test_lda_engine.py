"""How the priors of LDA are estimated from summed counts."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import digamma

from tests.python.unit.topics.small_corpora import corpus_of_counts, random_corpus
from text_explorer.topics.models.gibbs_lda import is_sample
from text_explorer.topics.models.parts import lda_engine
from text_explorer.topics.models.parts.lda_engine import FIRST_BETA, LdaEngine, estimated_beta
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial
from text_explorer.topics.models.parts.statistics import Statistics


def counts_of_start(corpus, n_topics):
    engine = LdaEngine()
    unstarted = engine.unstarted(n_topics, corpus.n_terms, None)
    _, statistics = engine.start(split(corpus, 1)[0], unstarted, 0)
    return engine.update(unstarted, statistics).term_topics[:, :n_topics]


def test_beta_moves_to_the_fixed_point_of_minka():
    counts, beta = counts_of_start(random_corpus(30, 12, 20), 5), FIRST_BETA
    # Equation 55 of Minka (2000) for a symmetric prior: topics take the place of documents, terms that of topics.
    numerator = (digamma(counts + beta) - digamma(beta)).sum()
    denominator = 12 * (digamma(counts.sum(axis=0) + 12 * beta) - digamma(12 * beta)).sum()
    assert estimated_beta(counts, beta) == pytest.approx(beta * numerator / denominator, rel=1e-12)


def beta_at_last(counts):
    beta = FIRST_BETA
    for _ in range(200):
        beta = estimated_beta(counts, beta)
    return beta


@pytest.mark.parametrize("known", [0.02, 0.3])
def test_beta_is_found_again_from_counts_drawn_from_it(known):
    generator = np.random.default_rng(3)
    drawn = [generator.multinomial(20_000, shares) for shares in generator.dirichlet(np.full(1000, known), 8)]
    assert beta_at_last(np.array(drawn).T) == pytest.approx(known, rel=0.05)


@pytest.mark.parametrize(("counts", "bound"), [(np.full((8, 4), 1000), 1.0), (10**6 * np.eye(8, 4, dtype=int), 0.01)])
def test_beta_stays_within_its_bounds(counts, bound):
    assert beta_at_last(counts) == bound


def learnt_alpha(corpus, n_parts):
    """Return alpha after an estimation, from 1, where each word's topic is its term."""
    engine = LdaEngine(beta=0.01)
    unstarted = engine.unstarted(2, corpus.n_terms, None)
    started = [engine.start(part, unstarted, 0) for part in split(corpus, n_parts)]
    total = started[0][1].zero()
    for _, statistics in started:
        total += statistics
    shared = replace(engine.update(unstarted, total), sweep=lda_engine.FIRST_OPTIMISATION - 1, alpha=np.ones(2))
    counts = [counted_as_terms(engine, part, shared) for part, _ in started]
    found = counts[0].zero()
    for statistics in counts:
        found += statistics
    return engine.update(shared, found).alpha


def counted_as_terms(engine, part, shared):
    _, statistics = engine.sweep(part, shared, 0)
    longest = len(shared.lengths) - 1
    topics = part.indices.astype(np.uint16)
    histogram = lda_engine.kernels.count_doc_topics(part.indptr, topics, 2, longest)
    return Statistics({**statistics.counts, "doc_topics": histogram}, statistics.changes)


@pytest.mark.parametrize("n_parts", [1, 3])
def test_alpha_is_estimated_from_the_topics_of_the_words(n_parts):
    # Words of each document lie in one topic alone: documents are as unlike as can be, so the prior is small.
    alpha = learnt_alpha(corpus_of_counts([[30, 0], [0, 30]] * 20), n_parts)
    assert alpha == pytest.approx([alpha[0]] * 2)
    assert alpha[0] < 0.3


def test_the_number_of_parts_does_not_show_in_alpha():
    corpus = random_corpus(60, 2, 30)
    assert learnt_alpha(corpus, 5).tobytes() == learnt_alpha(corpus, 1).tobytes()


def test_alpha_is_estimated_from_documents_longer_than_counted(monkeypatch):
    corpus = corpus_of_counts([[30, 10], [10, 30]] * 20)
    learnt = {}
    for longest in (40, 20):
        monkeypatch.setattr(lda_engine, "LONGEST_COUNTED", longest)
        learnt[longest] = learnt_alpha(corpus, 1)[0]
    assert learnt[20] == pytest.approx(learnt[40], rel=0.2)


@pytest.mark.parametrize(("n_topics", "dtype"), [(5, np.uint16), (2**16 + 1, np.int32)])
def test_topics_are_kept_in_as_few_bytes_as_they_need(n_topics, dtype):
    corpus, engine = corpus_of_counts([[3, 1]]), LdaEngine()
    part, _ = engine.start(split(corpus, 1)[0], engine.unstarted(n_topics, 2, None), 0)
    assert part.assignments.dtype == dtype


def states_of(engine, n_topics, n_parts, n_sweeps):
    """Return the states after each sum until a number of sweeps."""
    corpus = random_corpus(60, 15, 20)
    states = Serial(split(corpus, n_parts)).run(engine, engine.unstarted(n_topics, corpus.n_terms, None), 3)
    found = [next(states)]
    while found[-1].sweep < n_sweeps:
        found.append(next(states))
    return found


@pytest.mark.parametrize(
    ("n_sweeps", "most", "sums"),
    [
        (20, 1, list(range(1, 21))),
        (20, 5, [*range(1, 11), 15, 20]),
        (20, 3, [*range(1, 11), 13, 15, 18, 20]),
        (13, 4, [*range(1, 7), 8, 12, 13]),
    ],
)
def test_counts_are_summed_after_each_sweep_of_the_first_half_and_at_each_sample(n_sweeps, most, sums):
    states = states_of(LdaEngine(n_sweeps=n_sweeps, sweeps_between_sums=most), 3, 2, n_sweeps)
    assert [state.sweep for state in states] == sums
    samples = {sweep for sweep in range(1, n_sweeps + 1) if is_sample(sweep, n_sweeps)}
    assert samples <= set(sums)


@pytest.mark.parametrize("n_topics", [5, lda_engine.BY_TERM_FROM])
def test_one_part_draws_the_same_with_fewer_sums(n_topics):
    engine = LdaEngine(0.1, 0.01, n_sweeps=10)
    *_, expected = states_of(engine, n_topics, 1, 10)
    *_, found = states_of(replace(engine, sweeps_between_sums=5), n_topics, 1, 10)
    assert found.term_topics.tobytes() == expected.term_topics.tobytes()


def test_priors_are_estimated_where_their_turn_came_since_the_last_sum():
    engine = LdaEngine(n_sweeps=24, sweeps_between_sums=4)
    states = {state.sweep: state for state in states_of(engine, 3, 2, 24)}
    assert sorted(states)[-4:] == [18, 19, 23, 24]
    assert states[19].beta == FIRST_BETA
    assert states[23].beta != FIRST_BETA
    assert len(set(states[23].alpha)) == 3


def test_documents_too_long_to_sample_by_term_are_sampled_topic_by_topic(monkeypatch):
    corpus, engine = random_corpus(30, 12, 20), LdaEngine()
    part, unstarted = split(corpus, 1)[0], engine.unstarted(5, 12, None)
    part, statistics = engine.start(part, unstarted, 0)
    shared = engine.update(unstarted, statistics)

    def sampled(by_term_from, n_bits):
        monkeypatch.setattr(lda_engine, "BY_TERM_FROM", by_term_from)
        monkeypatch.setattr(lda_engine, "bits_of_topic", lambda *_: n_bits)
        return engine.sweep(part, shared, 0)[0].assignments.tolist()

    topic_by_topic = sampled(200, 3)
    assert sampled(5, 0) == topic_by_topic
    assert sampled(5, 3) != topic_by_topic


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("n_topics", [5, lda_engine.BY_TERM_FROM])
def test_a_sweep_adds_to_the_statistics_of_other_parts(n_topics, most):
    corpus, engine = random_corpus(60, 15, 20), LdaEngine(n_sweeps=9, sweeps_between_sums=most)
    parts, unstarted = split(corpus, 2), engine.unstarted(n_topics, 15, None)
    (first, total), (second, started) = (engine.start(part, unstarted, 0) for part in parts)
    # Before the sweep after which alpha is estimated, so that histograms are counted as well.
    shared = replace(engine.update(unstarted, started.added_to(total)), sweep=lda_engine.FIRST_OPTIMISATION - 1)
    (_, of_first), (alone, of_second) = (engine.sweep(part, shared, 0) for part in (first, second))
    expected = of_first + of_second
    beside, found = engine.sweep(second, shared, 0, of_first)
    assert beside.assignments.tolist() == alone.assignments.tolist()
    assert found.to_bytes() == expected.to_bytes()
    assert "doc_topics" in found.counts
