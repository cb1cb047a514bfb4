import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, random_corpus
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, fit_gibbs_lda
from text_explorer.topics.models.parts import lda_engine, runners
from text_explorer.topics.models.training import best_topics


@pytest.fixture(scope="module")
def unequal_corpus():
    """Documents of 40 words: 90 from terms 0 to 9, 10 from terms 10 to 19."""
    generator = np.random.default_rng(2)
    counts = np.zeros((100, 20), dtype=np.int64)
    counts[:90, :10] = generator.multinomial(40, np.full(10, 0.1), size=90)
    counts[90:, 10:] = generator.multinomial(40, np.full(10, 0.1), size=10)
    return corpus_of_counts(counts)


def test_topics_hold_all_words():
    corpus = random_corpus(40, 12, 20)
    model = fit_gibbs_lda(corpus, 5, n_iterations=60)
    assert model.topic_term_counts.sum(axis=0) == pytest.approx(corpus.vocabulary.term_counts)


@pytest.mark.parametrize(("n_iterations", "n_samples"), [(1, 1), (3, 1), (11, 2), (200, 8)])
def test_topics_are_the_mean_of_the_last_states(n_iterations, n_samples):
    model = fit_gibbs_lda(random_corpus(30, 10, 20), 4, n_iterations=n_iterations)
    sums = model.topic_term_counts * n_samples
    assert sums == pytest.approx(np.rint(sums), abs=1e-9)
    assert n_samples == 1 or (model.topic_term_counts != np.rint(model.topic_term_counts)).any()


def test_priors_that_are_given_are_kept():
    model = fit_gibbs_lda(random_corpus(30, 10, 20), 4, n_iterations=40, alpha=0.7, beta=0.3)
    assert (model.alpha.tolist(), model.beta) == ([0.7] * 4, 0.3)


def test_priors_are_not_estimated_in_the_first_sweeps():
    model = fit_gibbs_lda(random_corpus(30, 10, 20), 4, n_iterations=lda_engine.FIRST_OPTIMISATION - 1)
    assert (model.alpha.tolist(), model.beta) == ([lda_engine.FIRST_ALPHA] * 4, lda_engine.FIRST_BETA)


def test_a_common_topic_learns_a_larger_prior_than_a_rare_one(unequal_corpus):
    model = fit_gibbs_lda(unequal_corpus, 2, n_iterations=100)
    common = model.topic_term_distr[:, :10].sum(axis=1).argmax()
    assert model.alpha[common] > 2 * model.alpha[1 - common] > 0


def test_a_document_of_two_themes_has_half_of_each(unequal_corpus):
    model = fit_gibbs_lda(unequal_corpus, 2, n_iterations=50)
    mixed = corpus_of_counts([[20] * 10 + [20] * 10])
    assert model.transform(mixed)[0] == pytest.approx([0.5, 0.5], abs=0.02)


def test_without_informative_words_the_proportions_are_the_prior():
    model = GibbsLdaModel(np.full((2, 3), 10.0), np.array([3.0, 1.0]), 0.01)
    # The fixed point: shares in proportion to alpha, for topics of the same words.
    assert model.transform(corpus_of_counts([[0, 1, 0]]))[0] == pytest.approx([0.75, 0.25], abs=1e-3)


# Parts


@pytest.mark.parametrize("n_parts", [1, 4, 16])
def test_parts_find_the_topics_one_chain_finds(unequal_corpus, monkeypatch, n_parts):
    monkeypatch.setattr(runners, "number_of_parts", lambda _: n_parts)
    best = best_topics(fit_gibbs_lda(unequal_corpus, 2, n_iterations=50).transform(unequal_corpus))
    assert best.tolist() == [best[0]] * 90 + [1 - best[0]] * 10
