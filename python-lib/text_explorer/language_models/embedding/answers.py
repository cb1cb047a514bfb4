"""What an embedding model answers to a text: a vector, or a sentence on why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable, Optional

import numpy as np

from text_explorer.corpus.embeddings.parsing import embedding_of
from text_explorer.topics.files.checked_json import one_line

LONGEST_REASON = 300


@dataclass(frozen=True)
class EmbeddedText:
    """The answer to a text.

    Attributes
    ----------
    vector
        Finite float32 array of shape (d,), not all zeros; None where there is none.
    error
        Why there is no vector, in a sentence; else empty.
    n_tokens
        Tokens of the text as the instance reports them, None where it does not.
    is_refused
        Whether the model sent a vector that cannot be used.
    """

    vector: Optional[np.ndarray]
    error: str = ""
    n_tokens: Optional[int] = None
    is_refused: bool = False


Embed = Callable[[Sequence[str]], Sequence[EmbeddedText]]
"""Embeds texts and returns their answers in order; raises nothing."""


def read_response(response: Any) -> EmbeddedText:
    """Read the response to one text: an object with ``embedding``, a list of numbers, or with ``errorMessage``."""
    if not isinstance(response, Mapping):
        return EmbeddedText(None, "The model sent no vector.")
    tokens = response.get("promptTokens")
    n_tokens = tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and tokens >= 0 else None
    if response.get("embedding") is None:
        return EmbeddedText(None, reason_of(response.get("errorMessage") or "The model sent no vector."), n_tokens)
    found = embedding_of(response["embedding"])
    if isinstance(found, str):
        reason = f"The model sent a vector that cannot be used ({found})."
        return EmbeddedText(None, reason, n_tokens, is_refused=True)
    return EmbeddedText(found, n_tokens=n_tokens)


def reason_of(error: object) -> str:
    """Return a message of the instance, or an exception, as one line of a limited length."""
    return one_line(str(error))[:LONGEST_REASON].strip() or type(error).__name__
