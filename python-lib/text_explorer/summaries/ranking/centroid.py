"""Rank sentences by their similarity to the centroid of the document.

References
----------
D. R. Radev, H. Jing, M. Stys and D. Tam (2004). Centroid-based summarization of multiple documents. Information
Processing & Management 40(6), 919-938.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.summaries.sentences.vectors import TermMatrix, row_sums


def centroid(vectors: TermMatrix, query_cosines: Optional[np.ndarray] = None) -> np.ndarray:
    """Score sentences by their cosine with the mean of all sentences, or by the mean of it and the one with a query.

    `vectors` are TF-IDF vectors of length one, of shape (n_sentences, n_terms); cosines and scores have shape
    (n_sentences,).
    """
    total = row_sums(vectors.T)
    length = np.sqrt(total @ total)
    scores = vectors @ total / length if length > 0 else np.zeros(vectors.shape[0])
    return scores if query_cosines is None else (scores + query_cosines) / 2.0
