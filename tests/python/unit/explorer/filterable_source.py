"""A small corpus with dates and groups whose counts are known by construction."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from tests.python.unit.explorer.memory_source import MemorySource
from text_explorer.explorer.shared.current_edits import CurrentEdits, no_edits

# Row, topic, probability, date, country, product, text. Topics 0, 1 and 2.
ROWS: list[tuple[Any, ...]] = [
    (0, 0.9, "2024-01-05T00:00:00.000Z", "chile", "tea", "green tea from the south"),
    (0, 0.5, "2024-01-20", "chile", "tea", "black tea"),
    (1, 0.7, "2024-02-10", "peru", "coffee", "coffee and tea"),
    (1, 0.7, "2024-03-31", "peru", "tea", "strong coffee"),
    (2, 0.3, "", "", "coffee", "=cmd|' /C calc'!A0"),
    (None, None, "2024-03-01", "chile", "coffee", ""),
    (2, 0.8, "no date", "bolivia", "tea", "cold tea"),
]
COUNTRIES, PRODUCTS = 0, 1


def filterable_source(rows: list[tuple[Any, ...]] | None = None, **config: Any) -> MemorySource:
    """Make the corpus; ``rows`` replaces its documents."""
    names = ("topic_id", "topic_probability", "date", "country", "product", "text")
    documents = [dict(zip(names, row)) for row in (ROWS if rows is None else rows)]
    for number, document in enumerate(documents):
        topic = document["topic_id"]
        shares = [0.0, 0.0, 0.0]
        if topic is not None:
            shares = [(1 - document["topic_probability"]) / 2] * 3
            shares[topic] = document["topic_probability"]
        document |= {
            "id": f"d{number}",
            "topic_label": "" if topic is None else f"topic {topic}",
            "topic_distribution": "" if topic is None else json.dumps(shares),
            "topic_status": "no known term" if topic is None else "ok",
        }
    topics = [{"topic_id": topic, "label": f"topic {topic}", "n_documents": 0, "top_terms": "[]"} for topic in range(3)]
    terms = [{"topic_id": 0, "term": "tea", "probability": 0.5}]
    settings = {"date_column": "date", "group_columns": ["country", "product"], **config}
    return MemorySource({"document_topics": documents, "topics": topics, "topic_terms": terms}, **settings)


def two_merged_into_zero(labels: tuple[str, ...]) -> CurrentEdits:
    """Return edits that merge topic 2 into topic 0."""
    none = no_edits(labels)
    final_topic = np.array([0, 1, 0], dtype=np.int32)
    return CurrentEdits("merged", none.labels, final_topic, none.hidden, none.notes)
