"""Rank sentences by their vectors: nearness to the centroid, and latent semantic analysis.

References
----------
D. R. Radev, H. Jing, M. Stys and D. Tam (2004). Centroid-based summarization of multiple documents. Information
Processing & Management 40(6), 919-938.
J. Steinberger and K. Jezek (2004). Using Latent Semantic Analysis in Text Summarization and Summary Evaluation. ISIM.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from text_explorer.summaries.sentences.vectors import Rows, row_sums, unit_rows

LEAST_SHARE = 0.5
"""Latent topics whose singular value is below this share of the largest are noise and are left out."""

ROUNDING = 1e-9
"""Share by which a singular value may miss the bound: of four equal sentences and another, it is met exactly."""

MOST_TOPICS = 20
"""Largest number of latent topics; a long text has more than a short summary can speak of."""

EXACT_SENTENCES = 300
"""Up to here, in sentences or terms, all singular values are computed, beyond only the largest ``MOST_TOPICS``."""


def centroid(vectors: Rows, asked_for: Optional[np.ndarray] = None) -> np.ndarray:
    """Score sentences by their cosine with the mean of all sentences.

    Parameters
    ----------
    vectors
        TF-IDF vectors of length one, of shape (n_sentences, n_terms).
    asked_for
        Array of shape (n_sentences,): cosines with a query. The score is then the mean of both cosines.

    Returns
    -------
    ndarray of shape (n_sentences,)
        From 0 to 1.
    """
    total = row_sums(vectors.T)
    length = np.sqrt(total @ total)
    scores = vectors @ total / length if length > 0 else np.zeros(vectors.shape[0])
    return scores if asked_for is None else (scores + asked_for) / 2.0


def lsa(counts: Rows) -> np.ndarray:
    """Score sentences by how much of them lies in the space of the strongest latent topics.

    With the singular values sigma and the right singular vectors v of the matrix of terms by sentences, sentence k
    scores ``sqrt(sum over topics i of (sigma_i * v_ki)^2)``. Unlike in the paper, a sentence has the length one in the
    matrix: else the longest sentences score best, whatever they say, and a random draw makes better summaries. Terms
    are counted and not weighed by their rarity, which would make a topic of each sentence with words of its own. Signs
    of the vectors do not matter, and the start of the iteration is fixed, so that the scores are the same in every run.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms).

    Returns
    -------
    ndarray of shape (n_sentences,)
        From 0 to 1.
    """
    if counts.shape[1] == 0:
        return np.zeros(counts.shape[0])
    vectors = unit_rows(counts)
    scaled, values = _few_topics(vectors) if min(vectors.shape) <= EXACT_SENTENCES else _strongest_topics(vectors)
    n_topics = min(MOST_TOPICS, int(np.count_nonzero(values >= (LEAST_SHARE - ROUNDING) * values[0])))
    return np.sqrt(np.square(scaled[:, :n_topics]).sum(axis=1))


def _few_topics(vectors: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Give sentences in the space of all latent topics, strongest first, and the singular values.

    They come from the eigenvectors of the smaller of the two products of the matrix with itself.
    """
    by_sentence = vectors.shape[0] <= vectors.shape[1]
    product = vectors @ vectors.T if by_sentence else vectors.T @ vectors
    squares, directions = np.linalg.eigh(product.toarray() if sparse.issparse(product) else product)
    values = np.sqrt(np.maximum(squares[::-1], 0.0))
    directions = directions[:, ::-1]
    return (directions * values if by_sentence else vectors @ directions), values


def _strongest_topics(vectors: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Give sentences in the space of the ``MOST_TOPICS`` strongest latent topics, and the singular values."""
    start = np.ones(min(vectors.shape))
    left, values, _ = svds(vectors, k=MOST_TOPICS, v0=start, return_singular_vectors="u")
    # svds gives the smallest first.
    return (left * values)[:, ::-1], values[::-1]
