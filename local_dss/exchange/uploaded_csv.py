"""Uploaded files as rows: delimited text in the formats DSS reads, and the guess of the format of a file."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.dates import normalize_date
from local_dss.site.local_dss_storage.schema import DATE_TYPE

STYLES = ("excel", "unix")  # a quote inside a cell is doubled, or follows a backslash
_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE_BYTES = 1 << 18  # of a file, from which its format is guessed
_BOOLEANS = {"true", "false"}
_BROKEN = (csv.Error, gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True)
class CsvFormat:
    """The format of a file of delimited text; rows to skip are counted before and after the header."""

    separator: str = ","
    quote: str = '"'
    style: str = "excel"
    charset: str = "utf8"
    skipped_before: int = 0
    has_header: bool = False
    skipped_after: int = 0

    @classmethod
    def of_params(cls, params: dict[str, Any]) -> CsvFormat:
        """Read ``formatParams`` of a dataset; `LocalDssError` for what the stand-in cannot read."""
        own = cls(
            separator=params.get("separator", ","),
            quote=params.get("quoteChar", '"'),
            style=params.get("style", "excel"),
            charset=params.get("charset", "utf8"),
            skipped_before=int(params.get("skipRowsBeforeHeader", 0)),
            has_header=bool(params.get("parseHeaderRow", False)),
            skipped_after=int(params.get("skipRowsAfterHeader", 0)),
        )
        if own.style not in STYLES:
            raise LocalDssError(f"The CSV style {own.style!r} is not available here. Styles: {', '.join(STYLES)}.")
        if len(str(own.separator)) != 1 or len(str(own.quote)) != 1:
            raise LocalDssError(f"Separator and quote are one character. Got {own.separator!r} and {own.quote!r}.")
        try:
            codecs.lookup(own.charset)
        except LookupError:
            raise LocalDssError(f"The charset {own.charset!r} is unknown.") from None
        return own

    def rows(self, path: Path) -> Iterator[list[str]]:
        """Yield the rows below the header of a file without blank lines; one named ``.gz`` is uncompressed."""
        charset = "utf-8-sig" if codecs.lookup(self.charset).name == "utf-8" else self.charset
        with _open(path) as raw, io.TextIOWrapper(raw, encoding=charset, errors="replace", newline="") as text:
            first = self.skipped_before + self.has_header + self.skipped_after
            yield from itertools.islice(filter(None, self.parse(text)), first, None)

    def parse(self, text: Iterable[str]) -> Iterator[list[str]]:
        """Yield the rows of lines of text, all of them."""
        excel = self.style == "excel"
        options: dict[str, Any] = {"doublequote": excel, "escapechar": None if excel else "\\"}
        return csv.reader(text, delimiter=self.separator, quotechar=self.quote, **options)


def fill_dataset(dataset: StoredDataset, paths: Sequence[Path], csv_format: CsvFormat) -> None:
    """Replace the rows of a dataset by those of files, cut or filled to the columns of its schema."""
    dates = [index for index, column in enumerate(dataset.read_columns()) if column["type"] == DATE_TYPE]
    writer = dataset.open_writer()
    try:
        for row in itertools.chain.from_iterable(csv_format.rows(path) for path in paths):
            for index in dates:
                row[index : index + 1] = [normalize_date(cell) for cell in row[index : index + 1]]
            writer.write(row)
        writer.close()
    except _BROKEN as error:
        raise LocalDssError(f"The files of dataset {dataset.full_name} are broken: {error}.") from None
    finally:
        writer.abandon()


def detect_format(path: Path, *, infer_types: bool) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Guess ``formatParams`` and columns of a file from its beginning; `LocalDssError` where it is no text."""
    try:
        with _open(path) as stream:
            sample = stream.read(_SAMPLE_BYTES)
    except _BROKEN as error:
        raise LocalDssError(f"The file {path.name} is broken: {error}.") from None
    is_whole = len(sample) < _SAMPLE_BYTES
    if not sample.strip() or b"\x00" in sample:
        raise LocalDssError(f"No format was detected: {path.name} is empty or is not delimited text.")
    charset = _charset(sample)
    text = codecs.decode(sample, "utf-8-sig" if charset == "utf8" else charset, "replace")
    separator, rows = max(((each, _rows(text, each, is_whole)) for each in _SEPARATORS), key=lambda item: _fit(item[1]))
    has_header = _is_header(rows[0])
    names = _names(rows[0] if has_header else [""] * max(map(len, rows)))
    body = rows[1:] if has_header else rows
    params = {
        "style": "excel",
        "charset": charset,
        "separator": separator,
        "quoteChar": '"',
        "escapeChar": "\\",
        "skipRowsBeforeHeader": 0,
        "parseHeaderRow": has_header,
        "skipRowsAfterHeader": 0,
    }
    types = [_type_of([row[index] for row in body if len(row) > index]) for index in range(len(names))]
    return params, [{"name": name, "type": kind if infer_types else "string"} for name, kind in zip(names, types)]


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb")  # type: ignore[return-value]


def _charset(sample: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf8"


def _rows(text: str, separator: str, is_whole: bool) -> list[list[str]]:
    rows = [row for row in CsvFormat(separator=separator).parse(io.StringIO(text, newline="")) if row]
    return rows if is_whole or len(rows) == 1 else rows[:-1]


def _fit(rows: list[list[str]]) -> tuple[bool, float, int]:
    """Return how well rows fit together: several columns, equally many in most rows, and many."""
    width, n_rows = Counter(map(len, rows)).most_common(1)[0]
    return width > 1, n_rows / len(rows), width


def _is_header(row: list[str]) -> bool:
    return all(cell.strip() and _type_of([cell]) == "string" for cell in row) and len(set(row)) == len(row)


def _names(header: list[str]) -> list[str]:
    return [cell.strip() or f"col_{index}" for index, cell in enumerate(header)]


def _type_of(cells: list[str]) -> str:
    given = [cell for cell in cells if cell]
    if not given:
        return "string"
    if all(cell.lower() in _BOOLEANS for cell in given):
        return "boolean"
    for kind, read in (("bigint", int), ("double", float)):
        if all(_reads(read, cell) for cell in given):
            return kind
    return "string"


def _reads(read: Any, cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return False
    return cell.replace("_", "") == cell and cell.lower() not in ("nan", "inf", "infinity")
