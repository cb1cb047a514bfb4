"""Shared by the readers of all datasets: the index being written, rows as named cells, and what they must hold."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Optional, TypeVar

from text_explorer.columns import Column
from text_explorer.errors import DataError
from text_explorer.explorer.loading.settings import ExplorerSettings
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_integer, as_list, as_number, as_text
from text_explorer.explorer.shared.source import Source

# Called with the role being read and the rows read of it so far.
Report = Callable[[str, int], None]

Found = TypeVar("Found")

BATCH = 1_000
_READ = {"string": as_text, "bigint": as_integer, "double": as_number}


@dataclass(frozen=True)
class IndexWriter:
    """An index being written: its source and connection, who gets the progress, and what could not be read so far.

    ``faults`` counts cells by what they are, ``notes`` are sentences on whole datasets.
    """

    connection: sqlite3.Connection
    source: Source
    settings: ExplorerSettings
    report: Report
    full_text: bool
    faults: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def write_report(writer: IndexWriter, name: str, value: Mapping[str, Any]) -> None:
    """Write a note of the building that is too long to be read with every request."""
    writer.connection.execute("INSERT INTO reports VALUES (?, ?)", (name, json.dumps(value)))


def insert_rows(writer: IndexWriter, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows of the same columns into a table; a later one of the same primary key replaces an earlier one."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        values = ", ".join(f":{column}" for column in first)
        statement = f"INSERT OR REPLACE INTO {table} ({', '.join(first)}) VALUES ({values})"
        writer.connection.executemany(statement, chain([first], rows))


def read_rows(writer: IndexWriter, role: str, wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a dataset, each a dict of the wanted columns the dataset has, and report each batch."""
    columns = [name for name in wanted if name in writer.source.columns(role)]
    writer.report(role, 0)
    rows = iter(writer.source.rows(role, columns))
    n_rows = 0
    while batch := list(islice(rows, BATCH)):
        yield from (dict(zip(columns, cells)) for cells in batch)
        n_rows += len(batch)
        writer.report(role, n_rows)


def listed(writer: IndexWriter, cell: object, what: str) -> list[Any]:
    """Read a list, and count one that cannot be read."""
    found = as_list(cell)
    if found is None:
        writer.faults[what] += 1
    return found or []


def read_cells(cells: Mapping[str, Any], columns: Iterable[Column]) -> dict[str, Any]:
    """Read cells by the types of their columns; of a column the dataset does not have the cell is empty."""
    return {column.name: _READ[column.type](cells.get(column.name)) for column in columns}


def require(writer: IndexWriter, role: str, *alternatives: tuple[str, ...]) -> None:
    """Refuse a dataset without the columns that make it what it is; of each group of alternatives one is enough.

    Raises
    ------
    DataError
        Naming the first column that is missing.
    """
    present = set(writer.source.columns(role))
    missing = [" or ".join(f"'{name}'" for name in group) for group in alternatives if present.isdisjoint(group)]
    if missing:
        raise DataError(
            f"The dataset '{writer.source.dataset_name(role)}' of the setting '{roles.ROLE_LABELS[role]}' has no "
            f"column {missing[0]}. Select the dataset that '{roles.WRITTEN_BY[role]}' wrote for it."
        )


@contextmanager
def optional(writer: IndexWriter, role: str, notes: list[str]) -> Iterator[None]:
    """Turn a dataset that cannot be read into a note: an optional one never keeps the page from opening."""
    try:
        yield
    except DataError as fault:
        notes.append(f"{roles.ROLE_LABELS[role]}: {fault}")


def read_optional(writer: IndexWriter, role: str, notes: list[str], read: Callable[[], Found]) -> Optional[Found]:
    """Return what a dataset holds; None where it is not set, or cannot be read, which becomes a note."""
    with optional(writer, role, notes):
        if writer.source.dataset_name(role):
            return read()
    return None
