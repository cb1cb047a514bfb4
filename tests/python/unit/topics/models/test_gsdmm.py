import numpy as np
import pytest
from scipy.special import gammaln

from tests.python.unit.topics.exact_posterior import (
    MOST_STANDARD_ERRORS,
    all_states,
    companions,
    probabilities,
    standard_errors_away,
)
from tests.python.unit.topics.small_corpora import corpus_of, corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.models import final_states
from text_explorer.topics.models.gsdmm import REPEATED_WORDS, SINGLE_WORDS, GsdmmModel, fit_gsdmm
from text_explorer.topics.models.parts import gsdmm_engine
from text_explorer.topics.models.parts.gsdmm_engine import GsdmmEngine
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial
from text_explorer.topics.models.progress import Progress


def log_joint(topic_docs, topic_term_counts, alpha, beta):
    """ln P(words, clusters) up to a constant; empty clusters add nothing."""
    smoothing = topic_term_counts.shape[-1] * beta
    log = (gammaln(topic_docs + alpha) - gammaln(alpha)).sum(axis=-1)
    log += (gammaln(smoothing) - gammaln(topic_term_counts.sum(axis=-1) + smoothing)).sum(axis=-1)
    return log + (gammaln(topic_term_counts + beta) - gammaln(beta)).sum(axis=(-2, -1))


def model_of(topic_docs, topic_term_counts, **options):
    counts = np.array(topic_term_counts, dtype=np.int32)
    given = {"alpha": 0.1, "beta": 0.1, "equation": REPEATED_WORDS, "first_topics": np.arange(len(counts)), **options}
    return GsdmmModel(np.array(topic_docs), counts, **given)


def test_a_long_text_finds_its_cluster_and_not_the_last_one():
    corpus = corpus_of([" ".join(["army", "navy", "battle"] * 400), "army navy", "gold silver bank", "gold coin"])
    best = fit_gsdmm(corpus, 4, seed=2).transform(corpus).argmax(axis=1)
    assert best[0] == best[1]
    assert best[2] == best[3] != best[0]


def test_topics_hold_all_documents_and_words():
    corpus = random_corpus(40, 12, 10)
    model = fit_gsdmm(corpus, 8, n_iterations=5, seed=1)
    assert model.topic_docs.sum() == np.count_nonzero(corpus.doc_lengths)
    assert model.topic_docs.min() > 0
    assert model.topic_term_counts.sum(axis=0).tolist() == corpus.vocabulary.term_counts.tolist()


def test_topics_that_lose_all_documents_are_left_out(themed_corpus):
    model = fit_gsdmm(themed_corpus, 40, seed=3)
    assert model.topic_docs.tolist() == [20, 20, 20]
    assert len(set(model.first_topics)) == 3
    assert set(model.first_topics) <= set(range(40))


def test_the_posterior_of_a_clear_text_is_near_one():
    model = model_of([9, 9], [[50, 0], [0, 50]])
    assert model.transform(corpus_of_counts([[2, 0], [0, 1]]))[:, 0] == pytest.approx([1.0, 0.0], abs=0.01)


def test_the_posterior_of_a_word_equal_in_all_topics_is_their_share_of_documents():
    model = model_of([30, 10], [[5, 5], [5, 5]], alpha=1.0)
    assert model.transform(corpus_of_counts([[1, 0]]))[0] == pytest.approx([31 / 42, 11 / 42])


def test_a_repeated_word_counts_more_each_time_unless_words_are_taken_as_single():
    # Equation 4: (2.1 * 3.1) / (1.1 * 2.1) for the topic that has the word twice, not once; equation 3: 2.1^2 / 1.1^2.
    text = corpus_of_counts([[2, 0]])
    repeated, single = (
        model_of([5, 5], [[2, 8], [1, 9]], equation=equation).transform(text)[0]
        for equation in (REPEATED_WORDS, SINGLE_WORDS)
    )
    assert repeated[0] / repeated[1] == pytest.approx(3.1 / 1.1)
    assert single[0] / single[1] == pytest.approx((2.1 / 1.1) ** 2)


