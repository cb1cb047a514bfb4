"""The rows of the documents that a search finds, by the full-text index or, where that cannot, text by text."""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.explorer.index.reader import ROW, IndexReader, read_fact
from text_explorer.explorer.shared.search_syntax import Search, parse_search

_MATCHED = "documents_text MATCH ?"


def search_of(index: IndexReader, typed: str) -> Optional[Search]:
    """Read what was typed in the way this index can look it up; None when nothing was."""
    return parse_search(typed, full_text=read_fact(index.connection, "full_text") is True)


def rows_of_search(index: IndexReader, typed: str) -> Optional[np.ndarray]:
    """Find the documents of a search: row numbers, rising and not to be changed; None when nothing was typed."""
    search = search_of(index, typed)
    return None if search is None else rows_found(index, search)


def rows_found(index: IndexReader, search: Search) -> np.ndarray:
    """Find the documents of a search; see `rows_of_search`."""
    return index.rows_cache.get(search, lambda: _find(index, search))


def _find(index: IndexReader, search: Search) -> np.ndarray:
    pattern = search.literal
    if pattern is None:
        return _numbers(index, f"SELECT group_concat(rowid) FROM documents_text WHERE {_MATCHED}", search.match)
    index.connection.create_function("is_found", 1, lambda text: pattern.search(text) is not None)
    if search.candidates is None:
        return _numbers(index, "SELECT group_concat(row) FROM documents WHERE is_found(text)")
    # A cross join fixes the order: only the candidates are looked through.
    joined = "documents_text CROSS JOIN documents d ON d.row = documents_text.rowid"
    return _numbers(
        index, f"SELECT group_concat(d.row) FROM {joined} WHERE {_MATCHED} AND is_found(d.text)", search.candidates
    )


def _numbers(index: IndexReader, statement: str, *match: Optional[str]) -> np.ndarray:
    """Read row numbers as one text: a million of them row by row take twice as long."""
    (numbers,) = index.connection.execute(statement, match).fetchone()
    return np.sort(np.fromstring(numbers, dtype=ROW, sep=",")) if numbers else np.empty(0, dtype=ROW)
