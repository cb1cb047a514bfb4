import numpy as np
import pytest
from gensim.models import LdaModel
from scipy import special

from tests.python.unit.topics.small_corpora import random_corpus
from text_explorer.topics.models.kernels._variational_lda_kernels import exp_digamma
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.variational_lda import (
    INFERENCE_ROUNDS,
    INFERENCE_THRESHOLD,
    VariationalLdaModel,
    automatic_passes,
    chunk_documents,
    fit_variational_lda,
)


class Ones:
    """Stands where gensim draws its first guess of a document's topics."""

    @staticmethod
    def gamma(_shape, _scale, size):
        return np.ones(size)


def exp_digamma_of(x):
    results = np.empty_like(x)
    exp_digamma(x, len(x), np.empty_like(x), results)
    return results


def test_exp_digamma_is_that_of_scipy():
    x = np.concatenate((np.geomspace(0.05, 1e9, 4_000), np.linspace(0.05, 30, 4_000)))
    assert exp_digamma_of(x) == pytest.approx(np.exp(special.digamma(x)), rel=2e-14)


def test_exp_digamma_of_small_values_is_as_exact_as_their_logarithm():
    x = np.geomspace(1.5e-3, 0.05, 4_000)
    assert np.log(exp_digamma_of(x)) == pytest.approx(special.digamma(x), rel=1e-14)
    assert exp_digamma_of(np.array([1e-300, 1e-4])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("n_topics", [1, 3, 8, 21])
@pytest.mark.parametrize("mean_length", [4, 100])
def test_shares_are_those_of_gensim_from_a_first_guess_of_ones(n_topics, mean_length):
    corpus = random_corpus(40, 50, mean_length, seed=n_topics)
    generator = np.random.default_rng(n_topics)
    pseudocounts = 0.01 + generator.gamma(0.3, 20.0, size=(n_topics, 50))
    alpha = generator.gamma(1.0, size=n_topics)
    gensim = LdaModel(
        num_topics=n_topics, id2word={term: str(term) for term in range(50)}, alpha=alpha, eta=0.01, dtype=np.float64,
        iterations=INFERENCE_ROUNDS, gamma_threshold=INFERENCE_THRESHOLD,
    )  # fmt: skip
    gensim.state.sstats = pseudocounts - gensim.eta
    gensim.sync_state()
    gensim.random_state = Ones()
    known = np.flatnonzero(corpus.doc_lengths)
    bags = [
        list(zip(corpus.indices[first:last].tolist(), corpus.data[first:last].tolist()))
        for first, last in zip(corpus.indptr[known], corpus.indptr[known + 1])
    ]
    gamma, _ = gensim.inference(bags)
    shares = VariationalLdaModel(pseudocounts, alpha).transform(corpus)[known]
    assert shares == pytest.approx(gamma / gamma.sum(axis=1, keepdims=True), rel=1e-9)


@pytest.mark.parametrize(("n_docs", "passes"), [(1, 50), (999, 50), (1_000, 20), (5_000, 10), (50_000, 5)])
def test_fewer_documents_are_gone_through_more_often(n_docs, passes):
    assert automatic_passes(n_docs) == passes


@pytest.mark.parametrize(("n_docs", "chunk"), [(1, 250), (1_000, 250), (4_000, 1_000), (16_000, 4_000), (10**6, 4_000)])
def test_topics_are_updated_four_times_a_pass_within_bounds(n_docs, chunk):
    assert chunk_documents(n_docs) == chunk


def test_priors_that_are_given_are_used():
    model = fit_variational_lda(random_corpus(30, 10, 20), 3, n_iterations=2, alpha=0.7, beta=0.3)
    assert model.alpha.tolist() == [0.7] * 3
    assert model.topic_term_pseudocounts.min() >= 0.3


def test_empty_documents_do_not_show_in_the_topics():
    corpus = random_corpus(30, 10, 20)
    assert (corpus.doc_lengths == 0).any()
    total = fit_variational_lda(corpus, 3, n_iterations=1, beta=0.1).topic_term_pseudocounts.sum()
    assert total == pytest.approx(corpus.doc_lengths.sum() + 3 * 10 * 0.1, rel=1e-6)


def test_several_processes_find_the_themes_too(themed_corpus, theme_of_term):
    heard = []
    progress = Progress(lambda *iteration: heard.append(iteration))
    model = fit_variational_lda(themed_corpus, 3, n_iterations=20, seed=1, n_processes=2, progress=progress)
    themes = np.array([theme_of_term[term] for term in themed_corpus.vocabulary.terms])
    of_topic = [set(themes[row]) for row in np.argsort(-model.topic_term_distr, axis=1)[:, :5]]
    assert sorted(map(sorted, of_topic)) == [["money"], ["school"], ["war"]]
    assert heard == [(iteration, 20) for iteration in range(1, 21)]
