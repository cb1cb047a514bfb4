"""A small corpus with embeddings: documents near the axis of their topic, and rows without a usable one."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from tests.python.unit.explorer.filterable_source import filterable_source
from tests.python.unit.explorer.memory_source import MemorySource

N_DOCUMENTS, N_NUMBERS = 300, 12
WORDS = ("harbour", "orchard", "court")
ODD = ("", "[NaN]", "[1, 2]", "[0, 0, 0]", "no array")
"""Cells of every tenth row, one after the other."""
COPY_OF, COPY = 3, 4
"""Two rows of the same topic with the same text and embedding."""


def topic_of(row: int) -> int:
    """Return the topic of a row; `COPY` has that of `COPY_OF`."""
    return (COPY_OF if row == COPY else row) % len(WORDS)


def embedding_of(row: int) -> np.ndarray:
    """Return a vector whose largest number is that of the topic."""
    if row == COPY:
        return embedding_of(COPY_OF)
    embedding = np.random.default_rng(row).normal(size=N_NUMBERS) * 0.2
    embedding[topic_of(row)] += 1
    return embedding


def embedded_source(odd: tuple[str, ...] = ODD, n_documents: int = N_DOCUMENTS, **config: Any) -> MemorySource:
    """Make the corpus; ``odd`` replaces the embedding of every tenth row, from row 0 on."""
    rows = []
    for row in range(n_documents):
        number = COPY_OF if row == COPY else row
        country = "chile" if row % 2 else "peru"
        rows.append((topic_of(row), 0.9, "2024-01-05", country, "tea", f"the {WORDS[topic_of(row)]} no {number}"))
    source = filterable_source(rows, **{"embedding_column": "embedding", **config})
    for row, document in enumerate(source.tables["document_topics"]):
        cell = odd[row // 10 % len(odd)] if odd and row % 10 == 0 else json.dumps(embedding_of(row).tolist())
        document["embedding"] = cell
    source.tables["topic_terms"] = [
        {"topic_id": topic, "term": word, "probability": 0.5, "count": 100, "document_count": 100}
        for topic, word in enumerate(WORDS)
    ]
    return source
