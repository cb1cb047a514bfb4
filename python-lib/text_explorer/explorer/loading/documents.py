"""Read the documents into the webapp's index, in batches that readers can list while the reading goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any, Callable, Optional

from text_explorer.cells import text_of
from text_explorer.explorer.index.topic_shares import pack_shares
from text_explorer.explorer.loading.filter_columns import GatheredColumns
from text_explorer.explorer.loading.rows import IndexWriter
from text_explorer.explorer.loading.vectors.collecting import VectorCollector
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_text, as_topic_id
from text_explorer.explorer.shared.search_syntax import segmented
from text_explorer.topics.edits.moves import digest_of

_INSERT = "INSERT INTO documents (row, key, shares, columns, text, digest) VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_TEXT = "INSERT INTO documents_text (rowid, text) VALUES (?, ?)"
_LABEL = "INSERT OR IGNORE INTO topics (topic, label) VALUES (?, ?)"

_ALL_CELLS = "SELECT row, columns FROM documents ORDER BY row"
_TITLE_SAMPLE = 1_000
_INSERT_TITLE = "INSERT INTO titles VALUES (?, ?)"
_COUNT_TITLES = "SELECT count(*) - count(DISTINCT title), max(length(title)) FROM titles"
_INDEX_TITLES = "CREATE INDEX titles_by_text ON titles (title)"
LONGEST_TITLE = 150
"""Characters; a longer text is no name."""

BATCH = 1_000
BATCH_CHARACTERS = 4_000_000
# What is not yet committed lies in memory, some kilobytes a document; readers see it only then.
COMMIT_ROWS, COMMIT_SECONDS = 50_000, 2.0

Column = Sequence[Any]


@dataclass(frozen=True)
class DocumentCells:
    """Cells of a batch of documents, column by column; None where the dataset has no such column."""

    columns: dict[str, Column]
    n_rows: int

    def get(self, name: Optional[str]) -> Column:
        """Return the cells of a column, None for each where there is none."""
        column = self.columns.get(name) if name else None
        return [None] * self.n_rows if column is None else column


def read_documents(
    writer: IndexWriter,
    others: Sequence[str],
    gathered: GatheredColumns,
    vectors: VectorCollector,
    commit: Callable[[], None],
) -> None:
    """Read all documents; ``others`` are the columns that are only shown, and ``commit`` shows what was read so far."""
    labelled: set[int] = set()
    n_seen, last = 0, time.monotonic()
    for cells in _batches(writer, others):
        _add(writer, cells, others, gathered, labelled)
        vectors.add(*map(cells.get, (writer.settings.embedding_column, writer.settings.embedding_source_column)))
        is_due = gathered.n_rows - n_seen >= COMMIT_ROWS or time.monotonic() - last >= COMMIT_SECONDS
        if n_seen == 0 or is_due:  # the first ones at once, as a reader is waiting
            commit()
            n_seen, last = gathered.n_rows, time.monotonic()
        writer.report(roles.DOCUMENT_TOPICS, gathered.n_rows)


def _batches(writer: IndexWriter, others: Sequence[str]) -> Iterator[DocumentCells]:
    settings = writer.settings
    wanted = [settings.text_column, *settings.topic_columns.values(), *others, *settings.group_columns]
    others_read = (
        settings.id_column,
        settings.date_column,
        settings.embedding_column,
        settings.embedding_source_column,
    )
    wanted += [name for name in others_read if name]
    columns = list(dict.fromkeys(wanted))
    writer.report(roles.DOCUMENT_TOPICS, 0)
    for batch in _stretches(writer.source.rows(roles.DOCUMENT_TOPICS, columns), columns.index(settings.text_column)):
        yield DocumentCells(dict(zip(columns, zip(*batch))), len(batch))


def _stretches(rows: Iterable[Sequence[Any]], text: int) -> Iterator[list[Sequence[Any]]]:
    """Yield rows in batches bounded by the number of rows and by the length of the texts (cells at index ``text``)."""
    batch: list[Sequence[Any]] = []
    n_characters = 0
    for row in rows:
        batch.append(row)
        n_characters += len(row[text]) if isinstance(row[text], str) else 0
        if len(batch) >= BATCH or n_characters >= BATCH_CHARACTERS:
            yield batch
            batch, n_characters = [], 0
    if batch:
        yield batch


def _add(
    writer: IndexWriter, cells: DocumentCells, others: Sequence[str], gathered: GatheredColumns, labelled: set[int]
) -> None:
    settings = writer.settings
    first = gathered.n_rows
    rows = range(first, first + cells.n_rows)
    topics = list(map(as_topic_id, cells.get(settings.topic_columns.get("topic_id"))))
    texts = list(map(as_text, cells.get(settings.text_column)))
    writer.connection.executemany(
        _INSERT,
        zip(rows, _keys(cells, settings.id_column, rows), _shares(writer, cells), _others(cells, others), texts,
            map(digest_of, texts)),
    )  # fmt: skip
    if writer.full_text:
        writer.connection.executemany(_INSERT_TEXT, zip(rows, map(segmented, texts)))
    _add_labels(writer, cells, topics, labelled)
    statuses = cells.get(settings.topic_columns.get("topic_status"))
    gathered.add(
        topics,
        cells.get(settings.topic_columns.get("topic_probability")),
        [
            as_text(status).strip() or (roles.STATUS_OK if topic is not None else "no topic")
            for status, topic in zip(statuses, topics)
        ],
        cells.get(settings.date_column),
        [cells.get(column) for column in settings.group_columns],
    )
    gathered.add_numbers(cells.columns)


def _keys(cells: DocumentCells, id_column: Optional[str], rows: range) -> Iterator[str]:
    """Return the user's ids, and the row number where there is none."""
    if not id_column:
        return map(str, rows)
    ids = (str(cell) if type(cell) is int else as_text(text_of(cell)) for cell in cells.get(id_column))
    return (key or str(row) for key, row in zip(ids, rows))


