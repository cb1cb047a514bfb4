"""The folder of the index files: private, each file written under a lock, and cleared of what nobody uses.

All files of one index share a stem, ``<settings>-<state>``: the finished tables ``.sqlite`` and ``.columns``, the
unfinished tables ``.part`` with the ``.records`` read so far, the ``.progress`` of the reading and the ``.lock`` held
by who writes.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from text_explorer.explorer.names import DOCUMENT_TOPICS, ROLE_LABELS

try:
    import fcntl
except ImportError:  # not a Unix: builds may then be done twice, but each is still renamed whole
    fcntl = None  # type: ignore[assignment]

COLUMNS, RECORDS, PART = ".columns", ".records", ".part"

# An index that no request has asked for in a week is of settings that are gone; it holds the documents, so it must go.
UNUSED_AFTER_SECONDS = 7 * 24 * 3600


def private_folder() -> Path:
    """Return a folder among the temporary files that only the present user can read, as it holds the documents."""
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"text-explorer-{owner}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077):
        return Path(tempfile.mkdtemp(prefix="text-explorer-"))
    return folder


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait for the lock of an index; a killed process cannot leave it behind.

    The lock counts only while its file has its name: who waited while the file was removed locks the next one.
    """
    while True:
        with path.with_suffix(".lock").open("w") as handle:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX)
            if fcntl is None or _is_named(handle, path.with_suffix(".lock")):
                yield
                return


def _is_named(handle: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle.fileno()), path.stat())
    except FileNotFoundError:
        return False


def is_finished(path: Path) -> bool:
    """Tell whether an index is there, with all its files: a system that clears old ones may have left some."""
    return path.exists() and path.with_suffix(COLUMNS).exists()


def mark_used(path: Path) -> None:
    """Note on an index that it is in use, so that it is not removed as unused."""
    for file in (path, path.with_suffix(COLUMNS)):
        with suppress(OSError):  # not built yet
            os.utime(file)


def remove_unfinished(path: Path) -> None:
    """Remove what a build leaves when it ends, or left when it was killed; readers keep their hold on it."""
    for suffix in (PART, RECORDS):
        path.with_suffix(suffix).unlink(missing_ok=True)


def remove_older(path: Path) -> None:
    """Remove what earlier states of the same settings left beside a finished index, and what nobody uses any more.

    A process that reads such a file keeps its hold on it.
    """
    path.with_suffix(".progress").unlink(missing_ok=True)
    settings = path.name.split("-", maxsplit=1)[0]
    for other in {file.stem for file in path.parent.glob(f"{settings}-*")} - {path.stem}:
        _remove_unlocked(path.with_name(other))
    remove_unused(path)


def remove_unused(path: Path) -> None:
    """Remove all indexes beside this one that have not been used for `UNUSED_AFTER_SECONDS`."""
    used: dict[str, float] = {}
    for file in path.parent.glob("*-*.*"):
        with suppress(FileNotFoundError):  # another process was quicker
            used[file.stem] = max(used.get(file.stem, 0.0), file.stat().st_mtime)
    for stem, last in used.items():
        if stem != path.stem and time.time() - last > UNUSED_AFTER_SECONDS:
            _remove_unlocked(path.with_name(stem))


def _remove_unlocked(stem: Path) -> None:
    """Remove all files of an index, its lock last, unless somebody is writing it."""
    with suppress(OSError), stem.with_name(f"{stem.name}.lock").open("a") as handle:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for file in sorted(stem.parent.glob(f"{stem.name}.*"), key=lambda file: file.suffix == ".lock"):
            file.unlink(missing_ok=True)


def write_progress(path: Path, role: str, n_rows: int) -> None:
    """Leave the progress where every process of the backend finds it."""
    draft = path.with_suffix(".progress-part")
    draft.write_text(json.dumps({"role": role, "rows_read": n_rows}), "utf-8")
    os.replace(draft, path.with_suffix(".progress"))


def read_progress(path: Path) -> dict[str, Any]:
    """Read how far the reading of the data is."""
    try:
        progress = json.loads(path.with_suffix(".progress").read_text("utf-8"))
    except (OSError, ValueError):
        progress = {"role": DOCUMENT_TOPICS, "rows_read": 0}
    return {"rows_read": progress["rows_read"], "dataset": ROLE_LABELS[progress["role"]]}
