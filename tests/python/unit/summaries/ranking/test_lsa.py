import numpy as np
import pytest
from scipy import sparse

from text_explorer.summaries.ranking import lsa as lsa_ranking
from text_explorer.summaries.ranking.lsa import lsa


def test_lsa_is_the_length_in_the_strongest_latent_topics_weighted_by_the_squares_of_their_values():
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 3, (30, 50)).astype(float)
    units = counts / np.linalg.norm(counts, axis=1, keepdims=True)
    left, values, _ = np.linalg.svd(units, full_matrices=False)
    kept = values >= 0.5 * values[0]
    assert 1 <= kept.sum() < 20
    expected = np.sqrt(((left[:, kept] * values[kept] ** 2) ** 2).sum(axis=1)) / values[0]
    np.testing.assert_allclose(lsa(counts), expected, rtol=1e-9)


def test_lsa_of_few_terms_agrees_with_the_full_decomposition():
    counts = np.random.default_rng(0).integers(0, 3, (50, 4)).astype(float) + np.eye(50, 4)
    counts[7] = 0
    units = counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1.0)
    left, values, _ = np.linalg.svd(units, full_matrices=False)
    kept = values >= 0.5 * values[0]
    expected = np.linalg.norm(left[:, kept] * values[kept] ** 2, axis=1) / values[0]
    np.testing.assert_allclose(lsa(counts), expected, atol=1e-9)
    assert lsa(counts)[7] == 0


def test_lsa_leaves_weak_topics_out():
    # Five sentences of one topic and one of another, whose singular values are sqrt(5) and 1.
    counts = np.array([[1.0, 1, 1, 0, 0]] * 5 + [[0, 0, 0, 1, 1]])
    np.testing.assert_allclose(lsa(counts), [1] * 5 + [0], atol=1e-7)


@pytest.mark.parametrize("n_terms", range(1, 9))
def test_lsa_keeps_a_topic_of_just_half_the_strength(n_terms):
    # Singular values 2 and 1, whatever the rounding of 1 / sqrt(n_terms).
    counts = np.zeros((5, n_terms + 1))
    counts[:4, :n_terms] = 1
    counts[4, n_terms] = 1
    np.testing.assert_allclose(lsa(counts), [1, 1, 1, 1, 0.5], rtol=1e-9)


def test_lsa_puts_a_sentence_that_is_a_topic_of_its_own_behind_those_that_share_one():
    sharing = np.repeat(np.eye(3, 9), 2, axis=0)  # three topics of two sentences each
    alone = np.eye(3, 9, k=3)
    scores = lsa(np.vstack([alone, sharing]))
    np.testing.assert_allclose(scores, [np.sqrt(0.5)] * 3 + [1] * 6, rtol=1e-9)


@pytest.mark.parametrize("form", [np.array, sparse.csr_matrix])
def test_lsa_does_not_favour_what_is_only_longer(form):
    short = [1.0, 1, 0, 0, 0, 0]
    longer = [1.0, 1, 1, 1, 1, 1]
    scores = lsa(form([short, short, short, longer]))
    np.testing.assert_allclose(scores[1:3], scores[0], rtol=1e-12)
    assert scores[3] < scores[0] - 0.1


def test_lsa_of_a_long_text_agrees_with_the_full_decomposition(monkeypatch):
    rng = np.random.default_rng(1)
    counts = sparse.csr_matrix(rng.poisson(0.3, (120, 90)).astype(float))
    exact = lsa(counts)
    monkeypatch.setattr(lsa_ranking, "EXACT_SENTENCES", 0)
    monkeypatch.setattr(lsa_ranking, "MIN_RELATIVE_STRENGTH", 0.9)
    strongest = lsa(counts)
    monkeypatch.setattr(lsa_ranking, "EXACT_SENTENCES", 300)
    np.testing.assert_allclose(strongest, lsa(counts), rtol=1e-6)
    assert len(exact) == 120


def test_lsa_without_content_words_is_zero():
    np.testing.assert_array_equal(lsa(np.zeros((3, 0))), [0, 0, 0])
