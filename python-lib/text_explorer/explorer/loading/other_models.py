"""Read into the webapp's index what this model is compared with: other models, its training, and the previous model.

All of these datasets are optional. One that cannot be read, or is something else, becomes a sentence on the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from text_explorer.columns import Column, names_of
from text_explorer.errors import DataError
from text_explorer.explorer.loading.rows import (
    IndexWriter,
    insert_rows,
    optional,
    read_cells,
    read_optional,
    read_rows,
    require,
    write_report,
)
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_integer, as_list, as_number, as_object, as_text, as_topic_id
from text_explorer.topics import columns
from text_explorer.topics.assignment import columns as drift_columns
from text_explorer.topics.model_selection import columns as comparison_columns
from text_explorer.topics.previous import columns as change_columns

# More models than anybody trains to compare numbers of topics; a dataset with more rows is another one.
MOST_COMPARED = 2_000
_TOP_TERMS = 10


def read_comparison(writer: IndexWriter) -> None:
    """Read the models that were compared, each of its own seed, and the number of topics advised."""
    notes: list[str] = []
    comparison = read_optional(writer, roles.COMPARISON, notes, lambda: _compared(writer, notes))
    suggestion = read_optional(writer, roles.SUGGESTION, notes, lambda: _suggested(writer))
    write_report(writer, "models", {"comparison": comparison, "suggestion": suggestion, "notes": notes})


def _compared(writer: IndexWriter, notes: list[str]) -> list[dict[str, Any]]:
    require(writer, roles.COMPARISON, (comparison_columns.ENGINE,), (comparison_columns.N_TOPICS,))
    rows: list[dict[str, Any]] = []
    for cells in read_rows(writer, roles.COMPARISON, names_of(comparison_columns.COMPARISON)):
        if len(rows) == MOST_COMPARED:
            notes.append(f"Only the first {MOST_COMPARED:,} rows of the comparison are shown.")
            break
        row = _row(cells, comparison_columns.COMPARISON)
        rows.append({**row, comparison_columns.STATUS: row[comparison_columns.STATUS] or comparison_columns.STATUS_OK})
    usable = [row for row in rows if row[comparison_columns.N_TOPICS] is not None]
    if len(usable) < len(rows):
        n_left_out = len(rows) - len(usable)
        notes.append(f"Rows of the comparison left out because they have no number of topics: {n_left_out:,}.")
    return usable


def _suggested(writer: IndexWriter) -> dict[str, Any] | None:
    require(writer, roles.SUGGESTION, (comparison_columns.SUGGESTED_N_TOPICS,))
    for cells in read_rows(writer, roles.SUGGESTION, names_of(comparison_columns.SUGGESTION)):
        others = map(as_object, as_list(cells.get(comparison_columns.ALTERNATIVES)) or [])
        alternatives = [{name: _plain(value) for name, value in other.items()} for other in others]
        return {**_row(cells, comparison_columns.SUGGESTION), comparison_columns.ALTERNATIVES: alternatives}
    return None


def _row(cells: dict[str, Any], wanted: Iterable[Column]) -> dict[str, Any]:
    """Read a row of the comparison or the suggestion; a number of seconds with a comma is none, not a fault."""
    return {name: None if value == "" else value for name, value in read_cells(cells, wanted).items()}


def _plain(value: object) -> object:
    """Keep a value of the alternatives that is a text, a truth value or a finite number."""
    return value if isinstance(value, (str, bool)) else as_number(value)


def read_other_model(writer: IndexWriter) -> None:
    """Read the topics of the second model with their ten most probable terms."""
    role = roles.OTHER_TOPICS
    notes: list[str] = []
    name = writer.source.dataset_name(role) or writer.source.dataset_name(roles.OTHER_TOPIC_TERMS)
    if name:
        with optional(writer, role, notes):
            _read_other_topics(writer)
            if not writer.source.dataset_name(role):
                notes.append("The topics of the other model have no labels: its dataset of topics is not set.")
        n_topics = writer.connection.execute("SELECT count(*) FROM other_topics").fetchone()[0]
        if not n_topics and not notes:
            notes.append("The datasets of the other model have no topics.")
    write_report(writer, "other_model", {"name": name, "notes": notes})


def _read_other_topics(writer: IndexWriter) -> None:
    topics: dict[int, dict[str, Any]] = {}
    if writer.source.dataset_name(roles.OTHER_TOPICS):
        require(writer, roles.OTHER_TOPICS, (columns.TOPIC_ID,), (columns.LABEL, columns.TOP_TERMS))
        wanted = (columns.TOPIC_ID, columns.LABEL, columns.N_DOCUMENTS, columns.TOP_TERMS)
        for cells in read_rows(writer, roles.OTHER_TOPICS, wanted):
            topic = as_topic_id(cells[columns.TOPIC_ID])
            if topic is not None:
                topics[topic] = {
                    "topic": topic,
                    "label": as_text(cells.get(columns.LABEL)).strip(),
                    "n_documents": as_integer(cells.get(columns.N_DOCUMENTS)) or 0,
                    "top_terms": [as_text(term) for term in as_list(cells.get(columns.TOP_TERMS)) or []][:_TOP_TERMS],
                }
    if writer.source.dataset_name(roles.OTHER_TOPIC_TERMS):
        _add_terms(writer, topics)
    for topic, known in topics.items():
        known |= {"label": known["label"] or f"Topic {topic}", "top_terms": json.dumps(known["top_terms"])}
    insert_rows(writer, "other_topics", topics.values())


def _add_terms(writer: IndexWriter, topics: dict[int, dict[str, Any]]) -> None:
    """Take the most probable terms from the dataset of terms where the dataset of topics has none."""
    require(writer, roles.OTHER_TOPIC_TERMS, (columns.TOPIC_ID,), (columns.TERM,), (columns.PROBABILITY,))
    listed: dict[int, list[tuple[float, str]]] = {}
    wanted = (columns.TOPIC_ID, columns.TERM, columns.PROBABILITY)
    for cells in read_rows(writer, roles.OTHER_TOPIC_TERMS, wanted):
        topic, probability = as_topic_id(cells[columns.TOPIC_ID]), as_number(cells[columns.PROBABILITY])
        if topic is not None and probability is not None and as_text(cells[columns.TERM]):
            listed.setdefault(topic, []).append((-probability, as_text(cells[columns.TERM])))
    for topic, terms in listed.items():
        known = topics.setdefault(topic, {"topic": topic, "label": "", "n_documents": 0, "top_terms": []})
        best = [term for _, term in sorted(terms)[:_TOP_TERMS]]
        known["top_terms"] = known["top_terms"] or best
        known["label"] = known["label"] or ", ".join(best[:3])


def read_drift(writer: IndexWriter) -> None:
    """Read how many documents each topic had at training and has in the last run of 'Assign topics'."""
    notes: list[str] = []
    drift = read_optional(writer, roles.DRIFT, notes, lambda: _drift(writer))
    write_report(writer, "drift", {"drift": drift, "notes": notes})


def _drift(writer: IndexWriter) -> dict[str, Any]:
    names = (drift_columns.N_DOCUMENTS_TRAINING, drift_columns.N_DOCUMENTS_NOW)
    require(writer, roles.DRIFT, (columns.TOPIC_ID,), *((name,) for name in names))
    known = {topic for (topic,) in writer.connection.execute("SELECT topic FROM topics")}
    rows = islice(read_rows(writer, roles.DRIFT, names_of(drift_columns.DRIFT)), len(known) + 2)
    by_topic = {row[columns.TOPIC_ID]: row for row in (read_cells(cells, drift_columns.DRIFT) for cells in rows)}
    overall = by_topic.pop(None, {})
    if by_topic.keys() != known:
        raise DataError(
            f"The dataset '{writer.source.dataset_name(roles.DRIFT)}' is about the topics of another model. Run "
            "'Assign topics' with the model of this webapp."
        )
    counts = {topic: [row[name] for name in names] for topic, row in by_topic.items()}
    if any(n is None or n < 0 for pair in counts.values() for n in pair):
        raise DataError(
            "The numbers of documents at training or in the last run are not known. Run 'Discover topics' and then "
            "'Assign topics' again."
        )
    return {"topics": [[topic, *counts[topic]] for topic in sorted(counts)], "overall": overall}


def read_topic_changes(writer: IndexWriter) -> None:
    """Read what became of the topics of the previous model."""
    notes: list[str] = []
    found = read_optional(writer, roles.TOPIC_CHANGES, notes, lambda: _topic_changes(writer))
    write_report(writer, "topic_changes", {"topics": found, "notes": notes})


def _topic_changes(writer: IndexWriter) -> list[dict[str, Any]]:
    require(writer, roles.TOPIC_CHANGES, (columns.TOPIC_ID,), (change_columns.CHANGE,))
    known = {topic for (topic,) in writer.connection.execute("SELECT topic FROM topics")}
    cells = islice(read_rows(writer, roles.TOPIC_CHANGES, names_of(change_columns.TOPIC_CHANGES)), len(known) + 1)
    rows = [read_cells(row, change_columns.TOPIC_CHANGES) for row in cells]
    name = writer.source.dataset_name(roles.TOPIC_CHANGES)
    if {row[columns.TOPIC_ID] for row in rows} != known:
        raise DataError(f"The dataset '{name}' is about the topics of another model. Run 'Discover topics' again.")
    if all(row[change_columns.CHANGE] == change_columns.NEW for row in rows):
        raise DataError(f"All topics of the dataset '{name}' are new: its model has no previous one.")
    lists = (change_columns.RELATED, change_columns.TERMS_BEFORE, columns.TOP_TERMS)
    return [row | {list_name: as_list(row[list_name]) or [] for list_name in lists} for row in rows]
