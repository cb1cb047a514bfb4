import math

import numpy as np
import pytest
from scipy import sparse

from text_explorer.summaries.sentences import vectors
from text_explorer.summaries.sentences.vectors import count_matrix, similarities_to, tfidf, unit_tfidf

TERMS = [("a", "b", "a"), ("b",), (), ("b", "c")]


@pytest.fixture(params=["dense", "sparse"])
def counts(request, monkeypatch):
    if request.param == "sparse":
        monkeypatch.setattr(vectors, "DENSE_CELLS", 0)
    matrix = count_matrix(TERMS)
    assert sparse.issparse(matrix) == (request.param == "sparse")
    return matrix


def as_array(matrix):
    return matrix.toarray() if sparse.issparse(matrix) else matrix


def test_counts_have_a_row_a_sentence_and_a_column_a_term(counts):
    np.testing.assert_array_equal(as_array(counts), [[2, 1, 0], [0, 1, 0], [0, 0, 0], [0, 1, 1]])


def test_tfidf_weighs_rare_terms_more(counts):
    rare, common = 1 + math.log(4), 1 + math.log(4 / 3)
    np.testing.assert_allclose(as_array(tfidf(counts))[[0, 3]], [[2 * rare, common, 0], [0, common, rare]])


def test_vectors_have_length_one_or_none(counts):
    lengths = np.linalg.norm(as_array(unit_tfidf(counts)), axis=1)
    np.testing.assert_allclose(lengths, [1, 1, 0, 1])


def test_similarity_is_the_cosine(counts):
    units = as_array(unit_tfidf(counts))
    np.testing.assert_allclose(similarities_to(unit_tfidf(counts), 3), units @ units[3])


def test_no_term_at_all_gives_a_matrix_without_columns():
    assert unit_tfidf(count_matrix([(), ()])).shape == (2, 0)
