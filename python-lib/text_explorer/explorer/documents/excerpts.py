"""What a list shows of texts, and where a search stands in them.

The few texts of a page get an index of their own: marking them in the index of all documents would first collect every
document with a word of the same beginning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any, Optional

from text_explorer.explorer.index.schema import TOKENIZER
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import MARK_END, MARK_START
from text_explorer.explorer.shared.search_syntax import BOUNDARY, Search, with_boundaries
from text_explorer.explorer.shared.spans import shorten, split_marked

_WORDS_IN_EXCERPT = 28


def excerpts(
    connection: sqlite3.Connection, rows: Sequence[int], search: Optional[Search]
) -> dict[int, dict[str, Any]]:
    """Cut out what a list shows of some documents, with the places of what was searched.

    Returns
    -------
    dict
        By row: ``excerpt`` and ``marks``, pairs of start and end in it.
    """
    # Without a search the beginning is enough; a match may stand anywhere.
    length = roles.MAX_TEXT if search else roles.EXCERPT_LENGTH * 2 + 1
    found = connection.execute(
        f"SELECT row, substr(text, 1, ?) AS text FROM documents WHERE row IN ({','.join('?' * len(rows))})",
        [length, *rows],
    )
    texts = {document["row"]: document["text"] for document in found}
    marked = _snippets(texts, search.match) if search and search.match else {}
    return {row: _excerpt(text, marked.get(row), search) for row, text in texts.items()}


def _snippets(texts: Mapping[int, str], match: str) -> dict[int, str]:
    statement = f"SELECT rowid, snippet(few, 0, ?, ?, '…', {_WORDS_IN_EXCERPT}) FROM few WHERE few MATCH ?"
    return dict(_ask(texts, statement, match))


def _ask(texts: Mapping[int, str], statement: str, match: str) -> list[tuple[int, str]]:
    """Query a full-text index of some texts alone."""
    with closing(sqlite3.connect(":memory:")) as alone:
        alone.execute(f"CREATE VIRTUAL TABLE few USING fts5(text, tokenize='{TOKENIZER}')")
        rows = ((row, with_boundaries(text)) for row, text in texts.items())
        alone.executemany("INSERT INTO few (rowid, text) VALUES (?, ?)", rows)
        found = alone.execute(statement, (MARK_START, MARK_END, match)).fetchall()
    return [(row, marked.replace(BOUNDARY, "")) for row, marked in found]


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
    """Find the places of a search in some texts.

    Returns
    -------
    dict
        By row, of all texts: pairs of start and end in code points.
    """
    if search and search.literal:
        return {row: [list(match.span()) for match in search.literal.finditer(text)] for row, text in texts.items()}
    if search is None or search.match is None:
        return {row: [] for row in texts}
    found = dict(_ask(texts, "SELECT rowid, highlight(few, 0, ?, ?) FROM few WHERE few MATCH ?", search.match))
    return {row: split_marked(found[row])[1] if row in found else [] for row in texts}
