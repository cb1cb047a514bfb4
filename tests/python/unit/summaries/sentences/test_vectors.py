import math

import numpy as np
import pytest
from scipy import sparse

from text_explorer.summaries.sentences import vectors
from text_explorer.summaries.sentences.vectors import count_matrix, dense, similarities_to, unit_tfidf

TERMS = [("a", "b", "a"), ("b",), (), ("b", "c")]


@pytest.fixture(params=["dense", "sparse"])
def counts(request, monkeypatch):
    if request.param == "sparse":
        monkeypatch.setattr(vectors, "DENSE_CELLS", 0)
    matrix = count_matrix(TERMS)
    assert sparse.issparse(matrix) == (request.param == "sparse")
    return matrix


def test_counts_have_one_row_per_sentence_and_one_column_per_term(counts):
    np.testing.assert_array_equal(dense(counts), [[2, 1, 0], [0, 1, 0], [0, 0, 0], [0, 1, 1]])


def test_vectors_are_tfidf_weights_of_length_one(counts):
    rare, common = 1 + math.log(4), 1 + math.log(4 / 3)
    expected = [
        np.array([2 * rare, common, 0]) / math.hypot(2 * rare, common),
        np.array([0, common, rare]) / math.hypot(common, rare),
    ]
    np.testing.assert_allclose(dense(unit_tfidf(counts))[[0, 3]], expected)


def test_a_sentence_without_terms_has_a_vector_of_zeros(counts):
    lengths = np.linalg.norm(dense(unit_tfidf(counts)), axis=1)
    np.testing.assert_allclose(lengths, [1, 1, 0, 1])


def test_similarity_is_the_cosine(counts):
    units = dense(unit_tfidf(counts))
    np.testing.assert_allclose(similarities_to(unit_tfidf(counts), 3), units @ units[3])


def test_no_terms_make_a_matrix_without_columns():
    assert unit_tfidf(count_matrix([(), ()])).shape == (2, 0)
