"""What the tool prints: lines, tables, progress. And the two ways it stops early."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Optional, TextIO

from rich import box
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

_WIDTH_OF_FILES = 10_000  # where the output is no terminal, a row is one line


class RefusedError(Exception):
    """A reason not to begin: nothing was done on the instance."""


class FailedError(Exception):
    """Something failed on the instance, which may have done a part of the work."""


class Report:
    """Prints to a terminal or a file; no text of the instance can move the cursor or colour the screen.

    Parameters
    ----------
    stream
        Where to print; by default the standard output.
    """

    def __init__(self, stream: Optional[TextIO] = None):
        stream = stream or sys.stdout
        self._is_terminal = stream.isatty()
        width = None if self._is_terminal else _WIDTH_OF_FILES
        self._console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
        self._status: Optional[Status] = None
        self._last = ""
        self.secrets: set[str] = set()  # texts that are never printed: keys, once they are known

    def line(self, text: str) -> None:
        """Print a text; each of its lines is one line of the output."""
        for part in text.splitlines() or [""]:
            self._console.print(self._clean(part), soft_wrap=True)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Print a table; an empty one is not printed."""
        if not rows:
            return
        table = Table(box=box.SIMPLE, pad_edge=False)
        for column in columns:
            table.add_column(self._clean(column), overflow="fold")
        for row in rows:
            table.add_row(*(self._clean(cell) for cell in row))
        self._console.print(table)

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Show that something is waited for: a moving line in a terminal, a plain one in a file."""
        self._last = text
        if not self._is_terminal:
            self.line(f"{text} ...")
            yield
            return
        with self._console.status(self._clean(text)) as self._status:
            yield
        self._status = None

    def progress(self, text: str) -> None:
        """Show how far it has come, while something is waited for."""
        if not text or text == self._last:
            return
        self._last = text
        if self._status is not None:
            self._status.update(self._clean(text))
        else:
            self.line(f"  {text}")

    def _clean(self, value: Any) -> Text:
        text = "" if value is None else str(value)
        for secret in self.secrets:
            text = text.replace(secret, "(key)")
        return Text("".join(character if character.isprintable() else " " for character in text))
