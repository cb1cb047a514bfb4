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

from text_explorer.explorer.index.reader import ROWS_OF_MATCH, read_row_numbers
from text_explorer.explorer.index.schema import TOKENIZER

LEAST_DOCUMENTS = 200_000
"""Documents with a word that is frequent; the full-text index finds fewer in some 15 ms."""
LEAST_OCCURRENCES = 1_000_000
"""Of words with a beginning that is frequent, each counted once a document; fewer are found in some 100 ms."""

_SHORTEST, _LONGEST = 2, 5
"""Letters of such beginnings; longer ones are of few words."""
_WORDS = "CREATE VIRTUAL TABLE temp.words_of_documents USING fts5vocab('main', 'documents_text', 'row')"
_INSERT = "INSERT INTO frequent_words VALUES (?, ?, ?)"
_IS_THERE = "SELECT 1 FROM frequent_words WHERE word = ? AND begins = ?"
_SELECT = "SELECT rows FROM frequent_words WHERE word = ? AND begins = ?"


def write_frequent_words(connection: sqlite3.Connection, n_rows: int) -> None:
    """Write and commit the documents of frequent words and of frequent beginnings of words.

    Parameters
    ----------
    n_rows
        Number of documents, all of which must be in the full-text index.
    """
    if n_rows < LEAST_DOCUMENTS:
        return
    for word, begins in list(_frequent(connection)):
        is_in = np.zeros(n_rows, dtype=np.bool_)
        is_in[read_row_numbers(connection, ROWS_OF_MATCH, f'"{word}" *' if begins else f'"{word}"')] = True
        connection.execute(_INSERT, (word, begins, np.packbits(is_in).tobytes()))
        connection.commit()  # what is not yet committed lies in memory


def _frequent(connection: sqlite3.Connection) -> Iterator[tuple[str, bool]]:
    """Yield frequent words, and then frequent beginnings."""
    beginnings: Counter[str] = Counter()
    connection.execute(_WORDS)
    for word, n_documents in connection.execute("SELECT term, doc FROM temp.words_of_documents"):
        for length in range(_SHORTEST, min(len(word), _LONGEST) + 1):
            beginnings[word[:length]] += n_documents
        if n_documents >= LEAST_DOCUMENTS:
            yield word, False
    for beginning, n_occurrences in beginnings.items():
        if n_occurrences >= LEAST_OCCURRENCES:
            yield beginning, True


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
