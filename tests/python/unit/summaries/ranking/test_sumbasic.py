import numpy as np
import pytest
from scipy import sparse

from tests.python.unit.summaries.sumy_package import sumy_ratings
from text_explorer.summaries.ranking import sumbasic as sumbasic_ranking
from text_explorer.summaries.ranking.sumbasic import sumbasic


def test_probabilities_of_used_words_are_squared():
    # Of 8 words: a 4, b 2, c 1, d 1. The second sentence has mean 1/2, as has the last, which comes later. Then a has
    # 1/4 as b has, so that the first sentence is before the third. Then both have 1/16, and c and d with 1/8 are next.
    counts = np.array([[1.0, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [2, 0, 0, 0]])
    for form in (np.array, sparse.csr_matrix):
        assert np.argsort(-sumbasic(form(counts))).tolist() == [1, 0, 3, 2, 4]


def test_a_word_may_have_any_frequency():
    np.testing.assert_array_equal(sumbasic(np.array([[1e6, 0.0], [0, 1], [1, 0]])), [0, -1, -2])


@pytest.mark.parametrize("seed", range(6))
def test_sumbasic_equals_sumy(make_document, made_up_text, seed):
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    document = make_document(made_up_text(25, seed))
    expected = sumy_ratings(document, SumBasicSummarizer)
    first = np.flatnonzero(np.array(expected) > -8)
    assert len(first) == 8
    np.testing.assert_array_equal(sumbasic(document.counts)[first], np.array(expected)[first])
    np.testing.assert_array_equal(sumbasic(sparse.csr_matrix(document.counts)), sumbasic(document.counts))


def test_equal_sentences_are_ranked_by_position(make_document):
    np.testing.assert_array_equal(sumbasic(make_document("Rivers rise. " * 4).counts), [0, -1, -2, -3])


def test_sentences_without_content_words_come_last(make_document):
    np.testing.assert_array_equal(sumbasic(make_document("It was. Rivers rise. The of.").counts), [-1, 0, -2])


def test_sentences_after_the_first_max_ranked_get_the_lowest_score(make_document, made_up_text, monkeypatch):
    counts = make_document(made_up_text(20)).counts
    everything = sumbasic(counts)
    monkeypatch.setattr(sumbasic_ranking, "MAX_RANKED", 4)
    np.testing.assert_array_equal(sumbasic(counts), np.maximum(everything, -4))


def test_probabilities_may_underflow_to_zero():
    # Of two words in a dozen sentences each, one half squared ten times is 2 ** -1024, whose reciprocal is no number.
    counts = np.repeat(np.eye(2), 12, axis=0)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert sumbasic(counts).astype(int).tolist() == [-2 * rank for rank in range(12)] + [
            -2 * rank - 1 for rank in range(12)
        ]
