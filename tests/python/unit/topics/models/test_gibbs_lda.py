import numpy as np
import pytest
from scipy.special import digamma

from tests.python.unit.topics.small_corpora import corpus_of_counts, random_corpus
from text_explorer.topics.models import gibbs_lda
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, fit_gibbs_lda
from text_explorer.topics.models.training import best_topics


@pytest.fixture(scope="module")
def unequal_corpus():
    """Documents of 40 words: 90 from terms 0 to 9, 10 from terms 10 to 19."""
    generator = np.random.default_rng(2)
    counts = np.zeros((100, 20), dtype=np.int64)
    counts[:90, :10] = generator.multinomial(40, np.full(10, 0.1), size=90)
    counts[90:, 10:] = generator.multinomial(40, np.full(10, 0.1), size=10)
    return corpus_of_counts(counts)


def bytes_of(model):
    return {name: array.tobytes() for name, array in model.arrays().items()}


def chain_of(corpus, n_topics):
    chain = gibbs_lda._Chain(corpus, n_topics, 0, None, 1)
    chain.beta = gibbs_lda.FIRST_BETA
    return chain


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
    model = fit_gibbs_lda(random_corpus(30, 10, 20), 4, n_iterations=gibbs_lda.FIRST_OPTIMISATION - 1)
    assert (model.alpha.tolist(), model.beta) == ([gibbs_lda.FIRST_ALPHA] * 4, gibbs_lda.FIRST_BETA)


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


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(gibbs_lda, "WORDS_PER_PART", 900)


@pytest.mark.usefixtures("small_parts")
def test_a_corpus_is_cut_into_parts_of_about_as_many_words():
    offsets = np.concatenate(([0], np.cumsum([100] * 36)))
    assert gibbs_lda._parts(offsets) == [(0, 9), (9, 18), (18, 27), (27, 36)]
    assert gibbs_lda._parts(offsets[:18]) == [(0, 17)]
    assert len(gibbs_lda._parts(np.arange(0, 10**6, 100))) == gibbs_lda.MOST_PARTS


@pytest.mark.usefixtures("small_parts")
def test_a_document_longer_than_a_part_is_in_one_part_alone():
    parts = gibbs_lda._parts(np.array([0, 10, 5_000, 5_010]))
    covered = [document for first, last in parts for document in range(first, last)]
    assert covered == [0, 1, 2]


@pytest.mark.usefixtures("small_parts")
def test_threads_do_not_show_in_a_model_trained_in_parts(unequal_corpus):
    one, two = (fit_gibbs_lda(unequal_corpus, 3, n_iterations=40, n_workers=n) for n in (1, 2))
    assert bytes_of(one) == bytes_of(two)


@pytest.mark.usefixtures("small_parts")
def test_parts_are_merged_without_losing_a_word(unequal_corpus):
    chain = chain_of(unequal_corpus, 3)
    chain.alpha[:] = 0.1
    for _ in range(3):
        chain.sweep()
        expected = np.zeros_like(chain.term_topics)
        np.add.at(expected, (chain._tokens, chain._topics), 1)
        assert (chain.term_topics == expected).all()


@pytest.mark.usefixtures("small_parts")
def test_parts_find_the_topics_one_chain_finds(unequal_corpus):
    best = best_topics(fit_gibbs_lda(unequal_corpus, 2, n_iterations=50).transform(unequal_corpus))
    assert best.tolist() == [best[0]] * 90 + [1 - best[0]] * 10


# Priors


def test_beta_moves_to_the_fixed_point_of_minka():
    chain = chain_of(random_corpus(30, 12, 20), 5)
    counts, beta = chain.term_topics[:, :5].T.astype(float), chain.beta
    # Equation 55 of Minka (2000) for a symmetric prior: topics take the place of documents, terms that of topics.
    numerator = (digamma(counts + beta) - digamma(beta)).sum()
    denominator = 12 * (digamma(counts.sum(axis=1) + 12 * beta) - digamma(12 * beta)).sum()
    chain.estimate_beta()
    assert chain.beta == pytest.approx(beta * numerator / denominator, rel=1e-12)


@pytest.mark.parametrize("known", [0.02, 0.3])
def test_beta_is_found_again_from_counts_drawn_from_it(known):
    chain = chain_of(random_corpus(5, 1000, 2000), 8)
    generator = np.random.default_rng(3)
    drawn = [generator.multinomial(20_000, shares) for shares in generator.dirichlet(np.full(1000, known), 8)]
    chain.term_topics[:, :8] = np.array(drawn).T
    for _ in range(200):
        chain.estimate_beta()
    assert chain.beta == pytest.approx(known, rel=0.05)


@pytest.mark.parametrize(("counts", "bound"), [(np.full((8, 4), 1000), 1.0), (np.eye(8)[:, :4] * 1e6, 1e-4)])
def test_beta_stays_within_its_bounds(counts, bound):
    chain = chain_of(random_corpus(5, 8, 30), 4)
    chain.term_topics[:, :4] = counts
    for _ in range(200):
        chain.estimate_beta()
    assert chain.beta == bound


def test_alpha_is_estimated_from_the_topics_of_the_words():
    # Words of each document lie in one topic alone: documents are as unlike as can be, so the prior is small.
    corpus = corpus_of_counts([[30, 0], [0, 30]] * 20)
    chain = chain_of(corpus, 2)
    chain.alpha[:] = 1.0
    chain._topics[:] = chain._tokens
    chain.estimate_alpha()
    assert chain.alpha == pytest.approx([chain.alpha[0]] * 2)
    assert chain.alpha[0] < 0.3


def test_alpha_is_estimated_from_documents_longer_than_counted(monkeypatch):
    corpus = corpus_of_counts([[30, 10], [10, 30]] * 20)
    learnt = {}
    for longest in (40, 20):
        monkeypatch.setattr(gibbs_lda, "LONGEST_COUNTED", longest)
        chain = chain_of(corpus, 2)
        chain.alpha[:] = 1.0
        chain._topics[:] = chain._tokens
        chain.estimate_alpha()
        learnt[longest] = chain.alpha[0]
    assert learnt[20] == pytest.approx(learnt[40], rel=0.2)
