"""Form of 'Assign topics': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from text_explorer.dss.forms.params import FlagParam, NumberParam, Param, read_settings
from text_explorer.dss.forms.shared import (
    EMBEDDING_COLUMN,
    LANGUAGE,
    LANGUAGE_COLUMN,
    SHARE_COLUMNS,
    SHOW_ADVANCED,
    TEXT_COLUMN,
    ColumnSettings,
)

PARAMS: tuple[Param, ...] = (
    TEXT_COLUMN,
    LANGUAGE,
    EMBEDDING_COLUMN,
    FlagParam("apply_edits", "Apply webapp edits", True),
    NumberParam("threshold", "Minimum topic proportion", 0.0, minimum=0.0, maximum=1.0),
    SHOW_ADVANCED,
    LANGUAGE_COLUMN,
    SHARE_COLUMNS,
)


@dataclass(frozen=True)
class AssignSettings(ColumnSettings):
    """Settings of 'Assign topics'; the form explains each."""

    apply_edits: bool
    threshold: float
    share_columns: bool
    embedding_column: Optional[str] = None


def read_assign_settings(config: Mapping[str, Any], columns: Sequence[str]) -> AssignSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, columns)
    del values[SHOW_ADVANCED.name]
    return AssignSettings(**values)
