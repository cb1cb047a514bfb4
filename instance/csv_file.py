"""The format of a CSV file: encoding, separator and columns, so that the instance need not guess."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from instance.report import RefusedError

_SEPARATORS = (",", ";", "\t", "|")
_ROWS_TRIED = 500
_CHUNK = 1 << 20
_LEAST_SHARE = 0.9  # of the rows that have as many cells as the header


@dataclass(frozen=True)
class CsvFile:
    """A file with its format; `start` is where its text begins, after a byte order mark."""

    path: Path
    columns: tuple[str, ...]
    separator: str
    charset: str
    start: int
    digest: str

    def format_params(self) -> dict[str, Any]:
        """Return the format as DSS keeps it."""
        return csv_params(self.separator, self.charset, has_header=True)


def csv_params(separator: str, charset: str, *, has_header: bool) -> dict[str, Any]:
    """Return the format of a CSV file as DSS keeps it."""
    return {
        "style": "excel",
        "separator": separator,
        "quoteChar": '"',
        "skipRowsBeforeHeader": 0,
        "parseHeaderRow": has_header,
        "skipRowsAfterHeader": 0,
        "charset": charset,
    }


def read_csv_file(path: Path) -> CsvFile:
    """Find out the format of a file, which is read once in full.

    Raises
    ------
    RefusedError
        If it is no CSV file with names in its first row.
    """
    if not path.is_file():
        raise RefusedError(f"--file: there is no file {path}.")
    with open(path, "rb") as content:
        head = content.read(4)
        start = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in head:
            raise RefusedError(f"--file: {path} is no text in UTF-8. Save it as CSV in UTF-8.")
    charset, digest = _charset_and_digest(path, start)
    rows = _first_rows(path, start, charset)
    separator, header = _separator_and_header(rows, path)
    doubled = [name for name, count in Counter(header).items() if count > 1]
    if doubled or not all(header):
        raise RefusedError(f"--file: the first row of {path} must name each column, each name once. Got {header}.")
    return CsvFile(path, tuple(header), separator, charset, start, digest)


def _charset_and_digest(path: Path, start: int) -> tuple[str, str]:
    digest, decoder, charset = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), "utf8"
    with open(path, "rb") as content:
        content.seek(start)
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            if charset == "utf8":
                charset = _charset(decoder, chunk)
    return charset, digest.hexdigest()


def _charset(decoder: codecs.IncrementalDecoder, chunk: bytes) -> str:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf8"


def _first_rows(path: Path, start: int, charset: str) -> list[str]:
    """Return the first lines of a file, as text with its line ends."""
    with open(path, "rb") as content:
        content.seek(start)
        text = io.TextIOWrapper(content, encoding=charset, errors="replace", newline="")
        return list(islice(text, _ROWS_TRIED))


def _separator_and_header(lines: list[str], path: Path) -> tuple[str, list[str]]:
    """Return the separator with which most rows have as many cells as the header, and the header."""
    best: tuple[int, str, list[str]] = (1, "", [])
    for separator in _SEPARATORS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=separator) if row]
        except csv.Error:
            continue
        if len(rows) < 2:
            continue
        width = len(rows[0])
        share = sum(len(row) == width for row in rows[1:]) / len(rows[1:])
        if width > best[0] and share >= _LEAST_SHARE:
            best = (width, separator, rows[0])
    if best[1]:
        return best[1], [name.strip() for name in best[2]]
    text = "".join(lines)
    unused = next((separator for separator in ("\t", "|", ";") if separator not in text), None)
    names = [line.strip().strip('"') for line in lines if line.strip()]
    if unused is None or len(names) < 2:
        raise RefusedError(f"--file: {path} is no CSV file with names in its first row and one text per row.")
    return unused, names[:1]
