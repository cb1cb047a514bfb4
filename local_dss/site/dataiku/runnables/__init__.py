"""What the code of a macro builds on: the class it derives from, and the table it may return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Optional

__all__ = ["ResultTable", "Runnable"]


class Runnable:
    """A macro; one subclass in its ``runnable.py`` is made and run, which keeps what it is given itself."""

    def __init__(self, project_key: str, config: dict[str, Any], plugin_config: dict[str, Any]):
        pass

    def get_progress_target(self) -> Optional[tuple[int, Optional[str]]]:
        """Return the number of steps and their unit (SIZE, FILES, RECORDS or NONE), or None without progress."""
        return None

    def run(self, progress_callback: Callable[[float], None]) -> Any:
        """Do the work and return its result, which depends on ``resultType`` in ``runnable.json``."""
        raise NotImplementedError("A macro must define run(self, progress_callback).")


class ResultTable:
    """Table that a macro of ``resultType`` RESULT_TABLE returns."""

    def __init__(self) -> None:
        self.name: Optional[str] = None
        self.columns: list[dict[str, str]] = []
        self.records: list[list[Any]] = []

    def set_name(self, name: str) -> None:
        """Set the title of the table."""
        self.name = name

    def add_column(self, id: str, label: str, type: str = "STRING") -> None:
        """Add a column; its type is STRING or STRING_LIST."""
        self.columns.append({"name": id, "label": label, "type": type})

    def add_record(self, record: Sequence[Any]) -> None:
        """Add a row: a cell for each column, in their order."""
        self.records.append(list(record))
