"""What the writing calls of ``dataiku.Dataset`` store."""

from __future__ import annotations

import pytest

from local_dss.site.local_dss_storage.datasets import StoredDataset

pytestmark = pytest.mark.oldest


def stored_rows(home, name):
    return list(StoredDataset(home, "LOCAL", name).rows())


def test_each_dtype_is_written_as_its_storage_type(dataset_findings, filled_home):
    columns = StoredDataset(filled_home, "LOCAL", "frames").read_columns()
    assert {column["name"]: column["type"] for column in columns} == {
        "i64": "bigint",
        "i32": "int",
        "nullable": "bigint",
        "f32": "float",
        "f64": "double",
        "flag": "boolean",
        "flag_or_none": "boolean",
        "moment": "date",
        "zoned": "date",
        "text": "string",
        "listed": "string",
        "category": "string",
        "i8": "string",
        "u64": "string",
        "delta": "string",
        "period": "string",
        "nullable_text": "string",
        "7": "bigint",
    }
    assert columns[0]["comment"] == "a count"
    assert dataset_findings["types of a frame"] == [column["type"] for column in columns]


def test_cells_of_a_frame_are_stored_as_text_without_the_index(dataset_findings, filled_home):
    first, second = stored_rows(filled_home, "frames")
    assert first == [
        *("1", "1", "1", "0.1", "0.1", "true", "true", "2020-12-31T00:00:00.101Z", "2020-12-31T01:00:00.000Z"),
        *('a "quoted", 😀\nline', "['a', 1]", "x", "1", "1", "1 days 00:00:00", "2020-01", "x", "0"),
    ]
    assert second[:11] == ["2", "2", "", "", "inf", "false", "", "", "", "", "{'b': 2}"]
    assert second[11] == ""
    assert second[16] == ""


def test_the_writer_places_cells_by_position_and_does_not_check_later_chunks(dataset_findings, filled_home):
    assert stored_rows(filled_home, "rows") == [
        ["1", "by name", "", ""],
        ["2", "by position", "false", "2020-12-31T00:00:00.101Z"],
        ["", "", "", ""],
        ["3", "by frame", "true", ""],
        ["text in a number", "4", "", ""],
    ]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("write an input", "DssError", "You cannot write dataset LOCAL.typed, it is not declared as an output"),
        ("not a frame", "ValueError", "expects a dataframe as argument"),
        ("duplicate labels", "DssError", "multiple columns with label: a"),
        ("duplicate labels as text", "DssError", "multiple columns with label: 1"),
        ("no schema", "DssError", "No column in schema of LOCAL.frames"),
        ("schema without type", "DssError", "has no type"),
        ("schema with a number", "DssError", "The type of a column must be text. Got 3."),
        ("schema with a column twice", "DssError", 'the column "a" twice'),
        ("second writer", "DssError", "already another active writer for this dataset (LOCAL.rows)"),
        ("row without schema", "DssError", "No column in schema of LOCAL.rows"),
        ("write after closing", "DssError", "is closed"),
    ],
)
def test_a_refused_write_raises(dataset_findings, name, error, message):
    assert dataset_findings[name]["raised"] == error
    assert message in dataset_findings[name]["message"]


def test_a_successful_run_prints_one_line_per_output(dataset_findings):
    lines = dataset_findings["stdout"].splitlines()
    assert lines[1:] == ["frames: dataset LOCAL.frames, 2 rows", "rows: dataset LOCAL.rows, 5 rows"]
    assert lines[0].startswith("findings: dataset LOCAL.dataset_findings, ")
