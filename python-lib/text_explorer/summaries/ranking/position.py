"""Positions of sentences in their own texts, and scores that favour the first ones.

Authors put the most important things first. A sentence's score is multiplied by ``1 + weight / sqrt(position)``: with a
weight of 0.5, the first sentence counts 1.5 times, the fourth 1.25 times, the hundredth 1.05 times.
"""

from __future__ import annotations

import numpy as np

from text_explorer.summaries.sentences.document import Document


def sentence_positions(document: Document) -> np.ndarray:
    """Return the position of each sentence in its own text, from 1, as an int64 array of shape (n_sentences,)."""
    following = np.arange(1, document.n_sentences + 1)
    if len(document.texts) == 1:
        return following
    sources = np.array([sentence.source for sentence in document.sentences], dtype=np.int64)
    starts = np.flatnonzero(np.diff(sources, prepend=-1))
    return following - np.repeat(starts, np.diff(np.append(starts, len(sources))))


def lead(document: Document) -> np.ndarray:
    """Score sentences by their position in their own text: 1, 1/2, 1/3, ...; on news this is hard to beat."""
    return 1.0 / sentence_positions(document)


def weight_by_position(scores: np.ndarray, positions: np.ndarray, weight: float) -> np.ndarray:
    """Increase the scores of the first sentences; a weight of 1 doubles that of the very first one.

    Negative scores, such as ranks counted down from 0, are first shifted so that the lowest is zero; otherwise the
    factor would lower them.
    """
    if weight == 0:
        return scores
    return (scores - min(scores.min(), 0.0)) * (1.0 + weight / np.sqrt(positions))
