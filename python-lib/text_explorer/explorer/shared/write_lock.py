"""One writer at a time, among the threads and processes of a machine, and a sign to the others that something is new.

What people write is safe without it, since each write is a file of its own. But two
writers of a table built from all files could leave out the newest row.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Optional

from text_explorer.errors import DataError
from text_explorer.explorer.shared.files import exclusive, private_folder

logger = logging.getLogger(__name__)

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
    """

    def __init__(self, name: str, folder: Path | None = None):
        self._name = f"writing-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:20]}"
        self._folder = folder
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait until no other process writes; where the disk is full, until no other thread of this process does."""
        with self._threads, ExitStack() as locked:
            try:
                locked.enter_context(exclusive(self._path()))
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
