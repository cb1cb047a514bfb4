import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.topics.describing.super_topics import group_topics, label_super_topics, mean_silhouette
from text_explorer.topics.quality.distances import topic_distances


def topics_of_groups(groups, n_terms=60, seed=0):
    """Build topics of which those of one group share most of their terms."""
    generator = np.random.default_rng(seed)
    bases = generator.dirichlet(np.full(n_terms, 0.05), max(groups) + 1)
    return np.array([0.8 * bases[group] + 0.2 * generator.dirichlet(np.full(n_terms, 0.05)) for group in groups])


@pytest.mark.parametrize("groups", [[0, 0, 1, 1], [0, 1, 0, 2, 1, 2, 0], [0, 1, 2, 3, 4] * 4, list(range(12)) * 3])
def test_topics_that_share_their_terms_come_together_numbered_by_their_first(groups):
    found = group_topics(topic_distances(topics_of_groups(groups)))
    assert found.parents.tolist() == groups
    assert found.parents.dtype == np.int64
    assert found.silhouette > 0.3


def test_there_are_never_more_than_twelve_super_topics():
    assert group_topics(topic_distances(topics_of_groups(list(range(20)) * 2, 200))).parents.max() < 12


@pytest.mark.parametrize("n_topics", [0, 1, 2, 3])
def test_up_to_three_topics_each_stand_for_themselves(n_topics):
    found = group_topics(1 - np.eye(n_topics))
    assert (found.parents.tolist(), found.silhouette) == (list(range(n_topics)), None)


@pytest.mark.parametrize("distances", [np.zeros((6, 6)), 1 - np.eye(6), 1 - np.eye(4)])
def test_topics_that_do_not_fall_into_groups_are_one_super_topic(distances):
    found = group_topics(distances)
    assert (set(found.parents.tolist()), found.silhouette) == ({0}, None)


def test_one_odd_topic_does_not_leave_all_others_together():
    groups = [0, 0, 0, 1, 1, 1, 2]
    assert group_topics(topic_distances(topics_of_groups(groups))).parents.tolist() == groups


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
