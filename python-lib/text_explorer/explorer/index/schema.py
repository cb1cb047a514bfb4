"""The tables of the webapp's index, one SQLite file that is written once and then only read."""

from __future__ import annotations

import sqlite3

FROM_MODEL, FROM_TOPIC_TERMS = "model", "topic_terms"
"""Where the words of the topics come from: the whole model, or the terms that the dataset of terms lists."""

TERMS_IN_BLOCK = 64
"""Terms of a row of ``term_blocks``."""

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
CREATE TABLE frequent_words (  -- of the full-text index; rows: a bit for each document, see `frequent_words`
    word TEXT NOT NULL, begins INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (word, begins)
);
CREATE TABLE titles (row INTEGER PRIMARY KEY, title TEXT NOT NULL);  -- of all documents, where none has an id
CREATE TABLE summaries (row INTEGER PRIMARY KEY, text TEXT NOT NULL, spans TEXT NOT NULL, status TEXT NOT NULL);
CREATE TABLE topic_summaries (
    topic INTEGER PRIMARY KEY, n_documents INTEGER, n_sentences INTEGER, text TEXT NOT NULL,
    sources TEXT NOT NULL, keyphrases TEXT NOT NULL
);
CREATE TEMP TABLE given_summaries (
    key TEXT, digest BLOB, text TEXT NOT NULL, spans TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (key, digest)
);
"""

_TOPIC_TABLES = """
CREATE TABLE topics (
    topic INTEGER PRIMARY KEY, label TEXT NOT NULL,
    n_documents INTEGER NOT NULL DEFAULT 0,   -- at training; documents of the index are counted in their columns
    token_share REAL, top_terms TEXT NOT NULL DEFAULT '[]', distinctive_terms TEXT NOT NULL DEFAULT '[]',
    representatives TEXT NOT NULL DEFAULT '[]', borderline TEXT NOT NULL DEFAULT '[]', coherence_npmi REAL,
    coherence_cv REAL, exclusivity REAL, effective_documents REAL, remarks TEXT NOT NULL DEFAULT '[]',
    map_x REAL, map_y REAL, parent INTEGER, parent_label TEXT
);
CREATE TABLE terms (
    topic INTEGER NOT NULL, rank INTEGER, term TEXT NOT NULL, probability REAL, lift REAL, relevance REAL, frex REAL,
    saliency REAL, count INTEGER, document_count INTEGER
);
CREATE TABLE vocabulary (
    term_id INTEGER PRIMARY KEY,              -- place in the blocks of probabilities
    term TEXT NOT NULL, folded TEXT NOT NULL, count INTEGER, document_count INTEGER, saliency REAL,
    corpus_probability REAL,                  -- p(term) in the corpus, what lift divides by
    weight REAL,                              -- what p(term | topic) p(topic) is divided by to give p(topic | term)
    main_topic INTEGER                        -- the topic of the largest p(topic | term)
);
CREATE TABLE term_blocks (
    block INTEGER PRIMARY KEY,
    probabilities BLOB NOT NULL               -- float32, p(term | topic) of some terms, each with all its topics
);
CREATE TABLE term_forms (term TEXT NOT NULL, form TEXT NOT NULL);   -- words counted as a term, as the search sees them
CREATE TABLE topic_matrices (
    name TEXT PRIMARY KEY,
    content BLOB NOT NULL                     -- float32 of shape (n_topics, n_topics), NaN where not known
);
CREATE TABLE reports (name TEXT PRIMARY KEY, value TEXT NOT NULL);  -- JSON, too long to be read with every request
CREATE TABLE vector_projection (            -- of embeddings to the vectors beside the tables, see `document_vectors`
    shape TEXT NOT NULL, centre BLOB NOT NULL, directions BLOB NOT NULL
);
CREATE TABLE other_topics (
    topic INTEGER PRIMARY KEY, label TEXT NOT NULL, n_documents INTEGER NOT NULL DEFAULT 0,
    top_terms TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE other_documents (topics BLOB NOT NULL);
"""

# Cheaper to make once the rows are in.
TOPIC_INDEXES = """
CREATE INDEX terms_by_topic ON terms (topic, probability DESC);
CREATE INDEX vocabulary_by_saliency ON vocabulary (saliency DESC, term);
CREATE INDEX vocabulary_by_count ON vocabulary (count DESC, term);
CREATE INDEX vocabulary_by_term ON vocabulary (folded, term);
CREATE INDEX vocabulary_by_name ON vocabulary (term);
CREATE INDEX term_forms_by_term ON term_forms (term);
"""

# Of the texts as `search_syntax.segmented` returns them. Many words begin with the same two letters, so these are
# indexed too. The sizes of documents are kept, as ranking by BM25 needs them.
TOKENIZER = "unicode61 remove_diacritics 2"
_FULL_TEXT = f"""
CREATE VIRTUAL TABLE documents_text USING fts5(
    text, content='', tokenize='{TOKENIZER}', prefix='2'
)
"""
# Words are sorted in memory until they are committed, and parts of the index merged only by eights: merged as they
# come, those of ten million documents would be written four times.
_FULL_TEXT_SETTINGS = {"hashsize": 32 << 20, "automerge": 8}
_SET = "INSERT INTO documents_text (documents_text, rank) VALUES (?, ?)"

INDEX_OF_KEYS = "CREATE INDEX documents_by_key ON documents (key, digest, row)"
"""Made once all documents are in: representatives, sources and summaries are looked up by key."""


def create_tables(connection: sqlite3.Connection) -> bool:
    """Create the empty tables; return whether this SQLite has the full-text module, so the table of texts."""
    connection.executescript(_TABLES + _TOPIC_TABLES)
    try:
        connection.execute(_FULL_TEXT)
    except sqlite3.OperationalError:
        return False
    connection.executemany(_SET, _FULL_TEXT_SETTINGS.items())
    return True
