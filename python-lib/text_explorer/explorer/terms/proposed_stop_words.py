"""Words that may be stop words: in most topics, or in nearly all documents of the training."""

from __future__ import annotations

from typing import Any

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC
from text_explorer.topics.quality.common_terms import NEARLY_ALL, propose_stop_words

_TOP_TERMS = """
SELECT term FROM (SELECT term, count FROM terms WHERE topic = ? ORDER BY probability DESC, term LIMIT ?)
WHERE count IS NULL OR count >= 1
"""
_FREQUENT = "SELECT term, document_count FROM vocabulary WHERE document_count > ?"


def proposed_stop_words(index: IndexReader) -> dict[str, Any]:
    """Return the proposed words with their reasons, from the terms that occur in the trained topics with documents."""
    query = index.connection.execute
    topics = [
        [row["term"] for row in query(_TOP_TERMS, (topic, TERMS_OF_TOPIC))]
        for topic, n_documents in enumerate(index.trained_counts().tolist())
        if n_documents
    ]
    n_documents = query("SELECT coalesce(sum(n_documents), 0) FROM topics").fetchone()[0]
    frequent = {row["term"]: row["document_count"] for row in query(_FREQUENT, (NEARLY_ALL * n_documents,))}
    proposed = propose_stop_words([terms for terms in topics if terms], frequent, n_documents)
    return {"words": [{"word": word, "reason": reason} for word, reason in proposed]}
