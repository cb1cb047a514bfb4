"""The documents on a map: all of them, or an evenly spaced part in which those that match come first."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from tests.python.unit.explorer.embedded_source import N_DOCUMENTS, embedded_source, topic_of
from tests.python.unit.explorer.filterable_source import filterable_source, two_merged_into_zero
from text_explorer.explorer.documents import document_map as drawn_map
from text_explorer.explorer.documents.alike import BY_MEANING, documents_like
from text_explorer.explorer.documents.document_map import document_map, document_on_map
from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.index.reader import RowsCache
from text_explorer.explorer.loading.vectors import islands
from text_explorer.explorer.shared.errors import NotFoundError, NotReadyError

PLACED = [row for row in range(N_DOCUMENTS) if row % 10]
KINDS = {"x": "<u2", "y": "<u2", "topic": "<i4", "row": "<i4", "matches": "u1"}


def points(answer):
    return {name: np.frombuffer(b64decode(answer["points"][name]), kind) for name, kind in KINDS.items()}


def test_all_documents_with_a_vector_are_drawn_where_they_are(indexed):
    index = indexed(embedded_source())
    answer = document_map(index, Selection())
    found = points(answer)
    assert found["row"].tolist() == PLACED
    assert found["topic"].tolist() == [topic_of(row) for row in PLACED]
    assert found["matches"].all()
    drawn = np.column_stack([found["x"], found["y"]]) / 65_535 * 2 - 1
    assert drawn == pytest.approx(index.vectors.places[PLACED], abs=2e-5)
    assert (answer["n"], answer["n_placed"], answer["n_drawn"], answer["n_matching"]) == (300, 270, 270, 270)


def test_filters_mark_the_documents_that_match(indexed):
    answer = document_map(indexed(embedded_source()), Selection(topic=1))
    found = points(answer)
    assert sorted(found["row"].tolist()) == PLACED
    assert (found["matches"] == (found["topic"] == 1)).all()
    assert answer["n_matching"] == int(found["matches"].sum())


def test_of_many_documents_an_even_part_is_drawn_and_half_of_it_is_for_matches(indexed, monkeypatch):
    monkeypatch.setattr(drawn_map, "MOST_DRAWN", 30)
    index = indexed(embedded_source())
    assert points(document_map(index, Selection()))["row"].tolist() == PLACED[::9]
    answer = document_map(index, Selection(groups=((0, "chile"),)))
    assert (answer["n_drawn"], answer["n_matching_drawn"], answer["n_matching"]) == (30, 15, 150)


def test_merged_topics_have_the_same_number_on_their_own_islands(indexed):
    answer = document_map(indexed(embedded_source(), edits=two_merged_into_zero), Selection())
    assert [island["topic"] for island in answer["islands"]] == [0, 1, 0]
    assert set(points(answer)["topic"].tolist()) == {0, 1}


def test_an_area_of_the_map_is_a_filter(indexed):
    index = indexed(embedded_source())
    island = document_map(index, Selection())["islands"][1]
    x, y, r = island["x"], island["y"], island["r"]
    rows = selected_rows(index, Selection(box=(x - r, y - r, x + r, y + r))).tolist()
    assert {row for row in PLACED if topic_of(row) == 1} <= set(rows)
    assert len(rows) < len(PLACED)
    assert selected_rows(index, Selection(box=(-1, -1, 1, 1))).tolist() == PLACED


def test_without_vectors_the_map_says_what_is_missing_and_an_area_holds_no_document(indexed):
    index = indexed(filterable_source())
    with pytest.raises(NotFoundError, match="needs an embedding column"):
        document_map(index, Selection())
    assert selected_rows(index, Selection(box=(-1, -1, 1, 1))).tolist() == []
    with pytest.raises(NotReadyError, match="once all documents have been read"):
        selected_rows(replace(index, is_complete=False, rows_cache=RowsCache()), Selection(box=(0, 0, 1, 1)))


def test_too_many_topics_are_on_no_map_but_their_documents_are_compared(indexed, monkeypatch):
    monkeypatch.setattr(islands, "MOST_ISLANDS", 2)
    index = indexed(embedded_source())
    with pytest.raises(NotFoundError, match="There is no map, as there are 3 topics: at most 2 can be laid out"):
        document_map(index, Selection())
    assert selected_rows(index, Selection(box=(-1, -1, 1, 1))).tolist() == []
    assert documents_like(index, 3, Selection())["by"] == BY_MEANING


def test_a_document_under_the_pointer_is_named(indexed):
    found = document_on_map(indexed(embedded_source()), 7)
    assert (found["key"], found["topic"], found["excerpt"]) == ("d7", 1, "the orchard no 7")
