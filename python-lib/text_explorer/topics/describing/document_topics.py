"""The topic columns of documents: rows of ``document_topics``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.describing.share_json import SHARE_DIGITS, distributions_json
from text_explorer.topics.models.training import best_topics


def share_columns(doc_topic_distr: np.ndarray) -> pd.DataFrame:
    """Make a column of each topic's share, from a float64 array of shape (n_rows, n_topics)."""
    names = names_of(columns.share_columns(doc_topic_distr.shape[1]))
    return pd.DataFrame(np.round(doc_topic_distr, SHARE_DIGITS), columns=names)


def document_columns(texts: Sequence[Optional[str]], doc_topic_distr: np.ndarray, labels: list[str]) -> pd.DataFrame:
    """Make the topic columns of some rows.

    Parameters
    ----------
    texts
        Texts of the rows, None where empty.
    doc_topic_distr
        float64 array of shape (n_rows, n_topics).
    labels
        Labels of the topics.
    """
    best = best_topics(doc_topic_distr)
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
