"""Documents as a file."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.python.conftest import ROOT
from tests.python.unit.explorer.filterable_source import filterable_source, two_merged_into_zero
from tests.python.unit.explorer.memory_source import EMOJI_TEXT, small_source
from text_explorer.explorer.documents import csv_export
from text_explorer.explorer.documents.csv_export import documents_csv, neutral
from text_explorer.explorer.documents.selection import Selection

CELLS = json.loads((ROOT / "tests" / "cases" / "csv_cells.json").read_text("utf-8"))


def read(pieces):
    return list(csv.reader(io.StringIO("".join(pieces).removeprefix("\ufeff"))))


def test_every_document_is_a_row_with_all_that_is_known(indexed):
    head, first, *rest = read(documents_csv(indexed(filterable_source()), Selection()))
    assert head == [
        "row", "id", "text", "topic_id", "topic_label", "topic_probability", "topic_status", "date", "country",
        "product", "summary",
    ]  # fmt: skip
    assert first[:7] == ["0", "d0", "green tea from the south", "0", "topic 0", "0.9", "ok"]
    assert first[7:] == ["2024-01-05", "chile", "tea", ""]
    assert rest[4] == ["5", "d5", "", "", "", "", "no known term", "2024-03-01", "chile", "coffee", ""]
    assert len(rest) == 6


def test_filters_edits_and_order_hold(indexed):
    index = indexed(filterable_source(), edits=two_merged_into_zero)
    _, *rows = read(documents_csv(index, Selection(topic=2), "-probability"))
    assert [(row[1], row[3], row[4]) for row in rows] == [
        ("d0", "0", "topic 0"),
        ("d6", "0", "topic 0"),
        ("d1", "0", "topic 0"),
        ("d4", "0", "topic 0"),
    ]


def test_no_cell_is_a_formula(indexed):
    source = filterable_source([(0, 1.0, "", "+1", "\n@x", " =1+1")])
    for row in source.tables["document_topics"]:
        row["-id"] = row.pop("id")
    source.settings |= {"id_column": "-id", "group_columns": ["country", "product"]}
    _, row = read(documents_csv(indexed(source), Selection()))
    assert (row[2], row[7:9]) == ("' =1+1", ["", "'+1"])
    assert row[9] == "'\n@x"


@pytest.mark.parametrize("cell", CELLS["formulas"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_a_quote(cell):
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", CELLS["others"])
def test_other_cells_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_the_file_begins_with_the_mark_of_its_encoding_and_only_the_file(indexed, monkeypatch):
    monkeypatch.setattr(csv_export, "_PIECE", 2)
    text = "".join(documents_csv(indexed(filterable_source()), Selection()))
    assert text.startswith("\ufeffrow,id,text,")
    assert text.count("\ufeff") == 1


def test_summaries_and_all_scripts_come_along(indexed):
    rows = read(documents_csv(indexed(small_source()), Selection(topic=1)))
    assert (rows[1][2], rows[1][-1]) == (EMOJI_TEXT, "A second sentence 🎉 here.")


def test_many_documents_come_in_pieces_without_loss(indexed, monkeypatch):
    monkeypatch.setattr(csv_export, "_PIECE", 2)
    pieces = list(documents_csv(indexed(filterable_source()), Selection()))
    assert len(pieces) == 1 + 4
    assert [row[0] for row in read(pieces)[1:]] == ["0", "1", "2", "3", "4", "5", "6"]


def test_between_pieces_nothing_is_locked(indexed):
    index = indexed(filterable_source())
    pieces = documents_csv(index, Selection())
    next(pieces), next(pieces)
    assert not index.connection.in_transaction
