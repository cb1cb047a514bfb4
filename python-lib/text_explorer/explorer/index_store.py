"""Build one index per state of the data, once, in a background thread.

The webapp's backend may run as several threads and several processes. They share a folder for temporary files: an
index is written under a temporary name and renamed when complete, under a lock of the operating system that ends with
the process that holds it. So a file under its final name is always whole, and no request waits for a build; what has
been read so far can be listed meanwhile. An index that a process reads is locked too, so that no other removes it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

import text_explorer
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.index.opener import DAMAGED, IndexOpener, Placement, as_they_are, is_damage
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.loading.build import build_index
from text_explorer.explorer.shared.current_edits import CurrentEdits, no_edits
from text_explorer.explorer.shared.errors import DamagedIndexError, NotReadyError
from text_explorer.explorer.shared.files import (
    PART,
    cannot_write,
    exclusive,
    hold,
    index_folder,
    is_full,
    mark_used,
    read_progress,
    remove_finished,
    remove_older,
    remove_unfinished,
    remove_unused,
    write_progress,
)
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.seal import is_finished
from text_explorer.explorer.shared.source import Source

logger = logging.getLogger(__name__)

INDEX_FORMAT = 8
"""Format of the index, a part of its name beside the version of the plugin.

Raise it with any change of what is stored or how it is read: tables, columns and files, and the code of `corpus`,
`topics` and `summaries` that decides what goes into them.
"""

# Asking DSS for the state of the data takes several calls; a page polls more often than that.
CHECK_EVERY_SECONDS = 10.0
_NOTHING = {"usable": False, "version": None, "edits_version": None, "rows_read": 0, "dataset": None, "error": None}
_UNEXPECTED = "The data could not be read: an unexpected error. The log of the webapp's backend has the details."
_NEVER = float("inf")


class _Failure(NamedTuple):
    """Why a build failed, and when to try again by itself (never, where the data or the settings must change)."""

    sentence: str
    again_at: float


class IndexStore:
    """The index of a source's present data.

    Parameters
    ----------
    folder
        Where the files are kept; by default a private folder among the temporary files.
    check_every
        Seconds between checks for new data.
    edits
        Returns the current edits, from the labels the topics got at training, one for each topic id.
    place
        Returns the placement of documents that such edits need, see `Placement`.
    """

    def __init__(
        self,
        source: Source,
        folder: Path | None = None,
        *,
        check_every: float = CHECK_EVERY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        edits: Callable[[Sequence[str]], CurrentEdits] = no_edits,
        place: Callable[[CurrentEdits], Placement] = as_they_are,
    ):
        self._source = source
        self._folder = folder
        self._check_every = check_every
        self._clock = clock
        self._opener = IndexOpener(edits, place)
        self._lock = threading.Lock()
        self._present = Remembered(self._look, check_every, clock)
        self._held: tuple[Path, IO[str] | None] | None = None
        self._failures: dict[Path, _Failure] = {}
        self._threads: dict[Path, threading.Thread] = {}

    def status(self) -> dict[str, Any]:
        """Describe the state of the index, and start building it where it is missing or damaged.

        Returns
        -------
        dict
            ``state``: ``ready``, ``building`` or ``failed``; ``usable``: whether there are documents to be read;
            ``version``: differs between the data, and between an index being built and the finished one;
            ``edits_version``: differs between states of the edits; ``dataset``, ``rows_read``: what is being read and
            how far; ``error``: a sentence.
        """
        try:
            path = self._present.get()
        except (SettingsError, DataError) as fault:
            return {**_NOTHING, "state": "failed", "error": str(fault)}
        if is_finished(path):
            try:
                return {**_NOTHING, "state": "ready", "usable": True, **self._versions(path)}
            except DamagedIndexError:
                remove_finished(path)
        with self._lock:
            failure = self._failures.get(path)
            if failure is None or self._clock() >= failure.again_at:
                self._start(path)
        is_usable = self._opener.is_usable(path)
        if failure is not None and not is_usable:
            return {**_NOTHING, "state": "failed", "error": failure.sentence}
        building = {**_NOTHING, "state": "building", **read_progress(path)}
        if is_usable:
            building |= {"usable": True, **self._versions(path), "version": f"{path.stem}-building"}
        return building

    @contextmanager
    def open(self) -> Iterator[IndexReader]:
        """Open the index for one request: the finished one, else what has been read so far.

        Raises `NotReadyError` while there is nothing to be read yet, or when the data could not be read.
        """
        path = self._usable_path()
        try:
            with self._opener.open(path) as index:
                yield index
        except DamagedIndexError:
            remove_finished(path)
            raise
        except sqlite3.DatabaseError as error:
            if is_full(error):  # what is sorted may need room on the disk
                raise NotReadyError(str(cannot_write(path.parent, error))) from error
            if not is_damage(error):
                raise
            logger.warning("The index %s is damaged: %s", path.name, error)
            remove_finished(path)
            raise DamagedIndexError(DAMAGED) from error

    def read_again(self, *, keep_finished: bool = False) -> None:
        """Forget the index and any failure of the present data, so that the next status reads the data again.

        While they are being read that goes on, unless they have changed since. With ``keep_finished`` a finished index
        of the present data stays: only what has changed or failed is read.
        """
        # Where nothing was built there is nothing to remove; the status has the reason.
        with suppress(SettingsError, DataError):
            path = self._present.get(fresh=True)
            with self._lock:
                self._failures.pop(path, None)
            if not keep_finished and is_finished(path):  # some files of one being written have their names already
                remove_finished(path)

    def _usable_path(self) -> Path:
        """Name the index to read from; the state of the data is asked for only now and then, so this is cheap."""
        try:
            path = self._present.get()
        except (SettingsError, DataError) as fault:
            raise NotReadyError(str(fault)) from fault
        if not is_finished(path):
            status = self.status()
            if not status["usable"]:
                raise NotReadyError(status["error"] or "The documents are still being read. Please wait a moment.")
        return path

    def _versions(self, path: Path) -> dict[str, str]:
        """Return the versions of the data and of the edits."""
        try:
            with self._opener.open(path) as index:
                return {"version": path.stem, "edits_version": index.edits.version}
        except DamagedIndexError:
            raise
        except NotReadyError:  # restarted at this moment
            return {"version": path.stem}

    def _look(self) -> Path:
        """Name the file of the present settings and data, and keep it from being removed; one thread at a time."""
        folder = self._folder or index_folder()
        config = json.dumps(self._source.config(), sort_keys=True)
        webapp = _digest(f"{self._source.identity()} {config}")
        state = _digest(f"{INDEX_FORMAT} {text_explorer.__version__} {webapp} {self._source.state()}")
        path = folder / f"{webapp}-{state}.sqlite"
        held, lock = self._held or (None, None)
        if held is None:
            remove_unused(path)
        if held != path or not path.with_suffix(".used").exists():
            if lock is not None:
                lock.close()
            self._held = path, hold(path)
            if is_finished(path):
                remove_older(path)
        mark_used(path)
        return path

    def _start(self, path: Path) -> None:
        thread = self._threads.get(path)
        if thread is None or not thread.is_alive():
            thread = threading.Thread(target=self._build, args=(path,), name="text-explorer-index", daemon=True)
            self._threads = {path: thread}
            thread.start()

    def _build(self, path: Path) -> None:
        started = time.monotonic()
        try:
            # Systems clear their temporary files now and then, also under a running process.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with exclusive(path):
                if not is_finished(path):
                    self._build_locked(path)
                    logger.info("Index %s built in %.1f s", path.name, time.monotonic() - started)
            with self._lock:
                self._failures.pop(path, None)
        except (SettingsError, DataError) as fault:
            self._fail(path, str(fault))
        except (OSError, sqlite3.DatabaseError) as error:
            logger.warning("The index could not be written", exc_info=True)
            self._fail(path, str(cannot_write(path.parent, error)), self._clock() + self._check_every)
        except Exception:  # the thread's last resort: the log gets the traceback, the page a sentence
            logger.exception("The index could not be built")
            self._fail(path, _UNEXPECTED)

    def _build_locked(self, path: Path) -> None:
        part = path.with_suffix(PART)
        remove_finished(path)
        remove_unfinished(path)
        try:
            build_index(self._source, part, lambda role, n_rows: write_progress(path, role, n_rows))
            os.replace(part, path)
        finally:
            remove_unfinished(path)
        remove_older(path)

    def _fail(self, path: Path, sentence: str, again_at: float = _NEVER) -> None:
        with self._lock:
            self._failures[path] = _Failure(sentence, again_at)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
