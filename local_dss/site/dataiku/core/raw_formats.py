"""Rows of a dataset as bytes: the streams of ``Dataset.raw_formatted_data``, and the one that pandas reads."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Optional

from local_dss_storage.rows import csv

from .errors import NotAvailableHereError
from .excel import write_workbook
from .folder_streams import OneWayBytes

_ROWS_AT_ONCE = 100

Rows = Iterator[Sequence[str]]
Columns = list[dict[str, Any]]


class RowStream(io.RawIOBase):
    """Rows as delimited text in UTF-8, made as they are read: as in DSS, the first arrive before the last."""

    def __init__(self, rows: Iterable[Sequence[str]], delimiter: str = ","):
        self._rows = iter(rows)
        self._delimiter = delimiter
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Return True: bytes can be read, forward only."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` from the rows; 0 bytes where there are no more."""
        if not self._left:
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=self._delimiter).writerows(itertools.islice(self._rows, _ROWS_AT_ONCE))
            self._left = memoryview(text.getvalue().encode("utf-8"))
        n_bytes = min(len(buffer), len(self._left))
        buffer[:n_bytes], self._left = self._left[:n_bytes], self._left[n_bytes:]
        return n_bytes


def open_raw_stream(columns: Columns, rows: Rows, name: str, params: Optional[dict[str, Any]]) -> BinaryIO:
    """Open a stream of the bytes of some rows in one of `RAW_FORMATS`; it cannot be rewound.

    Of the parameters, ``csv`` takes ``separator`` and ``parseHeaderRow``; without them cells are separated by commas
    below a header. ``excel`` takes ``applyColoring``, which changes nothing: no rule colours a cell here.
    """
    if name not in RAW_FORMATS:
        raise NotAvailableHereError(f"The format {name} is not available here. Formats: {', '.join(RAW_FORMATS)}.")
    return RAW_FORMATS[name](columns, rows, params or {})


def _open_delimited(delimiter: str, with_header: bool) -> Callable[[Columns, Rows, dict[str, Any]], BinaryIO]:
    def open_stream(columns: Columns, rows: Rows, params: dict[str, Any]) -> BinaryIO:
        _check_params(params, ())
        return _delimited_stream(columns, rows, delimiter, with_header)

    return open_stream


def _open_csv(columns: Columns, rows: Rows, params: dict[str, Any]) -> BinaryIO:
    _check_params(params, ("separator", "parseHeaderRow"))
    return _delimited_stream(columns, rows, params.get("separator", ","), params.get("parseHeaderRow", True))


def _open_excel(columns: Columns, rows: Rows, params: dict[str, Any]) -> BinaryIO:
    _check_params(params, ("applyColoring",))
    return io.BufferedReader(OneWayBytes(write_workbook(columns, rows)))


def _delimited_stream(columns: Columns, rows: Rows, delimiter: str, with_header: bool) -> BinaryIO:
    header = [[column["name"] for column in columns]] if with_header else []
    return io.BufferedReader(RowStream(itertools.chain(header, rows), delimiter))


def _check_params(params: dict[str, Any], known: tuple[str, ...]) -> None:
    for name in params:
        if name not in known:
            raise NotAvailableHereError(
                f"The parameter {name} of this format is not available here. Parameters: {', '.join(known) or 'none'}."
            )


RAW_FORMATS: dict[str, Callable[[Columns, Rows, dict[str, Any]], BinaryIO]] = {
    "tsv-excel-noheader": _open_delimited("\t", False),
    "tsv-excel-header": _open_delimited("\t", True),
    "csv": _open_csv,
    "excel": _open_excel,
}
