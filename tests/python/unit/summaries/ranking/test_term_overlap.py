import math

import numpy as np
import pytest
from scipy import sparse

from tests.python.unit.summaries.sumy_package import sumy_ratings
from text_explorer.summaries.ranking.reduction import reduction
from text_explorer.summaries.ranking.term_overlap import TermOverlap, overlap_matrix
from text_explorer.summaries.ranking.textrank import textrank

COUNTS = np.array([[2.0, 1, 0], [1, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 0]])


@pytest.mark.parametrize("form", [np.array, sparse.csr_matrix])
def test_links_are_shared_terms_over_the_logarithms_of_both_lengths(form):
    links = overlap_matrix(form(COUNTS), between_single_terms=0.5)
    three, two = math.log(3), math.log(2)
    expected = [
        [5 / (three + three), 2 / (three + two), 0, 0, 0],
        [2 / (three + two), 2 / (two + two), 1 / two, 1 / two, 0],
        [0, 1 / two, 0.5, 0.5, 0],
        [0, 1 / two, 0.5, 0.5, 0],
        [0, 0, 0, 0, 0],
    ]
    np.testing.assert_allclose(links, expected, rtol=1e-15)


def draw_counts(lengths) -> np.ndarray:
    rng = np.random.default_rng(0)
    return np.array([np.bincount(rng.integers(0, 50, length), minlength=50) for length in lengths], dtype=float)


@pytest.mark.parametrize("between_single_terms", [0.0, 1.0])
@pytest.mark.parametrize(
    "lengths", [[0, 0], [1, 1, 1], [7] * 5, [0, 1, 2, 3, 900], range(300), [1, *range(5, 60)]], ids=str
)
def test_products_need_no_matrix_of_all_links(lengths, between_single_terms):
    counts = draw_counts(lengths)
    weights = np.random.default_rng(1).random(len(counts))
    links = overlap_matrix(counts, between_single_terms)
    never_formed = TermOverlap(sparse.csr_matrix(counts), between_single_terms=between_single_terms)
    np.testing.assert_allclose(never_formed @ weights, links @ weights, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(never_formed.with_itself(), links.diagonal(), rtol=1e-12)


def test_many_sentences_of_few_words_need_no_matrix_of_all_links():
    counts = np.ones((50_000, 1))
    links = TermOverlap(counts, between_single_terms=1.0)
    np.testing.assert_allclose(links @ np.ones(50_000), 50_000)


def test_dense_and_sparse_counts_have_the_same_links():
    counts = draw_counts(range(1, 40))
    dense, never_formed = (
        TermOverlap(form(counts), between_single_terms=1.0) for form in (np.array, sparse.csr_matrix)
    )
    np.testing.assert_allclose(dense @ np.ones(39), never_formed @ np.ones(39), rtol=1e-12)
    np.testing.assert_allclose(dense.with_itself(), never_formed.with_itself(), rtol=1e-12)


@pytest.mark.parametrize(("n_sentences", "seed"), [(1, 0), (2, 0), (12, 1), (40, 2), (150, 3)])
def test_textrank_and_reduction_equal_sumy(make_document, made_up_text, n_sentences, seed):
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    document = make_document(made_up_text(n_sentences, seed))
    assert document.n_sentences == n_sentences
    for ours, theirs in ((textrank, TextRankSummarizer), (reduction, ReductionSummarizer)):
        expected = sumy_ratings(document, theirs)
        np.testing.assert_allclose(ours(document.counts), expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(ours(sparse.csr_matrix(document.counts)), expected, rtol=1e-12, atol=1e-12)


def test_reduction_of_sentences_like_no_other_is_zero():
    for counts in (np.eye(3) * 7, sparse.csr_matrix(np.eye(3) * 7)):
        np.testing.assert_allclose(reduction(counts), 0, atol=1e-13)
