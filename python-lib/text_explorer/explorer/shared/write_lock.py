"""One writer at a time, among the threads and processes of a machine, and a sign to the others that something is new.

What people write is safe without it, since each write is a file of its own. But two
writers of a table built from all files could leave out the newest row.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Optional

from text_explorer.errors import DataError
from text_explorer.explorer.shared.errors import BusyError
from text_explorer.explorer.shared.files import exclusive, private_folder

logger = logging.getLogger(__name__)

LONGEST_WAIT = 20.0
"""Seconds a request waits for another writer; browsers and proxies wait longer."""

_BUSY = (
    "What somebody else changed is still being saved, so your changes were not saved yet. Save them again in a minute."
)

Sign = Optional[tuple[int, int]]
"""What differs after each writing; None where nothing was written lately."""


class WriteLock:
    """A lock shared by all who write to the same things.

    Parameters
    ----------
    name
        What is written to.
    folder
        Where processes meet; by default the private folder among the temporary files.
    longest_wait
        Seconds to wait for another writer, by default `LONGEST_WAIT`.
    """

    def __init__(self, name: str, folder: Path | None = None, longest_wait: float | None = None):
        self._name = f"writing-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:20]}"
        self._folder = folder
        self._longest_wait = LONGEST_WAIT if longest_wait is None else longest_wait
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait until no other process writes; where the disk is full, until no other thread of this process does.

        Raises
        ------
        BusyError
            Where another still writes after the longest wait.
        """
        ends = time.monotonic() + self._longest_wait
        if not self._threads.acquire(timeout=self._longest_wait):
            raise BusyError(_BUSY)
        with ExitStack() as locked:
            locked.callback(self._threads.release)
            try:
                locked.enter_context(exclusive(self._path(), max(0.0, ends - time.monotonic())))
            except BlockingIOError:
                raise BusyError(_BUSY) from None
            except (OSError, DataError) as fault:
                logger.warning("Other processes cannot be kept from writing at the same time: %s", fault)
            yield

    def tell_others(self) -> None:
        """Leave a sign that something was written; a lock holder calls it."""
        try:
            draft = self._path().with_suffix(".sign-part")
            draft.write_bytes(b"")
            os.replace(draft, self._path().with_suffix(".sign"))
        except (OSError, DataError) as fault:  # it is saved; other processes see it some seconds later
            logger.warning("Other processes will see what was written only some seconds later: %s", fault)

    def sign(self) -> Sign:
        """Return the sign left last; looking at it costs some microseconds."""
        try:
            found = self._path().with_suffix(".sign").stat()
        except (OSError, DataError):  # nothing was written, or there is no folder where processes can meet
            return None
        return found.st_mtime_ns, found.st_ino

    def _path(self) -> Path:
        folder = self._folder or private_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / self._name
