"""The form of 'Assign topics': its fields, and the settings made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from text_explorer.dss.forms.outputs import SHARE_COLUMNS
from text_explorer.dss.forms.params import FlagParam, NumberParam, Param, read_settings
from text_explorer.dss.forms.preparation import LANGUAGE, TEXT_COLUMN

PARAMS: tuple[Param, ...] = (
    TEXT_COLUMN,
    *LANGUAGE,
    FlagParam("apply_edits", "Apply webapp edits", True),
    NumberParam("threshold", "Minimum topic share", 0.0, least=0.0, most=1.0),
    SHARE_COLUMNS,
)


@dataclass(frozen=True)
class AssignSettings:
    """Checked settings of 'Assign topics'; see the form for what each does."""

    text_column: str
    language: str
    language_column: Optional[str]
    apply_edits: bool
    threshold: float
    share_columns: bool


def read_assign_settings(config: Mapping[str, Any], columns: Sequence[str]) -> AssignSettings:
    """Check the form.

    Parameters
    ----------
    config
        The form's values.
    columns
        Names of the columns of the documents.

    Raises
    ------
    SettingsError
        With every fault.
    """
    return AssignSettings(**read_settings(PARAMS, config, columns))
