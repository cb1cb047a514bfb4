"""Read the datasets of topics and of their terms into the webapp's index."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import numpy as np

from text_explorer.errors import DataError
from text_explorer.explorer import names
from text_explorer.explorer.cells import as_integer, as_list, as_number, as_object, as_text, as_topic_id
from text_explorer.explorer.index_reading import Filling, read_rows

_TOPIC_COLUMNS = (
    "topic_id",
    "label",
    "n_documents",
    "document_share",
    "token_share",
    "top_terms",
    "distinctive_terms",
    "representative_documents",
    "coherence_npmi",
    "exclusivity",
)
_TERM_COLUMNS = ("topic_id", "rank", "term", "probability", "lift", "relevance", "count", "document_count")


def read_topics(filling: Filling) -> None:
    """Read the dataset of topics."""
    _require(filling, names.TOPICS, ("topic_id",), ("n_documents",), ("label", "top_terms"))
    rows = [
        _topic(cells, filling)
        for cells in read_rows(filling, names.TOPICS, _TOPIC_COLUMNS)
        if as_topic_id(cells["topic_id"]) is not None
    ]
    filling.connection.executemany("INSERT OR REPLACE INTO topics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _topic(cells: dict[str, Any], filling: Filling) -> tuple[Any, ...]:
    topic = as_topic_id(cells["topic_id"])
    return (
        topic,
        as_text(cells.get("label")).strip() or f"Topic {topic}",
        as_integer(cells.get("n_documents")) or 0,
        as_number(cells.get("document_share")),
        as_number(cells.get("token_share")),
        *(_json_texts(cells.get(name), filling) for name in ("top_terms", "distinctive_terms")),
        json.dumps(_representatives(cells, filling)),
        as_number(cells.get("coherence_npmi")),
        as_number(cells.get("exclusivity")),
    )


def _json_texts(cell: object, filling: Filling) -> str:
    terms = as_list(cell)
    if terms is None:
        filling.faults["lists of terms"] += 1
    return json.dumps([as_text(term) for term in terms or []])


def _representatives(cells: dict[str, Any], filling: Filling) -> list[dict[str, Any]]:
    documents = as_list(cells.get("representative_documents"))
    if documents is None:
        filling.faults["lists of representative documents"] += 1
    return [
        {
            "key": as_text(document.get("row_key")),
            "excerpt": as_text(document.get("excerpt")),
            "probability": as_number(document.get("probability")),
        }
        for document in map(as_object, documents or [])
        if as_text(document.get("row_key"))
    ]


def read_terms(filling: Filling) -> None:
    """Read the dataset of terms; a row without a topic or a term is left out."""
    _require(filling, names.TOPIC_TERMS, ("topic_id",), ("term",), ("probability",))
    rows = (
        (
            as_topic_id(cells["topic_id"]),
            as_integer(cells.get("rank")),
            as_text(cells["term"]),
            as_number(cells["probability"]),
            as_number(cells.get("lift")),
            as_number(cells.get("relevance")),
            as_integer(cells.get("count")),
            as_integer(cells.get("document_count")),
        )
        for cells in read_rows(filling, names.TOPIC_TERMS, _TERM_COLUMNS)
        if as_topic_id(cells["topic_id"]) is not None and as_text(cells["term"])
    )
    filling.connection.executemany("INSERT INTO terms VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def complete_topics(connection: sqlite3.Connection, topic_of_documents: np.ndarray) -> None:
    """Count the documents at hand in each topic, given the topic of each (int32 array of shape (n_rows,), -1 none).

    The topics dataset tells the counts of training. When the documents are others, say scored later by the model,
    their own counts are what the lists will show, so the counts and the shares follow the documents.
    """
    counts = dict(enumerate(np.bincount(topic_of_documents + 1)[1:].tolist()))
    n_assigned = sum(counts.values())
    counted = []
    for topic, stored_count, stored_share in connection.execute("SELECT topic, n_documents, share FROM topics"):
        n_documents = counts.get(topic, 0)
        counted.append((n_documents, _share(n_documents, n_assigned, stored_count, stored_share), topic))
    connection.executemany("UPDATE topics SET n_documents = ?, share = ? WHERE topic = ?", counted)


def _share(counted: int, n_assigned: int, stored_count: int, stored_share: float | None) -> float:
    if counted == stored_count and stored_share is not None:
        return stored_share
    return counted / n_assigned if n_assigned else 0.0


def _require(filling: Filling, role: str, *alternatives: tuple[str, ...]) -> None:
    """Refuse a dataset without the columns that make it what it is; of each group of alternatives one is enough."""
    present = set(filling.source.columns(role))
    missing = [" or ".join(f"'{name}'" for name in group) for group in alternatives if present.isdisjoint(group)]
    if missing:
        raise DataError(
            f"The dataset '{filling.source.dataset_name(role)}' of the setting '{names.ROLE_LABELS[role]}' has no "
            f"column {missing[0]}. Choose the dataset that the recipe Discover topics wrote for it."
        )
