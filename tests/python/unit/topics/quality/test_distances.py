import numpy as np
import pytest

from text_explorer.topics.quality import distances
from text_explorer.topics.quality.distances import topic_distances


def random_topics(n_topics, n_terms, seed=0):
    return np.random.default_rng(seed).dirichlet(np.full(n_terms, 0.1), n_topics)


def plain_distance(first, second):
    mean = (first + second) / 2

    def kl(of):
        there = of > 0
        return (of[there] * np.log2(of[there] / mean[there])).sum()

    return np.sqrt(max((kl(first) + kl(second)) / 2, 0))


def test_equal_topics_have_distance_zero_and_disjoint_ones_one():
    topics = np.array([[0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 0.3, 0.7]])
    assert topic_distances(topics) == pytest.approx(np.array([[0, 0, 1], [0, 0, 1], [1, 1, 0]]), abs=1e-12)


def test_distances_are_the_root_of_the_jensen_shannon_divergence():
    topics = random_topics(6, 40)
    assert topic_distances(topics) == pytest.approx(
        np.array([[plain_distance(first, second) for second in topics] for first in topics]), abs=1e-9
    )


@pytest.mark.parametrize("numbers_at_once", [1, 100, 10**6])
@pytest.mark.parametrize("n_workers", [1, 3])
def test_neither_blocks_nor_threads_show_in_the_distances(monkeypatch, numbers_at_once, n_workers):
    topics = random_topics(9, 37)
    expected = topic_distances(topics, n_workers=1)
    monkeypatch.setattr(distances, "NUMBERS_AT_ONCE", numbers_at_once)
    assert topic_distances(topics, n_workers=n_workers).tobytes() == expected.tobytes()


def test_one_topic_is_at_no_distance_and_none_have_no_distances():
    assert topic_distances(random_topics(1, 5)).tolist() == [[0.0]]
    assert topic_distances(np.zeros((0, 5))).shape == (0, 0)


def test_distances_of_large_models_are_off_by_little(monkeypatch):
    topics = random_topics(8, 5_000)
    topics[7] = 0.999 * topics[6] + 0.001 / 5_000
    exact = topic_distances(topics)
    monkeypatch.setattr(distances, "SINGLE_PRECISION_FROM", 0)
    found = topic_distances(topics)
    assert not np.array_equal(found, exact)
    assert found == pytest.approx(exact, abs=0.001)


@pytest.mark.parametrize(("limit", "is_exact"), [(28 * 500, True), (28 * 500 - 1, False)])
def test_the_logarithms_of_all_pairs_of_topics_decide_on_single_precision(monkeypatch, limit, is_exact):
    topics = random_topics(8, 500)
    exact = topic_distances(topics)
    monkeypatch.setattr(distances, "SINGLE_PRECISION_FROM", limit)
    assert np.array_equal(topic_distances(topics), exact) is is_exact


@pytest.mark.parametrize("single_precision_from", [0, 10**12])
def test_rounding_does_not_separate_equal_topics(monkeypatch, single_precision_from):
    monkeypatch.setattr(distances, "SINGLE_PRECISION_FROM", single_precision_from)
    assert topic_distances(random_topics(1, 30_000)[[0] * 5]).tolist() == [[0.0] * 5] * 5
