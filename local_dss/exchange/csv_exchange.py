"""Datasets in and out of the home folder as CSV files: UTF-8, header, RFC 4180; any number of rows is streamed."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Optional

from local_dss.descriptors.json_comments import read_json_file
from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.datasets import NOT_PARTITIONED, StoredDataset
from local_dss.site.local_dss_storage.dates import normalize_date
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.rows import RowWriter
from local_dss.site.local_dss_storage.schema import check_columns, column_names


def import_csv(
    dataset: StoredDataset,
    csv_path: Path,
    columns: Optional[list[dict[str, Any]]] = None,
    dimensions: Sequence[dict[str, Any]] = (),
) -> int:
    """Create a dataset from a CSV file with a header, replacing one of the same name; return the number of rows.

    A column that `columns` do not list is a string; each dimension takes its value from the column of its name. When
    the file is refused, the dataset stays as it was.
    """
    for _ in read_csv_rows(csv_path):  # a first pass, so that a bad row at the end does not cost the old dataset
        continue
    rows = read_csv_rows(csv_path)
    header = next(rows)
    schema = _schema_of_header(header, columns or [])
    missing = [dimension["name"] for dimension in dimensions if dimension["name"] not in header]
    if missing:
        raise LocalDssError(f"The partitioning needs the columns {', '.join(missing)}, which {csv_path} does not have.")
    dataset.create(schema, dimensions)
    return _write_rows(dataset, rows, schema, [header.index(dimension["name"]) for dimension in dimensions])


def _write_rows(
    dataset: StoredDataset, rows: Iterator[list[str]], schema: list[dict[str, Any]], key_columns: list[int]
) -> int:
    """Write rows into the partitions their key columns name; return their number."""
    date_columns = [index for index, column in enumerate(schema) if column["type"] == "date"]
    writers: dict[str, RowWriter] = {} if key_columns else {NOT_PARTITIONED: dataset.open_writer()}
    for row in rows:
        for index in date_columns:
            row[index] = normalize_date(row[index])
        partition = "|".join(row[index] for index in key_columns) if key_columns else NOT_PARTITIONED
        if partition not in writers:
            writers[partition] = dataset.open_writer(partition)
        writers[partition].write(row)
    for writer in writers.values():
        writer.close()
    return sum(writer.n_rows for writer in writers.values())


def export_csv(dataset: StoredDataset, csv_path: Path) -> int:
    """Write a dataset to a CSV file with header and CRLF line ends; return the number of rows."""
    dataset.data_files()  # refuse an unbuilt dataset before touching the file
    try:
        with open(csv_path, "w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(column_names(dataset.read_columns()))
            n_rows = 0
            for row in dataset.rows():
                writer.writerow(row)
                n_rows += 1
            return n_rows
    except OSError as error:
        raise LocalDssError(f"The file {csv_path} cannot be written: {error.strerror}.") from None


def read_schema_file(path: Path) -> list[dict[str, Any]]:
    """Read a schema file: ``{"columns": [...]}`` or the bare list."""
    content = read_json_file(path, "The schema file")
    columns = content.get("columns") if isinstance(content, dict) else content
    try:
        return check_columns(columns)
    except StorageError as error:
        raise LocalDssError(f"{error} Schema file: {path}.") from None


def read_csv_rows(csv_path: Path) -> Iterator[list[str]]:
    """Yield the header, then the rows of a CSV file, all of the same width; a fault is named with its line."""
    try:
        with open(csv_path, newline="", encoding="utf-8-sig") as stream:
            yield from _checked_rows(csv_path, csv.reader(stream, strict=True))
    except OSError as error:
        raise LocalDssError(f"The file {csv_path} cannot be read: {error.strerror}.") from None


def _checked_rows(csv_path: Path, reader: Any) -> Iterator[list[str]]:
    line = 0
    width = None
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except UnicodeDecodeError:
            raise LocalDssError(
                f"{csv_path} is not UTF-8 text: there is a foreign byte after line {line - 1}."
            ) from None
        except csv.Error as error:
            raise LocalDssError(f"{csv_path}, line {line}: the CSV is broken: {error}.") from None
        if row is None:
            break
        if width is None:
            _check_header(csv_path, row)
            width = len(row)
        elif not row:  # a blank line: an empty cell where there is one column, nothing at all elsewhere
            if width > 1:
                continue
            row = [""]
        elif len(row) != width:
            raise LocalDssError(f"{csv_path}, line {line}: the row has {len(row)} cells but the header has {width}.")
        yield row
    if width is None:
        raise LocalDssError(f"{csv_path} is empty: a header line is needed.")


def _check_header(csv_path: Path, header: list[str]) -> None:
    if not header or "" in header:
        position = header.index("") + 1 if header else 1
        raise LocalDssError(f"{csv_path}, line 1: column {position} of the header has no name.")
    duplicates = sorted({name for name in header if header.count(name) > 1})
    if duplicates:
        raise LocalDssError(f"{csv_path}, line 1: the header holds the same name twice: {', '.join(duplicates)}.")


def _schema_of_header(header: list[str], columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    described = {column["name"]: column for column in columns}
    absent = [name for name in described if name not in header]
    if absent:
        raise LocalDssError(f"The schema describes columns that the file does not have: {', '.join(absent)}.")
    return [described.get(name, {"name": name, "type": "string"}) for name in header]
