"""Read the datasets once, row by row, into the webapp's index.

Topics come first, then documents in batches that readers can list while the reading goes on, then what is joined to
documents. Memory stays bounded by one batch of rows. A cell that cannot be read never stops the reading: it is left
out and counted, and the page reports it.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from text_explorer.columns import names_of
from text_explorer.explorer.index.frequent_words import write_frequent_words
from text_explorer.explorer.index.schema import INDEX_OF_KEYS, TOPIC_INDEXES, create_tables
from text_explorer.explorer.loading.documents import read_documents, read_titles
from text_explorer.explorer.loading.filter_columns import GatheredColumns
from text_explorer.explorer.loading.other_documents import read_other_documents
from text_explorer.explorer.loading.other_models import (
    read_comparison,
    read_drift,
    read_other_model,
    read_topic_changes,
)
from text_explorer.explorer.loading.rows import IndexWriter, Report, write_report
from text_explorer.explorer.loading.settings import ExplorerSettings, resolve_settings
from text_explorer.explorer.loading.summaries import find_sources, read_abstracts, read_group_summaries, read_summaries
from text_explorer.explorer.loading.term_forms import read_term_forms
from text_explorer.explorer.loading.topics import read_label_suggestions, read_terms, read_topics
from text_explorer.explorer.loading.vectors.collecting import VectorCollector
from text_explorer.explorer.loading.vocabulary import read_vocabulary
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.files import RECORDS
from text_explorer.explorer.shared.seal import COLUMNS, VECTORS, write_seal
from text_explorer.explorer.shared.source import Source
from text_explorer.topics.assignment.columns import ASSIGNED_TOPICS, MODEL_TOPIC_ID
from text_explorer.topics.files.append_only_log import utc_now

_SMALL_DATASETS = (
    read_topics, read_terms, read_vocabulary, read_comparison, read_other_model, read_drift, read_topic_changes,
    read_group_summaries, read_abstracts, read_label_suggestions,
)  # fmt: skip
# Readers of what is there so far keep the writer waiting for the fraction of a second their request takes.
_WAIT_SECONDS = 600.0
SAMPLE_ROWS = 1_000
"""First documents by which columns are guessed where neither the form nor a model names them."""
# No journal, as the file is thrown away when anything fails; and nothing is written before it is committed, so that
# readers are only ever kept out while a commit is written.
_PRAGMAS = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_spill=OFF;"


def build_index(source: Source, path: Path, report: Report) -> None:
    """Write the index of all datasets to a new file, with the columns of the documents and a seal in files beside it.

    Readers may open the file as soon as it holds the fact ``n_rows``.

    Raises
    ------
    SettingsError, DataError
        With a sentence for the reader.
    OSError, sqlite3.DatabaseError
        Where the files cannot be written, or were damaged meanwhile.
    """
    read_at = utc_now().isoformat(timespec="seconds")
    columns = source.columns(roles.DOCUMENT_TOPICS)
    settings = resolve_settings(source.config(), source.manifest(), columns, partial(_sample, source))
    others = _other_columns(settings, columns)
    with closing(sqlite3.connect(str(path), timeout=_WAIT_SECONDS)) as connection:
        connection.executescript(_PRAGMAS)
        writer = IndexWriter(connection, source, settings, report, full_text=create_tables(connection))
        writer.notes.extend(settings.notes)
        vectors = VectorCollector(connection, path.with_suffix(VECTORS), settings)
        gathered = GatheredColumns(connection, path.with_suffix(RECORDS), settings, others)
        with closing(vectors), closing(gathered):
            for read in _SMALL_DATASETS:  # they make the first page
                read(writer)
            connection.executescript(TOPIC_INDEXES)
            _write_facts(writer, others)
            _write(writer, {"build": uuid.uuid4().hex, "read_at": read_at})
            read_documents(writer, others, gathered, vectors, lambda: _commit(writer, gathered))
            _commit(writer, gathered)
            topics = gathered.finish(path.with_suffix(COLUMNS))
            write_report(writer, "vectors", vectors.finish(topics))
            writer.notes.extend([*gathered.notes(), *vectors.notes()])
            _write(writer, {"date_grain": gathered.grain, "number_columns": gathered.number_names})
        connection.execute(INDEX_OF_KEYS)
        read_titles(writer, others)
        read_summaries(writer)
        find_sources(writer)
        read_term_forms(writer)
        if writer.full_text:
            connection.commit()
            write_frequent_words(connection, gathered.n_rows)
        read_other_documents(writer, len(topics))
        _write_facts(writer, others)
        _write(writer, {"is_complete": True})
        connection.commit()
    write_seal(path)


def _sample(source: Source, columns: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Return the cells of the first documents, column by column."""
    return dict(zip(columns, zip(*islice(source.rows(roles.DOCUMENT_TOPICS, columns), SAMPLE_ROWS))))


def _other_columns(settings: ExplorerSettings, columns: Sequence[str]) -> list[str]:
    """Return the columns that are only shown: the date and the groups first, then the rest."""
    ours = names_of(ASSIGNED_TOPICS) if MODEL_TOPIC_ID in settings.topic_columns.values() else ()
    unseen = (settings.text_column, settings.id_column, settings.embedding_column)
    known = (*unseen, *settings.topic_columns.values(), *ours)
    first = [name for name in (settings.date_column, *settings.group_columns) if name]
    free = [name for name in columns if name not in known]
    theirs = [name for name in free if not _is_of_a_run(name, free)]
    return [name for name in dict.fromkeys([*first, *theirs]) if name not in known]


def _is_of_a_run(name: str, columns: Sequence[str]) -> bool:
    """Return whether a topic recipe wrote a column: by its name, and of one that others may use by those beside it."""
    found = roles.OWN_COLUMN.fullmatch(name)
    if found is None or found["name"] not in roles.TOPIC_COLUMNS:
        return found is not None
    return all(f"{each}{found['suffix'] or ''}" in columns for each in roles.TOPIC_COLUMNS)


def _commit(writer: IndexWriter, gathered: GatheredColumns) -> None:
    """Show readers what has been read so far."""
    gathered.flush()
    _write(writer, {"n_rows": gathered.n_rows})
    writer.connection.commit()


def _write_facts(writer: IndexWriter, others: Sequence[str]) -> None:
    """Write what the queries must know beside the rows."""
    settings = writer.settings
    _write(writer, {
        "datasets": {role: writer.source.dataset_name(role) for role in roles.DATASET_ROLES},
        "columns": list(others),
        "text_column": settings.text_column,
        "id_column": settings.id_column,
        "date_column": settings.date_column,
        "group_columns": list(settings.group_columns),
        "engine": settings.engine,
        "model": dict(settings.model),
        "full_text": writer.full_text,
        "faults": dict(writer.faults),
        "notes": writer.notes,
    })  # fmt: skip


def _write(writer: IndexWriter, facts: dict[str, Any]) -> None:
    writer.connection.executemany(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)", [(name, json.dumps(value)) for name, value in facts.items()]
    )
