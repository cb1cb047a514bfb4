"""How well the topics explain the documents: the share that one topic explains, and those that none does."""

from __future__ import annotations

from typing import Any

import numpy as np

from text_explorer.explorer.index.reader import IndexReader, read_fact
from text_explorer.topics.columns import STATUS_EMPTY
from text_explorer.topics.models.engines import ENGINES

LEAST_PROPORTION = 0.25
"""Of the words of a document, in its main topic: that of LDA explains it."""

LEAST_PROBABILITY = 0.5
"""Of a topic that a document has alone, as for GSDMM."""


def coverage(index: IndexReader) -> dict[str, Any]:
    """Count the documents that their main topic explains.

    Returns
    -------
    dict
        ``n``, documents with text; ``n_explained``, those whose topic has at least the proportion or probability
        ``least``; ``share`` of both, None without a document.
    """
    least, has_text = least_explaining(index), _has_text(index)
    n = int(np.count_nonzero(has_text))
    n_explained = int(np.count_nonzero(has_text & (_probabilities(index) >= least)))
    return {"n": n, "n_explained": n_explained, "least": least, "share": n_explained / n if n else None}


def least_explaining(index: IndexReader) -> float:
    """Return the proportion, or probability, from which on a main topic explains a document."""
    engine = read_fact(index.connection, "engine")
    is_single = engine in ENGINES and ENGINES[engine].one_topic_per_document
    return LEAST_PROBABILITY if is_single else LEAST_PROPORTION


def explained(index: IndexReader, rows: np.ndarray) -> np.ndarray:
    """Return how well the main topic explains some documents: the least is 0, without a topic, and empty texts are NaN.

    Returns
    -------
    numpy.ndarray
        float32 array of shape (n_rows,).
    """
    return np.where(_has_text(index)[rows], _probabilities(index)[rows], np.float32(np.nan))


def _probabilities(index: IndexReader) -> np.ndarray:
    documents = index.documents
    return np.where(documents.topic >= 0, np.nan_to_num(documents.probability), np.float32(0))


def _has_text(index: IndexReader) -> np.ndarray:
    statuses = index.documents.statuses
    code = statuses.index(STATUS_EMPTY) if STATUS_EMPTY in statuses else -1
    return index.documents.status != code
