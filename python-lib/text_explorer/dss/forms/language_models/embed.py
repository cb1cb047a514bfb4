"""Form of 'Embed texts': its fields and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms.language_models.label import MAX_TOKENS
from text_explorer.dss.forms.params import ChoiceParam, IntegerParam, Param, read_settings
from text_explorer.dss.forms.shared import SHOW_ADVANCED, TEXT_COLUMN
from text_explorer.language_models.embedding.limited_embedder import TEXTS_PER_REQUEST
from text_explorer.language_models.limited_model import Limits

TRUNCATE, FAIL = "TRUNCATE", "FAIL"
OVERFLOW_LABELS = {TRUNCATE: "Cut to what the model reads", FAIL: "No embedding"}
PARAMS: tuple[Param, ...] = (
    TEXT_COLUMN,
    Param("embedding_model", "Embedding model"),
    ChoiceParam("text_overflow", "Texts too long for the model", TRUNCATE, choices=OVERFLOW_LABELS),
    SHOW_ADVANCED,
    IntegerParam("texts_per_request", "Texts per request", TEXTS_PER_REQUEST, advanced=True, minimum=1, maximum=100),
    IntegerParam("max_texts", "Maximum texts sent", 100_000, advanced=True, minimum=1, maximum=1_000_000_000),
    IntegerParam(
        MAX_TOKENS.name, MAX_TOKENS.label, 10_000_000, advanced=True, minimum=1_000, maximum=1_000_000_000_000
    ),
)


@dataclass(frozen=True)
class EmbedSettings:
    """Settings of 'Embed texts'; the form explains each."""

    text_column: str
    embedding_model: str
    text_overflow: str
    texts_per_request: int
    max_texts: int
    max_tokens: int

    def limits(self) -> Limits:
        """Return the most a run may send."""
        return Limits(self.max_texts, self.max_tokens)


def read_embed_settings(config: Mapping[str, Any], columns: Sequence[str]) -> EmbedSettings:
    """Read and validate the form; see `read_settings`."""
    values = read_settings(PARAMS, config, columns)
    del values[SHOW_ADVANCED.name]
    return EmbedSettings(**values)
