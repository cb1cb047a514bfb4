"""The vectors of the documents of a corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional

import numpy as np

from text_explorer.corpus.embeddings.projection import Projection


@dataclass(frozen=True)
class DocumentVectors:
    """One unit vector of meaning for each document that has an embedding."""

    values: np.ndarray  # float32 of shape (n_docs, p): unit vectors; zeros where a document has none
    projection: Projection
    source: Optional[str] = None  # id of the embedding model, where it is known

    @cached_property
    def given(self) -> np.ndarray:
        """Bool array of shape (n_docs,): whether a document has a vector."""
        return np.asarray(self.values.any(axis=1))

    def take(self, rows: np.ndarray) -> DocumentVectors:
        """Return the vectors of some documents, in any order, repeats allowed."""
        return replace(self, values=self.values[rows])
