"""Columns of output datasets: name, type in DSS and description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def unused_names(wanted: Sequence[str], taken: Iterable[str]) -> dict[str, str]:
    """Return a name for each new column that no input column has: ``topic_id``, ``topic_id_1``, ``topic_id_2``, ...

    Names that differ only in case count as the same, as in many databases.
    """
    used = {name.lower() for name in taken}
    names = {}
    for name in wanted:
        candidate, suffix = name, 0
        while candidate.lower() in used:
            suffix += 1
            candidate = f"{name}_{suffix}"
        used.add(candidate.lower())
        names[name] = candidate
    return names
