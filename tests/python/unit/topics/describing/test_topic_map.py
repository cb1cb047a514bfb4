import numpy as np
import pytest

from text_explorer.topics.describing.topic_map import kruskal_stress, lay_out_topics, refine, scale_classically
from text_explorer.topics.quality.distances import topic_distances


def distances_of(points):
    points = np.asarray(points, dtype=float)
    return np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))


def random_distances(n_topics, seed=0):
    return topic_distances(np.random.default_rng(seed).dirichlet(np.full(50, 0.1), n_topics))


def test_points_of_a_plane_are_found_again():
    points = np.random.default_rng(1).normal(size=(12, 2))
    found = lay_out_topics(distances_of(points))
    ratios = distances_of(found.coordinates) + np.eye(12)
    assert found.stress == pytest.approx(0, abs=1e-5)
    assert distances_of(points) / ratios == pytest.approx(
        (distances_of(points) / ratios).max() * (1 - np.eye(12)), rel=1e-4
    )


def test_the_map_has_its_middle_at_zero_reaches_to_one_and_spreads_widest_along_its_first_axis():
    coordinates = lay_out_topics(random_distances(15)).coordinates
    assert coordinates.mean(axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert np.abs(coordinates).max() == 1
    assert coordinates[:, 0].var() > coordinates[:, 1].var()
    assert [coordinates[np.abs(axis).argmax(), place] > 0 for place, axis in enumerate(coordinates.T)] == [True, True]


def test_a_mirrored_or_turned_plane_gives_the_same_map():
    points = np.random.default_rng(2).normal(size=(8, 2)) * [3, 1]
    turned = points @ np.array([[0, 1], [1, 0]])
    maps = [lay_out_topics(distances_of(each)).coordinates for each in (points, -points, turned)]
    assert maps[1] == pytest.approx(maps[0], abs=1e-5)
    assert maps[2] == pytest.approx(maps[0], abs=1e-5)


@pytest.mark.parametrize("n_topics", [4, 20, 60])
def test_refinement_lowers_the_stress(n_topics):
    distances = random_distances(n_topics)
    classical = scale_classically(distances)
    found = lay_out_topics(distances)
    assert found.stress == pytest.approx(kruskal_stress(refine(classical, distances), distances), abs=1e-6)
    assert found.stress < 0.95 * kruskal_stress(classical, distances)


def test_stress_is_kruskals_at_the_best_scale():
    distances = random_distances(7)
    points = np.random.default_rng(3).normal(size=(7, 2))
    pairs = np.triu_indices(7, 1)
    wanted, on_map = distances[pairs], distances_of(points)[pairs]
    scales = np.linspace(0.01, 2, 20_000)[:, None]
    by_search = np.sqrt(((scales * on_map - wanted) ** 2).sum(axis=1) / (scales * on_map**2 * scales).sum(axis=1)).min()
    assert kruskal_stress(points, distances) == pytest.approx(by_search, abs=1e-4)
    assert kruskal_stress(5 * points, distances) == pytest.approx(kruskal_stress(points, distances))


def test_one_topic_lies_in_the_middle():
    found = lay_out_topics(np.zeros((1, 1)))
    assert (found.coordinates.tolist(), found.stress) == ([[0, 0]], 0)


def test_two_topics_lie_at_the_ends_of_a_line():
    found = lay_out_topics(np.array([[0, 0.7], [0.7, 0]]))
    assert (found.coordinates.tolist(), found.stress) == ([[1, 0], [-1, 0]], 0)


def test_three_topics_lie_true_to_all_distances():
    assert lay_out_topics(random_distances(3)).stress == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("n_topics", [2, 3, 6])
def test_equal_topics_are_one_point(n_topics):
    found = lay_out_topics(topic_distances(np.full((n_topics, 9), 1 / 9)))
    assert (found.coordinates.tolist(), found.stress) == ([[0, 0]] * n_topics, 0)


def test_two_equal_topics_are_one_point_among_others():
    distances = random_distances(6)[[0, 0, 1, 2, 3, 4, 5]][:, [0, 0, 1, 2, 3, 4, 5]]
    coordinates = lay_out_topics(distances).coordinates
    assert coordinates[0] == pytest.approx(coordinates[1], abs=1e-5)
    assert not np.iscomplexobj(coordinates)


@pytest.mark.parametrize("n_topics", [3, 5, 30])
def test_equidistant_topics_have_a_map_with_stress(n_topics):
    found = lay_out_topics(1 - np.eye(n_topics))
    assert np.isfinite(found.coordinates).all()
    assert len(np.unique(found.coordinates, axis=0)) == n_topics
    assert (found.stress > 0.2) == (n_topics > 3)


def test_points_that_fit_a_plane_keep_their_distances():
    distances = np.array([[0.0, 3.0, 4.0], [3.0, 0.0, 5.0], [4.0, 5.0, 0.0]])
    points = scale_classically(distances)
    np.testing.assert_allclose(np.linalg.norm(points[:, None] - points, axis=2), distances, atol=1e-12)
