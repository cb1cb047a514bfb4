"""The tables of the webapp's index that hold topics, their terms, and what other models say."""

from __future__ import annotations

TOPIC_TABLES = """
CREATE TABLE topics (
    topic INTEGER PRIMARY KEY, label TEXT NOT NULL,
    n_documents INTEGER NOT NULL DEFAULT 0,   -- at training; the documents at hand are counted in their columns
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
CREATE TABLE other_topics (
    topic INTEGER PRIMARY KEY, label TEXT NOT NULL, n_documents INTEGER NOT NULL DEFAULT 0,
    top_terms TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE other_flow (topic INTEGER, other INTEGER, n INTEGER NOT NULL);
"""

TOPIC_INDEXES = """
CREATE INDEX terms_by_topic ON terms (topic, probability DESC);
CREATE INDEX vocabulary_by_saliency ON vocabulary (saliency DESC, term);
CREATE INDEX vocabulary_by_count ON vocabulary (count DESC, term);
CREATE INDEX vocabulary_by_term ON vocabulary (folded, term);
CREATE INDEX vocabulary_by_name ON vocabulary (term);
CREATE INDEX term_forms_by_term ON term_forms (term);
"""
