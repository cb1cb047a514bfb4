"""Form of the macro 'Set up a text exploration': its fields and its settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from text_explorer.dss.forms.params import ColumnParam, ColumnsParam, FlagParam, Param, read_settings
from text_explorer.dss.forms.shared import ID_COLUMN, LANGUAGE, SHOW_ADVANCED, TEXT_COLUMN

_PREFIX = re.compile(r"[A-Za-z0-9_]+")
MAX_PREFIX = 60

PARAMS: tuple[Param, ...] = (
    Param("dataset", "Dataset"),
    TEXT_COLUMN,
    FlagParam("summaries", "Summaries", False),
    SHOW_ADVANCED,
    replace(ID_COLUMN, advanced=True),
    ColumnParam("date_column", "Date column", None, advanced=True),
    ColumnsParam("group_columns", "Group columns", (), advanced=True),
    replace(LANGUAGE, advanced=True),
    Param("name_prefix", "Beginning of the names", "", advanced=True),
    Param("connection", "Connection for datasets", "", advanced=True),
    Param("folder_connection", "Connection for the model folder", "", advanced=True),
    FlagParam("zone", "Flow zone of its own", True, advanced=True),
    FlagParam("build", "Run the recipes", True, advanced=True),
    FlagParam("dry_run", "List only", False, advanced=True),
)


@dataclass(frozen=True)
class SetupSettings:
    """Settings of the macro; the form explains each. An empty connection is chosen automatically."""

    dataset: str
    text_column: str
    summaries: bool
    id_column: Optional[str]
    date_column: Optional[str]
    group_columns: tuple[str, ...]
    language: str
    name_prefix: str
    connection: str
    folder_connection: str
    zone: bool
    build: bool
    dry_run: bool


def read_setup_settings(config: Mapping[str, Any], columns: Sequence[str]) -> SetupSettings:
    """Read and validate the form; `columns` are those of the dataset. See `read_settings`."""
    values = read_settings(PARAMS, config, columns, check=_check_prefix)
    del values[SHOW_ADVANCED.name]
    return SetupSettings(**{**values, "name_prefix": values["name_prefix"] or safe_prefix(values["dataset"])})


def safe_prefix(dataset: str) -> str:
    """Return the name of a dataset as the beginning of other names: letters, digits and underscores."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", dataset)[:MAX_PREFIX].strip("_") or "texts"


def _check_prefix(values: Mapping[str, Any]) -> list[str]:
    prefix = values["name_prefix"]
    if not prefix or (_PREFIX.fullmatch(prefix) and len(prefix) <= MAX_PREFIX):
        return []
    return [
        f"'Beginning of the names' must be letters, digits and underscores, at most {MAX_PREFIX}. Got {prefix[:80]!r}."
    ]
