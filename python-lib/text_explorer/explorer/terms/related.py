"""Terms that belong to the same topics as a term: neighbours by p(topic | term)."""

from __future__ import annotations

from typing import Any

import numpy as np

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix

MOST_RELATED = 12
LEAST_DOCUMENTS, LEAST_SHARE = 5, 0.001
"""Of a term in fewer documents, or in a smaller share of them, chance decides its topics."""

LEAST_SIMILARITY = 0.5
DIGITS = 2


def related_terms(index: IndexReader, words: TopicWordMatrix, term_id: int) -> list[dict[str, Any]]:
    """Return the terms with the most similar distribution over the final topics.

    The measure is the cosine of p(topic | term) of both terms. Equal ones, to `DIGITS` digits as they are shown, are
    ordered by count; rarer terms (see `LEAST_DOCUMENTS`) are left out, where counts are known.

    Returns
    -------
    list of dict
        At most `MOST_RELATED` terms with ``term``, ``similarity`` (0 to 1) and ``document_count``.
    """
    joint = words.final.summed(words.all_probabilities() * words.final.weights)
    lengths = np.linalg.norm(joint, axis=1)
    own = lengths[term_id]
    if not own:
        return []
    cosines = np.divide(joint @ joint[term_id], lengths * own, out=np.zeros(len(joint)), where=lengths > 0)
    least = max(LEAST_DOCUMENTS, LEAST_SHARE * index.documents.n_rows)
    rows = index.connection.execute("SELECT term_id, term, count, document_count FROM vocabulary").fetchall()
    found = [
        {"term": row["term"], "similarity": similarity, "document_count": row["document_count"], "count": row["count"]}
        for row in rows
        if row["term_id"] != term_id
        and (row["document_count"] is None or row["document_count"] >= least)
        and (similarity := round(float(cosines[row["term_id"]]), DIGITS)) >= LEAST_SIMILARITY
    ]
    found.sort(key=lambda entry: (-entry["similarity"], -(entry["count"] or 0), entry["term"]))
    return [{name: entry[name] for name in ("term", "similarity", "document_count")} for entry in found[:MOST_RELATED]]
