"""The row object of ``Dataset.iter_rows``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


class DatasetRow:
    """One row, read like a dict by column name."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]):
        self._values = dict(zip(names, values))

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __repr__(self) -> str:
        return repr(self._values)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a column, or the default when there is no such column."""
        return self._values.get(name, default)

    def keys(self) -> list[str]:
        """Return the column names."""
        return list(self._values)

    def values(self) -> list[Any]:
        """Return the values in column order."""
        return list(self._values.values())

    def items(self) -> list[tuple[str, Any]]:
        """Return pairs of column name and value."""
        return list(self._values.items())
