"""Where sentences stand in their own texts, and scores that favour the first ones.

Authors put first what matters most. A sentence's score is multiplied by ``1 + weight / sqrt(place)``: with a weight of
0.5, the first sentence counts 1.5 times, the fourth 1.25 times, the hundredth 1.05 times.
"""

from __future__ import annotations

import numpy as np

from text_explorer.summaries.sentences.document import Document


def places(document: Document) -> np.ndarray:
    """Give the place of each sentence in its own text, from 1, as an int64 array of shape (n_sentences,)."""
    following = np.arange(1, document.n_sentences + 1)
    if len(document.texts) == 1:
        return following
    sources = np.array([sentence.source for sentence in document.sentences], dtype=np.int64)
    starts = np.flatnonzero(np.diff(sources, prepend=-1))
    return following - np.repeat(starts, np.diff(np.append(starts, len(sources))))


def favour_first(scores: np.ndarray, place_of: np.ndarray, weight: float) -> np.ndarray:
    """Weigh scores by place.

    Parameters
    ----------
    scores
        Array of shape (n_sentences,). Scores below zero, such as ranks counted down from 0, are first moved up so that
        the lowest is zero; a factor would push them down otherwise.
    place_of
        Array of shape (n_sentences,): places from 1.
    weight
        0 changes nothing; 1 doubles the score of a first sentence.

    Returns
    -------
    ndarray of shape (n_sentences,)
    """
    if weight == 0:
        return scores
    return (scores - min(scores.min(), 0.0)) * (1.0 + weight / np.sqrt(place_of))
