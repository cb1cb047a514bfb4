"""Form of 'Write abstracts': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms.language_models.label import LANGUAGE_MODEL, MAX_CALLS, MAX_TOKENS
from text_explorer.dss.forms.params import FlagParam, IntegerParam, Param, read_settings
from text_explorer.dss.forms.shared import SHOW_ADVANCED
from text_explorer.language_models.limited_model import Limits

PARAMS: tuple[Param, ...] = (
    LANGUAGE_MODEL,
    IntegerParam("n_sentences", "Maximum sentences", 3, minimum=1, maximum=10),
    SHOW_ADVANCED,
    FlagParam("keep_unsupported", "Keep unsupported sentences", False, advanced=True),
    MAX_CALLS,
    MAX_TOKENS,
)


@dataclass(frozen=True)
class AbstractSettings:
    """Settings of 'Write abstracts'; the form explains each."""

    language_model: str
    n_sentences: int
    keep_unsupported: bool
    max_calls: int
    max_tokens: int

    def limits(self) -> Limits:
        """Return the most a run may ask."""
        return Limits(self.max_calls, self.max_tokens)


def read_abstract_settings(config: Mapping[str, Any]) -> AbstractSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, ())
    del values[SHOW_ADVANCED.name]
    return AbstractSettings(**values)
