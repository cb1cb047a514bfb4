"""Read the datasets once, row by row, into the webapp's index.

Memory stays bounded by one batch of rows. A cell that cannot be read never stops the reading: it is left out and
counted, and the page says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from text_explorer.corpus.cells import text_of
from text_explorer.explorer import names
from text_explorer.explorer.cells import as_list, as_number, as_text, as_topic_id
from text_explorer.explorer.index_reading import Filling, Report, digest_of, read_batches
from text_explorer.explorer.index_summaries import read_group_summaries, read_summaries
from text_explorer.explorer.index_tables import create_indexes, create_tables
from text_explorer.explorer.index_topics import complete_topics, read_terms, read_topics
from text_explorer.explorer.settings import resolve_settings
from text_explorer.explorer.source import Source

_INSERT = """
INSERT INTO documents (row, key, topic, probability, status, shares, columns, text, digest)
VALUES (:row, :key, :topic, :probability, :status, :shares, :columns, :text, :digest)
"""
_INSERT_TEXT = "INSERT INTO documents_text (rowid, text) VALUES (:row, :text)"


def build_index(source: Source, path: Path, report: Report) -> None:
    """Write the index of all datasets to a new file.

    Parameters
    ----------
    source
        The datasets.
    path
        File to create.
    report
        Told which dataset is being read and how many rows of it have been.

    Raises
    ------
    SettingsError, DataError
        With a sentence for the reader.
    """
    columns = source.columns(names.DOCUMENT_TOPICS)
    settings = resolve_settings(source.config(), source.manifest(), columns)
    known = (settings.text_column, settings.id_column, *settings.topic_columns.values())
    first = [name for name in (settings.date_column, *settings.group_columns) if name]
    others = [
        name for name in dict.fromkeys([*first, *columns]) if name not in known and not names.WIDE_SHARE.fullmatch(name)
    ]
    with closing(sqlite3.connect(str(path))) as connection:
        # The file is thrown away when anything fails, so it needs no journal.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        filling = Filling(connection, source, settings, report, full_text=create_tables(connection))
        _read_documents(filling, others)
        read_topics(filling)
        read_terms(filling)
        complete_topics(connection)
        read_summaries(filling)
        read_group_summaries(filling)
        create_indexes(connection)
        _write_facts(filling, others)
        connection.commit()


def _read_documents(filling: Filling, others: Sequence[str]) -> None:
    settings = filling.settings
    labels: dict[int, str] = {}
    wanted = [settings.text_column, *settings.topic_columns.values(), *others]
    if settings.id_column and settings.id_column not in wanted:
        wanted.append(settings.id_column)
    first_row = 0
    for batch in read_batches(filling, names.DOCUMENT_TOPICS, wanted):
        documents = [_document(row, cells, filling) for row, cells in enumerate(batch, start=first_row)]
        for document, cells in zip(documents, batch):
            document["columns"] = json.dumps([as_text(cells[name]) for name in others])
            if document["topic"] is not None:
                labels.setdefault(document["topic"], document["label"])
        filling.connection.executemany(_INSERT, documents)
        if filling.full_text:
            filling.connection.executemany(_INSERT_TEXT, documents)
        first_row += len(batch)
    # Topics the topics dataset does not know keep the label the documents carry.
    filling.connection.executemany("INSERT INTO topics (topic, label) VALUES (?, ?)", labels.items())


def _document(row: int, cells: dict[str, Any], filling: Filling) -> dict[str, Any]:
    """Read one row of the documents, all but its further columns."""
    settings = filling.settings
    added = {name: cells.get(column) for name, column in settings.topic_columns.items()}
    topic = as_topic_id(added.get("topic_id"))
    shares = as_list(added.get("topic_distribution"))
    text = as_text(cells[settings.text_column])
    if shares is None:
        filling.faults["topic distributions"] += 1
    return {
        "row": row,
        "key": (as_text(text_of(cells[settings.id_column])) if settings.id_column else "") or str(row),
        "topic": topic,
        "label": as_text(added.get("topic_label")) or f"Topic {topic}",
        "probability": as_number(added.get("topic_probability")),
        "status": as_text(added.get("topic_status")) or (names.STATUS_OK if topic is not None else "no topic"),
        "shares": json.dumps([as_number(share) or 0.0 for share in shares or []]),
        "text": text,
        "digest": digest_of(text),
    }


def _write_facts(filling: Filling, others: Sequence[str]) -> None:
    """Write what the queries must know beside the rows."""
    settings = filling.settings
    facts: dict[str, Any] = {
        "datasets": {role: filling.source.dataset_name(role) for role in names.DATASET_ROLES},
        "columns": list(others),
        "text_column": settings.text_column,
        "id_column": settings.id_column,
        "engine": settings.engine,
        "model": dict(settings.model),
        "full_text": filling.full_text,
        "faults": dict(filling.faults),
        "notes": filling.notes,
    }
    filling.connection.executemany(
        "INSERT INTO facts VALUES (?, ?)", [(name, json.dumps(value)) for name, value in facts.items()]
    )
