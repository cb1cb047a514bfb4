"""Shared by the readers of all datasets: the index being written, and rows as named cells."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from text_explorer.explorer.loading.settings import ExplorerSettings
from text_explorer.explorer.shared.source import Source

# Called with the role being read and the rows read of it so far.
Report = Callable[[str, int], None]

BATCH = 1_000


@dataclass(frozen=True)
class IndexWriter:
    """An index being written: its source and connection, who gets the progress, and what could not be read so far.

    ``faults`` counts cells by what they are, ``notes`` are sentences on whole datasets.
    """

    connection: sqlite3.Connection
    source: Source
    settings: ExplorerSettings
    report: Report
    full_text: bool
    faults: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def digest_of(text: str) -> bytes:
    """Return a digest of a text."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


def write_report(writer: IndexWriter, name: str, value: Mapping[str, Any]) -> None:
    """Write a note of the building that is too long to be read with every request."""
    writer.connection.execute("INSERT INTO reports VALUES (?, ?)", (name, json.dumps(value)))


def read_batches(writer: IndexWriter, role: str, wanted: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """Yield a dataset in batches of rows, each a dict of the wanted columns the dataset has, and report each batch."""
    columns = [name for name in wanted if name in writer.source.columns(role)]
    writer.report(role, 0)
    rows = iter(writer.source.rows(role, columns))
    n_rows = 0
    while batch := [dict(zip(columns, cells)) for cells in islice(rows, BATCH)]:
        yield batch
        n_rows += len(batch)
        writer.report(role, n_rows)


def read_rows(writer: IndexWriter, role: str, wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a dataset one by one, see `read_batches`."""
    for batch in read_batches(writer, role, wanted):
        yield from batch
