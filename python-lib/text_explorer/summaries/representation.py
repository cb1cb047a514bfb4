"""Tell which sentence of a summary stands for which sentences of the text.

Each sentence belongs to the chosen one whose content words are most like its own, so that near-duplicates and what is
nearest count together: a summary of reviews shows how many say the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from text_explorer.summaries.selection import DECIMALS, written
from text_explorer.summaries.sentences.document import Document

LEAST_COSINE = 0.1
"""Below, two sentences share a word and no more: the bound at which LexRank links sentences (Erkan and Radev 2004)."""

CHOSEN_AT_ONCE = 256
"""Chosen sentences compared with all others at a time, so that a long summary of a long text fits in memory."""


def representatives(document: Document, chosen: Sequence[int]) -> np.ndarray:
    """Find the chosen sentence that stands for each sentence.

    Parameters
    ----------
    document
        The sentences.
    chosen
        Indices of those of the summary, in the order of choice.

    Returns
    -------
    int64 array of shape (n_sentences,)
        Index into ``chosen`` of the chosen sentence with the largest cosine, the earlier chosen of equal ones; -1
        where the cosine with all of them is below ``LEAST_COSINE``. A chosen sentence stands for itself, and for the
        sentences of the same words where it has no content word.
    """
    best = np.full(document.n_sentences, -1, dtype=np.int64)
    likeness = np.full(document.n_sentences, LEAST_COSINE - 10.0**-DECIMALS)
    for start in range(0, len(chosen), CHOSEN_AT_ONCE):
        cosines = np.round(_cosines(document, list(chosen[start : start + CHOSEN_AT_ONCE])), DECIMALS)
        nearest = cosines.argmax(axis=1)
        largest = cosines[np.arange(len(cosines)), nearest]
        better = largest > likeness
        best[better] = start + nearest[better]
        likeness[better] = largest[better]
    _add_wordless(document, chosen, best)
    best[list(chosen)] = np.arange(len(chosen))
    return best


def _cosines(document: Document, chosen: list[int]) -> np.ndarray:
    """Give the cosines of all sentences with chosen ones, of shape (n_sentences, n_chosen)."""
    cosines = document.vectors @ document.vectors[chosen].T
    return cosines.toarray() if sparse.issparse(cosines) else cosines


def _add_wordless(document: Document, chosen: Sequence[int], best: np.ndarray) -> None:
    """Join sentences without content words to the first chosen one that says the same."""
    said: dict[str, int] = {}
    for place, index in enumerate(chosen):
        if document.n_distinct_terms[index] == 0:
            said.setdefault(written(document, index), place)
    for index in np.flatnonzero(document.n_distinct_terms == 0).tolist() if said else ():
        best[index] = said.get(written(document, index), -1)
