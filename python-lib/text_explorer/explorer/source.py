"""What the webapp needs of the place its datasets come from; DSS fulfils it, tests fulfil it with lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Source(Protocol):
    """The datasets chosen in the webapp's settings, by role.

    Each method may raise ``SettingsError`` or ``DataError`` with a sentence for the reader.
    """

    def config(self) -> dict[str, Any]:
        """Return the webapp's settings."""

    def state(self) -> str:
        """Return a text that differs whenever the settings or the data differ."""

    def manifest(self) -> dict[str, Any] | None:
        """Return the model folder's manifest, or None when no folder is set."""

    def dataset_name(self, role: str) -> str | None:
        """Return the name of a role's dataset, or None when none is set."""

    def columns(self, role: str) -> list[str]:
        """Return the column names of a role's dataset."""

    def rows(self, role: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Yield the rows of a role's dataset in their order, each with the cells of ``columns``."""
