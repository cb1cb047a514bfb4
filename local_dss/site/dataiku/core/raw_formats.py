"""Rows of a dataset as bytes: the streams of ``Dataset.raw_formatted_data``, and the one that pandas reads."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Optional

from local_dss_storage.rows import csv

from .errors import NotAvailableHereError
from .excel import write_workbook
from .folder_streams import OneWayBytes

_ROWS_AT_ONCE = 100
RAW_FORMATS: dict[str, dict[str, Any]] = {
    "tsv-excel-noheader": {"separator": "\t", "parseHeaderRow": False},
    "tsv-excel-header": {"separator": "\t", "parseHeaderRow": True},
    "csv": {"separator": ",", "parseHeaderRow": True},
    "excel": {},
}
_PARAMETERS = {"csv": ("separator", "parseHeaderRow"), "excel": ("applyColoring",)}

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
    given, known = params or {}, _PARAMETERS.get(name, ())
    for parameter in given:
        if parameter not in known:
            raise NotAvailableHereError(
                f"The parameter {parameter} of this format is not available here. "
                f"Parameters: {', '.join(known) or 'none'}."
            )
    if name == "excel":
        return io.BufferedReader(OneWayBytes(write_workbook(columns, rows)))
    options = {**RAW_FORMATS[name], **given}
    header = [[column["name"] for column in columns]] if options["parseHeaderRow"] else []
    return io.BufferedReader(RowStream(itertools.chain(header, rows), options["separator"]))
