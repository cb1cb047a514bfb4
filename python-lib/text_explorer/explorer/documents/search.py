"""The rows of the documents that a search finds, by the full-text index or, where that cannot, text by text."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import Optional

import numpy as np

from text_explorer.explorer.index.frequent_words import documents_of_frequent_word, is_frequent
from text_explorer.explorer.index.reader import ROW, ROWS_OF_MATCH, IndexReader, read_fact, read_row_numbers
from text_explorer.explorer.shared.search_syntax import Search, Term, parse_search

_MATCHED = "documents_text MATCH ?"
_LONGEST_KEY = 200
MOST_RANKED = 250_000
"""Documents found that are ranked; more take seconds, and the words they hold tell little."""


def search_of(index: IndexReader, typed: str) -> Optional[Search]:
    """Read what was typed in the way this index can look it up; None when nothing was."""
    return parse_search(typed, full_text=has_full_text(index))


def has_full_text(index: IndexReader) -> bool:
    """Return whether this index has a table of words."""
    return read_fact(index.connection, "full_text") is True


def rows_of_search(index: IndexReader, typed: str) -> Optional[np.ndarray]:
    """Find the documents of a search: row numbers, rising and not to be changed; None when nothing was typed.

    An id finds its document too, see `row_of_id`.
    """
    search = search_of(index, typed)
    if search is None:
        return None
    rows, row = rows_found(index, search), row_of_id(index, typed)
    return rows if row is None else np.union1d(rows, [row])


def row_of_id(index: IndexReader, typed: str) -> Optional[int]:
    """Find the document whose id or title was typed.

    A number of a row, which stands for the id where no column was chosen, counts only where no text holds it.
    """
    typed = typed.strip().strip('"')
    if not typed or len(typed) > _LONGEST_KEY:
        return None
    titled = index.connection.execute("SELECT row FROM titles WHERE title = ?", (typed,)).fetchone()
    row = titled["row"] if titled and index.is_complete else index.row_of_key(typed)
    if titled or row is None or read_fact(index.connection, "id_column"):
        return row
    search = search_of(index, typed)
    return row if search is None or not len(rows_found(index, search)) else None


def rows_found(index: IndexReader, search: Search) -> np.ndarray:
    """Find the documents of a search; see `rows_of_search`."""
    return index.rows_cache.get(search, lambda: _find(index, search))


def ranked(index: IndexReader, rows: np.ndarray, typed: str) -> np.ndarray:
    """Order documents found by a search, the best match first, equal ones as in the dataset.

    That is BM25 of the full-text index, as far as it holds the terms; the document of an id comes first. Where a search
    finds more than `MOST_RANKED`, all stay in their order, those that filters leave as well.

    References
    ----------
    SQLite, "FTS5 Extension", 5.1.1: the bm25() function, with k1 = 1.2 and b = 0.75.
    """
    search, row = search_of(index, typed), row_of_id(index, typed)
    if search is None or search.ranking is None or len(rows_found(index, search)) > MOST_RANKED:
        return rows if row is None else np.concatenate([rows[rows == row], rows[rows != row]])
    scored, values = index.rows_cache.get(("scores", search), lambda: _scores(index, search.ranking))
    place = np.searchsorted(scored, rows)
    is_scored = np.append(scored, -1)[place] == rows
    scores = np.where(is_scored, np.append(values, 0)[place], 0.0)
    return rows[np.argsort(np.where(rows == row, -np.inf, scores), kind="stable")]


def _scores(index: IndexReader, ranking: Optional[str]) -> np.ndarray:
    """Return rows, rising, and scores, best smallest: float64 array of shape (2, n), n = 0 where they are too many."""
    query = f"SELECT rowid, bm25(documents_text) FROM documents_text WHERE {_MATCHED} ORDER BY rowid LIMIT ?"
    cursor = index.connection.cursor()
    cursor.row_factory = None  # plain tuples, taken one by one: half the time of rows with names
    pairs = np.fromiter(chain.from_iterable(cursor.execute(query, (ranking, MOST_RANKED + 1))), dtype=np.float64)
    return pairs[: 0 if len(pairs) > 2 * MOST_RANKED else None].reshape(-1, 2).T.copy()


def _find(index: IndexReader, search: Search) -> np.ndarray:
    if search.match is not None and not any(_is_frequent(index, term) for term in (*search.terms, *search.without)):
        return read_row_numbers(index.connection, ROWS_OF_MATCH, search.match)
    is_found = np.ones(index.documents.n_rows, dtype=np.bool_)
    for group in search.groups:
        is_found &= _any_of(index, group)
    if search.without:
        is_found &= ~_any_of(index, search.without)
    return np.flatnonzero(is_found).astype(ROW)


def _any_of(index: IndexReader, terms: tuple[Term, ...]) -> np.ndarray:
    """Return which documents hold one of some terms: bool array of shape (n_rows,)."""
    found = np.zeros(index.documents.n_rows, dtype=np.bool_)
    for term in terms:
        if _is_frequent(index, term):
            n_rows = index.documents.n_rows
            found |= documents_of_frequent_word(index.connection, term.text, n_rows, begins=term.begins)
        else:
            found[index.rows_cache.get(term, partial(_rows_of, index, term))] = True
    return found


def _is_frequent(index: IndexReader, term: Term) -> bool:
    return term.match is not None and is_frequent(index.connection, term.text, begins=term.begins)


def _rows_of(index: IndexReader, term: Term) -> np.ndarray:
    pattern = term.literal
    if pattern is None:
        return read_row_numbers(index.connection, ROWS_OF_MATCH, term.match)
    index.connection.create_function("is_found", 1, lambda text: pattern.search(text) is not None)
    if term.candidates is None:
        return read_row_numbers(index.connection, "SELECT group_concat(row) FROM documents WHERE is_found(text)")
    # A cross join fixes the order: only the candidates are looked through.
    joined = "documents_text CROSS JOIN documents d ON d.row = documents_text.rowid"
    statement = f"SELECT group_concat(d.row) FROM {joined} WHERE {_MATCHED} AND is_found(d.text)"
    return read_row_numbers(index.connection, statement, term.candidates)