def test_the_model_is_the_most_likely_of_the_final_states(monkeypatch):
    monkeypatch.setattr(final_states, "SETTLED_SHARE", np.inf)
    corpus = random_corpus(60, 10, 8)

    def likeliest_of(n_states, n_iterations=20):
        monkeypatch.setattr(final_states, "STATES_COMPARED", n_states)
        model = fit_gsdmm(corpus, 6, n_iterations=n_iterations, alpha=10.0, beta=1.0, seed=3)
        return log_joint(model.topic_docs, model.topic_term_counts, model.alpha, model.beta)

    # The chain is the same, however many of its states are compared and however long it goes on.
    assert likeliest_of(5) == max(likeliest_of(1, last) for last in range(16, 21)) > likeliest_of(1)


def sweeps_of(corpus, n_iterations):
    heard = []
    fit_gsdmm(corpus, 5, n_iterations=n_iterations, progress=Progress(lambda done, _: heard.append(done)))
    assert heard == list(range(1, len(heard) + 1))
    return len(heard)


def test_sampling_ends_where_no_fewer_documents_move_any_more():
    n_sweeps = sweeps_of(random_corpus(1_000, 20, 8), 500)
    assert final_states.SETTLED_SWEEPS + final_states.STATES_COMPARED < n_sweeps < 100


def test_few_documents_are_sampled_to_the_end():
    assert sweeps_of(random_corpus(30, 20, 8), 120) == 120


def test_a_chain_that_settled_is_followed_by_as_many_sweeps_as_states_are_compared(monkeypatch):
    corpus = random_corpus(1_000, 20, 8)
    settled = sweeps_of(corpus, 500)
    monkeypatch.setattr(final_states, "STATES_COMPARED", 25)
    assert sweeps_of(corpus, 500) == settled + 15


@pytest.mark.parametrize("seed", range(5))
def test_a_seeded_topic_is_found_whatever_the_random_start(themed_corpus, theme_of_term, seed):
    themes = np.array([theme_of_term[term] for term in themed_corpus.vocabulary.terms])
    seed_counts = np.zeros((30, 18), dtype=np.int64)
    seed_counts[29, np.flatnonzero(themes == "war")[:2]] = 20
    model = fit_gsdmm(themed_corpus, 30, n_iterations=3, seed=seed, seed_counts=seed_counts)
    place = model.first_topics.tolist().index(29)
    assert set(themes[np.argsort(-model.topic_term_counts[place])[:5]]) == {"war"}


def test_counts_too_large_for_sixteen_bits_are_counted_all_the_same():
    corpus = corpus_of_counts([[40_000, 1], [30_000, 2], [0, 9]])
    model = fit_gsdmm(corpus, 1, n_iterations=2)
    assert model.topic_term_counts.tolist() == [[70_000, 12]]


def test_seeds_follow_their_topic_when_empty_ones_are_left_out(themed_corpus, theme_of_term):
    themes = [theme_of_term[term] for term in themed_corpus.vocabulary.terms]
    seed_counts = np.zeros((30, 18), dtype=np.int64)
    for topic, theme in [(3, "war"), (17, "money"), (29, "school")]:
        seed_counts[topic, [of_term == theme for of_term in themes]] = 40
    model = fit_gsdmm(themed_corpus, 30, seed=1, seed_counts=seed_counts)
    places = {topic: place for place, topic in enumerate(model.first_topics.tolist())}
    best = {topic: themes[model.topic_term_counts[places[topic]].argmax()] for topic in (3, 17, 29)}
    assert best == {3: "war", 17: "money", 29: "school"}
    expected = themed_corpus.vocabulary.term_counts + 40
    assert model.topic_term_counts.sum(axis=0).tolist() == expected.tolist()


