"""Keep one index file for each state of the data, built once in the background whoever asks first.

The webapp's backend may run as several threads and several processes. They share a folder for temporary files: an
index is written under a temporary name and renamed when complete, under a lock of the operating system that ends with
the process that holds it. So a file under its final name is always whole, and no request waits for a build; what has
been read so far can be listed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.edits_in_force import EditsInForce, no_edits_in_force
from text_explorer.explorer.errors import NotReadyError
from text_explorer.explorer.index_build import build_index
from text_explorer.explorer.index_files import (
    PART,
    exclusive,
    is_finished,
    mark_used,
    private_folder,
    read_progress,
    remove_older,
    remove_unfinished,
    remove_unused,
    write_progress,
)
from text_explorer.explorer.index_opening import IndexOpener
from text_explorer.explorer.open_index import OpenIndex
from text_explorer.explorer.source import Source

logger = logging.getLogger(__name__)

# Asking DSS for the state of the data takes several calls; a page polls more often than that.
CHECK_EVERY_SECONDS = 10.0
_NOTHING = {"usable": False, "version": None, "edits_version": None, "rows_read": 0, "dataset": None, "error": None}
_UNEXPECTED = "The data could not be read because of an unexpected fault. The log of the webapp's backend tells more."


class IndexStore:
    """The index of a source's present data.

    Parameters
    ----------
    source
        The datasets.
    folder
        Where the files are kept; by default a private folder among the temporary files.
    check_every
        Seconds for which the state of the data is believed not to change.
    clock
        Seconds that only grow.
    edits
        Gives the edits in force, from the labels the topics got at training, one for each topic id.
    """

    def __init__(
        self,
        source: Source,
        folder: Path | None = None,
        *,
        check_every: float = CHECK_EVERY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        edits: Callable[[Sequence[str]], EditsInForce] = no_edits_in_force,
    ):
        self._source = source
        self._folder = folder
        self._check_every = check_every
        self._clock = clock
        self._opener = IndexOpener(edits)
        self._lock = threading.Lock()
        self._checked: tuple[float, Path] | None = None
        self._failures: dict[Path, str] = {}
        self._threads: dict[Path, threading.Thread] = {}

    def status(self) -> dict[str, Any]:
        """Say how the index is, and start building it where it is missing.

        Returns
        -------
        dict
            ``state``: ``ready``, ``building`` or ``failed``; ``usable``: whether there are documents to be read;
            ``version``: differs between the data, and between an index being built and the finished one;
            ``edits_version``: differs between the edits in force; ``dataset``, ``rows_read``: what is being read and
            how far; ``error``: a sentence.
        """
        try:
            path = self._path()
        except (SettingsError, DataError) as fault:
            return {**_NOTHING, "state": "failed", "error": str(fault)}
        if is_finished(path):
            return {**_NOTHING, "state": "ready", "usable": True, **self._versions(path)}
        with self._lock:
            if path in self._failures:
                return {**_NOTHING, "state": "failed", "error": self._failures[path]}
            self._start(path)
        building = {**_NOTHING, "state": "building", **read_progress(path)}
        if self._opener.is_usable(path):
            building |= {"usable": True, **self._versions(path), "version": f"{path.stem}-building"}
        return building

    @contextmanager
    def open(self) -> Iterator[OpenIndex]:
        """Open the index for one request: the finished one, else what has been read so far.

        Raises
        ------
        NotReadyError
            While there is nothing to be read yet, or when the data could not be read.
        """
        path = self._usable_path()
        with self._opener.open(path) as index:
            yield index

    def read_again(self, *, keep_finished: bool = False) -> None:
        """Forget the index and any failure of the present data, so that the next status reads the data anew.

        While they are being read that goes on, unless they have changed since.

        Parameters
        ----------
        keep_finished
            Keep a finished index of the present data: only what has changed or failed is read.
        """
        with self._lock:
            self._checked = None
        # Where nothing was built there is nothing to remove; the status will say why.
        with suppress(SettingsError, DataError, FileNotFoundError):
            path = self._path()
            with self._lock:
                self._failures.pop(path, None)
            if is_finished(path) and not keep_finished:
                path.unlink()

    def _usable_path(self) -> Path:
        """Name the index to read from; the state of the data is asked for only now and then, so this is cheap."""
        try:
            path = self._path()
        except (SettingsError, DataError) as fault:
            raise NotReadyError(str(fault)) from fault
        if not is_finished(path):
            status = self.status()
            if not status["usable"]:
                raise NotReadyError(status["error"] or "The documents are still being read. Please wait a moment.")
        return path

    def _versions(self, path: Path) -> dict[str, str]:
        """Tell the versions of the data and of the edits."""
        try:
            with self._opener.open(path) as index:
                return {"version": path.stem, "edits_version": index.edits.version}
        except NotReadyError:  # begun anew in this very moment
            return {"version": path.stem}

    def _path(self) -> Path:
        """Name the file of the present settings and data."""
        with self._lock:
            now = self._clock()
            if self._checked is None or now - self._checked[0] >= self._check_every:
                config = json.dumps(self._source.config(), sort_keys=True)
                state = f"{_code_version()} {config} {self._source.state()}"
                if self._folder is None:
                    self._folder = private_folder()
                path = self._folder / f"{_digest(config)}-{_digest(state)}.sqlite"
                if self._checked is None:
                    remove_unused(path)
                self._checked = (now, path)
                mark_used(path)
            return self._checked[1]

    def _start(self, path: Path) -> None:
        thread = self._threads.get(path)
        if thread is None or not thread.is_alive():
            thread = threading.Thread(target=self._build, args=(path,), name="text-explorer-index", daemon=True)
            self._threads = {path: thread}
            thread.start()

    def _build(self, path: Path) -> None:
        started = time.monotonic()
        part = path.with_suffix(PART)
        try:
            # Systems clear their temporary files now and then, also under a running process.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with exclusive(path):
                if is_finished(path):
                    return
                path.unlink(missing_ok=True)
                remove_unfinished(path)
                try:
                    build_index(self._source, part, lambda role, n_rows: write_progress(path, role, n_rows))
                    os.replace(part, path)
                finally:
                    remove_unfinished(path)
                remove_older(path)
            logger.info("Index %s built in %.1f s", path.name, time.monotonic() - started)
        except (SettingsError, DataError) as fault:
            self._fail(path, str(fault))
        except Exception:  # the thread's last resort: the log gets the traceback, the page a sentence
            logger.exception("The index could not be built")
            self._fail(path, _UNEXPECTED)

    def _fail(self, path: Path, sentence: str) -> None:
        with self._lock:
            self._failures[path] = sentence


@cache
def _code_version() -> str:
    """Tell one state of the code that writes and reads the index from another: after an update, old files are none."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return _digest("".join(module.read_text("utf-8") for module in modules))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:20]
