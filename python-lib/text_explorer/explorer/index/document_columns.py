"""The columns that documents are filtered, counted and sorted by, as arrays in a file that processes share.

Counting a million documents by a topic takes milliseconds here and seconds in a table. The file is mapped into memory,
so that the system keeps it once for all processes and lets go of it when memory is short.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np

NO_TOPIC = -1
NO_VALUE, OTHER_VALUE = -1, -2
"""Codes of a group column: of an empty cell, and of a value beyond those that are distinguished."""
NO_DAY = np.iinfo(np.int32).min
NO_STATUS = 255
"""Code of a status beyond those that are distinguished."""

ORDINAL_OF_1970 = 719_163
"""Number of 1970-01-01 where 1 January of the year 1 is 1, as in `topics.periods`."""


@dataclass(frozen=True)
class DocumentColumns:
    """Arrays of shape (n_rows,), one entry for each document, in the order of the dataset, and what they mean."""

    n_rows: int
    topic: np.ndarray  # int32: trained main topic, or NO_TOPIC
    probability: np.ndarray  # float32: that topic's probability, NaN where it is not known
    day: Optional[np.ndarray]  # int32: days since 1970-01-01 in UTC, or NO_DAY; None without a date column
    groups: list[np.ndarray]  # int32, for each group column: places in its list of values, NO_VALUE or OTHER_VALUE
    group_names: list[str]
    group_values: list[list[str]]  # the most frequent first (while building in the order they were met)
    status: np.ndarray  # uint8: places in `statuses`, or NO_STATUS
    statuses: list[str]  # the most frequent first
    numbers: list[np.ndarray]  # float64, for each numeric column, NaN for none; no column while building
    number_names: list[str]
    size_on_disk: int  # bytes of the file that are mapped


def record_type(n_groups: int) -> np.dtype[Any]:
    """Return the type of one document's entries, dates always included."""
    return np.dtype([
        ("topic", "<i4"), ("probability", "<f4"), ("day", "<i4"), ("groups", "<i4", (n_groups,)), ("status", "u1"),
    ])  # fmt: skip


def write_columns(path: Path, records: np.ndarray, has_day: bool, numbers: Sequence[np.ndarray] = ()) -> None:
    """Write entries of the `record_type` column by column, so that each column is one stretch of the file.

    ``numbers`` are those of the numeric columns; they come first, where 8 bytes are aligned.
    """
    path.unlink(missing_ok=True)  # readers of an earlier one keep their hold on it
    days = [records["day"]] if has_day else []
    with path.open("wb") as file:
        for column in numbers:
            np.ascontiguousarray(column, "<f8").tofile(file)
        for column in (records["topic"], records["probability"], *days, *records["groups"].T, records["status"]):
            np.ascontiguousarray(column).tofile(file)


@dataclass(frozen=True)
class ColumnsMeaning:
    """What the numbers of the columns stand for; see `DocumentColumns`."""

    has_day: bool
    group_names: tuple[str, ...] = ()
    group_values: tuple[tuple[str, ...], ...] = ()
    statuses: tuple[str, ...] = ()
    number_names: tuple[str, ...] = ()


def read_meaning(
    connection: sqlite3.Connection, group_names: tuple[str, ...], *, has_day: bool, number_names: tuple[str, ...] = ()
) -> ColumnsMeaning:
    """Read what the codes stand for."""
    values: dict[Optional[int], list[str]] = {number: [] for number in (None, *range(len(group_names)))}
    for number, value in connection.execute("SELECT group_column, value FROM column_values ORDER BY code"):
        values[number].append(value)
    statuses = tuple(values.pop(None))
    return ColumnsMeaning(has_day, group_names, tuple(map(tuple, values.values())), statuses, number_names)


def map_columns(path: Path, n_rows: int, meaning: ColumnsMeaning) -> DocumentColumns:
    """Map a file of `write_columns` into memory."""
    start = 0

    def stretch(kind: str) -> np.ndarray:
        nonlocal start
        if not n_rows:  # numpy cannot map an empty stretch
            return np.empty(0, kind)
        mapped = np.memmap(path, kind, "r", offset=start, shape=(n_rows,))
        start += mapped.nbytes
        return mapped

    numbers = [stretch("<f8") for _ in meaning.number_names]
    topic, probability = stretch("<i4"), stretch("<f4")
    day = stretch("<i4") if meaning.has_day else None
    groups = [stretch("<i4") for _ in meaning.group_names]
    arrays = {"topic": topic, "probability": probability, "day": day, "groups": groups, "status": stretch("u1")}
    return _columns(n_rows, meaning, size_on_disk=start, numbers=numbers, **arrays)


def map_records(path: Path, n_rows: int, meaning: ColumnsMeaning) -> DocumentColumns:
    """Map the entries of the documents read so far, which follow one another while the index is being built."""
    kind = record_type(len(meaning.group_names))
    records = np.memmap(path, kind, "r", shape=(n_rows,)) if n_rows else np.empty(0, kind)
    return _columns(
        n_rows,
        meaning,
        topic=records["topic"],
        probability=records["probability"],
        day=records["day"] if meaning.has_day else None,
        groups=list(records["groups"].T),
        status=records["status"],
        numbers=[],
        size_on_disk=records.nbytes,
    )


def _columns(n_rows: int, meaning: ColumnsMeaning, **arrays: Any) -> DocumentColumns:
    return DocumentColumns(
        n_rows,
        group_names=list(meaning.group_names),
        group_values=[list(values) for values in meaning.group_values],
        statuses=list(meaning.statuses),
        number_names=list(meaning.number_names),
        **arrays,
    )
