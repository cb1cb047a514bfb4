"""Form of 'Label topics': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms.params import IntegerParam, Param, read_settings
from text_explorer.dss.forms.shared import SHOW_ADVANCED
from text_explorer.language_models.limited_model import Limits

LANGUAGE_MODEL = Param("language_model", "Language model")
MAX_CALLS = IntegerParam("max_calls", "Maximum calls", 2_000, advanced=True, minimum=1, maximum=1_000_000)
MAX_TOKENS = IntegerParam(
    "max_tokens", "Maximum tokens", 1_000_000, advanced=True, minimum=1_000, maximum=1_000_000_000
)
PARAMS: tuple[Param, ...] = (
    LANGUAGE_MODEL,
    IntegerParam("n_excerpts", "Excerpts per topic", 3, maximum=5),
    SHOW_ADVANCED,
    MAX_CALLS,
    MAX_TOKENS,
)


@dataclass(frozen=True)
class LabelSettings:
    """Settings of 'Label topics'; the form explains each."""

    language_model: str
    n_excerpts: int
    max_calls: int
    max_tokens: int

    def limits(self) -> Limits:
        """Return the most a run may ask."""
        return Limits(self.max_calls, self.max_tokens)


def read_label_settings(config: Mapping[str, Any]) -> LabelSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, ())
    del values[SHOW_ADVANCED.name]
    return LabelSettings(**values)
