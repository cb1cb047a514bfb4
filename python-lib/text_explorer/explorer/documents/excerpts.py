"""What a list shows of texts, and where a search stands in them.

The few texts of a page get an index of their own: marking them in the index of all documents would first collect every
document with a word of the same beginning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any, Optional

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.index.schema import TOKENIZER
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import MARK_END, MARK_START
from text_explorer.explorer.shared.search_syntax import BOUNDARY, Search, with_boundaries
from text_explorer.explorer.shared.spans import shorten, split_marked

_WORDS_IN_EXCERPT = 28


def excerpts(index: IndexReader, rows: Sequence[int], search: Optional[Search]) -> dict[int, dict[str, Any]]:
    """Cut out what a list shows of some documents: by row ``excerpt`` and ``marks``, the places of a search in it."""
    # Without a search the beginning is enough; a match may stand anywhere.
    length = roles.MAX_TEXT if search else roles.EXCERPT_LENGTH * 2 + 1
    stored = index.rows(rows, f"substr(text, 1, {length}) AS text")
    texts = {row: document["text"] for row, document in stored.items()}
    snippet = f"snippet(few, 0, ?, ?, '…', {_WORDS_IN_EXCERPT})"
    marked = _marked(texts, snippet, search.match) if search and search.match else {}
    return {row: _excerpt(text, marked.get(row), search) for row, text in texts.items()}


def _marked(texts: Mapping[int, str], marked: str, match: str) -> dict[int, str]:
    """Mark what a query finds, by a full-text index of some texts alone."""
    with closing(sqlite3.connect(":memory:")) as alone:
        alone.execute(f"CREATE VIRTUAL TABLE few USING fts5(text, tokenize='{TOKENIZER}')")
        rows = ((row, with_boundaries(text)) for row, text in texts.items())
        alone.executemany("INSERT INTO few (rowid, text) VALUES (?, ?)", rows)
        statement = f"SELECT rowid, replace({marked}, '{BOUNDARY}', '') FROM few WHERE few MATCH ?"
        return dict(alone.execute(statement, (MARK_START, MARK_END, match)))


def _excerpt(text: str, marked: Optional[str], search: Optional[Search]) -> dict[str, Any]:
    if marked is not None:
        excerpt, marks = split_marked(" ".join(marked.split()))
        return {"excerpt": excerpt, "marks": marks}
    if search is None or search.literal is None:
        return {"excerpt": shorten(text, roles.EXCERPT_LENGTH), "marks": []}
    found = search.literal.search(text)
    start = max(0, found.start() - roles.EXCERPT_LENGTH // 3) if found else 0
    piece = ("…" if start else "") + shorten(text[start:], roles.EXCERPT_LENGTH)
    return {"excerpt": piece, "marks": [list(match.span()) for match in search.literal.finditer(piece)]}


def matches(texts: Mapping[int, str], search: Optional[Search]) -> dict[int, list[list[int]]]:
    """Find the places of a search in some texts: by row, of all texts, pairs of start and end in code points."""
    if search and search.literal:
        return {row: [list(match.span()) for match in search.literal.finditer(text)] for row, text in texts.items()}
    if search is None or search.match is None:
        return {row: [] for row in texts}
    found = _marked(texts, "highlight(few, 0, ?, ?)", search.match)
    return {row: split_marked(found[row])[1] if row in found else [] for row in texts}
