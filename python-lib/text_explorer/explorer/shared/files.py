"""The folder of the index files: private, written and removed under locks, and cleared of unused files.

All files of one index share a stem, ``<webapp>-<state>``: the finished tables ``.sqlite``, ``.columns``, ``.vectors``
and their ``.seal``, the unfinished tables ``.part`` with the ``.records`` read so far, the ``.progress`` of the
reading, the ``.lock`` held by the process that writes, and ``.used``, locked by each process that reads.
"""

from __future__ import annotations

import atexit
import errno
import json
import math
import os
import shutil
import stat
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

from text_explorer.errors import DataError
from text_explorer.explorer.shared.roles import DOCUMENT_TOPICS, ROLE_LABELS
from text_explorer.explorer.shared.seal import COLUMNS, SEAL, VECTORS

try:
    import fcntl
except ImportError:  # not a Unix: each process then keeps an index of its own
    fcntl = None  # type: ignore[assignment]

RECORDS, PART = ".records", ".part"

# An index that no process has asked for in a week is of settings that are gone; it holds the documents, so it must go.
UNUSED_AFTER_SECONDS = 7 * 24 * 3600
# Files are marked as used this often: what changes their time more often than that is damage.
_MARKED_EVERY_SECONDS = 3600
_MOST_FOLDERS = 10
# Answers of file systems that have no locks, such as some network drives.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
_ALONE = "alone-"
_LOCK_TRIED_EVERY_SECONDS = 0.05

_FULL = "its disk is full. Free some space there"
_DENIED = "the user who runs this webapp is not allowed to write there. Grant write access"
_REASONS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _DENIED),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), "there is a file in its place. Remove that file"),
    errno.EROFS: "it is on a read-only disk. Make it writable",
    errno.ENOENT: "it is missing. Create it",
}


def is_full(error: Exception) -> bool:
    """Return whether SQLite found the disk full, for which it has no error of its own."""
    return "disk is full" in str(error)


def cannot_write(folder: Path | str, error: Exception) -> DataError:
    """Build the sentence for a fault of the disk: where, why, and what to do."""
    code = (error.errno if isinstance(error, OSError) else None) or 0
    reason = _FULL if is_full(error) else _REASONS.get(code, f"{error}. Check its disk")
    return DataError(
        f"The webapp cannot keep its index in the folder for temporary files '{folder}': {reason}, or set the "
        "environment variable TMPDIR of the webapp's backend to another folder. The page will try again by itself."
    )


def private_folder() -> Path:
    """Return a folder among the temporary files that only the present user can read, as it holds the documents.

    A folder of that name that others made or may open is left alone: another name is taken. Where none can be made, a
    ``DataError`` has the reason.
    """
    try:
        parent = Path(tempfile.gettempdir())
    except OSError as error:  # looked for again at the next call
        raise cannot_write(os.environ.get("TMPDIR") or "/tmp", error) from error
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    for number in range(_MOST_FOLDERS):
        folder = parent / f"text-explorer-{owner}{f'-{number}' if number else ''}"
        try:
            if _is_private(folder):
                return folder
        except OSError as error:
            raise cannot_write(parent, error) from error
    raise DataError(
        f"The folder for temporary files '{parent}' holds folders named '{folder.name[:-2]}' that are not private to "
        "the user who runs this webapp. Remove them, or set the environment variable TMPDIR of the webapp's backend to "
        "a folder that other users cannot write to."
    )


