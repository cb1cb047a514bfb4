"""The term overlap of sentences, normalized by their lengths: the similarity of TextRank and Reduction.

Two sentences of m and n terms with r terms in common (a term that occurs twice in both counts four times) have the
overlap ``r / (log m + log n)``. For a long text, the matrix of all overlaps would be too large and is never built: the
divisor depends only on the two lengths, and the matrix of its reciprocals is, except for rounding, a sum of some twenty
products of one factor per row and one per column. So a product with the overlaps is twenty products with the counts and
their transpose, in time and memory that grow with the number of words.

References
----------
R. Mihalcea and P. Tarau (2004). TextRank: Bringing Order into Texts. EMNLP, 404-411; the similarity is in section 4.1.
M. Bebendorf (2000). Approximation of boundary element matrices. Numerische Mathematik 86, 565-589; the factors of the
reciprocals come from its cross approximation, with complete pivoting.
"""

from __future__ import annotations

import math

import numpy as np

from text_explorer.summaries.sentences.vectors import TermMatrix, dense, row_sums, squared

PRECISION = 1e-15
"""Largest error of the factors, relative to the largest reciprocal: less than the rounding of the sums they enter."""

DENSE_SENTENCES = 200
"""Up to here the matrix of dense counts is built, which is faster than to find the factors."""


class TermOverlap:
    """The term overlaps of the sentences of a document, as a matrix to multiply by.

    `between_single_terms` is what a common term counts between two sentences of one term each, where the divisor is
    zero.
    """

    def __init__(self, counts: TermMatrix, *, between_single_terms: float):
        self._counts = counts
        self._between_single_terms = between_single_terms
        few = isinstance(counts, np.ndarray) and counts.shape[0] <= DENSE_SENTENCES
        self._overlaps = overlap_matrix(counts, between_single_terms) if few else None
        if self._overlaps is None:
            lengths, length_ids = np.unique(_lengths(counts), return_inverse=True)
            logarithms = _logarithms(lengths)
            reciprocals = _reciprocals(logarithms[:, np.newaxis] + logarithms, between_single_terms)
            self._left, self._right = (factors[length_ids] for factors in _cross_factors(reciprocals))

    def __matmul__(self, weights: np.ndarray) -> np.ndarray:
        """Multiply the overlaps by an array of shape (n_sentences,)."""
        if self._overlaps is not None:
            return self._overlaps @ weights
        spread = self._counts @ (self._counts.T @ (self._right * weights[:, np.newaxis]))
        return np.einsum("ij,ij->i", self._left, spread)

    def with_itself(self) -> np.ndarray:
        """Return the overlap of each sentence with itself, as an array of shape (n_sentences,)."""
        if self._overlaps is not None:
            return self._overlaps.diagonal().copy()
        common = row_sums(squared(self._counts))
        norms = 2.0 * _logarithms(_lengths(self._counts))
        return common * _reciprocals(norms, self._between_single_terms)


def overlap_matrix(counts: TermMatrix, between_single_terms: float) -> np.ndarray:
    """Compute all overlaps between the sentences of a short document, of shape (n_sentences, n_sentences)."""
    logarithms = _logarithms(_lengths(counts))
    norms = logarithms[:, np.newaxis] + logarithms
    overlaps = dense(counts @ counts.T)
    np.divide(overlaps, norms, out=overlaps, where=norms > 0)
    overlaps[norms == 0] *= between_single_terms
    return overlaps


def _lengths(counts: TermMatrix) -> np.ndarray:
    """Count the terms of each sentence; one without terms overlaps with none and may count as one of a single term."""
    return np.maximum(row_sums(counts), 1.0)


def _logarithms(lengths: np.ndarray) -> np.ndarray:
    # NumPy's own logarithm may differ from that of the C library, which sumy uses, in the last bit.
    return np.array([math.log(length) for length in lengths.tolist()])


def _reciprocals(norms: np.ndarray, between_single_terms: float) -> np.ndarray:
    return np.where(norms > 0, 1.0 / np.where(norms > 0, norms, 1.0), between_single_terms)


def _cross_factors(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Factorize a square matrix as ``left @ right.T`` with as few columns as possible."""
    rest = matrix.copy()
    left: list[np.ndarray] = []
    right: list[np.ndarray] = []
    tolerance = PRECISION * np.abs(matrix).max()
    for _ in range(len(matrix)):
        row, column = np.unravel_index(np.abs(rest).argmax(), rest.shape)
        pivot = rest[row, column]
        if abs(pivot) <= tolerance:
            break
        left.append(rest[:, column] / pivot)
        right.append(rest[row].copy())
        rest -= np.outer(left[-1], right[-1])
    if not left:
        return np.zeros((len(matrix), 1)), np.zeros((len(matrix), 1))
    return np.array(left).T, np.array(right).T
