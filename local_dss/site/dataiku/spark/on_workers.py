"""What runs in Spark's Python workers, which have no module of the stand-in: it is sent to them by value."""

from __future__ import annotations

import csv
import itertools
import json
import math
import os
import random
import struct
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import Any, Callable, Optional

from local_dss_storage.dates import format_date, parse_date

Block = tuple[int, Optional[int], bool]
"""First row, row after the last one, and whether the rows are shuffled."""
_START = datetime(1970, 1, 1, tzinfo=timezone.utc)
_INTEGER_BITS = {"tinyint": 8, "smallint": 16, "int": 32, "bigint": 64}


def read_blocks(paths: list[str], types: list[str], blocks: Iterable[Block]) -> Iterator[Any]:
    """Yield the rows of some blocks of data files as typed tuples, None for an empty cell.

    A shuffled block comes in another order each time.
    """
    csv.field_size_limit(2**31 - 1)
    readers = [_reader(storage_type) for storage_type in types]
    for first, last, shuffled in blocks:
        rows: Any = itertools.islice(_rows(paths), first, last)
        if shuffled:
            rows = list(rows)
            random.SystemRandom().shuffle(rows)
        for row in rows:
            yield tuple(read(cell) for read, cell in zip(readers, row))


def write_part(folder: str, types: list[str], rows: Iterator[Any]) -> Iterator[str]:
    """Write the rows of a partition, moments given in microseconds, into a file of a folder; yield its name."""
    name = uuid.uuid4().hex
    writers = [_WRITERS.get(storage_type, str) for storage_type in types]
    with open(os.path.join(folder, name), "w", newline="", encoding="utf-8") as stream:
        output = csv.writer(stream)
        for row in rows:
            output.writerow(["" if cell is None else write(cell) for write, cell in zip(writers, row)])
    yield name


def _rows(paths: list[str]) -> Iterator[list[str]]:
    for path in paths:
        with open(path, newline="", encoding="utf-8") as stream:
            yield from csv.reader(stream)


def _reader(storage_type: str) -> Callable[[str], Any]:
    convert = _READERS.get(storage_type, str)

    def read(text: str) -> Any:
        try:
            return None if text == "" else convert(text)
        except (ValueError, OverflowError, KeyError):
            return None

    return read


def _integer(n_bits: int, text: str) -> Optional[int]:
    value = int(text)
    return value if -(2 ** (n_bits - 1)) <= value < 2 ** (n_bits - 1) else None


def _moment_without_zone(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _written_moment(microseconds: int) -> str:
    return format_date(_START + timedelta(microseconds=microseconds))


def _written_moment_without_zone(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03d}"


def _written_float(value: float) -> str:
    """Return the shortest text of a number of 32 bits: 0.1, not 0.10000000149011612."""
    texts = (f"{value:.{digits}g}" for digits in range(6, 10))
    return next((repr(float(text)) for text in texts if struct.pack("f", float(text)) == struct.pack("f", value)), "")


def _written_double(value: float) -> str:
    return "" if math.isnan(value) else str(value)


_READERS: dict[str, Callable[[str], Any]] = {
    **{name: partial(_integer, n_bits) for name, n_bits in _INTEGER_BITS.items()},
    **dict.fromkeys(("float", "double"), float),
    "boolean": lambda text: {"true": True, "false": False}[text.lower()],
    "date": parse_date,
    "dateonly": date.fromisoformat,
    "datetimenotz": _moment_without_zone,
    **dict.fromkeys(("nested array", "nested map", "nested object"), json.loads),
}
_WRITERS: dict[str, Callable[[Any], str]] = {
    "float": _written_float,
    "double": _written_double,
    "boolean": lambda value: str(value).lower(),
    "date": _written_moment,
    "datetimenotz": _written_moment_without_zone,
}
