"""Open index files for reading: the finished one, or what is there of one that is still being built."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Callable

from text_explorer.explorer.index.document_columns import DocumentColumns, map_columns, map_records, read_meaning
from text_explorer.explorer.index.document_vectors import DocumentVectors, map_vectors
from text_explorer.explorer.index.reader import IndexReader, RowsCache
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.explorer.shared.errors import DamagedIndexError, NotReadyError
from text_explorer.explorer.shared.files import PART, RECORDS
from text_explorer.explorer.shared.seal import COLUMNS, VECTORS, Signature, is_finished, is_intact, signature

logger = logging.getLogger(__name__)

DAMAGED = "The index of the data was damaged, so the data are being read again. Please wait a moment."
_READ_AGAIN = "The data are being read again. Please wait a moment."
# A commit of the writer keeps readers out for a fraction of a second.
_WAIT_SECONDS = 30.0
# States kept: the one in use, and the one before it that requests may still be reading.
_MOST_STATES = 2

_STATE_FACTS = "SELECT name, value FROM facts WHERE name IN ('build', 'n_rows', 'is_complete')"


@dataclass(frozen=True)
class _State:
    """What all requests to the same rows of the same build share."""

    documents: DocumentColumns
    vectors: DocumentVectors | None
    labels: tuple[str, ...]
    topic_ids: tuple[int, ...]
    rows_cache: RowsCache
    is_complete: bool
    mapped: tuple[tuple[Path, int], ...]  # files, and how many bytes of each are mapped

    def check(self) -> None:
        """Refuse a file of which a part was cut off, as to read it would end the process."""
        for file, size in self.mapped:
            with suppress(FileNotFoundError):  # removed since, while what is mapped stays
                if file.stat().st_size < size:
                    raise DamagedIndexError(DAMAGED)


Placement = Callable[[IndexReader], IndexReader]
"""Puts the documents of an opened index into the topics that sub-topics and moves by hand give them."""


def as_they_are(edits: CurrentEdits) -> Placement:
    """Return the placement of edits that splits and moves are left out of."""
    return lambda index: replace(index, edits=edits.without_splits()) if edits.splits or edits.moves else index


class IndexOpener:
    """Opens indexes, and keeps what is the same for all requests to one; ``edits``, ``place`` as of `IndexStore`."""

    def __init__(
        self,
        edits: Callable[[Sequence[str]], CurrentEdits],
        place: Callable[[CurrentEdits], Placement] = as_they_are,
    ):
        self._edits = edits
        self._place = place
        self._lock = threading.Lock()
        self._states: dict[tuple[Any, ...], _State] = {}
        self._intact: tuple[Path, Signature] | None = None

    @contextmanager
    def open(self, path: Path) -> Iterator[IndexReader]:
        """Open an index for one request, by the file of the finished one, which need not be there yet.

        Raises
        ------
        NotReadyError
            When there is nothing to be read yet, or not any more.
        DamagedIndexError
            When the finished index is not what was written.
        """
        if is_finished(path):
            self._check(path)
        with closing(_connect(path)) as connection:
            state, edits, placement = self._begin_with_edits(connection, path)
            version = path.stem if state.is_complete else f"{path.stem}-building"
            shared = (state.topic_ids, state.is_complete, state.rows_cache, version, state.vectors)
            yield placement(IndexReader(connection, state.documents, edits, *shared))

    def _begin_with_edits(self, connection: sqlite3.Connection, path: Path) -> tuple[_State, CurrentEdits, Placement]:
        """Begin the transaction of a request, with the edits of its topics.

        DSS may be asked for the edits and the model. No transaction is open meanwhile: it would keep a build from
        writing.
        """
        state = self._begin(connection, path)
        while True:
            connection.rollback()
            labels, edits = state.labels, self._edits(state.labels)
            placement = self._place(edits)
            state = self._begin(connection, path)
            if state.labels == labels:
                return state, edits, placement

    def _begin(self, connection: sqlite3.Connection, path: Path) -> _State:
        try:
            connection.execute("BEGIN")
            state = self._state(connection, path)
            state.check()
        except NotReadyError:
            raise
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise DamagedIndexError(DAMAGED) from error
            raise NotReadyError(_READ_AGAIN) from error
        except (sqlite3.Error, OSError, ValueError) as error:  # removed or restarted between two steps
            raise NotReadyError(_READ_AGAIN) from error
        return state

    def is_usable(self, path: Path) -> bool:
        """Return whether there are documents to be read."""
        try:
            with closing(_connect(path)) as connection:
                return connection.execute("SELECT 1 FROM facts WHERE name = 'n_rows'").fetchone() is not None
        except (NotReadyError, sqlite3.Error):
            return False

    def _check(self, path: Path) -> None:
        """Compare the digests of a finished index when it is opened for the first time or was written to since."""
        try:
            found = path, signature(path)
        except FileNotFoundError:  # removed in this very moment
            return
        if found == self._intact:
            return
        if not is_intact(path):
            logger.warning("The index %s is damaged", path.name)
            raise DamagedIndexError(DAMAGED)
        self._intact = found

    def _state(self, connection: sqlite3.Connection, path: Path) -> _State:
        facts = {name: json.loads(value) for name, value in connection.execute(_STATE_FACTS)}
        if "n_rows" not in facts:
            raise NotReadyError("The documents are still being read. Please wait a moment.")
        key = (facts["build"], facts["n_rows"], "is_complete" in facts)
        with self._lock:
            state = self._states.get(key)
        if state is None:
            state = _read_state(connection, path, facts["n_rows"], "is_complete" in facts)
            with self._lock:
                state = self._states.setdefault(key, state)
                while len(self._states) > _MOST_STATES:
                    del self._states[next(iter(self._states))]
        return state


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Return whether a fault comes from a damaged file: SQLite has no other class for it than the one of all faults."""
    return type(error) is sqlite3.DatabaseError or str(error).startswith(("disk I/O error", "Could not decode"))


