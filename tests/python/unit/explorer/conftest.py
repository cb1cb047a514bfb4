"""An index of the small corpus, opened as the queries see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.python.unit.explorer.memory_source import small_source
from text_explorer.explorer.index_build import build_index


@pytest.fixture
def indexed(tmp_path):
    """Build an index of a source, the small one by default, and open it."""
    connections = []

    def build(source=None, report=lambda role, n_rows: None):
        path = tmp_path / f"{len(connections)}.sqlite"
        build_index(source or small_source(), path, report)
        connections.append(closing(sqlite3.connect(path)))
        connection = connections[-1].__enter__()
        connection.row_factory = sqlite3.Row
        return connection

    yield build
    for connection in connections:
        connection.__exit__(None, None, None)
