"""Read and write DSS datasets in chunks, without changing what is in them.

Columns are read by the dataset's schema, never by pandas' guesses (which turn "00123" into 123 and "NA" into nothing).
Dates stay the text DSS sends, so that they go out as they came in.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Callable, Optional, Union

import dataiku
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.dss.io.dataset_rows import RowReader
from text_explorer.dss.io.disk_faults import explain_disk_faults

logger = logging.getLogger(__name__)

CHUNK_ROWS = 10_000


class InputDataset:
    """An input of the recipe.

    Parameters
    ----------
    name
        Name of the dataset, as DSS gives it for a role.
    """

    def __init__(self, name: str):
        self.name = name
        dataset = dataiku.Dataset(name)
        self.schema: list[dict[str, Any]] = [dict(column) for column in dataset.read_schema()]
        self._reader = RowReader(dataset, self.schema)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return [column["name"] for column in self.schema]

    def chunks(self, columns: Optional[Sequence[str]] = None) -> Iterator[pd.DataFrame]:
        """Yield the rows in frames of at most ``CHUNK_ROWS``; see `RowReader.frames` for what is in their cells.

        Parameters
        ----------
        columns
            Columns to read; all by default.
        """
        return self._reader.frames(columns, CHUNK_ROWS)

    def cells(self, column: str) -> Iterator[Any]:
        """Yield the values of a column."""
        for chunk in self.chunks([column]):
            yield from chunk[column]

    def texts(self, column: str) -> Iterator[Optional[str]]:
        """Yield the texts of a column, None where there is none."""
        return (text_of(cell) for cell in self.cells(column))


def write_rows(name: str, schema: Sequence[Mapping[str, Any]], chunks: Iterable[pd.DataFrame]) -> int:
    """Write a dataset chunk by chunk.

    Parameters
    ----------
    name
        Name of an output dataset.
    schema
        Columns as dicts with ``name``, ``type`` and, for the reader, ``comment``.
    chunks
        Frames with these columns; they are brought into the order of the schema.

    Returns
    -------
    int
        Number of rows written.
    """
    n_rows = 0
    with rows_writer(name, schema) as write:
        for chunk in chunks:
            write(chunk)
            n_rows += len(chunk)
    return n_rows


@contextmanager
def rows_writer(name: str, schema: Sequence[Mapping[str, Any]]) -> Iterator[Callable[[pd.DataFrame], None]]:
    """Open a dataset for writing, for recipes that fill several datasets in one pass.

    Parameters
    ----------
    name
        Name of an output dataset.
    schema
        Columns as dicts with ``name``, ``type`` and, for the reader, ``comment``.

    Yields
    ------
    callable
        Writes a frame with these columns, brought into the order of the schema.

    Raises
    ------
    DiskError
        Where the dataset cannot be written since its disk is full or of another fault.
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

    try:
        # A writer that never wrote may leave the old rows in place.
        write(_no_rows(names))
        yield write
        with explain_disk_faults(output):
            opened.__exit__(None, None, None)
    except BaseException as error:
        _break_off(error, dataset, opened, names)
        raise


def _no_rows(names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})


def _break_off(error: BaseException, dataset: dataiku.Dataset, opened: Any, names: Sequence[str]) -> None:
    """Close a writer after a fault and leave the dataset empty, as half of its rows would pass for all of them.

    What goes wrong meanwhile must not hide the fault itself.
    """

    def leave_empty() -> None:
        with dataset.get_writer() as emptying:
            emptying.write_dataframe(_no_rows(names))

    for step in (lambda: opened.__exit__(type(error), error, error.__traceback__), leave_empty):
        try:
            step()
        except Exception as another:  # noqa: BLE001 - DSS raises nothing narrower
            logger.warning("after the fault, the dataset %s could not be left empty (%s)", dataset.name, another)


def names_in_use(wanted: Sequence[str], taken: Iterable[str]) -> dict[str, str]:
    """Give each new column a name that no input column has: ``topic_id``, else ``topic_id_1``, ``topic_id_2``, ...

    Names that differ in case alone count as the same, since many databases hold them so.

    Returns
    -------
    dict
        From the wanted name to the one in use.
    """
    used = {name.lower() for name in taken}
    names = {}
    for name in wanted:
        candidate, suffix = name, 0
        while candidate.lower() in used:
            suffix += 1
            candidate = f"{name}_{suffix}"
        used.add(candidate.lower())
        names[name] = candidate
    return names


def row_keys(chunk: pd.DataFrame, id_column: Optional[str], first_row: int) -> list[Union[str, int]]:
    """Give the user's id of each row, or its number from 0 where there is none.

    Parameters
    ----------
    chunk
        Rows of the input.
    id_column
        Column of the ids, if any.
    first_row
        Number of the chunk's first row.
    """
    numbers = range(first_row, first_row + len(chunk))
    if id_column is None:
        return list(numbers)
    ids = [text_of(cell) for cell in chunk[id_column]]
    return [number if row_id is None else row_id for number, row_id in zip(numbers, ids)]
