"""Read the rows of a DSS dataset with unchanged values, in every version of DSS.

The rows are read from the bytes DSS sends, from which it also builds its data frames. Those frames cut a text at a NUL
character, remove a byte order mark from the first cell, support integers with missing values only in some versions, and
end the run at the first value that does not fit the type of its column.
"""

from __future__ import annotations

import inspect
import logging
import math
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Optional, Union

import numpy as np
import pandas as pd

from text_explorer.wording import plural

logger = logging.getLogger(__name__)

REAL_TYPES = ("float", "double")
DATE_TYPES = ("date", "dateonly", "datetimenotz")
INTEGER_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}
_FORMAT = "tsv-excel-noheader"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# pandas' parser ends a cell at NUL, and a row at a carriage return that no quotes enclose. The bytes put in their place
# do not occur in UTF-8, and the parser returns them as these characters.
_NUL, _NUL_BYTE, _NUL_CHARACTER = b"\0", b"\xff", "\udcff"
_LONE_RETURN, _RETURN_BYTE, _RETURN_CHARACTER = re.compile(rb"\r(?!\n)"), b"\xfe", "\udcfe"
_REPLACED = str.maketrans({_NUL_CHARACTER: "\0", _RETURN_CHARACTER: "\r"})
_ROWS_AT_ONCE = 2_000
_ROWS_NAMED = 3
"""Number of rows with a misfit that the log names."""

_BOOLEANS = re.compile(r"(?:(?:true|false|yes|no|t|f|y|n|1|0)?\n)*", re.IGNORECASE | re.ASCII)
_DATE = (
    r"[+-]?\d{4,9}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2\d)|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)"
    r"(?:[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
)
_DATES = re.compile(rf"(?:(?:{_DATE})?\n)*", re.ASCII)
_PATTERNS = {"boolean": _BOOLEANS, **dict.fromkeys(DATE_TYPES, _DATES)}
_KINDS = {"boolean": "boolean", **dict.fromkeys(DATE_TYPES, "date"), **dict.fromkeys(INTEGER_BITS, "whole number")}


class RowReader:
    """Read the rows of a ``dataiku.Dataset``, and count the values that do not fit the type of their column."""

    def __init__(self, dataset: Any, schema: Sequence[Mapping[str, Any]]):
        self._dataset = dataset
        self._schema = schema
        self._reported: set[str] = set()

    def frames(self, columns: Optional[Sequence[str]], n_rows: int) -> Iterator[pd.DataFrame]:
        """Yield the rows in frames of `n_rows`, with some columns or all, in the order of the schema.

        Integers are Int64. Real numbers are float64; in a frame with infinite numbers or NaN, these stay texts. All
        other types are text, ``""`` for an empty cell. A value that does not fit its column is missing; at the end, the
        log counts these values.
        """
        wanted = [column for column in self._schema if columns is None or column["name"] in columns]
        misfits = {column["name"]: _Misfits(column["type"]) for column in wanted}
        first_row = 1
        for frame in self._texts(wanted, everything=columns is None, n_rows=n_rows):
            for column in wanted:
                name = column["name"]
                typed, rows = _typed(frame[name], column["type"])
                if typed is not None:
                    frame[name] = typed
                misfits[name].add(rows + first_row)
            first_row += len(frame)
            yield frame
        for name, found in misfits.items():
            if found.n_values and name not in self._reported:
                self._reported.add(name)
                logger.warning("column %s of the dataset %s: %s", name, self._dataset.name, found)

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows as tuples of plain values in the order of `columns`; moments are datetimes."""
        types = {column["name"]: column["type"] for column in self._schema}
        for frame in self.frames(list(dict.fromkeys(columns)), _ROWS_AT_ONCE):
            yield from zip(*(
                map(_moment, frame[name]) if types[name] == "date" else plain_values(frame[name], types[name])
                for name in columns
            ))  # fmt: skip

    def _texts(self, wanted: Sequence[Mapping[str, Any]], *, everything: bool, n_rows: int) -> Iterator[pd.DataFrame]:
        """Yield all cells as text."""
        names = [column["name"] for column in wanted]
        # DSS takes the names as one text, separated by commas.
        everything = everything or any("," in name for name in names)
        sent = [column["name"] for column in self._schema] if everything else names
        session = str(uuid.uuid4())
        known = inspect.signature(self._dataset.raw_formatted_data).parameters
        options = {"read_session_id": session} if "read_session_id" in known else {}
        stream = self._dataset.raw_formatted_data(columns=None if everything else names, format=_FORMAT, **options)
        with closing(stream):
            yield from (frame[names] if everything else frame for frame in _parsed(stream, sent, n_rows))
        # An interrupted stream ends like a complete one; only the session shows the difference.
        verify = getattr(self._dataset, "verify_read", None) or getattr(self._dataset, "_verify_read", None)
        if verify is not None and options:
            verify(session)


def plain_values(cells: pd.Series, storage_type: str) -> list[Any]:
    """Return the cells of a column as int, float or str; None for a missing number, ``""`` for any other gap."""
    values = cells.astype("float64") if storage_type in REAL_TYPES else cells
    return [None if pd.isna(value) else value for value in values.tolist()]


def _moment(text: str) -> Union[datetime, str]:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:  # empty, or a year or format that Python does not support
        return text


class _Misfits:
    """Count the values of a column that do not fit its type."""

    def __init__(self, storage_type: str):
        self.n_values = 0
        self._type = storage_type
        self._rows: list[int] = []

    def add(self, rows: np.ndarray) -> None:
        """Add the rows of some values, counted from 1."""
        self.n_values += len(rows)
        self._rows += rows[: _ROWS_NAMED - len(self._rows)].tolist()

    def __str__(self) -> str:
        rows = ", ".join(f"{row:,}" for row in self._rows) + (", ..." if self.n_values > len(self._rows) else "")
        return (
            f"no {_KINDS.get(self._type, 'number')} of the type {self._type} in {plural(self.n_values, 'cell')} (rows, "
            f"counted from 1: {rows}). They count as missing and are empty in the output. To keep their content, set "
            "the type of the column to string in the schema of the dataset."
        )


class _Source:
    """The bytes of a dataset, in the form pandas can read."""

    def __init__(self, stream: Any):
        self._stream = stream
        self._started = False
        self.has_replaced = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield blocks; older versions of pandas require this method."""
        return iter(lambda: self.read(1 << 18), b"")

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        block: bytes = self._stream.read(size)
        while block.endswith(b"\r") and (following := self._stream.read(1)):  # may be the line feed of a row's end
            block += following
        if not self._started:
            self._started = True
            if block.startswith(_BYTE_ORDER_MARK):  # pandas removes one, and DSS adds none
                block = _BYTE_ORDER_MARK + block
        if _NUL in block or block.count(b"\r") > block.count(b"\r\n"):
            self.has_replaced = True
            block = _LONE_RETURN.sub(_RETURN_BYTE, block.replace(_NUL, _NUL_BYTE))
        return block


