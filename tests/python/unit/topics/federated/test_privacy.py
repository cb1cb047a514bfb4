"""Noise and its account, on values known by construction."""

import math

import numpy as np
import pytest

from tests.python.unit.topics.federated.small_federation import THEMES, Federation, themed_texts
from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.federated import site
from text_explorer.topics.federated.documents import bounded, document_counts, without_rare_terms
from text_explorer.topics.federated.drawing import drawn_counts
from text_explorer.topics.federated.privacy import Privacy, epsilon_of, gaussian_noise
from text_explorer.topics.federated.rounds import lda_shared
from text_explorer.topics.federated.site import count_terms

PRIVACY = Privacy(noise=2.0, most_terms=24, delta=2e-6)
TEXTS = {"north": themed_texts(60), "south": themed_texts(45, first=7)}


def test_the_loss_of_releases_adds_up_and_becomes_epsilon():
    assert PRIVACY.rho == 1 / 8
    assert PRIVACY.epsilon(8) == epsilon_of(1.0, 1e-6) == 1 + 2 * math.sqrt(math.log(1e6))
    assert epsilon_of(0.5, math.exp(-2)) == 2.5


def test_the_noise_is_in_units_of_the_largest_change_by_a_document():
    assert PRIVACY.sigma_of_terms == 2 * 5
    assert PRIVACY.sigma_of_topics == pytest.approx(2 * math.sqrt(24))
    # A term of one document exceeds its count by z standard deviations with a probability of delta / 2 / 24.
    z = (PRIVACY.least_documents - 1) / PRIVACY.sigma_of_terms
    assert math.erfc(z / math.sqrt(2)) / 2 == pytest.approx(2e-6 / 2 / 24)


def test_noise_has_its_standard_deviation_and_is_never_the_same():
    noise = gaussian_noise((300, 400), 5.0)
    assert noise.shape == (300, 400)
    assert abs(noise.mean()) < 0.15  # ten standard errors
    assert noise.std() == pytest.approx(5, rel=0.03)
    assert np.abs(noise).max() > 15
    assert not np.array_equal(noise, gaussian_noise((300, 400), 5.0))


def test_a_document_counts_with_few_terms_each_once_whatever_the_other_documents_are():
    corpus = random_corpus(50, 40, 30.0)
    alone, together = bounded(corpus.part(7, 8), 5), bounded(corpus, 5)
    counts = counts_of(together)
    assert counts.max() == 1
    assert counts.sum(axis=1).max() == 5
    assert counts.sum() == np.minimum((counts_of(corpus) > 0).sum(axis=1), 5).sum()
    assert counts_of(alone)[0].tolist() == counts[7].tolist()


def test_rare_terms_are_taken_out_of_the_documents():
    corpus = corpus_of_counts([[2, 1, 0], [1, 0, 3], [0, 0, 1]])
    assert counts_of(without_rare_terms(corpus, 2)).tolist() == [[2, 0, 0], [1, 0, 3], [0, 0, 1]]
    assert without_rare_terms(corpus, 4).indptr.tolist() == [0, 0, 0, 0]


def drawn_model(n_terms, n_topics):
    counts = np.random.default_rng(0).integers(0, 50, size=(n_terms, n_topics))
    return lda_shared(counts, np.full(n_topics, 0.1), 0.01, 0)


def test_one_document_changes_the_counts_by_no_more_than_the_account_says():
    corpus, lda = bounded(random_corpus(80, 30, 20.0), 6), drawn_model(30, 4)
    whole = drawn_counts(corpus, lda, 5)
    assert whole.sum() == corpus.data.sum()
    assert whole.sum(axis=1).tolist() == document_counts(corpus).tolist()
    changes = [
        np.linalg.norm(whole - drawn_counts(corpus.take(np.delete(np.arange(80), document)), lda, 5))
        for document in range(80)
    ]
    assert max(changes) == math.sqrt(6)
    assert min(changes) == 0  # an empty document


def test_the_order_of_documents_does_not_show_in_the_topics_drawn_and_the_key_does():
    corpus, lda = bounded(random_corpus(80, 30, 20.0), 6), drawn_model(30, 4)
    whole = drawn_counts(corpus, lda, 5)
    assert not np.array_equal(whole, drawn_counts(corpus, lda, 6))
    assert drawn_counts(corpus.take(np.arange(80)[::-1]), lda, 5).tolist() == whole.tolist()


def test_words_are_drawn_by_the_model():
    lda = lda_shared(np.array([[90, 10], [0, 100]]), np.full(2, 100.0), 1e-6, 0)
    corpus = corpus_of_counts([[1, 0]] * 2 + [[0, 1]] * 3)
    assert drawn_counts(corpus, lda, 0)[1].tolist() == [0, 3]
    different = corpus_of_counts(np.eye(4000, dtype=np.int64))
    lda = lda_shared(np.tile([30, 10], (4000, 1)), np.full(2, 1e9), 1e-6, 0)
    assert drawn_counts(different, lda, 0)[:, 0].sum() == pytest.approx(2000, abs=200)  # p(term | topic) is equal


def test_a_rare_term_does_not_leave_with_noise_either():
    privacy = Privacy(noise=0.5, most_terms=10, delta=1e-6)
    corpus = corpus_of_counts([[1, 1]] * 40 + [[1, 0]] * 400)
    sent = count_terms(corpus, "north", 100, privacy).terms
    assert sent.terms == ("t0",)
    assert abs(int(sent.document_counts[0]) - 440) < 30
    assert sent.document_counts.tolist() == sent.term_counts.tolist()


def test_with_little_noise_the_model_is_that_of_exact_counts_and_finds_the_themes(monkeypatch):
    monkeypatch.setattr(site.secrets, "randbits", lambda _: 3)
    models = []
    for noise in (1e-6, 0.001):
        federation = Federation.of(TEXTS, n_rounds=30, privacy=Privacy(noise, most_terms=10, delta=1e-6))
        federation.run()
        models.append(federation.shared.final_model.topic_term_distr)
    assert models[0].tolist() == models[1].tolist()
    best = dict(zip(federation.shared.vocabulary.terms, models[0].argmax(axis=0).tolist()))
    themes = [[best[word] for word in theme.split()] for theme in THEMES]
    assert sum(max(map(topics.count, topics)) for topics in themes) >= 13  # of 15; by chance, one topic has about 7


def test_every_cell_is_noisy_and_a_large_noise_leaves_nothing():
    privacy = Privacy(noise=20.0, most_terms=10, delta=1e-6)
    federation = Federation.of(TEXTS, n_rounds=1, privacy=Privacy(noise=0.01, most_terms=10, delta=1e-6))
    federation.run_round()
    settings = federation.shared.settings
    object.__setattr__(settings, "privacy", privacy)
    federation.run_round()
    counts = federation.state.counts["north"]["term_topics"]
    assert np.count_nonzero(counts) > 0.9 * counts.size
    assert counts.min() < 0
    assert np.count_nonzero(federation.shared.model.term_topics) < 0.2 * counts.size
