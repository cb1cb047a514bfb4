"""Reading rows from the bytes DSS sends, with datasets of several versions of DSS."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from text_explorer.dss.io.dataset_rows import RowReader, _typed

SCHEMA = [{"name": "text", "type": "string"}, {"name": "n", "type": "bigint"}, {"name": "a,b", "type": "string"}]
ROWS = [["one", "1", "x"], ["t\0wo", "", "y"], ["", "3", "\0"]]


class OldDataset:
    """A dataset of a version of DSS that has no session of reading."""

    name = "P.docs"

    def __init__(self, rows):
        self.content, self.asked, self.streams, self.verified = rows, [], [], []

    def raw_formatted_data(self, sampling=None, columns=None, format="csv"):  # noqa: A002, the name of DSS
        assert format == "tsv-excel-noheader"
        self.asked.append(columns)
        names = [column["name"] for column in SCHEMA]
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter="\t")
        writer.writerows([row[names.index(name)] for name in columns or names] for row in self.content)
        self.streams.append(io.BytesIO(text.getvalue().encode("utf-8")))
        return self.streams[-1]


class Dataset(OldDataset):
    """A dataset of a version that tells afterwards whether all was read."""

    fault = None

    def raw_formatted_data(self, sampling=None, columns=None, format="csv", format_params=None, read_session_id=None):  # noqa: A002
        self.session = read_session_id
        return super().raw_formatted_data(sampling, columns, format)

    def verify_read(self, read_session_id):
        assert self.streams[-1].closed
        self.verified.append(read_session_id)
        if self.fault:
            raise OSError(self.fault)


def read(dataset, columns=None, n_rows=2):
    frames = list(RowReader(dataset, SCHEMA).frames(columns, n_rows))
    return [row for frame in frames for row in frame.astype(object).where(frame.notna(), None).values.tolist()]


@pytest.mark.parametrize("of_version", [OldDataset, Dataset])
@pytest.mark.parametrize("n_rows", [1, 2, 100])
def test_rows_do_not_depend_on_the_version_of_dss_or_the_chunk_size(of_version, n_rows):
    assert read(of_version(ROWS), n_rows=n_rows) == [["one", 1, "x"], ["t\0wo", None, "y"], ["", 3, "\0"]]


def test_the_end_of_the_rows_is_verified_once_the_stream_is_closed():
    dataset = Dataset(ROWS)
    read(dataset)
    assert dataset.verified == [dataset.session]


def test_an_interrupted_stream_is_an_error():
    dataset = Dataset(ROWS)
    dataset.fault = "Reading dataset failed"
    with pytest.raises(OSError, match="Reading dataset failed"):
        read(dataset)


def test_a_reader_that_stops_early_closes_the_stream():
    dataset = Dataset(ROWS)
    frames = RowReader(dataset, SCHEMA).frames(None, 1)
    next(frames)
    frames.close()
    assert dataset.streams[-1].closed
    assert dataset.verified == []


def test_columns_are_asked_for_by_name_unless_a_name_holds_a_comma_which_stands_between_names():
    dataset = Dataset(ROWS)
    assert read(dataset, ["text", "n"]) == [["one", 1], ["t\0wo", None], ["", 3]]
    assert read(dataset, ["a,b"]) == [["x"], ["y"], ["\0"]]
    assert dataset.asked == [["text", "n"], None]


def test_a_single_column_keeps_its_empty_cells():
    assert read(Dataset([["", "", "x"], ["", "", "y"]]), ["text"]) == [[""], [""]]


def test_a_dataset_without_rows_has_none():
    assert read(Dataset([])) == []


class UnquotedDataset(OldDataset):
    """A dataset of a writer that quotes no carriage return, as the end of its rows does not need that."""

    end = "\n"

    def raw_formatted_data(self, columns=None, format="csv"):  # noqa: A002, the name of DSS
        text = "".join("\t".join(row) + self.end for row in self.content)
        self.streams.append(io.BytesIO(text.encode("utf-8")))
        return self.streams[-1]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("cell", ["a\rb", "\r", "\ra", "a\r\rb\0c", "\r" * 300_000])
def test_a_carriage_return_without_quotes_does_not_end_the_row(cell, end):
    dataset = UnquotedDataset([[cell, "1", "x"], ["next", "2", f"{cell}."]])
    dataset.end = end
    assert read(dataset) == [[cell, 1, "x"], ["next", 2, f"{cell}."]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("shift", range(3))
def test_the_end_of_a_row_is_found_wherever_a_block_of_bytes_ends(end, shift, monkeypatch):
    monkeypatch.setattr(io, "BytesIO", ThreeBytes)
    dataset = UnquotedDataset([["x" * shift, "1", "a\rb"], ["", "2", "c"], ["d\r", "3", ""]])
    dataset.end = end
    assert read(dataset) == [["x" * shift, 1, "a\rb"], ["", 2, "c"], ["d\r", 3, ""]]


class ThreeBytes(io.BytesIO):
    """A stream that hands over three bytes at a time."""

    def read(self, size=-1):
        return super().read(min(size, 3) if size > 0 else 3)


@pytest.mark.parametrize(
    "text",
    ["\ufeff", "\ufeffa", "\ufeff\ufeff", "\ufeff\0", "\0", "a\rb", '"', "\U0010ffff", "\u2028", "x" * 1_000_000],
)
def test_the_first_text_is_as_it_was_sent(text):
    assert read(Dataset([[text, "1", text]]))[0] == [text, 1, text]


@pytest.mark.parametrize("place", [262_143, 262_144, 262_145, 524_288])
def test_a_nul_is_found_wherever_blocks_of_bytes_end(place):
    text = "ü" * (place // 2) + "x" * (place % 2) + "\0end"
    assert read(Dataset([["a", "1", "b"], [text, "2", "c"]])) == [["a", 1, "b"], [text, 2, "c"]]


@pytest.mark.parametrize(
    ("text", "number"),
    [("5.0", 5), ("5e3", 5000), (" 7 ", 7), ("+8", 8), ("007", 7), ("-9223372036854775808", -(2**63))],
)
def test_a_whole_number_in_another_form_is_that_number(text, number):
    assert read(Dataset([["a", "9007199254740993", ""], ["b", text, ""], ["c", "", ""]])) == [
        ["a", 9007199254740993, ""], ["b", number, ""], ["c", None, ""],
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["1.5", "n/a", "1_0", "9223372036854775808", "１", "0x1", "1e999999999", "nan", "\0"])
def test_what_is_no_whole_number_is_missing_and_its_row_is_named(text, caplog):
    assert [row[1] for row in read(Dataset([["a", "1", ""], ["b", text, ""], ["c", "3", ""]]))] == [1, None, 3]
    (message,) = caplog.messages
    assert message.startswith("column n of the dataset P.docs: no whole number of the type bigint in 1 cell (rows, ")
    assert "from 1: 2)" in message


def test_a_column_is_reported_once_however_often_it_is_read(caplog):
    reader = RowReader(Dataset([["a", "x", ""]]), SCHEMA)
    for _ in range(2):
        list(reader.frames(None, 10))
    assert len(caplog.messages) == 1


@pytest.mark.parametrize(("storage_type", "bits"), [("tinyint", 8), ("smallint", 16), ("int", 32)])
def test_the_smallest_whole_numbers_are_kept_and_smaller_ones_count_as_missing(storage_type, bits):
    limit = 2 ** (bits - 1)
    values, misfits = _typed(pd.Series([str(-limit), str(-limit - 1), str(-(2**63))]), storage_type)
    assert [None if pd.isna(value) else value for value in values] == [-limit, None, None]
    assert misfits.tolist() == [1, 2]


@pytest.mark.parametrize("text", ["n/a", "1_0", "１.5", "0x1"])
def test_what_is_no_real_number_is_missing(text):
    values, misfits = _typed(pd.Series(["1.5", text, "", "2e3"]), "double")
    assert [None if pd.isna(value) else value for value in values] == [1.5, None, None, 2000.0]
    assert misfits.tolist() == [1]
