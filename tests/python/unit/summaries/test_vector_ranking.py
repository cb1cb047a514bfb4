import numpy as np
from scipy import sparse

from text_explorer.summaries import vector_ranking
from text_explorer.summaries.vector_ranking import centroid, lsa


def test_centroid_is_the_cosine_with_the_mean():
    units = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]])
    mean = units.mean(axis=0)
    np.testing.assert_allclose(centroid(units), units @ mean / np.linalg.norm(mean))


def test_centroid_with_a_query_is_the_mean_of_both_cosines():
    units = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 0.0]])
    asked_for = np.array([0.0, 0.5, 1.0])
    np.testing.assert_allclose(centroid(units, asked_for), (centroid(units) + asked_for) / 2)


def test_centroid_without_content_words_is_zero():
    np.testing.assert_array_equal(centroid(np.zeros((3, 0))), [0, 0, 0])


def test_lsa_is_the_length_in_the_strongest_latent_topics():
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 3, (30, 50)).astype(float)
    left, values, _ = np.linalg.svd(counts, full_matrices=False)
    kept = values >= 0.5 * values[0]
    assert 1 <= kept.sum() < 20
    expected = np.sqrt(((left[:, kept] * values[kept]) ** 2).sum(axis=1))
    np.testing.assert_allclose(lsa(counts), expected, rtol=1e-9)
    np.testing.assert_allclose(lsa(counts.T), lsa(np.ascontiguousarray(counts.T)), rtol=1e-9)


def test_lsa_leaves_weak_topics_out():
    # Singular values by construction: sqrt(5 * 3) and sqrt(2), which is less than half of the first.
    counts = np.array([[1.0, 1, 1, 0, 0]] * 5 + [[0, 0, 0, 1, 1]])
    np.testing.assert_allclose(lsa(counts), [np.sqrt(3)] * 5 + [0], atol=1e-7)


def test_lsa_of_a_long_text_agrees_with_the_full_decomposition(monkeypatch):
    rng = np.random.default_rng(1)
    counts = sparse.csr_matrix(rng.poisson(0.3, (120, 90)).astype(float))
    exact = lsa(counts)
    monkeypatch.setattr(vector_ranking, "EXACT_SENTENCES", 0)
    monkeypatch.setattr(vector_ranking, "LEAST_SHARE", 0.9)
    strongest = lsa(counts)
    monkeypatch.setattr(vector_ranking, "EXACT_SENTENCES", 300)
    np.testing.assert_allclose(strongest, lsa(counts), rtol=1e-6)
    assert len(exact) == 120


def test_lsa_without_content_words_is_zero():
    np.testing.assert_array_equal(lsa(np.zeros((3, 0))), [0, 0, 0])
