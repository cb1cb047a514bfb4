"""Rank sentences by SumBasic: the mean probability of their words, each of which counts less once it is used.

Each sentence has a score of its own, where sumy lets sentences of the same text share one, and time grows with the
number of words.

References
----------
A. Nenkova and L. Vanderwende (2005). The Impact of Frequency on Summarization. Microsoft Research, MSR-TR-2005-101.
"""

from __future__ import annotations

import numpy as np

from text_explorer.summaries.ranking.kl import MAX_RANKED
from text_explorer.summaries.sentences.vectors import TermMatrix, row_sums

DECIMALS = 10
"""Mean probabilities, relative to the largest, that differ only beyond these decimals differ by rounding."""

MAX_SQUARINGS = 100
"""A probability squared this often is zero or one."""


def sumbasic(counts: TermMatrix) -> np.ndarray:
    """Choose sentences one by one by the mean probability of their terms, which is squared once a term is used.

    Scores are 0 for the first one chosen, -1 for the second, and so on; sentences after the first ``MAX_RANKED`` all
    get the lowest score.
    """
    n_sentences = counts.shape[0]
    lengths = np.maximum(row_sums(counts), 1.0)
    probabilities = row_sums(counts.T) / max(counts.sum(), 1.0)
    n_ranked = min(n_sentences, MAX_RANKED)
    scores = np.full(n_sentences, -float(n_ranked))
    chosen = np.zeros(n_sentences, dtype=bool)
    for rank in range(n_ranked):
        means = np.where(chosen, 0.0, counts @ probabilities / lengths)
        largest = means.max()
        # Chosen ones are marked after the division: divided by a mean of many squarings, -1 would overflow.
        relative = np.round(means / largest, DECIMALS) if largest > 0 else means
        best = int(np.argmax(np.where(chosen, -1.0, relative)))
        scores[best], chosen[best] = -float(rank), True
        terms, n_uses = _terms_of(counts, best)
        probabilities[terms] **= 2.0 ** np.minimum(n_uses, MAX_SQUARINGS)
    return scores


def _terms_of(counts: TermMatrix, index: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the terms of a sentence and the count of each."""
    if isinstance(counts, np.ndarray):
        terms = np.flatnonzero(counts[index])
        return terms, counts[index, terms]
    cells = slice(counts.indptr[index], counts.indptr[index + 1])
    return counts.indices[cells], counts.data[cells]
