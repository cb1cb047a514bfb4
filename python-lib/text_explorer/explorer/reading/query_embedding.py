"""Embed what is searched for, by the model that embedded the documents."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Optional, Protocol

import numpy as np

from text_explorer.explorer.shared.source import Visitor

NO_MODEL = (
    "The embedding model of the documents is not known to this webapp. Select 'Embedding model' in its settings to "
    "search by the meaning of what you type."
)
NOT_SIGNED_IN = "You are not signed in, so the embedding model is not asked."
_MOST_KEPT = 500


class Embedded(Protocol):
    """What a model made of a text: a vector, or a sentence on why there is none."""

    @property
    def vector(self) -> Optional[np.ndarray]:
        """Finite float array of shape (d,)."""

    @property
    def error(self) -> str:
        """Why there is no vector, else empty."""


Embed = Callable[[str, str, Optional[int]], Embedded]
"""Embeds a text by a model, by its id, to a vector of so many numbers; it raises nothing."""


class QueryEmbedder:
    """Embeds searches, and keeps the latest vectors, so that turning pages asks no model; threads may share it."""

    def __init__(self, embed: Optional[Embed] = None):
        self._embed = embed
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str, int], np.ndarray] = {}

    def vector_of(
        self, text: str, model_id: Optional[str], n_numbers: int, visitor: Optional[Visitor]
    ) -> tuple[Optional[np.ndarray], Optional[str]]:
        """Return the embedding of a text, or a sentence on why there is none. Asking takes seconds: hold no lock."""
        if self._embed is None or not model_id:
            return None, NO_MODEL
        key = (model_id, text, n_numbers)
        with self._lock:
            if key in self._kept:
                return self._kept[key], None
        if visitor is None:  # each question may cost money
            return None, NOT_SIGNED_IN
        found = self._embed(text, model_id, n_numbers)
        if found.vector is None or len(found.vector) != n_numbers:
            return None, f"The embedding model has no vector for this search. {found.error}".strip()
        with self._lock:
            self._kept[key] = found.vector
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return found.vector, None
