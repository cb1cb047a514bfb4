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

BEFORE = 40
"""Characters before the match: in a narrow column, too, it stands in the first of the two lines that a list shows."""

_MOST_PLACES = 1_000


def excerpts(index: IndexReader, rows: Sequence[int], search: Optional[Search]) -> dict[int, dict[str, Any]]:
    """Cut out what a list shows of some documents: by row ``excerpt`` and ``marks``, the places of a search in it."""
    # Without a search the beginning is enough; a match may stand anywhere.
    length = roles.MAX_TEXT if search else roles.EXCERPT_LENGTH * 2 + 1
    texts = {row: stored["text"] for row, stored in index.rows(rows, f"substr(text, 1, {length}) AS text").items()}
    found = matches(texts, search)
    return {row: _excerpt(text, found[row]) for row, text in texts.items()}


def _excerpt(text: str, places: list[list[int]]) -> dict[str, Any]:
    """Cut a text around the places of a search, on one line."""
    start = _start_of_excerpt(text, places) if places else 0
    length = roles.EXCERPT_LENGTH
    piece = text[start : start + 2 * length + 1]
    inside = [place for place in places if start <= place[0] and place[1] <= start + len(piece)]
    marked = _with_marks(piece, [[place - start for place in pair] for pair in inside])
    # Marks are characters of their own, of which the cut must not keep fewer letters.
    line, marks = split_marked(" ".join(marked.split()))
    excerpt = shorten(line, length)
    shown = excerpt if len(text) - start <= len(piece) or excerpt.endswith("…") else f"{excerpt}…"
    shift = 1 if start else 0
    kept = [[begin + shift, end + shift] for begin, end in marks if end <= len(excerpt.rstrip("…"))]
    return {"excerpt": "…" * shift + shown, "marks": kept}


def _start_of_excerpt(text: str, places: list[list[int]]) -> int:
    """Return where an excerpt begins: shortly before the place that most different words found follow."""
    words = [text[start:end].casefold() for start, end in places[:_MOST_PLACES]]
    best, most = 0, 0
    for first, (start, _) in enumerate(places[:_MOST_PLACES]):
        near = {
            word
            for word, (_, end) in zip(words[first : first + 20], places[first : first + 20])
            if end - start <= roles.EXCERPT_LENGTH - BEFORE
        }
        best, most = (first, len(near)) if len(near) > most else (best, most)
    start = max(0, places[best][0] - BEFORE)
    if not start:
        return 0
    space = text.find(" ", start, places[best][0])
    return space + 1 if space >= 0 else start


def _with_marks(text: str, places: list[list[int]]) -> str:
    pieces, end = [], 0
    for start, stop in places:
        pieces += [text[end:start], MARK_START, text[start:stop], MARK_END]
        end = stop
    return "".join([*pieces, text[end:]])


def _marked(texts: Mapping[int, str], match: str) -> dict[int, str]:
    """Mark what a query finds, by a full-text index of some texts alone."""
    with closing(sqlite3.connect(":memory:")) as alone:
        alone.execute(f"CREATE VIRTUAL TABLE few USING fts5(text, tokenize='{TOKENIZER}')")
        rows = ((row, with_boundaries(text)) for row, text in texts.items())
        alone.executemany("INSERT INTO few (rowid, text) VALUES (?, ?)", rows)
        marked = f"replace(highlight(few, 0, ?, ?), '{BOUNDARY}', '')"
        statement = f"SELECT rowid, {marked} FROM few WHERE few MATCH ?"
        return dict(alone.execute(statement, (MARK_START, MARK_END, match)))


def matches(texts: Mapping[int, str], search: Optional[Search]) -> dict[int, list[list[int]]]:
    """Find the places of a search in some texts: by row, of all texts, pairs of start and end in code points."""
    if search is None:
        return {row: [] for row in texts}
    marked = _marked(texts, search.words) if search.words else {}
    found = {}
    for row, text in texts.items():
        places = split_marked(marked[row])[1] if row in marked else []
        places += [list(match.span()) for pattern in search.literals for match in pattern.finditer(text)]
        found[row] = _apart(sorted(places))
    return found


def _apart(places: list[list[int]]) -> list[list[int]]:
    """Leave out places that overlap the one before."""
    kept: list[list[int]] = []
    for place in places:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept
