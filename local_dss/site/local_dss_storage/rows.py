"""Rows on disk: CSV without header, UTF-8, CRLF line ends so that any line break inside a cell gets quoted."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Optional

from .errors import StorageError

csv.field_size_limit(2**31 - 1)  # a cell may be a whole book
_UNFINISHED_SUFFIX = ".unfinished"


def read_rows(paths: Iterable[Path]) -> Iterator[list[str]]:
    """Yield the rows of several data files, one after the other; a missing value is an empty string."""
    for path in paths:
        with open(path, newline="", encoding="utf-8") as stream:
            yield from csv.reader(stream)


class RowWriter:
    """Write the rows of one partition, streaming; nothing is visible before `close`.

    As when DSS parses a stream: rows shorter than `n_columns` are filled with empty cells, extra cells dropped.
    """

    def __init__(self, path: Path, n_columns: int, append: bool = False):
        self.path = path
        self.n_rows = 0
        self._n_columns = n_columns
        self._append = append
        path.parent.mkdir(parents=True, exist_ok=True)
        if not append:
            path.unlink(missing_ok=True)
        self._unfinished = path.with_name(f"{path.name}.{os.getpid()}{_UNFINISHED_SUFFIX}")
        self._stream: Optional[io.TextIOWrapper] = open(  # noqa: SIM115, closed by close()
            self._unfinished, "w", newline="", encoding="utf-8"
        )
        self._csv = csv.writer(self._stream)

    def write(self, cells: Sequence[Any]) -> None:
        """Write one row of cells that are text, numbers or None."""
        if self._stream is None:
            raise StorageError("The writer is closed: no more rows can be written.")
        width = self._n_columns
        if len(cells) != width:
            cells = [*cells[:width], *[None] * (width - len(cells))]
        self._csv.writerow(cells)
        self.n_rows += 1

    def close(self) -> None:
        """Make the rows visible; a second call does nothing."""
        if self._stream is None:
            return
        self._stream.close()
        self._stream = None
        if self._append and self.path.exists():
            with open(self.path, "ab") as target, open(self._unfinished, "rb") as added:
                shutil.copyfileobj(added, target)
            self._unfinished.unlink()
        else:
            os.replace(self._unfinished, self.path)

    def abandon(self) -> None:
        """Throw the rows away."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
            self._unfinished.unlink()


def remove_unfinished(folder: Path) -> None:
    """Delete what writers left behind that were never closed, unless their process still runs and may close them."""
    if folder.is_dir():
        for leftover in folder.glob(f"*{_UNFINISHED_SUFFIX}"):
            if not _is_running(int(leftover.name[: -len(_UNFINISHED_SUFFIX)].rpartition(".")[2])):
                leftover.unlink(missing_ok=True)


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs for somebody else
        return True
    return True
