import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel
from text_explorer.topics.quality.predictive_likelihood import log_likelihoods, perplexity, split_words


def model_of(topic_term_distr):
    counts = np.array(topic_term_distr, dtype=np.float64)
    return GibbsLdaModel(counts, np.full(len(counts), 0.1), 0.0)


UNIFORM = model_of(np.full((2, 4), 0.25))


def test_the_log_likelihood_of_a_document_sums_over_its_words():
    model = model_of([[0.5, 0.5, 0.0], [0.0, 0.2, 0.8]])
    corpus = corpus_of_counts([[2, 1, 0], [0, 0, 3], [0, 0, 0]])
    shares = np.array([[1.0, 0.0], [0.25, 0.75], [np.nan, np.nan]])
    expected = [3 * np.log(0.5), 3 * np.log(0.75 * 0.8), 0.0]
    assert log_likelihoods(model, corpus, shares) == pytest.approx(expected)


def test_a_word_no_topic_knows_is_impossible():
    model = model_of([[1.0, 0.0]])
    assert log_likelihoods(model, corpus_of_counts([[1, 1]]), np.ones((1, 1))).tolist() == [-np.inf]


def test_the_perplexity_of_equally_probable_terms_is_their_number():
    corpus = corpus_of_counts([[3, 0, 1, 9], [0, 0, 0, 0], [0, 1, 0, 0]])
    assert perplexity(UNIFORM, corpus, np.full((3, 2), 0.5)) == pytest.approx(4.0)


def test_there_is_no_perplexity_without_words():
    assert np.isnan(perplexity(UNIFORM, corpus_of_counts([[0, 0, 0, 0]]), np.full((1, 2), np.nan)))


def test_the_halves_hold_all_words_once():
    corpus = random_corpus(50, 20, 15)
    seen, unseen = split_words(corpus, 1)
    assert (counts_of(seen) + counts_of(unseen) == counts_of(corpus)).all()
    assert (seen.doc_lengths - unseen.doc_lengths).tolist() == (corpus.doc_lengths % 2).tolist()
    assert min(seen.data.min(), unseen.data.min()) > 0
    assert seen.vocabulary is unseen.vocabulary is corpus.vocabulary


def test_the_halves_hang_on_the_seed_alone():
    corpus = random_corpus(50, 20, 15)
    first, again, other = (split_words(corpus, seed)[1] for seed in (1, 1, 2))
    assert counts_of(first).tolist() == counts_of(again).tolist() != counts_of(other).tolist()


def test_each_word_is_as_likely_in_either_half():
    corpus = corpus_of_counts([[10, 5, 1, 4]] * 2_000)
    unseen = counts_of(split_words(corpus, 3)[1])
    assert unseen.mean(axis=0) == pytest.approx([5.0, 2.5, 0.5, 2.0], abs=0.1)


@pytest.mark.parametrize("counts", [[[0, 0], [0, 0]], [[1, 0], [0, 1]]])
def test_documents_of_one_word_or_none_have_nothing_to_predict(counts):
    seen, unseen = split_words(corpus_of_counts(counts), 0)
    assert counts_of(seen).tolist() == counts
    assert unseen.doc_lengths.tolist() == [0, 0]
