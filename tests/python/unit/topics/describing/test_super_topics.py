import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.topics.describing.super_topics import (
    NO_SUPER_TOPIC,
    group_topics,
    label_super_topics,
    mean_silhouette,
    super_topic_range,
)
from text_explorer.topics.quality.distances import topic_distances


def topics_of_groups(groups, n_terms=60, seed=0):
    """Build topics of which those of one group share most of their terms."""
    generator = np.random.default_rng(seed)
    bases = generator.dirichlet(np.full(n_terms, 0.05), max(groups) + 1)
    return np.array([0.8 * bases[group] + 0.2 * generator.dirichlet(np.full(n_terms, 0.05)) for group in groups])


@pytest.mark.parametrize(
    "groups", [[0, 0, 0, 1, 1, 1, 2], [0, 1, 0, 2, 1, 2, 0], list(range(7)) * 3, list(range(12)) * 3]
)
def test_topics_that_share_their_terms_come_together_numbered_by_their_first(groups):
    found = group_topics(topic_distances(topics_of_groups(groups)))
    assert found.parents.tolist() == groups
    assert found.parents.dtype == np.int64
    assert found.silhouette > 0.3


@pytest.mark.parametrize(
    ("n_topics", "expected"),
    [(0, (0, 0)), (5, (0, 0)), (6, (2, 3)), (11, (3, 5)), (12, (6, 6)), (14, (6, 7)), (24, (6, 12)), (1_000, (6, 12))],
)
def test_many_topics_have_six_to_twelve_super_topics_and_few_have_fewer(n_topics, expected):
    assert super_topic_range(n_topics) == expected


def test_topics_of_two_groups_or_of_twenty_are_still_in_six_to_twelve_super_topics():
    of_two, of_twenty = ([*range(n)] * (40 // n) for n in (2, 20))
    numbers = [
        group_topics(topic_distances(topics_of_groups(groups, 200))).parents.max() + 1 for groups in (of_two, of_twenty)
    ]
    assert 6 <= min(numbers) <= max(numbers) <= 12


@pytest.mark.parametrize("n_topics", range(6))
def test_fewer_than_six_topics_have_no_super_topic(n_topics):
    found = group_topics(1 - np.eye(n_topics))
    assert (found.parents.tolist(), found.silhouette) == ([NO_SUPER_TOPIC] * n_topics, None)


@pytest.mark.parametrize(("distances", "n_parts"), [(np.zeros((6, 6)), 2), (1 - np.eye(6), 2), (1 - np.eye(24), 6)])
def test_topics_that_do_not_fall_into_groups_are_in_the_fewest_super_topics(distances, n_parts):
    found = group_topics(distances)
    assert len(set(found.parents.tolist())) == n_parts
    assert found.silhouette == pytest.approx(0)


def test_the_silhouette_compares_a_topic_with_its_own_and_the_nearest_super_topic():
    places = np.array([0.0, 1.0, 4.0, 6.0, 20.0])
    distances = np.abs(places[:, None] - places)
    nearest, within = np.array([5, 4, 3.5, 5.5]), np.array([1, 1, 2, 2])
    expected = ((nearest - within) / np.maximum(nearest, within)).sum() / 5  # the last one is alone
    assert mean_silhouette(distances, np.array([0, 0, 1, 1, 2])) == pytest.approx(expected)
    assert mean_silhouette(distances, np.zeros(5, dtype=int)) == 0


def test_a_super_topic_is_labelled_by_the_words_of_all_its_topics():
    corpus = corpus_of_counts([[8, 6, 1, 1], [1, 1, 9, 5]])
    distr = np.array([[0.6, 0.2, 0.1, 0.1], [0.1, 0.1, 0.5, 0.3], [0.2, 0.6, 0.1, 0.1]])
    labels = label_super_topics(np.array([0, 1, 0]), distr, np.array([9.0, 16.0, 7.0]), corpus)
    assert [label.split(", ")[0] for label in labels] == ["t0", "t2"]
    assert label_super_topics(np.array([0, 1, 0]), distr, np.array([0.0, 16.0, 0.0]), corpus)[1] == labels[1]
    assert label_super_topics(np.full(3, NO_SUPER_TOPIC), distr, np.ones(3), corpus) == []