def _connect(path: Path) -> sqlite3.Connection:
    """Open the tables of the finished index, else of the one being built, which may be finished in this very moment."""
    for candidate in (path, path.with_suffix(PART), path):
        if candidate == path and not is_finished(path):
            continue
        try:
            connection = sqlite3.connect(
                f"{candidate.as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
            )
        except sqlite3.OperationalError:
            continue
        connection.row_factory = sqlite3.Row
        return connection
    raise NotReadyError("The data have changed and are being read again. Please wait a moment.")


def _read_state(connection: sqlite3.Connection, path: Path, n_rows: int, is_complete: bool) -> _State:
    wanted = "'date_column', 'group_columns', 'number_columns'"
    found = connection.execute(f"SELECT name, value FROM facts WHERE name IN ({wanted})")
    facts = {name: json.loads(value) for name, value in found}
    meaning = read_meaning(
        connection,
        tuple(facts["group_columns"]),
        has_day=facts["date_column"] is not None,
        number_names=tuple(facts["number_columns"]) if is_complete else (),
    )
    file = path.with_suffix(COLUMNS if is_complete else RECORDS)
    documents = (map_columns if is_complete else map_records)(file, n_rows, meaning)
    labels, topic_ids = _topics(connection)
    vectors_file = path.with_suffix(VECTORS)
    vectors = map_vectors(vectors_file, n_rows, connection) if is_complete else None
    mapped = ((file, documents.size_on_disk), (vectors_file, vectors.size_on_disk if vectors else 0))
    return _State(documents, vectors, labels, topic_ids, RowsCache(), is_complete, mapped)


def _topics(connection: sqlite3.Connection) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return a label for each id up to the highest, also where there is no such topic, and the ids there are."""
    known = {row["topic"]: row["label"] for row in connection.execute("SELECT topic, label FROM topics")}
    labels = (known.get(topic, f"Topic {topic}") for topic in range(max(known, default=-1) + 1))
    return tuple(labels), tuple(sorted(known))
