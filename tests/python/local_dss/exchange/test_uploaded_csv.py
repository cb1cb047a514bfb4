"""Uploaded files: formats that are read, and the guess of format and types."""

from __future__ import annotations

import gzip

import pytest

from local_dss.errors import LocalDssError
from local_dss.exchange.uploaded_csv import CsvFormat, detect_format, fill_dataset
from local_dss.site.local_dss_storage.datasets import StoredDataset


def file_of(tmp_path, content, name="upload.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(path, **params):
    return list(CsvFormat.of_params(params).rows(path))


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_with_equally_many_columns_in_all_rows_is_detected(tmp_path, separator):
    rows = [["name", "text"], ["a", 'one, two; three | four\tfive "six"'], ["b", "x"]]
    quoted = "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    path = file_of(tmp_path, quoted)
    params, columns = detect_format(path, infer_types=False)
    assert (params["separator"], params["parseHeaderRow"]) == (separator, True)
    assert columns == [{"name": "name", "type": "string"}, {"name": "text", "type": "string"}]
    assert read(path, **params) == rows[1:]


def test_texts_with_commas_in_a_single_column_do_not_make_columns(tmp_path):
    path = file_of(tmp_path, "text\nno comma\none, two\none, two, three\nnone\n")
    params, columns = detect_format(path, infer_types=False)
    assert [column["name"] for column in columns] == ["text"]
    assert read(path, **{**params, "separator": "\t"}) == [["no comma"], ["one, two"], ["one, two, three"], ["none"]]


def test_a_first_row_with_numbers_is_no_header(tmp_path):
    params, columns = detect_format(file_of(tmp_path, "1,a\n2,b\n"), infer_types=True)
    assert params["parseHeaderRow"] is False
    assert columns == [{"name": "col_0", "type": "bigint"}, {"name": "col_1", "type": "string"}]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "", "-20"], "bigint"),
        (["1", "2.5", "1e3"], "double"),
        (["true", "False"], "boolean"),
        (["1", "nan"], "string"),
        (["1_000", "2"], "string"),
        (["", ""], "string"),
    ],
)
def test_the_type_of_a_column_is_the_narrowest_all_its_cells_have(tmp_path, cells, kind):
    path = file_of(tmp_path, "key,value\n" + "".join(f"k,{cell}\n" for cell in cells))
    assert detect_format(path, infer_types=True)[1][1] == {"name": "value", "type": kind}


@pytest.mark.parametrize(
    ("content", "charset"),
    [("é,b\n1,2\n".encode(), "utf8"), ("é,b\n1,2\n".encode("utf-8-sig"), "utf8"), (b"\xe9,b\n1,2\n", "windows-1252")],
)
def test_the_charset_is_detected_and_a_byte_order_mark_is_no_part_of_a_name(tmp_path, content, charset):
    params, columns = detect_format(file_of(tmp_path, content), infer_types=False)
    assert (params["charset"], columns[0]["name"]) == (charset, "é")


def test_a_long_file_is_judged_by_whole_rows_of_its_beginning(tmp_path):
    path = file_of(tmp_path, "number,text\n" + "12345,some words\n" * 40_000)
    columns = detect_format(path, infer_types=True)[1]
    assert [column["type"] for column in columns] == ["bigint", "string"]


def test_rows_are_skipped_before_and_after_the_header_and_blank_lines_are_left_out(tmp_path):
    path = file_of(tmp_path, "made by a tool\n\na,b\nunits,none\n1,2\n\n3,4\n")
    rows = read(path, skipRowsBeforeHeader=1, parseHeaderRow=True, skipRowsAfterHeader=1)
    assert rows == [["1", "2"], ["3", "4"]]


def test_a_quote_in_a_cell_is_doubled_or_follows_a_backslash(tmp_path):
    assert read(file_of(tmp_path, '"a ""b""",1\n'), style="excel") == [['a "b"', "1"]]
    assert read(file_of(tmp_path, '"a \\"b\\"",1\n'), style="unix") == [['a "b"', "1"]]


def test_rows_fit_the_schema_and_dates_are_written_as_dss_does(tmp_path):
    dataset = StoredDataset(tmp_path, "P", "d")
    dataset.create([{"name": "day", "type": "date"}, {"name": "text", "type": "string"}])
    path = file_of(tmp_path, "2024-05-01,a,too much\nno day\n")
    fill_dataset(dataset, [path], CsvFormat())
    assert list(dataset.rows()) == [["2024-05-01T00:00:00.000Z", "a"], ["no day", ""]]


def test_a_broken_file_is_refused_and_the_rows_are_not_half_written(tmp_path):
    dataset = StoredDataset(tmp_path, "P", "d")
    dataset.create([{"name": "text", "type": "string"}])
    path = file_of(tmp_path, gzip.compress(b"a\n" * 10_000)[:-20], "cut.csv.gz")
    with pytest.raises(LocalDssError, match=r"The files of dataset P\.d are broken"):
        fill_dataset(dataset, [path], CsvFormat())
    assert dataset.partitions() == []
    with pytest.raises(LocalDssError, match=r"The file fake\.csv\.gz is broken"):
        detect_format(file_of(tmp_path, b"no gzip", "fake.csv.gz"), infer_types=False)
