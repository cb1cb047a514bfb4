"""Detect a damaged index: a file beside it holds the size and a digest of each of its files.

Sizes are compared at every request, as a stretch of a mapped file that was cut off would end the process. Digests are
compared when a process first opens an index, and again when the time of a file has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

COLUMNS, VECTORS, SEAL = ".columns", ".vectors", ".seal"

# Of a longer file, some blocks are read: 64 MB take about a tenth of a second.
_BLOCK, _MOST_BLOCKS = 65_536, 1_000

Signature = tuple[tuple[int, int], ...]
"""Size and time of each file of an index."""


def write_seal(path: Path) -> None:
    """Seal the tables in ``path``, and the columns and vectors beside them."""
    sealed = [[file.stat().st_size, _digest(file)] for file in _files(path)]
    draft = path.with_suffix(".seal-part")
    draft.write_text(json.dumps(sealed), "utf-8")
    os.replace(draft, path.with_suffix(SEAL))


def is_finished(path: Path) -> bool:
    """Return whether an index is there with all its files, in the size they were written."""
    try:
        return [size for size, _ in _read(path)] == [size for size, _ in signature(path)]
    except (OSError, ValueError, TypeError):
        return False


def signature(path: Path) -> Signature:
    """Return what differs once one of the files was written to."""
    found = [file.stat() for file in _files(path)]
    return tuple((file.st_size, file.st_mtime_ns) for file in found)


def is_intact(path: Path) -> bool:
    """Return whether the files of an index hold what was written, as far as their digests show."""
    try:
        return _read(path) == [[file.stat().st_size, _digest(file)] for file in _files(path)]
    except (OSError, ValueError):
        return False


def _files(path: Path) -> tuple[Path, ...]:
    return (path, path.with_suffix(COLUMNS), path.with_suffix(VECTORS))


def _read(path: Path) -> Any:
    return json.loads(path.with_suffix(SEAL).read_text("utf-8"))


def _digest(path: Path) -> str:
    """Compute the digest of a file, of a long one from blocks spread evenly over it, its beginning among them."""
    digest = hashlib.blake2b(digest_size=16)
    step = max(_BLOCK, path.stat().st_size // _MOST_BLOCKS)
    with path.open("rb") as file:
        start = 0
        while block := file.read(_BLOCK):
            digest.update(block)
            start += step
            file.seek(start)
    return digest.hexdigest()
