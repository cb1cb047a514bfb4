"""Read and write DSS datasets in chunks, without changing what is in them.

Columns are read by the dataset's schema, never by pandas' guesses (which turn "00123" into 123 and "NA" into nothing).
Dates stay the text DSS gives, so that they go out as they came in.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Callable, Optional, Union

import dataiku
import pandas as pd

from text_explorer.corpus.cells import text_of
from text_explorer.dss.disk_faults import explain_disk_faults
from text_explorer.errors import DataError

logger = logging.getLogger(__name__)

CHUNK_ROWS = 10_000
_INTEGER_TYPES = ("tinyint", "smallint", "int", "bigint")
_REAL_TYPES = ("float", "double")
_MISSING_NUMBERS = ["", "NaN", "nan", "NA", "null", "NULL", "None"]


class InputDataset:
    """An input of the recipe.

    Parameters
    ----------
    name
        Name of the dataset, as DSS gives it for a role.
    """

    def __init__(self, name: str):
        self.name = name
        self._dataset = dataiku.Dataset(name)
        self.schema: list[dict[str, Any]] = [dict(column) for column in self._dataset.read_schema()]

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return [column["name"] for column in self.schema]

    def chunks(self, columns: Optional[Sequence[str]] = None) -> Iterator[pd.DataFrame]:
        """Yield the rows in frames of at most ``CHUNK_ROWS``; integers are nullable, texts objects, no date is parsed.

        Parameters
        ----------
        columns
            Columns to read; all by default.

        Raises
        ------
        DataError
            When a column of numbers holds something else, which pandas takes for no missing value.
        """
        columns = self._without_blank_lines(columns)
        wanted = [column for column in self.schema if columns is None or column["name"] in columns]
        try:
            for chunk in self._dataset.iter_dataframes(**self._reading_options(wanted, columns)):
                yield _with_nullable_integers(chunk, wanted)
        except pd.errors.EmptyDataError:
            return  # DSS's way to say that there is no row
        except (ValueError, TypeError, OverflowError):
            self._tell_what_is_no_number(wanted)
            raise

    def cells(self, column: str) -> Iterator[Any]:
        """Yield the values of a column."""
        for chunk in self.chunks([column]):
            yield from chunk[column]

    def texts(self, column: str) -> Iterator[Optional[str]]:
        """Yield the texts of a column, None where there is none."""
        return (text_of(cell) for cell in self.cells(column))

    def _tell_what_is_no_number(self, columns: Sequence[Mapping[str, Any]]) -> None:
        """Raise a sentence on the column that cannot be read as its type says, since pandas' message names none."""
        for column in columns:
            if column["type"] not in _INTEGER_TYPES + _REAL_TYPES:
                continue
            try:
                for chunk in self._dataset.iter_dataframes(**self._reading_options([column], [column["name"]])):
                    _with_nullable_integers(chunk, [column])
            except (ValueError, TypeError, OverflowError) as error:
                raise DataError(
                    f"The column {column['name']} of the dataset {self.name} is of the type {column['type']}, but "
                    f"holds something else ({error}). Give it the type string in the schema of the dataset, or mend "
                    "its values in a recipe before this one."
                ) from error

    def _without_blank_lines(self, columns: Optional[Sequence[str]]) -> Optional[Sequence[str]]:
        """Add a column to one that is read alone where DSS (before 13.1.3) cannot keep blank lines."""
        keeps_them = "pandas_read_kwargs" in inspect.signature(self._dataset.iter_dataframes).parameters
        if columns is None or len(columns) != 1 or keeps_them:
            return columns
        return [*columns, *(name for name in self.columns if name != columns[0])][:2]

    def _reading_options(self, wanted: Sequence[Mapping[str, Any]], columns: Optional[Sequence[str]]) -> dict[str, Any]:
        numbers = [column["name"] for column in wanted if column["type"] in _INTEGER_TYPES + _REAL_TYPES]
        options: dict[str, Any] = {
            "chunksize": CHUNK_ROWS,
            "infer_with_pandas": False,
            "parse_dates": False,
            "bool_as_str": True,
            "keep_default_na": False,
            "float_precision": "round_trip",  # pandas' quick parser is off in the last digit
            "na_values": {column["name"]: _MISSING_NUMBERS if column["name"] in numbers else [""] for column in wanted},
            # Read alone, a column whose cell is white space makes a blank line, which pandas would pass over.
            "pandas_read_kwargs": {"skip_blank_lines": False},
        }
        if columns is not None:
            options["columns"] = [column["name"] for column in wanted]
        # DSS 11 and 12 know fewer options. Without nullable integers, floats hold the gaps until the chunk is here.
        known = inspect.signature(self._dataset.iter_dataframes).parameters
        options["use_nullable_integers" if "use_nullable_integers" in known else "int_as_float"] = True
        return {name: value for name, value in options.items() if name in known}


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


def _with_nullable_integers(chunk: pd.DataFrame, columns: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Bring integer columns to Int64, whatever DSS's version read them as, so that 5 never goes out as 5.0."""
    names = [column["name"] for column in columns if column["type"] in _INTEGER_TYPES]
    return chunk.astype({name: "Int64" for name in names if chunk[name].dtype != object})
