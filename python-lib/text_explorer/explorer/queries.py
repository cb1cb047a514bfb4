"""Questions to the finished index, each answered by what the page shows, ready for JSON; every value is bound."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import numpy as np

from text_explorer.explorer import names
from text_explorer.explorer.errors import NotFoundError
from text_explorer.explorer.open_index import OpenIndex
from text_explorer.explorer.spans import shorten


def read_facts(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what was noted when the index was built."""
    return {row["name"]: json.loads(row["value"]) for row in connection.execute("SELECT name, value FROM facts")}


def overview(index: OpenIndex) -> dict[str, Any]:
    """Describe the whole: datasets, counts, engine, statuses, notes, and every topic with its share and terms.

    Returns
    -------
    dict
        ``topics`` is in the order of their ids; each share is the topic's part of the documents that have a topic.
    """
    connection, documents = index.connection, index.documents
    facts = read_facts(connection)
    of_status = np.bincount(documents.status, minlength=len(documents.statuses)).tolist()
    statuses = [{"status": status, "n": n} for status, n in zip(documents.statuses, of_status)]
    n_documents, n_assigned = documents.n_rows, int(np.count_nonzero(documents.topic >= 0))
    topics = [_topic_entry(row) for row in connection.execute("SELECT * FROM topics ORDER BY topic")]
    summarized = connection.execute("SELECT count(*) FROM summaries WHERE text <> ''").fetchone()[0]
    topics_summarized = connection.execute("SELECT count(*) FROM topic_summaries WHERE text <> ''").fetchone()[0]
    return {
        "datasets": facts["datasets"],
        "text_column": facts["text_column"],
        "id_column": facts["id_column"],
        "counts": {
            "documents": n_documents,
            "assigned": n_assigned,
            "topics": len(topics),
            "summaries": summarized,
            "topic_summaries": topics_summarized,
        },
        "statuses": sorted(statuses, key=lambda status: (-status["n"], status["status"])),
        "engine": _engine(facts["engine"]),
        "model": facts["model"],
        "notes": [
            *facts["notes"],
            *(f"{n:,} {what} could not be used and were left out." for what, n in facts["faults"].items()),
        ],
        "topics": topics,
    }


def _engine(engine: str | None) -> dict[str, Any]:
    wording = names.probability_wording(engine)
    return {
        "id": engine,
        "label": names.ENGINE_LABELS.get(engine or "", engine),
        "probability_name": wording.name,
        "probability_explanation": wording.explanation,
    }


def _topic_entry(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["topic"],
        "label": row["label"],
        "n_documents": row["n_documents"],
        "share": row["share"],
        "token_share": row["token_share"],
        "top_terms": json.loads(row["top_terms"])[:10],
    }


def topic_detail(index: OpenIndex, topic: int) -> dict[str, Any]:
    """Describe one topic: its terms with all figures, its representative documents and its summary.

    Raises
    ------
    NotFoundError
        When there is no such topic.
    """
    connection = index.connection
    row = connection.execute("SELECT * FROM topics WHERE topic = ?", (topic,)).fetchone()
    if row is None:
        raise NotFoundError(f"There is no topic {topic} in the data.")
    terms = connection.execute(
        "SELECT term, probability, lift, relevance, rank, count, document_count FROM terms WHERE topic = ? "
        "ORDER BY probability DESC, term LIMIT ?",
        (topic, names.MAX_TERMS),
    )
    return {
        **_topic_entry(row),
        "coherence_npmi": row["coherence_npmi"],
        "exclusivity": row["exclusivity"],
        "distinctive_terms": json.loads(row["distinctive_terms"]),
        "terms": [dict(term) for term in terms],
        "representatives": [
            {**document, "row": row_of_key(index, document["key"])} for document in json.loads(row["representatives"])
        ],
        "summary": _topic_summary(connection, topic),
    }


def row_of_key(index: OpenIndex, key: str) -> int | None:
    """Find the document of a row key, the first one where several share it; None while keys cannot be looked up yet."""
    if not index.is_complete:
        return None
    row = index.connection.execute("SELECT row FROM documents WHERE key = ? ORDER BY row LIMIT 1", (key,)).fetchone()
    return row["row"] if row else None


def _topic_summary(connection: sqlite3.Connection, topic: int) -> dict[str, Any] | None:
    row = connection.execute("SELECT * FROM topic_summaries WHERE topic = ?", (topic,)).fetchone()
    if row is None:
        return None
    return {
        "text": row["text"],
        "n_documents": row["n_documents"],
        "n_sentences": row["n_sentences"],
        "keyphrases": json.loads(row["keyphrases"]),
        "sources": [_source(connection, source) for source in json.loads(row["sources"])],
    }


def _source(connection: sqlite3.Connection, source: dict[str, Any]) -> dict[str, Any]:
    """Cut a sentence of a topic's summary out of the document it comes from, where that was found."""
    if source["row"] is None:
        return {**source, "text": None}
    sentence = connection.execute(
        "SELECT substr(text, ?, ?) FROM documents WHERE row = ?",
        (source["start"] + 1, source["end"] - source["start"], source["row"]),
    ).fetchone()[0]
    return {**source, "text": shorten(sentence, names.MAX_QUERY * 10)}