@pytest.mark.parametrize("packed_from", [0.0, 0.5])
def test_documents_share_clusters_in_proportion_to_the_exact_posterior(monkeypatch, packed_from):
    monkeypatch.setattr(gsdmm_engine, "PACKED_FROM", packed_from)
    corpus = corpus_of_counts([[2, 1, 0], [1, 0, 1], [0, 0, 2], [1, 1, 1]])
    states = all_states(4, 6)
    of_cluster = np.eye(6)[states]
    logs = log_joint(of_cluster.sum(axis=1), np.einsum("sdk,dw->skw", of_cluster, counts_of(corpus)), 0.6, 0.4)
    engine, runner = GsdmmEngine(0.6, 0.4, 1), Serial(split(corpus, 1))
    visited = np.empty((50_000, 4), dtype=np.int64)
    for assignment, _ in zip(visited, runner.run(engine, engine.unstarted(6, 3, None), 7)):
        (part,) = runner.parts
        assignment[part.rows] = part.assignments
    away = standard_errors_away(companions(visited), probabilities(logs, companions(states)))
    assert abs(away).max() < MOST_STANDARD_ERRORS


def texts_and_repetitions(*repetitions):
    """Build 480 texts of 24 themes with zebra in 8 of them, and long ones that repeat it alone."""
    generator = np.random.default_rng(0)
    rows = [" ".join(f"theme{i % 24}word{n}" for n in generator.integers(10, size=30)) for i in range(480)]
    texts = [row + " zebra" * (i < 8) for i, row in enumerate(rows)]
    return corpus_of([*texts, *(" ".join(["zebra"] * times) for times in repetitions)])


REPETITIONS = {
    "one": [415],
    "many": [415, 30, 900, 24, 25, 100, 60, 2_000, 48, 415],
    "past sixteen bits": [70_000],
    "none": [],
}


@pytest.mark.parametrize("shape", REPETITIONS)
@pytest.mark.parametrize("n_topics", [1, 2, 3, 5, 7, 8, 15, 20])
def test_long_repeating_texts_make_no_more_topics_than_asked_for(n_topics, shape):
    corpus = texts_and_repetitions(*REPETITIONS[shape])
    models = [fit_gsdmm(corpus, n_topics, n_iterations=8, seed=seed) for seed in range(3)]
    assert max(len(model.topic_docs) for model in models) <= n_topics
    assert {int(model.topic_docs.sum()) for model in models} == {corpus.n_docs}


@pytest.mark.parametrize("equation", [REPEATED_WORDS, SINGLE_WORDS])
@pytest.mark.parametrize("beta", [1e-12, 1e-4, 0.1, 100.0])
@pytest.mark.parametrize("alpha", [1e-4, 100.0])
def test_no_prior_brings_more_topics_than_asked_for(alpha, beta, equation):
    corpus = texts_and_repetitions(415, 1_000, 90_000)
    model = fit_gsdmm(corpus, 3, n_iterations=8, alpha=alpha, beta=beta, equation=equation)
    assert len(model.topic_docs) <= 3
    assert model.topic_docs.sum() == corpus.n_docs
    assert np.isfinite(model.transform(corpus)).all()


@pytest.mark.parametrize("n_topics", [1, 3, 8])
def test_a_single_document_of_one_term_is_one_topic(n_topics):
    corpus = corpus_of_counts([[415]])
    model = fit_gsdmm(corpus, n_topics)
    assert model.topic_docs.tolist() == [1]
    assert model.transform(corpus).tolist() == [[1.0]]


def test_seeded_topics_stay_within_the_number_asked_for_beside_long_repeating_texts():
    corpus = texts_and_repetitions(415, 900)
    seed_counts = np.zeros((3, corpus.n_terms), dtype=np.int64)
    seed_counts[1, corpus.vocabulary.ids["zebra"]] = 20
    model = fit_gsdmm(corpus, 3, seed_counts=seed_counts)
    assert set(model.first_topics) <= {0, 1, 2}
    assert model.topic_term_counts[:, corpus.vocabulary.ids["zebra"]].max() > 1_300


def test_a_text_that_repeats_a_term_joins_the_topic_of_its_term():
    long_texts = [" ".join(["zebra"] * 415), " ".join(["lion"] * 300)]
    corpus = corpus_of([*["zebra stripes"] * 20, *["lion mane"] * 20, *long_texts])
    best = fit_gsdmm(corpus, 2, alpha=5.0, seed=1).transform(corpus).argmax(axis=1)
    assert best[-2:].tolist() == [best[0], best[20]]
    assert best[0] != best[20]
