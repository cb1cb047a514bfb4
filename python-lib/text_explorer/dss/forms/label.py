"""Form of 'Label topics': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms.params import IntegerParam, Param, read_settings
from text_explorer.dss.forms.shared import SHOW_ADVANCED

PARAMS: tuple[Param, ...] = (
    Param("language_model", "Language model"),
    IntegerParam("n_excerpts", "Excerpts per topic", 3, maximum=5),
    SHOW_ADVANCED,
    IntegerParam("max_calls", "Maximum calls", 2_000, advanced=True, minimum=1, maximum=1_000_000),
    IntegerParam("max_tokens", "Maximum tokens", 1_000_000, advanced=True, minimum=1_000, maximum=1_000_000_000),
)


@dataclass(frozen=True)
class LabelSettings:
    """Settings of 'Label topics'; the form explains each."""

    language_model: str
    n_excerpts: int
    max_calls: int
    max_tokens: int


def read_label_settings(config: Mapping[str, Any]) -> LabelSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, ())
    del values[SHOW_ADVANCED.name]
    return LabelSettings(**values)
