"""Columns of output datasets: name, type in DSS and description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Optional


@dataclass(frozen=True)
class Column:
    """A column of an output dataset.

    Attributes
    ----------
    name, type
        Name, and type as DSS calls it, such as ``bigint``.
    comment
        What it holds, for the reader of the dataset.
    """

    name: str
    type: str
    comment: str


def names_of(columns: Iterable[Column]) -> list[str]:
    """Return the names of columns."""
    return [column.name for column in columns]


def schema_of(columns: Iterable[Column], names_in_use: Optional[Mapping[str, str]] = None) -> list[dict[str, str]]:
    """Return columns as DSS takes them, under their names in use where these differ."""
    renamed = names_in_use or {}
    return [{**asdict(column), "name": renamed.get(column.name, column.name)} for column in columns]
