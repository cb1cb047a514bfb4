"""Rank sentences by latent semantic analysis.

References
----------
J. Steinberger and K. Jezek (2004). Using Latent Semantic Analysis in Text Summarization and Summary Evaluation. ISIM.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse.linalg import svds

from text_explorer.summaries.sentences.vectors import TermMatrix, dense, unit_rows

MIN_RELATIVE_STRENGTH = 0.5
"""Latent topics whose singular value is below this fraction of the largest are noise and are ignored."""

ROUNDING = 1e-9
"""Fraction by which a singular value may miss that bound: four equal sentences and another meet it exactly."""

MAX_TOPICS = 20
"""Largest number of latent topics; a long text has more than a short summary can cover."""

EXACT_SENTENCES = 300
"""Up to here, in sentences or terms, all singular values are computed, above it only the largest ``MAX_TOPICS``."""


def lsa(counts: TermMatrix) -> np.ndarray:
    """Score sentences, from 0 to 1, by their length in the space of the strongest latent topics.

    With the singular values sigma and the right singular vectors v of the matrix of terms by sentences, the score of
    sentence k is ``sqrt(sum over topics i of (sigma_i^2 * v_ki)^2) / sigma_1``. It differs from the paper in two ways,
    each of which brings summaries nearer to those that people write. Sentences are scaled to length one: otherwise the
    longest score best. And topics weigh by the square of sigma, the share of the text that they explain. In real texts,
    a third to all of the topics reach half the strength of the first; weighed by sigma alone, all sentences would then
    have nearly the same score, those that share no word with another included.

    Signs of the vectors do not matter, and the start of the iteration is fixed, so that scores are the same in every
    run.
    """
    if counts.shape[1] == 0:
        return np.zeros(counts.shape[0])
    vectors = unit_rows(counts)
    scaled, values = _all_topics(vectors) if min(vectors.shape) <= EXACT_SENTENCES else _strongest_topics(vectors)
    strong = values >= (MIN_RELATIVE_STRENGTH - ROUNDING) * values[0]
    n_topics = min(MAX_TOPICS, int(np.count_nonzero(strong)))
    weights = values[:n_topics] / values[0]
    return np.sqrt(np.square(scaled[:, :n_topics] * weights).sum(axis=1))


def _all_topics(vectors: TermMatrix) -> tuple[np.ndarray, np.ndarray]:
    """Return sentences in the space of all latent topics, strongest first, and the singular values.

    They come from the eigenvectors of the smaller of the two products of the matrix with itself.
    """
    by_sentence = vectors.shape[0] <= vectors.shape[1]
    squares, directions = np.linalg.eigh(dense(vectors @ vectors.T if by_sentence else vectors.T @ vectors))
    values = np.sqrt(np.maximum(squares[::-1], 0.0))
    directions = directions[:, ::-1]
    return (directions * values if by_sentence else vectors @ directions), values


def _strongest_topics(vectors: TermMatrix) -> tuple[np.ndarray, np.ndarray]:
    """Return sentences in the space of the ``MAX_TOPICS`` strongest latent topics, and the singular values."""
    start = np.ones(min(vectors.shape))
    left, values, _ = svds(vectors, k=MAX_TOPICS, v0=start, return_singular_vectors="u")
    # svds returns the smallest first.
    return (left * values)[:, ::-1], values[::-1]
