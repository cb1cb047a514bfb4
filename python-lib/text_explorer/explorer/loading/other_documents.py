"""Follow the documents from the topics of this model to those of a second one, row by row, into the webapp's index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from text_explorer.cells import text_of
from text_explorer.errors import DataError
from text_explorer.explorer.index.other_documents import NO_OTHER_TOPIC, NOT_THERE
from text_explorer.explorer.loading.rows import IndexWriter, read_rows, write_report
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.cells import as_text, as_topic_id
from text_explorer.topics.columns import TOPIC_ID
from text_explorer.topics.edits.moves import digest_of

_BY_KEY = "SELECT row FROM documents WHERE key = ? ORDER BY row LIMIT 1"
_BY_KEY_AND_TEXT = "SELECT row FROM documents WHERE key = ? AND digest = ? ORDER BY row LIMIT 1"
_BY_ROW_AND_TEXT = "SELECT row FROM documents WHERE row = ? AND digest = ?"
_INSERT = "INSERT INTO other_documents VALUES (?)"


@dataclass(frozen=True)
class _Join:
    """How the documents of the other model are found among those of this one."""

    topic_column: str
    text_column: str | None
    id_column: str | None

    @property
    def columns(self) -> list[str]:
        return [name for name in (self.topic_column, self.text_column, self.id_column) if name]


def read_other_documents(writer: IndexWriter, n_rows: int) -> None:
    """Read which topic each of the ``n_rows`` documents here has there, when the dataset is given.

    A document is the same where its id is and, where both datasets hold the text, its text. Without a common id column
    it is the one of the same row, but only if all rows hold the same texts. The topics are kept as int32, places in
    ``ids`` of the report, or `NO_OTHER_TOPIC` or `NOT_THERE`.
    """
    role = roles.OTHER_DOCUMENT_TOPICS
    if not writer.source.dataset_name(role):
        return
    others = np.full(n_rows, NOT_THERE, dtype="<i4")
    places: dict[int, int] = {}
    try:
        join = _join(writer, writer.source.columns(role))
        n_lost = _follow(writer, join, others, places)
        is_any = bool((others != NOT_THERE).any())
        reason = None if is_any else "None of the documents of the other model is among the documents of this one."
    except DataError as fault:
        others[:] = NOT_THERE
        n_lost, reason = 0, str(fault)
    writer.connection.execute(_INSERT, (others.tobytes(),))
    n = int(np.count_nonzero(others != NOT_THERE))
    write_report(writer, "other_documents", {"n": n, "n_lost": n_lost, "reason": reason, "ids": list(places)})


def _join(writer: IndexWriter, columns: Sequence[str]) -> _Join:
    settings = writer.settings
    topic_column = newest_column(TOPIC_ID, columns)
    if topic_column is None:
        raise DataError(
            f"The dataset '{writer.source.dataset_name(roles.OTHER_DOCUMENT_TOPICS)}' of the setting "
            f"'{roles.ROLE_LABELS[roles.OTHER_DOCUMENT_TOPICS]}' has no column '{TOPIC_ID}'. Select the dataset of "
            "documents that the other run of 'Discover topics' wrote."
        )
    join = _Join(
        topic_column,
        settings.text_column if settings.text_column in columns else None,
        settings.id_column if settings.id_column in columns else None,
    )
    if join.id_column is None and join.text_column is None:
        wanted = " nor ".join(f"'{name}'" for name in (settings.id_column, settings.text_column) if name)
        raise DataError(
            "The documents of the two models cannot be matched: the other dataset has no column "
            f"{wanted}. Run both models on the same documents."
        )
    return join


def newest_column(name: str, columns: Sequence[str]) -> str | None:
    """Find a column that recipes add; of ``topic_id``, ``topic_id_1``, ... the run that wrote last has the last."""
    numbered = re.compile(rf"{re.escape(name)}(?:_(\d{{1,9}}))?")
    found = [(int(match.group(1) or 0), column) for column in columns if (match := numbered.fullmatch(column))]
    return max(found)[1] if found else None


def _follow(writer: IndexWriter, join: _Join, others: np.ndarray, places: dict[int, int]) -> int:
    """Note the topics of the documents found, and return how many were not."""
    n_lost = n_rows = 0
    for cells, found in _found(writer, join):
        n_rows += 1
        if found is None:
            n_lost += 1
            if join.id_column is None:
                raise _other_rows()
            continue
        other = as_topic_id(cells[join.topic_column])
        others[found] = NO_OTHER_TOPIC if other is None else places.setdefault(other, len(places))
    if join.id_column is None and n_rows != len(others):
        raise _other_rows()
    return n_lost


def _found(writer: IndexWriter, join: _Join) -> Iterator[tuple[dict[str, Any], int | None]]:
    """Yield the rows of the other dataset, each with the row of its document in this one."""
    for row, cells in enumerate(read_rows(writer, roles.OTHER_DOCUMENT_TOPICS, join.columns)):
        key = as_text(text_of(cells[join.id_column])) if join.id_column else ""
        values: tuple[Any, ...] = (key or str(row),)
        statement = _BY_KEY
        if join.text_column:
            values = (*values, digest_of(as_text(cells[join.text_column])))
            statement = _BY_KEY_AND_TEXT if join.id_column else _BY_ROW_AND_TEXT
        found = writer.connection.execute(statement, values).fetchone()
        yield cells, found[0] if found else None


def _other_rows() -> DataError:
    return DataError(
        "The documents of the two models have no id column in common and their rows hold other texts, so it is not "
        "known which document is which. Run both models on the same documents with the same id column."
    )