def _parsed(stream: Any, names: Sequence[str], n_rows: int) -> Iterator[pd.DataFrame]:
    """Yield the cells of a stream as text."""
    source = _Source(stream)
    try:
        reader = pd.read_csv(
            source, sep="\t", header=None, names=range(len(names)), index_col=False, dtype=object, na_filter=False,
            skip_blank_lines=False, chunksize=n_rows, engine="c", encoding_errors="surrogateescape",
        )  # fmt: skip
    except pd.errors.EmptyDataError:
        return  # there is no row
    with reader:
        for frame in reader:
            yield (_restored(frame) if source.has_replaced else frame).set_axis(names, axis=1)


def _restored(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.apply(lambda cells: cells.str.translate(_REPLACED))


_NO_ROWS = np.empty(0, dtype=np.int64)


def _typed(cells: pd.Series, storage_type: str) -> tuple[Optional[pd.Series], np.ndarray]:
    """Return the values of a column, None if they are its texts, and the positions of misfits."""
    if storage_type in INTEGER_BITS:
        return _integers(cells, INTEGER_BITS[storage_type])
    if storage_type in REAL_TYPES:
        return _real_numbers(cells)
    pattern = _PATTERNS.get(storage_type)
    if pattern is None or pattern.fullmatch("\n".join([*set(cells), ""])):
        return None, _NO_ROWS
    fits = np.array([bool(pattern.fullmatch(f"{cell}\n")) for cell in map(str.strip, cells)], dtype=np.bool_)
    return cells.where(fits, ""), np.flatnonzero(~fits)


def _integers(cells: pd.Series, n_bits: int) -> tuple[pd.Series, np.ndarray]:
    texts = cells.to_numpy()
    missing = texts == ""
    if missing.any():
        texts = np.where(missing, "0", texts)
    try:
        values = pd.to_numeric(texts)
    except (ValueError, OverflowError):
        values = texts
    limit = 2 ** (n_bits - 1)
    in_range = values.dtype == np.int64 and (n_bits == 64 or ((values >= -limit) & (values < limit)).all())
    if not in_range:
        exact = [None if gap else _exact_integer(text, limit) for text, gap in zip(texts, missing)]
        misfits = np.array([value is None for value in exact], dtype=np.bool_) & ~missing
        values, missing = np.array([value or 0 for value in exact], dtype=np.int64), missing | misfits
    else:
        misfits = np.zeros(0, dtype=np.bool_)
    return pd.Series(pd.arrays.IntegerArray(values, missing.astype(np.bool_)), cells.index), np.flatnonzero(misfits)


def _exact_integer(text: str, limit: int) -> Optional[int]:
    """Return a whole number such as 5, 5.0 or 5e3 that fits the type."""
    if not text.isascii() or "_" in text:
        return None
    try:
        value = Decimal(text.strip())
        # An exponent may mean more digits than fit in memory.
        return int(value) if value.adjusted() < 20 and value == int(value) and -limit <= value < limit else None
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _real_numbers(cells: pd.Series) -> tuple[pd.Series, np.ndarray]:
    texts = cells.to_numpy()
    missing = texts == ""
    joined = "".join(texts)
    try:
        if not joined.isascii() or "_" in joined:
            raise ValueError
        values = np.where(missing, "nan", texts).astype(np.float64)
    except ValueError:
        values = np.array([_real_number(text) for text in texts], dtype=np.float64)
    finite = np.isfinite(values)
    odd = np.flatnonzero(~finite & ~missing)
    if not len(odd):
        return pd.Series(values, cells.index), _NO_ROWS
    stay = np.array([bool(_NOT_FINITE.fullmatch(texts[position])) for position in odd], dtype=np.bool_)
    values[odd] = math.nan
    numbers = pd.Series(values, cells.index)
    if stay.any():
        numbers = numbers.astype(object)
        numbers.iloc[odd[stay]] = texts[odd[stay]]
    return numbers, odd[~stay]


_NOT_FINITE = re.compile(r"\s*[+-]?(?:nan|inf|infinity)\s*", re.IGNORECASE | re.ASCII)


def _real_number(text: str) -> float:
    try:
        return float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return math.nan
