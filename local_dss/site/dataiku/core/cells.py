"""Cells between Python and the stored text, and the rows of typed ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Callable, Optional

import pandas as pd
from local_dss_storage.dates import format_date, parse_date
from local_dss_storage.schema import BOOLEAN_TYPE, DATE_TYPE, FLOAT_TYPES, INTEGER_TYPES


def cell_reader(storage_type: str) -> Callable[[str], Any]:
    """Return the function that types a stored cell of `iter_rows` and `iter_tuples`.

    An empty cell is None for numbers and dates, False for booleans, ``""`` otherwise.
    """
    if storage_type in INTEGER_TYPES:
        return lambda text: None if text == "" else int(text)
    if storage_type in FLOAT_TYPES:
        return lambda text: None if text == "" else float(text)
    if storage_type == DATE_TYPE:
        return lambda text: None if text == "" else parse_date(text)
    if storage_type == BOOLEAN_TYPE:
        return lambda text: text.lower() == "true"
    return lambda text: text


def format_cell(value: Any, storage_type: Optional[str]) -> str:
    """Turn one value into the text that is stored; None, NaN and NaT become an empty cell.

    Lists and dicts are not converted to JSON, they get Python's own text.
    """
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime):
        return format_date(value)
    text = str(value)
    return text.lower() if storage_type == BOOLEAN_TYPE and text in ("True", "False") else text


class DatasetRow:
    """One row of ``Dataset.iter_rows``, read like a dict by column name."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]):
        self._values = dict(zip(names, values))

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __repr__(self) -> str:
        return repr(self._values)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a column, or the default when there is no such column."""
        return self._values.get(name, default)

    def keys(self) -> list[str]:
        """Return the column names."""
        return list(self._values)

    def values(self) -> list[Any]:
        """Return the values in column order."""
        return list(self._values.values())

    def items(self) -> list[tuple[str, Any]]:
        """Return pairs of column name and value."""
        return list(self._values.items())
