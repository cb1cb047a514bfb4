"""How many terms sentences share, measured against their lengths: the links of TextRank and Reduction.

Two sentences of m and n terms that share r (a term that stands twice in both counts four times) are linked by
``r / (log m + log n)``. All links of a long text would fill a matrix of its sentences squared. They are never formed:
the divisor depends on the two lengths alone, and the matrix of its reciprocals is, but for rounding, a sum of some
twenty products of one factor per row and one per column; so a product with the links is twenty products with the counts
and their transpose, in time and memory that grow with the number of words.

References
----------
R. Mihalcea and P. Tarau (2004). TextRank: Bringing Order into Texts. EMNLP, 404-411; the similarity is in section 4.1.
M. Bebendorf (2000). Approximation of boundary element matrices. Numerische Mathematik 86, 565-589; the factors of the
reciprocals come from its cross approximation, with complete pivoting.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import sparse

from text_explorer.summaries.sentences.vectors import Rows, row_sums, squared

PRECISION = 1e-15
"""What the factors may miss, as a share of the largest reciprocal: less than the rounding of the sums they go into."""


FORMED_SENTENCES = 200
"""Up to here, dense counts are multiplied once and for all, which takes less time than to find the factors."""


class TermOverlap:
    """The links between the sentences of a document, as a matrix to multiply by.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms), dense or sparse.
    between_single_terms
        What a shared term counts between two sentences of one term each, where the divisor is zero.
    """

    def __init__(self, counts: Rows, *, between_single_terms: float):
        self._counts = counts
        self._between_single_terms = between_single_terms
        few = not sparse.issparse(counts) and counts.shape[0] <= FORMED_SENTENCES
        self._links = overlap_matrix(counts, between_single_terms) if few else None
        if self._links is None:
            lengths, self._length_ids = np.unique(_lengths(counts), return_inverse=True)
            reciprocals = _reciprocals(_logarithms(lengths), between_single_terms)
            self._left, self._right = (factors[self._length_ids] for factors in _cross_factors(reciprocals))

    def __matmul__(self, weights: np.ndarray) -> np.ndarray:
        """Multiply the links by an array of shape (n_sentences,)."""
        if self._links is not None:
            return self._links @ weights
        spread = self._counts @ (self._counts.T @ (self._right * weights[:, np.newaxis]))
        return np.einsum("ij,ij->i", self._left, spread)

    def with_itself(self) -> np.ndarray:
        """Give the link of each sentence to itself, as an array of shape (n_sentences,)."""
        if self._links is not None:
            return self._links.diagonal().copy()
        shared = row_sums(squared(self._counts))
        norms = 2.0 * _logarithms(_lengths(self._counts))
        return shared * np.where(norms > 0, 1.0 / np.where(norms > 0, norms, 1.0), self._between_single_terms)


def overlap_matrix(counts: Rows, between_single_terms: float) -> np.ndarray:
    """Form all links between the sentences of a short document.

    Parameters
    ----------
    counts
        Numbers of each term in each sentence, of shape (n_sentences, n_terms), dense or sparse.
    between_single_terms
        What a shared term counts between two sentences of one term each.

    Returns
    -------
    ndarray of shape (n_sentences, n_sentences)
    """
    logarithms = _logarithms(_lengths(counts))
    shared = counts @ counts.T
    if sparse.issparse(shared):
        links = shared.tocoo()
        norms = logarithms[links.row] + logarithms[links.col]
        links.data = np.where(
            norms > 0, links.data / np.where(norms > 0, norms, 1.0), links.data * between_single_terms
        )
        return links.toarray()
    norms = logarithms[:, np.newaxis] + logarithms
    return np.where(norms > 0, shared / np.where(norms > 0, norms, 1.0), shared * between_single_terms)


def _lengths(counts: Rows) -> np.ndarray:
    """Count the terms of each sentence; one without terms is linked to none and may pass for one of a term."""
    return np.maximum(row_sums(counts), 1.0)


def _logarithms(lengths: np.ndarray) -> np.ndarray:
    # NumPy's own logarithm may differ from that of the C library, which sumy uses, in the last bit.
    return np.array([math.log(length) for length in lengths.tolist()])


def _reciprocals(logarithms: np.ndarray, between_single_terms: float) -> np.ndarray:
    norms = logarithms[:, np.newaxis] + logarithms
    return np.where(norms > 0, 1.0 / np.where(norms > 0, norms, 1.0), between_single_terms)


def _cross_factors(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Write a square matrix as ``left @ right.T`` with as few columns as it takes."""
    rest, left, right = matrix.copy(), [], []
    least = PRECISION * np.abs(matrix).max()
    for _ in range(len(matrix)):
        row, column = np.unravel_index(np.abs(rest).argmax(), rest.shape)
        pivot = rest[row, column]
        if abs(pivot) <= least:
            break
        left.append(rest[:, column] / pivot)
        right.append(rest[row].copy())
        rest -= np.outer(left[-1], right[-1])
    if not left:
        return np.zeros((len(matrix), 1)), np.zeros((len(matrix), 1))
    return np.array(left).T, np.array(right).T
