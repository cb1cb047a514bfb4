"""Assign each sentence of a text to the most similar sentence of its summary.

A summary of reviews thus shows how many reviews make the same point.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from text_explorer.summaries.selection import DECIMALS, normalized_text
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.vectors import dense

MIN_COSINE = 0.1
"""Below, two sentences hardly have more than a word in common: the threshold of LexRank (Erkan and Radev 2004)."""

CHUNK_SIZE = 256
"""Chosen sentences compared with all others at a time, so that a long summary of a long text fits in memory."""


def representatives(document: Document, chosen: Sequence[int]) -> np.ndarray:
    """Find the chosen sentence that represents each sentence: int64 of shape (n_sentences,), indices into ``chosen``.

    It is the one with the largest cosine, the earlier chosen of equal ones; -1 where the cosine with all of them is
    below ``MIN_COSINE``. A chosen sentence represents itself; one without content words also represents the sentences
    with the same words.
    """
    best = np.full(document.n_sentences, -1, dtype=np.int64)
    similarity = np.full(document.n_sentences, MIN_COSINE - 10.0**-DECIMALS)
    for start in range(0, len(chosen), CHUNK_SIZE):
        vectors = document.vectors[list(chosen[start : start + CHUNK_SIZE])]
        cosines = np.round(dense(document.vectors @ vectors.T), DECIMALS)
        nearest = cosines.argmax(axis=1)
        largest = cosines[np.arange(len(cosines)), nearest]
        better = largest > similarity
        best[better] = start + nearest[better]
        similarity[better] = largest[better]
    _add_wordless(document, chosen, best)
    best[list(chosen)] = np.arange(len(chosen))
    return best


def _add_wordless(document: Document, chosen: Sequence[int], best: np.ndarray) -> None:
    """Assign sentences without content words to the first chosen one with the same words."""
    first: dict[str, int] = {}
    for rank, index in enumerate(chosen):
        if document.n_distinct_terms[index] == 0:
            first.setdefault(normalized_text(document, index), rank)
    for index in np.flatnonzero(document.n_distinct_terms == 0).tolist() if first else ():
        best[index] = first.get(normalized_text(document, index), -1)