def _is_private(folder: Path) -> bool:
    """Make the folder where it is missing; return whether it belongs to this user and only they may open it."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    is_own = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o077)
    return stat.S_ISDIR(found.st_mode) and is_own


def index_folder() -> Path:
    """Return the folder of the indexes: the private one, or one of this process alone where files cannot be locked."""
    folder = private_folder()
    try:
        return folder if _has_locks(folder) else _own_folder(folder)
    except OSError:  # the disk may be full: what is there stays readable, and a build reports the fault
        return folder


@cache
def _has_locks(folder: Path) -> bool:
    with tempfile.TemporaryFile(dir=folder) as handle:
        return _lock(handle)


@cache
def _own_folder(folder: Path) -> Path:
    own = folder / f"{_ALONE}{uuid.uuid4().hex}"
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    return own


def _lock(handle: IO[Any], *, shared: bool = False, longest_wait: float = math.inf) -> bool:
    """Lock an open file until it is closed; False where the file system has no locks, see `exclusive`."""
    if fcntl is None:
        return False
    operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    if longest_wait < math.inf:  # the system's own waiting has no limit
        operation |= fcntl.LOCK_NB
    ends = time.monotonic() + longest_wait
    while True:
        try:
            fcntl.flock(handle, operation)
        except BlockingIOError:
            if time.monotonic() >= ends:
                raise
            time.sleep(_LOCK_TRIED_EVERY_SECONDS)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return False
        else:
            return True


def _locked(path: Path, *, shared: bool = False, longest_wait: float = math.inf) -> IO[str]:
    """Open and lock a file; a killed process cannot leave the lock behind.

    The lock counts only while the file has its name: if it was removed while this call waited, the next one is locked.
    """
    while True:
        with ExitStack() as opened:
            handle = opened.enter_context(path.open("a"))
            if not _lock(handle, shared=shared, longest_wait=longest_wait) or _is_named(handle, path):
                opened.pop_all()
                return handle


def _is_named(handle: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle.fileno()), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def exclusive(path: Path, longest_wait: float = math.inf) -> Iterator[None]:
    """Hold the lock of a writer, of which there is one at a time.

    Raises
    ------
    BlockingIOError
        Where another process still writes after `longest_wait` seconds.
    """
    with _locked(path.with_suffix(".lock"), longest_wait=longest_wait):
        yield


def hold(path: Path) -> IO[str] | None:
    """Keep an index from being removed by others, until what is returned is closed or this process ends."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _locked(path.with_suffix(".used"), shared=True)
    except OSError:  # as above
        return None


def mark_used(path: Path) -> None:
    """Note on an index that it is in use, so that neither this plugin nor the system removes it as unused."""
    for suffix in (path.suffix, COLUMNS, VECTORS, SEAL, ".used"):
        file = path.with_suffix(suffix)
        with suppress(OSError):  # not built yet
            if time.time() - file.stat().st_mtime > _MARKED_EVERY_SECONDS:
                os.utime(file)


def remove_unfinished(path: Path) -> None:
    """Remove what a build leaves when it ends, or left when it was killed; readers keep their hold on it."""
    for suffix in (PART, RECORDS):
        path.with_suffix(suffix).unlink(missing_ok=True)


def remove_finished(path: Path) -> None:
    """Remove an index, so that it is built again; readers keep their hold on it."""
    for suffix in (path.suffix, SEAL, COLUMNS, VECTORS):
        with suppress(OSError):
            path.with_suffix(suffix).unlink()


def remove_older(path: Path) -> None:
    """Remove the indexes of earlier states of the same webapp beside a finished index, and those unused for long."""
    path.with_suffix(".progress").unlink(missing_ok=True)
    webapp = path.name.split("-", maxsplit=1)[0]
    for other in {file.stem for file in path.parent.glob(f"{webapp}-*")} - {path.stem}:
        _remove_unlocked(path.with_name(other))
    remove_unused(path)


def remove_unused(path: Path) -> None:
    """Remove all indexes beside this one that have not been used for `UNUSED_AFTER_SECONDS`."""
    used: dict[str, float] = {}
    for file in path.parent.glob("*-*.*"):
        with suppress(FileNotFoundError):  # another process was quicker
            used[file.stem] = max(used.get(file.stem, 0.0), file.stat().st_mtime)
    for stem, last in used.items():
        if stem != path.stem and _is_long_ago(last):
            _remove_unlocked(path.with_name(stem))
    for folder in path.parent.glob(f"{_ALONE}*"):
        with suppress(OSError):
            if _is_long_ago(max(file.stat().st_mtime for file in (folder, *folder.iterdir()))):
                shutil.rmtree(folder, ignore_errors=True)


def _is_long_ago(moment: float) -> bool:
    return time.time() - moment > UNUSED_AFTER_SECONDS


def _remove_unlocked(stem: Path) -> None:
    """Remove all files of an index, its locks last, unless a process writes or reads it."""
    with suppress(OSError), ExitStack() as locks:
        for suffix in (".lock", ".used"):
            locks.enter_context(_locked(stem.with_name(f"{stem.name}{suffix}"), longest_wait=0))
        for file in sorted(stem.parent.glob(f"{stem.name}.*"), key=lambda file: file.suffix in (".lock", ".used")):
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
        return {"rows_read": int(progress["rows_read"]), "dataset": ROLE_LABELS[progress["role"]]}
    except (OSError, ValueError, TypeError, KeyError):
        return {"rows_read": 0, "dataset": ROLE_LABELS[DOCUMENT_TOPICS]}
