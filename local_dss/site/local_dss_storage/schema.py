"""Schemas of datasets: storage types, and the checks DSS makes when a schema is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .errors import StorageError

INTEGER_TYPES = ("tinyint", "smallint", "int", "bigint")
FLOAT_TYPES = ("float", "double")
DATE_TYPE = "date"
BOOLEAN_TYPE = "boolean"
STORAGE_TYPES = (
    *("string", *INTEGER_TYPES, *FLOAT_TYPES, BOOLEAN_TYPE, DATE_TYPE, "dateonly", "datetimenotz"),
    *("geopoint", "geometry", "array", "map", "object"),
)


def check_columns(columns: Any) -> list[dict[str, Any]]:
    """Return copies of the columns of a schema, checked; keys beyond name and type are kept."""
    if isinstance(columns, (str, bytes, dict)) or not isinstance(columns, Iterable):
        raise StorageError("A schema is a list of columns, each with a name and a type.")
    checked = [_check_column(column) for column in columns]
    seen: set[str] = set()
    for column in checked:
        if column["name"] in seen:
            raise StorageError(f'The schema holds the column "{column["name"]}" twice: rename one of them.')
        seen.add(column["name"])
    return checked


def column_names(columns: list[dict[str, Any]]) -> list[str]:
    """Return the names of a schema's columns."""
    return [column["name"] for column in columns]


def _check_column(column: Any) -> dict[str, Any]:
    if not isinstance(column, dict):
        raise StorageError(f"Each column of a schema is a dict with name and type. Got {column!r}.")
    for key in ("name", "type"):
        if key not in column:
            raise StorageError(f"A column of the schema has no {key}: {column!r}.")
        if not isinstance(column[key], str):
            raise StorageError(f"The {key} of a column must be text. Got {column[key]!r}.")
    if column["name"] == "":
        raise StorageError("A column of the schema has an empty name.")
    if column["type"] not in STORAGE_TYPES:
        raise StorageError(
            f'Column "{column["name"]}" has the unknown type "{column["type"]}". Types: {", ".join(STORAGE_TYPES)}.'
        )
    return dict(column)
