"""Rows as Spark's Python workers get and return them: tuples of plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from typing import Any, Callable, NamedTuple, Optional

import numpy as np
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import Column
from text_explorer.concurrency.sending import pack
from text_explorer.concurrency.threads import limit_workers

ROWS_AT_ONCE = 1_000
NO_COUNTS = b""
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

Row = tuple[Any, ...]


class Worked(NamedTuple):
    """What became of a batch: its rows with their added columns, rows of a second dataset, and counts."""

    added: pd.DataFrame
    further: Optional[pd.DataFrame] = None
    counts: Any = None


@dataclass(frozen=True)
class RowFormat:
    """The columns of the rows a worker gets, all of them kept, of which it reads some.

    Attributes
    ----------
    names, types
        Of all columns, types as DSS calls them. A moment is in microseconds.
    read
        Names of the columns that are read.
    added, further
        Columns each row gets, and those of the rows of a second dataset.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    read: tuple[str, ...]
    added: tuple[Column, ...]
    further: tuple[Column, ...] = ()

    def chunks(self, rows: Iterable[Row]) -> Iterator[tuple[list[Row], pd.DataFrame]]:
        """Yield rows in batches, each with the frame of the columns that are read; no cell of it is nested."""
        limit_workers(1)  # Spark counts a task as one thread
        positions = {name: self.names.index(name) for name in self.read}
        remaining = iter(rows)
        while batch := [tuple(row) for row in islice(remaining, ROWS_AT_ONCE)]:
            cells = {
                name: pd.Series([_cell(row[position], self.types[position]) for row in batch], dtype=object)
                for name, position in positions.items()
            }
            yield batch, pd.DataFrame(cells)


def work_on_rows(
    rows: Iterable[Row],
    row_format: RowFormat,
    work: Callable[[pd.DataFrame], Worked],
    counts_of_all: Optional[Callable[[], Any]] = None,
) -> Iterator[tuple[list[Row], list[Row], bytes]]:
    """Yield for each batch of rows the rows with their added columns, the rows of the second dataset, and the counts.

    The counts are pickled: only a task that knows this package can read them. Counts of all rows together, if any, come
    last, without rows.
    """
    for batch, chunk in row_format.chunks(rows):
        done = work(chunk)
        added = _plain_rows(done.added, row_format.added)
        further = [] if done.further is None else list(_plain_rows(done.further, row_format.further))
        yield (
            [(*row, *more) for row, more in zip(batch, added)],
            further,
            NO_COUNTS if done.counts is None else pack(done.counts),
        )
    if counts_of_all is not None:
        yield [], [], pack(counts_of_all())


def _cell(value: Any, storage_type: str) -> Any:
    """Return a cell as `InputDataset` reads it: plain, moments, booleans and nested values as text."""
    if value is None or isinstance(value, str):
        return value
    if storage_type == "date":
        return text_of(_EPOCH + timedelta(microseconds=value))
    if storage_type == "float":
        return float(str(np.float32(value)))
    convert = next((convert for kinds, convert in _CONVERSIONS if isinstance(value, kinds)), None)
    return value if convert is None else convert(value)


def _nested(value: Any) -> Any:
    """Return a nested value of Spark as JSON can write it: its rows are tuples with names."""
    if hasattr(value, "asDict"):
        value = value.asDict()
    if isinstance(value, dict):
        return {str(key): _nested(part) for key, part in value.items()}
    return [_nested(part) for part in value] if isinstance(value, (list, tuple)) else value


_CONVERSIONS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda value: str(value).lower()),
    (datetime, lambda value: f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03}"),
    (date, date.isoformat),
    ((list, dict, tuple), lambda value: json.dumps(_nested(value), ensure_ascii=False, default=str)),
)


def _plain_rows(table: pd.DataFrame, columns: Sequence[Column]) -> Iterator[Row]:
    """Return the rows of a frame as Spark takes values of these columns, None for a missing one."""
    kinds: dict[str, Callable[[Any], Any]] = {"bigint": int, "double": float, "boolean": bool, "string": str}
    cells = (
        [None if pd.isna(value) else kinds[column.type](value) for value in table[column.name].tolist()]
        for column in columns
    )
    return zip(*cells)
