"""The topic columns of documents: rows of ``document_topics``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.describing._distribution_kernels import share_units, write_units
from text_explorer.topics.models.training import best_topics

SHARE_DIGITS = 6
CELLS_AT_ONCE = 1_000_000
"""Proportions written at once: some 20 MB."""


def share_columns(doc_topic_distr: np.ndarray) -> pd.DataFrame:
    """Build a column of each topic's proportion, from a float64 array of shape (n_rows, n_topics)."""
    names = names_of(columns.share_columns(doc_topic_distr.shape[1]))
    return pd.DataFrame(np.round(doc_topic_distr, SHARE_DIGITS), columns=names)


def main_topics(doc_topic_distr: np.ndarray, moved: ArrayLike) -> np.ndarray:
    """Return the topic of each document: that of the largest proportion, unless it was moved to another by hand.

    `moved` has that other topic, -1 for documents that were not moved.
    """
    by_hand = np.asarray(moved, dtype=np.int64)
    return np.where(by_hand >= 0, by_hand, best_topics(doc_topic_distr))


def document_columns(
    texts: Sequence[Optional[str]], doc_topic_distr: np.ndarray, labels: list[str], best: np.ndarray
) -> pd.DataFrame:
    """Build the topic columns of some rows; texts are None where empty, `best` are their `main_topics`."""
    known = best >= 0
    probability = np.where(
        known, np.take_along_axis(doc_topic_distr, np.maximum(best, 0)[:, None], axis=1)[:, 0], np.nan
    )
    missing_text = np.array([text is None for text in texts], dtype=bool)
    status = np.where(missing_text, columns.STATUS_EMPTY, columns.STATUS_UNKNOWN)
    names = np.array([*labels, None], dtype=object)
    return pd.DataFrame({
        columns.TOPIC_ID: pd.arrays.IntegerArray(np.maximum(best, 0), ~known),
        columns.TOPIC_LABEL: pd.Series(names[best], dtype=object),
        columns.TOPIC_PROBABILITY: np.round(probability, SHARE_DIGITS),
        columns.TOPIC_DISTRIBUTION: pd.Series(distributions_json(doc_topic_distr), dtype=object),
        columns.TOPIC_STATUS: np.where(known, columns.STATUS_OK, status).astype(object),
    })  # fmt: skip


def distributions_json(doc_topic_distr: np.ndarray) -> list[Optional[str]]:
    """Write each document-topic distribution as a JSON array of at most six digits each, None where it is NaN.

    The rounded proportions still sum to one: the remainder goes to those that lost most by rounding down. Formatting by
    compiled loops, since `json` would take most of the time of a run.
    """
    n_docs, n_topics = doc_topic_distr.shape
    known = np.flatnonzero(~np.isnan(doc_topic_distr[:, 0]))
    written: list[Optional[str]] = [None] * n_docs
    n_at_once = max(CELLS_AT_ONCE // n_topics, 1)
    for first in range(0, len(known), n_at_once):
        documents = known[first : first + n_at_once]
        text, ends = write_units(share_units(doc_topic_distr[documents]))
        ascii_text, start = text.tobytes().decode("ascii"), 0
        for document, end in zip(documents.tolist(), ends.tolist()):
            written[document] = ascii_text[start:end]
            start = end
    return written
