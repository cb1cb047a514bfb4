"""Read and write DSS datasets in chunks, without changing what is in them.

Columns are read by the dataset's schema, never by pandas' inference (which turns "00123" into 123 and "NA" into a
missing value). Dates stay the text DSS sends, so that they are written as they were read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from types import TracebackType
from typing import Any, Callable, Optional

import dataiku
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import Column, names_of, schema_of, unused_names
from text_explorer.dss.io.dataset_rows import RowReader
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.errors import caught

logger = logging.getLogger(__name__)

CHUNK_ROWS = 10_000


class InputDataset:
    """An input dataset of the recipe, by the name that DSS returns for a role."""

    def __init__(self, name: str):
        self.name = name
        dataset = dataiku.Dataset(name)
        self.schema: list[dict[str, Any]] = [dict(column) for column in dataset.read_schema()]
        self._reader = RowReader(dataset, self.schema)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [column["name"] for column in self.schema]

    def chunks(self, columns: Optional[Sequence[str]] = None) -> Iterator[pd.DataFrame]:
        """Yield the rows in frames of at most ``CHUNK_ROWS``; see `RowReader.frames` for their cells."""
        return self._reader.frames(columns, CHUNK_ROWS)

    def cells(self, column: str) -> Iterator[Any]:
        """Yield the values of a column."""
        for chunk in self.chunks([column]):
            yield from chunk[column]

    def texts(self, column: str) -> Iterator[Optional[str]]:
        """Yield the texts of a column, None for an empty cell."""
        return (text_of(cell) for cell in self.cells(column))


def write_rows(name: str, schema: Sequence[Mapping[str, Any]], chunks: Iterable[pd.DataFrame]) -> int:
    """Write a dataset chunk by chunk; see `rows_writer`. Return the number of rows."""
    n_rows = 0
    with rows_writer(name, schema) as write:
        for chunk in chunks:
            write(chunk)
            n_rows += len(chunk)
    return n_rows


@contextmanager
def rows_writer(name: str, schema: Sequence[Mapping[str, Any]]) -> Iterator[Callable[[pd.DataFrame], None]]:
    """Open a dataset for writing, for recipes that fill several datasets in one pass; see `Column` for the schema.

    The function it yields writes a frame with these columns, in any order. It raises a `DiskError` if the dataset
    cannot be written because its disk is full, read-only or broken.
    """
    dataset, output = dataiku.Dataset(name), f"The dataset {name}"
    names = [column["name"] for column in schema]
    with explain_disk_faults(output):
        dataset.write_schema([dict(column) for column in schema])
        opened = dataset.get_writer()
        writer = opened.__enter__()

    def write(chunk: pd.DataFrame) -> None:
        with explain_disk_faults(output):
            writer.write_dataframe(chunk[names])

    with ExitStack() as stack:
        stack.push(partial(_empty_on_fault, dataset, opened, names))
        # A writer that never wrote may leave the old rows in place.
        write(_no_rows(names))
        yield write
        with explain_disk_faults(output):
            opened.__exit__(None, None, None)


def _no_rows(names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})


def _empty_on_fault(
    dataset: dataiku.Dataset,
    opened: Any,
    names: Sequence[str],
    kind: Optional[type[BaseException]],
    error: Optional[BaseException],
    traceback: Optional[TracebackType],
) -> None:
    """Close a writer after a fault and empty the dataset, since a part of the rows would look like all of them.

    Further faults must not hide the first one.
    """
    if error is None:
        return

    def leave_empty() -> None:
        with dataset.get_writer() as emptying:
            emptying.write_dataframe(_no_rows(names))

    for step in (partial(opened.__exit__, kind, error, traceback), leave_empty):
        with caught() as another:
            step()
        if another.error is not None:
            logger.warning("after the fault, the dataset %s could not be left empty (%s)", dataset.name, another.error)


class AddedColumns:
    """Columns to add to those of a dataset; a suffix is added to names the dataset already has."""

    def __init__(self, schema: Sequence[Mapping[str, Any]], added: Sequence[Column]):
        self.names = unused_names(names_of(added), [column["name"] for column in schema])
        self.schema = [*schema, *schema_of(added, self.names)]

    def join(self, chunk: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
        """Return rows of the dataset with their added columns."""
        return pd.concat([chunk.reset_index(drop=True), table.rename(columns=self.names)], axis=1)
