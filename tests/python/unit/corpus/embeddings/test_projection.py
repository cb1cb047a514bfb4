import numpy as np
import pytest

from text_explorer.corpus.embeddings import projection as projection_module
from text_explorer.corpus.embeddings.projection import embedding_hashes, fit_projection, smallest_hashes


def embeddings_of(n_rows, n_numbers, seed=0):
    spread = np.linspace(3.0, 0.5, n_numbers)
    return (np.random.default_rng(seed).normal(size=(n_rows, n_numbers)) * spread + 5).astype(np.float32)


def test_projected_embeddings_are_unit_vectors_and_keep_their_angles_where_no_dimension_is_lost():
    embeddings = embeddings_of(100, 6)
    projection = fit_projection(embeddings)
    units = projection.units(embeddings)
    centred = embeddings - embeddings.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    assert projection.n_dimensions == 6
    assert projection.explained == pytest.approx(1.0)
    assert np.linalg.norm(units, axis=1) == pytest.approx(np.ones(100), abs=1e-6)
    assert units @ units.T == pytest.approx(centred @ centred.T, abs=1e-4)


@pytest.mark.parametrize(
    ("n_rows", "n_numbers", "n_dimensions"),
    [(3, 100, 2), (9, 100, 8), (50, 100, 8), (200, 100, 25), (2_000, 100, 64), (2_000, 5, 5)],
)
def test_few_rows_have_few_dimensions(n_rows, n_numbers, n_dimensions):
    assert fit_projection(embeddings_of(n_rows, n_numbers)).n_dimensions == n_dimensions


def test_there_are_no_more_dimensions_than_embeddings_differ_in():
    plane = np.random.default_rng(0).normal(size=(500, 2)) @ np.random.default_rng(1).normal(size=(2, 30))
    assert fit_projection(plane.astype(np.float32)).n_dimensions == 2


@pytest.mark.parametrize(
    "embeddings", [embeddings_of(2, 9), np.ones((50, 9), dtype=np.float32), np.zeros((0, 9), "f4")]
)
def test_too_few_or_equal_embeddings_have_none(embeddings):
    assert fit_projection(embeddings) is None


def test_equal_embeddings_count_once():
    embeddings = embeddings_of(60, 8)
    repeated = np.concatenate([embeddings, np.repeat(embeddings[:1], 5_000, axis=0)])
    once, often = fit_projection(embeddings), fit_projection(repeated)
    assert often.centre == pytest.approx(once.centre, abs=1e-5)
    assert often.directions[:, :7] == pytest.approx(once.directions[:, :7], abs=1e-4)


def test_the_order_of_rows_changes_no_bit():
    embeddings = embeddings_of(300, 20)
    one, other = fit_projection(embeddings), fit_projection(embeddings[::-1])
    assert one.centre.tobytes() == other.centre.tobytes()
    assert one.directions.tobytes() == other.directions.tobytes()


def test_of_very_many_the_smallest_hashes_make_the_same_projection(monkeypatch):
    monkeypatch.setattr(projection_module, "MOST_ROWS", 40)
    embeddings = np.repeat(embeddings_of(300, 20), 2, axis=0)
    hashes = embedding_hashes(embeddings)
    chosen = smallest_hashes(smallest_hashes(hashes[:70]), hashes[70:])
    some = embeddings[np.isin(hashes, chosen)][::-1]
    assert len(some) == 80
    every, found = fit_projection(embeddings), fit_projection(some, len(embeddings))
    assert found.centre.tobytes() == every.centre.tobytes()
    assert found.directions.tobytes() == every.directions.tobytes()


def test_the_vector_of_an_embedding_depends_on_nothing_beside_it():
    embeddings = embeddings_of(300, 20)
    projection = fit_projection(embeddings)
    alone = np.concatenate([projection.units(embeddings[row : row + 1]) for row in range(300)])
    assert projection.units(embeddings).tobytes() == alone.tobytes()


def test_each_direction_points_where_its_largest_part_is_positive():
    directions = fit_projection(embeddings_of(300, 20)).directions
    assert directions[np.abs(directions).argmax(axis=0), np.arange(20)].min() > 0


def test_the_embedding_at_the_centre_has_no_direction():
    embeddings = embeddings_of(30, 4)
    projection = fit_projection(embeddings)
    assert projection.units(projection.centre[np.newaxis]).tolist() == [[0.0] * 4]


def test_very_many_embeddings_are_sampled_by_their_content(monkeypatch):
    monkeypatch.setattr(projection_module, "MOST_ROWS", 100)
    embeddings = embeddings_of(1_000, 6)
    one, other = fit_projection(embeddings), fit_projection(embeddings[::-1])
    assert one.directions.tobytes() == other.directions.tobytes()
