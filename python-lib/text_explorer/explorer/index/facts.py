"""What all questions to the finished index share: what was noted at building, and documents found by key."""

from __future__ import annotations

import json
import math
import sqlite3
from typing import Any

import numpy as np

from text_explorer.explorer.index.reader import IndexReader


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
    """Return what is known of each two trained topics.

    Returns
    -------
    numpy.ndarray or None
        float32 array of shape (n_topics, n_topics) in the order of the topics of the words, None where not known.
    """
    row = connection.execute("SELECT content FROM topic_matrices WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    values = np.frombuffer(row["content"], dtype=np.float32)
    n_topics = math.isqrt(len(values))
    return values.reshape(n_topics, n_topics)


def row_of_key(index: IndexReader, key: str) -> int | None:
    """Find the document of a row key, the first one where several share it; None while they are still being read."""
    if not index.is_complete:
        return None
    row = index.connection.execute("SELECT row FROM documents WHERE key = ? ORDER BY row LIMIT 1", (key,)).fetchone()
    return row["row"] if row else None
