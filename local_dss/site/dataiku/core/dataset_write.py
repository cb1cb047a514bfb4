"""The writer of a dataset: one open at a time, streaming, rows visible once closed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Optional

import numpy as np
import pandas as pd
from local_dss_storage.datasets import NOT_PARTITIONED
from local_dss_storage.dates import format_date
from local_dss_storage.rows import RowWriter

from .cells import format_cell
from .dataset_handle import DatasetHandle
from .errors import DssError, Limited


class DatasetWriter(Limited):
    """Write rows into a dataset; use it in a ``with`` block.

    The stream opens at the first write, with the schema of that moment. Closing makes the rows visible, also when the
    block is left by an error; a writer that is never closed leaves no rows.
    """

    active_writers: ClassVar[dict[str, DatasetWriter]] = {}

    def __init__(self, dataset: DatasetHandle):
        if dataset.full_name in DatasetWriter.active_writers:
            raise DssError(
                "Unable to instantiate a new dataset writer: there is already another active writer for this dataset "
                f"({dataset.full_name})."
            )
        DatasetWriter.active_writers[dataset.full_name] = self
        self.dataset = dataset
        self.active = True
        self._types: list[str] = []
        self._names: list[str] = []
        self._rows: Optional[RowWriter] = None

    def __enter__(self) -> DatasetWriter:
        return self

    def __exit__(self, error_type: Any, error: Any, traceback: Any) -> None:
        self.close()

    def write_dataframe(self, df: pd.DataFrame) -> None:
        """Append the rows of a frame, cell by cell in column order; labels and index are not looked at.

        Only the first frame is compared with the schema, by its number of columns.
        """
        if not hasattr(df, "to_csv"):
            raise ValueError(f"Method write_dataframe expects a dataframe as argument. You gave a {type(df)}")
        first = self._rows is None
        rows = self._open()
        if first and len(df.columns) != len(self._names):
            raise DssError(
                f"The dataframe has {len(df.columns)} columns but the schema of {self.dataset.full_name} has "
                f"{len(self._names)}: write the schema first."
            )
        cells = [_column_cells(df.iloc[:, index], self._type_at(index)) for index in range(len(df.columns))]
        for row in zip(*cells):
            rows.write(row)

    def write_tuple(self, row: Sequence[Any]) -> None:
        """Append one row given in the order of the schema."""
        rows = self._open()
        rows.write([format_cell(value, self._type_at(index)) for index, value in enumerate(row)])

    def write_row_array(self, row: Sequence[Any]) -> None:
        """Append one row; deprecated name of `write_tuple`."""
        self.write_tuple(row)

    def write_row_dict(self, row_dict: Mapping[str, Any]) -> None:
        """Append one row given by column name; missing columns become empty, unknown ones are ignored."""
        rows = self._open()
        rows.write([format_cell(row_dict.get(name), self._types[index]) for index, name in enumerate(self._names)])

    def close(self) -> None:
        """Make the rows visible and allow another writer; a second call does nothing."""
        if not self.active:
            return
        self.active = False
        DatasetWriter.active_writers.pop(self.dataset.full_name, None)
        if self._rows is None and not self.dataset.read_schema(raise_if_empty=False):
            return
        rows = self._rows if self._rows is not None else self._open_stream()
        rows.close()

    def _open(self) -> RowWriter:
        if not self.active:
            raise DssError(f"The writer of dataset {self.dataset.full_name} is closed.")
        return self._rows if self._rows is not None else self._open_stream()

    def _open_stream(self) -> RowWriter:
        schema = self.dataset.read_schema()
        self._names = [column["name"] for column in schema]
        self._types = [column["type"] for column in schema]
        stored = self.dataset.stored
        partition = self.dataset.writePartition
        if stored.dimensions() and not partition:
            raise DssError(f"Dataset {self.dataset.full_name} is partitioned: set the partition to write.")
        append = bool(self.dataset.spec_item.get("appendMode"))
        self._rows = stored.open_writer(partition or NOT_PARTITIONED, append=append)
        return self._rows

    def _type_at(self, index: int) -> Optional[str]:
        return self._types[index] if index < len(self._types) else None


def _column_cells(column: pd.Series, storage_type: Optional[str]) -> list[Any]:
    """Turn a column into cells; dates become UTC text, numbers are left to the CSV writer."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return ["" if pd.isna(moment) else format_date(moment) for moment in column.astype(object)]
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        return column.tolist()
    if column.dtype == "float32":  # keep the short text: 0.1, not 0.10000000149011612
        return ["" if pd.isna(value) else str(value) for value in column.to_numpy()]
    return [_date_or_cell(value, storage_type) for value in column.tolist()]


def _date_or_cell(value: Any, storage_type: Optional[str]) -> str:
    """Turn one cell of a frame into text; moments inside an object column keep Python's own text, as by `to_csv`."""
    if isinstance(value, datetime.datetime) and value is not pd.NaT and storage_type != "date":
        return str(value)
    return format_cell(value, storage_type)
