"""Write the shares of topics of many documents as JSON, which would otherwise take most of the time of a run."""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.topics.describing._distribution_kernels import share_units, write_units

SHARE_DIGITS = 6
CELLS_AT_ONCE = 1_000_000
"""Shares written at once: some 20 MB."""


def distributions_json(doc_topic_distr: np.ndarray) -> list[Optional[str]]:
    """Write each document's shares as a JSON array of at most six digits each.

    The rounded shares still sum to one: what rounding down leaves goes to the shares that lost most.

    Parameters
    ----------
    doc_topic_distr
        float64 array of shape (n_docs, n_topics); rows sum to one, or are NaN throughout.

    Returns
    -------
    list of str or None
        None for documents without topics.
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
