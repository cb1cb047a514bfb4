"""Read the datasets of topics and of their terms into the webapp's index.

Columns that older versions of the recipe did not write are missing then, never a fault.
"""

from __future__ import annotations

import json
from typing import Any

from text_explorer.columns import names_of
from text_explorer.errors import DataError
from text_explorer.explorer.loading.rows import IndexWriter, read_rows
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_integer, as_list, as_number, as_object, as_text, as_topic_id
from text_explorer.topics import columns

_TOPIC_COLUMNS = tuple(names_of(columns.TOPICS))
_TERM_COLUMNS = tuple(names_of(columns.TOPIC_TERMS))

_INSERT_TOPIC = """
INSERT OR REPLACE INTO topics (
    topic, label, n_documents, token_share, top_terms, distinctive_terms, representatives, borderline,
    coherence_npmi, coherence_cv, exclusivity, effective_documents, remarks, map_x, map_y, parent, parent_label
) VALUES (
    :topic, :label, :n_documents, :token_share, :top_terms, :distinctive_terms, :representatives, :borderline,
    :coherence_npmi, :coherence_cv, :exclusivity, :effective_documents, :remarks, :map_x, :map_y, :parent, :parent_label
)
"""
_INSERT_TERM = """
INSERT INTO terms (topic, rank, term, probability, lift, relevance, frex, saliency, count, document_count)
VALUES (:topic, :rank, :term, :probability, :lift, :relevance, :frex, :saliency, :count, :document_count)
"""
_TOPIC_NUMBERS = (
    columns.TOKEN_SHARE,
    columns.COHERENCE_NPMI,
    columns.COHERENCE_CV,
    columns.EXCLUSIVITY,
    columns.EFFECTIVE_DOCUMENTS,
    columns.MAP_X,
    columns.MAP_Y,
)
_TERM_NUMBERS = (columns.PROBABILITY, columns.LIFT, columns.RELEVANCE, columns.FREX, columns.SALIENCY)
_TERM_COUNTS = (columns.RANK, columns.COUNT, columns.DOCUMENT_COUNT)


def read_topics(writer: IndexWriter) -> None:
    """Read the dataset of topics.

    Raises
    ------
    DataError
        Where it is no dataset of topics.
    """
    require(writer, roles.TOPICS, ("topic_id",), ("n_documents",), ("label", "top_terms"))
    rows = [
        _topic(cells, writer)
        for cells in read_rows(writer, roles.TOPICS, _TOPIC_COLUMNS)
        if as_topic_id(cells["topic_id"]) is not None
    ]
    writer.connection.executemany(_INSERT_TOPIC, rows)


def _topic(cells: dict[str, Any], writer: IndexWriter) -> dict[str, Any]:
    topic = as_topic_id(cells[columns.TOPIC_ID])
    return {
        "topic": topic,
        "label": as_text(cells.get(columns.LABEL)).strip() or f"Topic {topic}",
        "n_documents": as_integer(cells.get(columns.N_DOCUMENTS)) or 0,
        **{name: as_number(cells.get(name)) for name in _TOPIC_NUMBERS},
        "top_terms": _json_texts(cells.get(columns.TOP_TERMS), "lists of terms", writer),
        "distinctive_terms": _json_texts(cells.get(columns.DISTINCTIVE_TERMS), "lists of terms", writer),
        "remarks": _json_texts(cells.get(columns.REMARKS), "lists of remarks", writer),
        "representatives": _documents(
            cells.get(columns.REPRESENTATIVE_DOCUMENTS), "lists of representative documents", writer
        ),
        "borderline": _documents(cells.get(columns.BORDERLINE_DOCUMENTS), "lists of borderline documents", writer),
        "parent": as_topic_id(cells.get(columns.PARENT)),
        "parent_label": as_text(cells.get(columns.PARENT_LABEL)) or None,
    }


def _json_texts(cell: object, what: str, writer: IndexWriter) -> str:
    return json.dumps([as_text(text) for text in _listed(cell, what, writer)])


def _documents(cell: object, what: str, writer: IndexWriter) -> str:
    """Keep what names a document and its probability; of a borderline one, the other topic and its probability."""
    return json.dumps([
        {
            "key": as_text(document.get("row_key")),
            "excerpt": as_text(document.get("excerpt")),
            "probability": as_number(document.get("probability")),
            "other": as_topic_id(document.get("other_topic_id")),
            "other_probability": as_number(document.get("other_probability")),
        }
        for document in map(as_object, _listed(cell, what, writer))
        if as_text(document.get("row_key"))
    ])  # fmt: skip


def _listed(cell: object, what: str, writer: IndexWriter) -> list[Any]:
    """Read a list, and count one that cannot be read."""
    found = as_list(cell)
    if found is None:
        writer.faults[what] += 1
    return found or []


def read_terms(writer: IndexWriter) -> None:
    """Read the dataset of terms; a row without a topic or a term is left out.

    Raises
    ------
    DataError
        Where it is no dataset of terms.
    """
    require(writer, roles.TOPIC_TERMS, ("topic_id",), ("term",), ("probability",))
    rows = (
        {
            "topic": as_topic_id(cells[columns.TOPIC_ID]),
            "term": as_text(cells[columns.TERM]),
            **{name: as_number(cells.get(name)) for name in _TERM_NUMBERS},
            **{name: as_integer(cells.get(name)) for name in _TERM_COUNTS},
        }
        for cells in read_rows(writer, roles.TOPIC_TERMS, _TERM_COLUMNS)
        if as_topic_id(cells[columns.TOPIC_ID]) is not None and as_text(cells[columns.TERM])
    )
    writer.connection.executemany(_INSERT_TERM, rows)


def require(writer: IndexWriter, role: str, *alternatives: tuple[str, ...]) -> None:
    """Refuse a dataset without the columns that make it what it is; of each group of alternatives one is enough.

    Raises
    ------
    DataError
        Naming the first column that is missing.
    """
    present = set(writer.source.columns(role))
    missing = [" or ".join(f"'{name}'" for name in group) for group in alternatives if present.isdisjoint(group)]
    if missing:
        raise DataError(
            f"The dataset '{writer.source.dataset_name(role)}' of the setting '{roles.ROLE_LABELS[role]}' has no "
            f"column {missing[0]}. Select the dataset that '{roles.WRITTEN_BY[role]}' wrote for it."
        )
