"""Embeddings become vectors of the index, and places on a map; cells without a usable one have none."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from tests.python.unit.explorer.embedded_source import COPY, COPY_OF, N_DOCUMENTS, ODD, embedded_source, topic_of
from tests.python.unit.explorer.memory_source import small_source
from text_explorer.explorer.index.document_vectors import SIMILARITY_DIGITS, write_projection
from text_explorer.explorer.index.reader import read_fact, read_report
from text_explorer.explorer.index.schema import create_tables
from text_explorer.explorer.loading import documents
from text_explorer.explorer.loading.settings import ExplorerSettings
from text_explorer.explorer.loading.vectors import collecting
from text_explorer.explorer.loading.vectors.collecting import VectorCollector
from text_explorer.explorer.loading.vectors.islands import place_documents

ODD_ROWS = np.arange(0, N_DOCUMENTS, 10)


def test_every_usable_embedding_is_kept_and_no_other(indexed):
    index = indexed(embedded_source())
    assert np.flatnonzero(~index.vectors.given).tolist() == ODD_ROWS.tolist()
    (note,) = [note for note in read_fact(index.connection, "notes") if "embedding" in note]
    for reason in (
        "with NaN or infinite numbers 6",
        "of another length 6",
        "no JSON array of numbers 6",
        "all zeros 6",
    ):
        assert reason in note


def test_the_nearest_documents_are_of_the_same_topic_and_a_copy_comes_first(indexed):
    index = indexed(embedded_source())
    rows, similarities = index.vectors.nearest(index.vectors.of_row(COPY_OF), None, 10)
    assert rows[:2].tolist() == [COPY_OF, COPY]
    assert similarities[:2] == pytest.approx([1, 1], abs=10**-SIMILARITY_DIGITS)
    assert {topic_of(row) for row in rows.tolist()} == {topic_of(COPY_OF)}
    assert (np.diff(similarities) <= 0).all()


def test_only_given_rows_are_searched_and_ties_keep_their_order(indexed):
    index = indexed(embedded_source())
    rows = np.array([COPY, COPY_OF, 0, 7], dtype=np.int32)
    found, _ = index.vectors.nearest(index.vectors.of_row(COPY_OF), np.sort(rows), 2)
    assert found.tolist() == [COPY_OF, COPY]


def test_eight_bits_keep_the_similarities(indexed):
    index = indexed(embedded_source(odd=()))
    vectors = index.vectors
    exact = np.stack([json.loads(row["embedding"]) for row in embedded_source(odd=()).tables["document_topics"]])
    units = (exact - vectors.centre) @ vectors.directions
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    assert vectors.similarities(vectors.of_row(7)) == pytest.approx(units @ units[7], abs=0.02)


def test_the_first_rows_decide_and_batches_do_not_show(indexed, monkeypatch):
    whole = indexed(embedded_source())
    monkeypatch.setattr(collecting, "FIRST_EMBEDDINGS", N_DOCUMENTS // 2)
    halves = indexed(embedded_source())
    assert halves.vectors.values.shape == whole.vectors.values.shape
    assert (halves.vectors.given == whole.vectors.given).all()


def test_rows_without_an_embedding_at_the_beginning_do_not_decide(indexed, monkeypatch):
    monkeypatch.setattr(collecting, "FIRST_EMBEDDINGS", 20)
    monkeypatch.setattr(collecting, "_ROWS_AT_ONCE", 7)
    monkeypatch.setattr(documents, "BATCH", 10)
    source = embedded_source(odd=())
    for document in source.tables["document_topics"][:101]:
        document["embedding"] = ""
    index = indexed(source)
    assert np.flatnonzero(index.vectors.given).tolist() == list(range(101, N_DOCUMENTS))
    assert {topic_of(row) for row in index.vectors.nearest(index.vectors.of_row(150), None, 9)[0].tolist()} == {0}


def by_models(model_of, **config):
    """Return the corpus with the id of the model of each embedding."""
    source = embedded_source(odd=(), **config)
    for row, document in enumerate(source.tables["document_topics"]):
        document["embedding_model"] = model_of(row)
    return source


def vectors_and_model(index):
    return np.flatnonzero(index.vectors.given).tolist(), read_report(index.connection, "vectors")["embedding_model"]


def test_embeddings_of_other_models_than_most_have_no_vector_and_are_counted(indexed):
    index = indexed(by_models(lambda row: {0: "b", 1: None}.get(row % 5, "a")))
    assert vectors_and_model(index) == ([row for row in range(N_DOCUMENTS) if row % 5], "a")
    assert any("of another embedding model 60" in note for note in read_fact(index.connection, "notes"))


@pytest.mark.parametrize(
    ("trained_column", "rows", "model_id"), [("embedding", [0, 100, 200], "b"), ("other", None, "a")]
)
def test_the_model_folder_decides_for_its_own_column_alone(indexed, trained_column, rows, model_id):
    source = by_models(lambda row: "a" if row % 100 else "b")
    source.model = {"settings": {"embedding_column": trained_column}, "meaning": {"embedding_model": "b"}}
    given, found = vectors_and_model(indexed(source))
    assert (given, found) == (rows or [row for row in range(N_DOCUMENTS) if row % 100], model_id)


def test_the_projection_of_the_training_settles_the_length_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "FIRST_EMBEDDINGS", 10**9)
    settings = ExplorerSettings("text", embedding_column="embedding", embedding_is_trained=True)
    with closing(sqlite3.connect(":memory:")) as connection:
        create_tables(connection)
        write_projection(connection, np.zeros(4, dtype=np.float32), np.eye(4, 3, dtype=np.float32))
        collector = VectorCollector(connection, tmp_path / "vectors", settings)
        for cell in ("", "[1, 2]", "[1, 2]", "[0, 1, 0, 0]", "[0, 2, 0, 1]"):
            collector.add([cell], [None])
        assert collector.finish(np.zeros(5, dtype=np.int64))["n_given"] == 2
        assert collector.notes() == ["Embeddings in 'embedding' that could not be used: of another length 2."]


def test_the_embeddings_are_no_text_of_the_page(indexed):
    assert "embedding" not in read_fact(indexed(embedded_source()).connection, "columns")


def test_a_column_without_any_embedding_says_why(indexed):
    source = embedded_source()
    for document in source.tables["document_topics"]:
        document["embedding"] = "none"
    index = indexed(source)
    assert index.vectors is None
    assert "no JSON array of numbers 300" in read_report(index.connection, "vectors")["reason"]


def test_without_an_embedding_column_nothing_is_stored(indexed, tmp_path):
    index = indexed(small_source())
    assert index.vectors is None
    assert read_report(index.connection, "vectors")["reason"].startswith("This needs an embedding column")
    assert (tmp_path / "0.vectors").stat().st_size == 0


def test_islands_do_not_overlap_and_hold_their_documents(indexed):
    index = indexed(embedded_source())
    islands = read_report(index.connection, "vectors")["islands"]
    assert [island["topic"] for island in islands] == [0, 1, 2]
    centres = np.array([(island["x"], island["y"]) for island in islands])
    radii = np.array([island["r"] for island in islands])
    distances = np.linalg.norm(centres[:, None] - centres, axis=2)
    assert (distances + 2 * np.eye(3) >= radii[:, None] + radii).all()
    for row in range(N_DOCUMENTS):
        place = index.vectors.places[row]
        if row % 10 == 0:
            assert np.isnan(place).all()
        else:
            assert np.linalg.norm(place - centres[topic_of(row)]) <= radii[topic_of(row)] + 1e-6
    assert np.abs(index.vectors.places[index.vectors.given]).max() <= 1 + 1e-6


def test_neighbours_on_the_map_are_neighbours_in_meaning(indexed):
    quality = read_report(indexed(embedded_source()).connection, "vectors")["quality"]
    assert quality["n"] == N_DOCUMENTS - len(ODD_ROWS)
    assert quality["same_topic"] > 0.9
    assert quality["trustworthiness"] > 0.85


@pytest.mark.parametrize("topics", [[-1] * 5, [0] * 5, [0, 1, 2, 3, 4], [7, 7, -1, 3, 3]])
def test_few_equal_or_lonely_documents_have_finite_places(topics):
    values = np.tile(np.array([127, 0, 0, 0], dtype=np.int8), (5, 1))
    placed = place_documents(values, np.full(5, 1 / 127, dtype=np.float32), np.array(topics))
    assert (~np.isnan(placed.places[:, 0])).tolist() == [topic >= 0 for topic in topics]
    assert placed.quality == {}


def test_without_settings_the_column_is_recognised(indexed):
    source = embedded_source(odd=(ODD[0],), embedding_column="", text_column="")
    index = indexed(source)
    assert read_fact(index.connection, "text_column") == "text"
    assert read_report(index.connection, "vectors")["column"] == "embedding"
