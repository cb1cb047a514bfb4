"""An index opened for one request: its tables, its columns and the current edits, all of the same state."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Callable, Optional

import numpy as np

from text_explorer.explorer.index.document_columns import DocumentColumns
from text_explorer.explorer.index.document_vectors import DocumentVectors
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.explorer.shared.errors import no_document

ROW = np.int32
"""Type of row numbers: of ten million documents they are 40 MB."""
_MOST_BYTES_KEPT = 160_000_000
# A search that finds nothing keeps no row, but what was typed.
_MOST_ANSWERS_KEPT = 1_000


class RowsCache:
    """Row numbers found or ordered lately, so that turning pages does not search or sort again.

    The oldest go first once more than ``most_bytes`` or ``most_answers`` arrays are kept. Threads may share it.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES_KEPT, most_answers: int = _MOST_ANSWERS_KEPT):
        self._most_bytes = most_bytes
        self._most_answers = most_answers
        self._lock = Lock()
        self._kept: dict[Hashable, np.ndarray] = {}
        self._n_bytes = 0

    def get(self, key: Hashable, find: Callable[[], np.ndarray]) -> np.ndarray:
        """Return what is kept under a key, computed where nothing is; the array must not be changed."""
        with self._lock:
            rows = self._kept.pop(key, None)
            if rows is not None:
                self._kept[key] = rows  # the last one used goes last
                return rows
        rows = find()
        rows.setflags(write=False)
        with self._lock:
            if key not in self._kept and rows.nbytes <= self._most_bytes:
                self._n_bytes += self._own_bytes(rows)
                self._kept[key] = rows
            while self._n_bytes > self._most_bytes or len(self._kept) > self._most_answers:
                self._n_bytes -= self._own_bytes(self._kept.pop(next(iter(self._kept))))
        return rows

    def _own_bytes(self, rows: np.ndarray) -> int:
        """Return the bytes of an array, none where it is kept under another key too."""
        return 0 if any(rows is kept for kept in self._kept.values()) else rows.nbytes


@dataclass(frozen=True)
class IndexReader:
    """An index opened for one request, as one transaction: all answers are of one state, also while it is built."""

    connection: sqlite3.Connection  # read-only, rows as `sqlite3.Row`
    documents: DocumentColumns  # what is filtered, counted and sorted by
    edits: CurrentEdits  # with an entry for each topic id of the documents and of the topics
    topic_ids: tuple[int, ...]  # of the topics and of those that only documents name, rising
    is_complete: bool = True  # not while documents are still being read; keys and summaries are then not joined yet
    rows_cache: RowsCache = field(default_factory=RowsCache)  # shared by all requests to the same state of the index
    version: str = ""  # differs between the data, and between an index being built and the finished one
    vectors: Optional[DocumentVectors] = None  # of documents with embeddings; None while building too
    moved_rows: frozenset[int] = frozenset()  # of documents moved to another topic by hand

    def final_topics(self) -> list[int]:
        """Return the ids of the topics that are neither merged into another nor split, rising; there may be gaps."""
        edits = self.edits
        return [topic for topic in self.topic_ids if edits.final_of(topic) == topic and topic not in edits.splits]

    def check_row(self, row: int) -> None:
        """Raise `NotFoundError` where the data have no such row."""
        if row >= self.documents.n_rows:
            raise no_document(row)

    def topic_of(self, row: int) -> Optional[int]:
        """Return the final topic of a document, None where it has none."""
        topic = int(self.documents.topic[row])
        return self.edits.final_of(topic) if topic >= 0 else None

    def trained_counts(self, rows: Optional[np.ndarray] = None) -> np.ndarray:
        """Count some documents, all where ``rows`` is None, by trained topic: int64 array of shape (n_topics,).

        It must not be changed.
        """
        if rows is None:
            return self.rows_cache.get(
                ("trained counts", self.edits.version), lambda: self._trained_counts(self.documents.topic)
            )
        return self._trained_counts(self.documents.topic[rows])

    def _trained_counts(self, topics: np.ndarray) -> np.ndarray:
        # Places are shifted by one, so that -1, no topic, has a place too.
        return np.bincount(topics + 1, minlength=self.edits.n_topics + 1)[1:]

    def final_counts(self, rows: Optional[np.ndarray] = None) -> np.ndarray:
        """Count documents by final topic: as `trained_counts`, merged topics counted under their target."""
        counts = self.trained_counts(rows)
        return np.bincount(self.edits.final_topic, weights=counts, minlength=len(counts)).astype(np.int64)

    def rows(self, numbers: Sequence[int], columns: str, table: str = "documents") -> dict[int, sqlite3.Row]:
        """Read some columns (named in code, never by a visitor) of the rows of a table that there are, by number."""
        marks = ",".join("?" * len(numbers))
        found = self.connection.execute(f"SELECT row, {columns} FROM {table} WHERE row IN ({marks})", list(numbers))
        return {row["row"]: row for row in found}

    def row_of_key(self, key: str) -> Optional[int]:
        """Find the first document of a row key; None while documents are still being read."""
        if not self.is_complete:
            return None
        statement = "SELECT row FROM documents WHERE key = ? ORDER BY row LIMIT 1"
        found = self.connection.execute(statement, (key,)).fetchone()
        return found["row"] if found else None


ROWS_OF_MATCH = "SELECT group_concat(rowid) FROM documents_text WHERE documents_text MATCH ?"
"""The rows that a query of the full-text index finds, for `read_row_numbers`."""


def read_row_numbers(connection: sqlite3.Connection, statement: str, *match: Optional[str]) -> np.ndarray:
    """Return rows, rising, that a statement joins to one text: read one by one, a million take twice as long."""
    (numbers,) = connection.execute(statement, match).fetchone()
    return np.sort(np.fromstring(numbers, dtype=ROW, sep=",")) if numbers else np.empty(0, dtype=ROW)


def read_fact(connection: sqlite3.Connection, name: str) -> Any:
    """Return one fact noted when the index was built, None where it was not noted (yet)."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return json.loads(row["value"]) if row else None


def read_facts(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what was noted when the index was built."""
    return {row["name"]: json.loads(row["value"]) for row in connection.execute("SELECT name, value FROM facts")}


def read_report(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    """Return a longer note of the building by its name; an empty one where nothing was noted (yet)."""
    row = connection.execute("SELECT value FROM reports WHERE name = ?", (name,)).fetchone()
    return json.loads(row["value"]) if row else {}


def read_matrix(connection: sqlite3.Connection, name: str) -> np.ndarray | None:
    """Return what is known of each two trained topics, in the order of those of the words.

    Returns
    -------
    numpy.ndarray or None
        float32 array of shape (n_topics, n_topics), None where not known.
    """
    row = connection.execute("SELECT content FROM topic_matrices WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    values = np.frombuffer(row["content"], dtype=np.float32)
    n_topics = math.isqrt(len(values))
    return values.reshape(n_topics, n_topics)
