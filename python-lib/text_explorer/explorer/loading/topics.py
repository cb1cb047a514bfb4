"""Read the datasets of topics, of their terms and of suggested labels into the webapp's index.

Columns that older versions of the recipe did not write are missing then, never a fault.
"""

from __future__ import annotations

import json
from typing import Any

from text_explorer.columns import names_of
from text_explorer.errors import DataError
from text_explorer.explorer.loading.rows import (
    IndexWriter,
    insert_rows,
    listed,
    read_cells,
    read_optional,
    read_rows,
    require,
    write_report,
)
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_integer, as_number, as_object, as_text, as_topic_id
from text_explorer.language_models import label_columns
from text_explorer.topics import columns
from text_explorer.topics.edits.splits import is_label

# What the index holds under the same name.
_TOPIC_FIGURES = [each for each in columns.TOPICS if each.type == "double" and each.name != columns.DOCUMENT_SHARE]
_TERM_FIGURES = [each for each in columns.TOPIC_TERMS if each.name != columns.TOPIC_ID]


def read_topics(writer: IndexWriter) -> None:
    """Read the dataset of topics."""
    require(writer, roles.TOPICS, ("topic_id",), ("n_documents",), ("label", "top_terms"))
    rows = (
        _topic(topic, cells, writer)
        for cells in read_rows(writer, roles.TOPICS, names_of(columns.TOPICS))
        if (topic := as_topic_id(cells[columns.TOPIC_ID])) is not None
    )
    insert_rows(writer, "topics", rows)


def _topic(topic: int, cells: dict[str, Any], writer: IndexWriter) -> dict[str, Any]:
    return {
        "topic": topic,
        "label": as_text(cells.get(columns.LABEL)).strip() or f"Topic {topic}",
        "n_documents": as_integer(cells.get(columns.N_DOCUMENTS)) or 0,
        **read_cells(cells, _TOPIC_FIGURES),
        "top_terms": _texts(cells.get(columns.TOP_TERMS), "lists of terms", writer),
        "distinctive_terms": _texts(cells.get(columns.DISTINCTIVE_TERMS), "lists of terms", writer),
        "remarks": _texts(cells.get(columns.REMARKS), "lists of remarks", writer),
        "representatives": _documents(cells.get(columns.REPRESENTATIVE_DOCUMENTS), "representative", writer),
        "borderline": _documents(cells.get(columns.BORDERLINE_DOCUMENTS), "borderline", writer),
        "parent": as_topic_id(cells.get(columns.PARENT)),
        "parent_label": as_text(cells.get(columns.PARENT_LABEL)) or None,
    }


def _texts(cell: object, what: str, writer: IndexWriter) -> str:
    return json.dumps([as_text(text) for text in listed(writer, cell, what)])


def _documents(cell: object, kind: str, writer: IndexWriter) -> str:
    """Keep what names a document, and its figures; of a borderline one, the other topic and its probability."""
    return json.dumps([
        {
            "key": as_text(document.get("row_key")),
            "excerpt": as_text(document.get("excerpt")),
            "probability": as_number(document.get("probability")),
            "similar": as_integer(document.get("n_similar")) or 0,
            "other": as_topic_id(document.get("other_topic_id")),
            "other_probability": as_number(document.get("other_probability")),
        }
        for document in map(as_object, listed(writer, cell, f"lists of {kind} documents"))
        if as_text(document.get("row_key"))
    ])  # fmt: skip


def read_terms(writer: IndexWriter) -> None:
    """Read the dataset of terms; a row without a topic or a term is left out."""
    require(writer, roles.TOPIC_TERMS, ("topic_id",), ("term",), ("probability",))
    rows = (
        {"topic": topic, **read_cells(cells, _TERM_FIGURES)}
        for cells in read_rows(writer, roles.TOPIC_TERMS, names_of(columns.TOPIC_TERMS))
        if (topic := as_topic_id(cells[columns.TOPIC_ID])) is not None and as_text(cells[columns.TERM])
    )
    insert_rows(writer, "terms", rows)


def read_label_suggestions(writer: IndexWriter) -> None:
    """Read the labels that a language model suggests for the topics of this model."""
    notes: list[str] = []
    found = read_optional(writer, roles.TOPIC_LABELS, notes, lambda: _label_suggestions(writer)) or []
    writer.notes.extend(notes)
    write_report(writer, "label_suggestions", {"suggestions": found, "notes": notes})


def _label_suggestions(writer: IndexWriter) -> list[dict[str, Any]]:
    needed = (columns.TOPIC_ID, columns.LABEL, label_columns.LABEL_SOURCE, label_columns.TRAINED_LABEL)
    require(writer, roles.TOPIC_LABELS, *((name,) for name in needed))
    trained = dict(writer.connection.execute("SELECT topic, label FROM topics"))
    suggestions = []
    for cells in read_rows(writer, roles.TOPIC_LABELS, names_of(label_columns.TOPIC_LABELS)):
        topic = as_topic_id(cells[columns.TOPIC_ID])
        if topic not in trained or as_text(cells[label_columns.TRAINED_LABEL]).strip() != trained[topic]:
            raise DataError(
                f"The dataset '{writer.source.dataset_name(roles.TOPIC_LABELS)}' has labels for the topics of another "
                "model. Run 'Label topics' with the model of this webapp."
            )
        label = as_text(cells[columns.LABEL]).strip()
        if as_text(cells[label_columns.LABEL_SOURCE]) == label_columns.FROM_LLM and is_label(label):
            suggestions.append({
                "topic": topic,
                "label": label,
                "description": as_text(cells.get(label_columns.DESCRIPTION)),
                "coherent": as_text(cells.get(label_columns.COHERENT)).lower() != "false",
                "evidence": list(map(as_text, listed(writer, cells.get(label_columns.EVIDENCE), "lists of evidence"))),
            })  # fmt: skip
    return suggestions
