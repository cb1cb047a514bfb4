"""The whole in one answer: datasets, counts, figures of the model, what can be done, and every topic in a line."""

from __future__ import annotations

from typing import Any

import numpy as np

from text_explorer.explorer.index.reader import IndexReader, read_facts, read_report
from text_explorer.explorer.shared.roles import engine_wording
from text_explorer.explorer.topic_answers.capabilities import capabilities
from text_explorer.explorer.topic_answers.entries import TopicEntries, TopicReview
from text_explorer.explorer.topic_answers.statistics import group_columns, median_probability, periods

_FIGURES = ("coherence_npmi", "coherence_cv", "coherence_reference", "diversity", "map_stress")


def overview(index: IndexReader, review: TopicReview | None = None) -> dict[str, Any]:
    """Describe the whole.

    Returns
    -------
    dict
        ``topics`` is in the order of their ids, those merged into others included; a topic's share is its part of the
        documents that have a topic. ``super_topics`` has those without a topic, too. Figures that are not known are
        None. ``read_at`` is when the reading of the datasets began, as ISO 8601 in UTC; ``version`` is that of
        `IndexStore.status`.
    """
    facts, model = read_facts(index.connection), read_report(index.connection, "model")
    entries = TopicEntries(index, review or {})
    quality, faults = model.get("quality") or {}, facts.get("faults") or {}
    left_out = [f"Left out because they could not be used: {what} ({n:,})." for what, n in faults.items()]
    return {
        **{name: facts.get(name) for name in ("datasets", "read_at", "text_column", "id_column", "model")},
        "date_column": model.get("date_column"),
        "version": index.version,
        "building": not index.is_complete,
        "counts": {
            "documents": index.documents.n_rows,
            "assigned": int(index.trained_counts().sum()),
            "topics": len(index.final_topics()),
            **{table: _count_texts(index, table) for table in ("summaries", "topic_summaries")},
        },
        "statuses": _statuses(index),
        "groups": group_columns(index),
        "periods": periods(index),
        "engine": engine_wording(facts.get("engine")),
        "quality": {"median_probability": median_probability(index), **{name: quality.get(name) for name in _FIGURES}},
        "notes": [*(facts.get("notes") or []), *left_out],
        "topics": [entries.entry(topic) for topic in entries.rows],
        "super_topics": entries.super_topics,
        "trend": entries.trend.described() if entries.trend else None,
        "edits": _edits(index),
        "capabilities": capabilities(index, entries, facts.get("model") or {}),
    }


def _count_texts(index: IndexReader, table: str) -> int:
    """Count the rows of a table that hold a text; of the complete one once only, for it may be long."""
    statement = f"SELECT count(*) FROM {table} WHERE text <> ''"

    def count() -> np.ndarray:
        return np.array([index.connection.execute(statement).fetchone()[0]])

    return int((index.rows_cache.get(("n_texts", table), count) if index.is_complete else count())[0])


def _statuses(index: IndexReader) -> list[dict[str, Any]]:
    documents = index.documents
    counts = index.rows_cache.get("statuses", lambda: np.bincount(documents.status, minlength=len(documents.statuses)))
    found = [{"status": status, "n": int(n)} for status, n in zip(documents.statuses, counts.tolist()) if n > 0]
    return sorted(found, key=lambda status: (-status["n"], status["status"]))


def _edits(index: IndexReader) -> dict[str, Any]:
    edits = index.edits
    return {
        "version": edits.version,
        "n": edits.n_edits,
        "last": dict(edits.last) if edits.last else None,
        "n_of_other_models": edits.n_of_other_models,
        "warnings": list(edits.warnings),
    }
