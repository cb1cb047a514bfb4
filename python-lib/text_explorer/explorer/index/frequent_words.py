"""The documents of frequent words, a bit for each document.

The full-text index returns one document after another, so that a word of ten million documents takes a second. Of a
set of bits, as many are read in some milliseconds.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Optional

import numpy as np

from text_explorer.explorer.index.schema import BEGINNING, TOKENIZER

LEAST_DOCUMENTS = 200_000
"""Documents with a word that is frequent; the full-text index finds fewer in some 20 ms."""

_WORDS = "CREATE VIRTUAL TABLE temp.words_of_documents USING fts5vocab('main', 'documents_text', 'row')"
_ROWS = "SELECT group_concat(rowid) FROM documents_text WHERE documents_text MATCH ? AND rowid BETWEEN ? AND ?"
_ROWS_AT_ONCE = 1 << 20
_INSERT = "INSERT INTO frequent_words VALUES (?, ?, ?)"
_IS_THERE = "SELECT 1 FROM frequent_words WHERE word = ? AND begins = ?"
_SELECT = "SELECT rows FROM frequent_words WHERE word = ? AND begins = ?"


def write_frequent_words(connection: sqlite3.Connection, n_rows: int) -> None:
    """Write the documents of frequent words, and of the beginnings of words that the full-text index holds.

    Parameters
    ----------
    n_rows
        Number of documents, all of which must be in the full-text index.
    """
    if n_rows < LEAST_DOCUMENTS:
        return
    for word, begins in list(_frequent(connection)):
        is_in = _documents_of(connection, f'"{word}" *' if begins else f'"{word}"', n_rows)
        if np.count_nonzero(is_in) >= LEAST_DOCUMENTS:
            connection.execute(_INSERT, (word, begins, np.packbits(is_in).tobytes()))


def _frequent(connection: sqlite3.Connection) -> Iterator[tuple[str, bool]]:
    """Yield each frequent word, and each beginning that words of so many documents have, not all of them different."""
    beginnings: Counter[str] = Counter()
    connection.execute(_WORDS)
    for word, n_documents in connection.execute("SELECT term, doc FROM temp.words_of_documents"):
        beginnings[word[:BEGINNING]] += n_documents
        if n_documents >= LEAST_DOCUMENTS:
            yield word, False
    for beginning, n_documents in beginnings.items():
        if n_documents >= LEAST_DOCUMENTS and len(beginning) == BEGINNING:
            yield beginning, True


def _documents_of(connection: sqlite3.Connection, match: str, n_rows: int) -> np.ndarray:
    """Return which documents a query finds: bool array of shape (n_rows,)."""
    is_in = np.zeros(n_rows, dtype=np.bool_)
    for first in range(0, n_rows, _ROWS_AT_ONCE):  # a million numbers written out are 8 MB
        (numbers,) = connection.execute(_ROWS, (match, first, first + _ROWS_AT_ONCE - 1)).fetchone()
        if numbers:
            is_in[np.fromstring(numbers, dtype=np.int64, sep=",")] = True
    return is_in


def is_frequent(connection: sqlite3.Connection, text: str, *, begins: bool) -> bool:
    """Return whether a text as someone typed it is a single word that is frequent, or the beginning of such words."""
    return connection.execute(_IS_THERE, (_single_word(text), begins)).fetchone() is not None


def documents_of_frequent_word(connection: sqlite3.Connection, text: str, n_rows: int, *, begins: bool) -> np.ndarray:
    """Return which documents hold a word that `is_frequent`: bool array of shape (n_rows,)."""
    (bits,) = connection.execute(_SELECT, (_single_word(text), begins)).fetchone()
    return np.unpackbits(np.frombuffer(bits, np.uint8), count=n_rows).view(np.bool_)


def _single_word(text: str) -> Optional[str]:
    """Return the word of a text as the full-text index knows it, None where it finds none or several."""
    if text.isascii() and text.isalnum():
        return text.lower()
    with closing(sqlite3.connect(":memory:")) as alone:
        alone.execute(f"CREATE VIRTUAL TABLE few USING fts5(text, tokenize='{TOKENIZER}')")
        alone.execute("CREATE VIRTUAL TABLE words USING fts5vocab(few, instance)")
        alone.execute("INSERT INTO few VALUES (?)", (text,))
        words = [word for (word,) in alone.execute("SELECT term FROM words")]
    return words[0] if len(words) == 1 else None
