"""Form of 'Label topics': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from text_explorer.corpus.words.languages import AUTO
from text_explorer.dss.forms.params import ChoiceParam, IntegerParam, Param, read_settings
from text_explorer.dss.forms.shared import LANGUAGE_LABELS, SHOW_ADVANCED
from text_explorer.language_models.limited_model import Limits

LANGUAGE_MODEL = Param("language_model", "Language model")
MAX_CALLS = IntegerParam("max_calls", "Maximum calls", 2_000, advanced=True, minimum=1, maximum=1_000_000)
MAX_TOKENS = IntegerParam(
    "max_tokens", "Maximum tokens", 1_000_000, advanced=True, minimum=1_000, maximum=1_000_000_000
)
PARAMS: tuple[Param, ...] = (
    LANGUAGE_MODEL,
    IntegerParam("n_excerpts", "Excerpts per topic", 3, maximum=5),
    ChoiceParam(
        "label_language", "Language of labels", AUTO, choices={**LANGUAGE_LABELS, AUTO: "Language of most texts"}
    ),
    SHOW_ADVANCED,
    MAX_CALLS,
    MAX_TOKENS,
)


@dataclass(frozen=True)
class LabelSettings:
    """Settings of 'Label topics'; the form explains each."""

    language_model: str
    n_excerpts: int
    label_language: str  # a code, or `AUTO`
    max_calls: int
    max_tokens: int

    def language(self, of_texts: str) -> str:
        """Return the code of the language of labels; `of_texts` is that of most texts."""
        return of_texts if self.label_language == AUTO else self.label_language

    def limits(self) -> Limits:
        """Return the most a run may ask."""
        return Limits(self.max_calls, self.max_tokens)


def read_label_settings(config: Mapping[str, Any]) -> LabelSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, ())
    del values[SHOW_ADVANCED.name]
    return LabelSettings(**values)
