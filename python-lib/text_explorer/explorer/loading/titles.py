"""Choose a title for documents that no column of ids names: the first further column of short texts, all different."""

from __future__ import annotations

import json
from collections.abc import Sequence

from text_explorer.explorer.loading.rows import IndexWriter

LONGEST_TITLE = 150
"""Characters; a longer text is no name."""

_COLUMNS = "SELECT row, columns FROM documents ORDER BY row"
_SAMPLE_ROWS = 1_000
_INSERT = "INSERT INTO titles VALUES (?, ?)"
_COUNT = "SELECT count(*) - count(DISTINCT title), max(length(title)) FROM titles"
_INDEX = "CREATE INDEX titles_by_text ON titles (title)"


def read_titles(writer: IndexWriter, others: Sequence[str]) -> None:
    """Fill the table of titles, where documents have no id column, from one of the columns ``others``."""
    connection, settings = writer.connection, writer.settings
    if settings.id_column:
        return
    rows = [json.loads(cells) for _, cells in connection.execute(f"{_COLUMNS} LIMIT {_SAMPLE_ROWS}")]
    for place, name in enumerate(others):
        sample = [row[place] for row in rows]
        if name == settings.date_column or not all(map(_is_title, sample)) or not 1 < len(set(sample)) == len(rows):
            continue
        cells = ((row, json.loads(stored)[place]) for row, stored in connection.execute(_COLUMNS))
        connection.executemany(_INSERT, cells)
        n_repeated, longest = connection.execute(_COUNT).fetchone()
        if n_repeated == 0 and longest <= LONGEST_TITLE:
            connection.execute(_INDEX)
            return
        connection.execute("DELETE FROM titles")


def _is_title(cell: str) -> bool:
    """Return whether a cell may name a document: not empty, and not a number."""
    return 0 < len(cell) <= LONGEST_TITLE and any(character.isalpha() for character in cell)
