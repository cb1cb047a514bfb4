"""The tables of the webapp's index, one SQLite file that is written once and then only read."""

from __future__ import annotations

import sqlite3

from text_explorer.explorer.index.schema_topics import TOPIC_INDEXES, TOPIC_TABLES

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    row INTEGER PRIMARY KEY,      -- 0-based place in the dataset
    key TEXT NOT NULL,            -- the user's id, or the row number
    shares TEXT NOT NULL,         -- of the topics, see index_shares; DocumentColumns hold what is filtered by
    columns TEXT NOT NULL,        -- JSON array of the other cells, named in facts.columns
    text TEXT NOT NULL,
    digest BLOB NOT NULL          -- of the text, to find the summary that belongs to it
);
CREATE TABLE column_values (  -- what the codes of DocumentColumns stand for; NULL is the status
    group_column INTEGER, code INTEGER NOT NULL, value TEXT NOT NULL
);
CREATE TABLE summaries (row INTEGER PRIMARY KEY, text TEXT NOT NULL, spans TEXT NOT NULL, status TEXT NOT NULL);
CREATE TABLE topic_summaries (
    topic INTEGER PRIMARY KEY, n_documents INTEGER, n_sentences INTEGER, text TEXT NOT NULL,
    sources TEXT NOT NULL, keyphrases TEXT NOT NULL
);
CREATE TEMP TABLE given_summaries (
    key TEXT, digest BLOB, text TEXT NOT NULL, spans TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (key, digest)
);
"""

# Of the texts as `search.segmented` gives them. Many words begin with the same two letters, so these are indexed too;
# the sizes of documents would only be needed for ranking.
TOKENIZER = "unicode61 remove_diacritics 2"
_FULL_TEXT = f"""
CREATE VIRTUAL TABLE documents_text USING fts5(
    text, content='', tokenize='{TOKENIZER}', prefix='2', columnsize=0
)
"""

# Representatives, sources and summaries are looked up by key.
_KEYS = "CREATE INDEX documents_by_key ON documents (key, digest, row)"


def create_tables(connection: sqlite3.Connection) -> bool:
    """Create the empty tables.

    Returns
    -------
    bool
        Whether this SQLite has the full-text module, and so the table ``documents_text``.
    """
    connection.executescript(_TABLES + TOPIC_TABLES)
    try:
        connection.execute(_FULL_TEXT)
    except sqlite3.OperationalError:
        return False
    return True


def create_index_of_keys(connection: sqlite3.Connection) -> None:
    """Create the index that documents are found by key with, once all are in."""
    connection.execute(_KEYS)


def create_indexes(connection: sqlite3.Connection) -> None:
    """Create the indexes of the small tables, which are cheaper to make once the rows are in."""
    connection.executescript(TOPIC_INDEXES)