def _shares(writer: IndexWriter, cells: DocumentCells) -> Iterator[str]:
    for cell in cells.get(writer.settings.topic_columns.get("topic_distribution")):
        packed = pack_shares(cell)
        if packed is None:
            writer.faults["topic distributions"] += 1
        yield packed or ""


def _others(cells: DocumentCells, others: Sequence[str]) -> Iterator[str]:
    """Write the further cells of each document as a JSON array of texts."""
    if not others:
        return repeat("[]", cells.n_rows)
    texts = zip(*(map(as_text, cells.get(name)) for name in others))
    return (
        f"[{', '.join(map(encode_basestring, row))}]" for row in texts
    )  # an encoder for each row takes twice as long


def _add_labels(writer: IndexWriter, cells: DocumentCells, topics: Sequence[Optional[int]], labelled: set[int]) -> None:
    """Keep the label that documents carry of topics the topics dataset does not know."""
    labels = cells.get(writer.settings.topic_columns.get("topic_label"))
    fresh = {topic: label for topic, label in zip(topics, labels) if topic is not None and topic not in labelled}
    if fresh:
        rows = [(topic, as_text(label) or f"Topic {topic}") for topic, label in fresh.items()]
        writer.connection.executemany(_LABEL, rows)
        labelled.update(fresh)


def read_titles(writer: IndexWriter, others: Sequence[str]) -> None:
    """Fill the table of titles, where documents have no id column, from one of the columns ``others``.

    That is the first of short texts that are all different.
    """
    connection, settings = writer.connection, writer.settings
    if settings.id_column:
        return
    rows = [json.loads(cells) for _, cells in connection.execute(f"{_ALL_CELLS} LIMIT {_TITLE_SAMPLE}")]
    for place, name in enumerate(others):
        sample = [row[place] for row in rows]
        if name == settings.date_column or not all(map(_is_title, sample)) or not 1 < len(set(sample)) == len(rows):
            continue
        cells = ((row, json.loads(stored)[place]) for row, stored in connection.execute(_ALL_CELLS))
        connection.executemany(_INSERT_TITLE, cells)
        n_repeated, longest = connection.execute(_COUNT_TITLES).fetchone()
        if n_repeated == 0 and longest <= LONGEST_TITLE:
            connection.execute(_INDEX_TITLES)
            return
        connection.execute("DELETE FROM titles")


def _is_title(cell: str) -> bool:
    """Return whether a cell may name a document: not empty, and not a number."""
    return 0 < len(cell) <= LONGEST_TITLE and any(character.isalpha() for character in cell)
