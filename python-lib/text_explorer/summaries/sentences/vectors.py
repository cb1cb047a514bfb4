"""Sentences as vectors of their terms.

Small matrices are dense and large ones sparse: a paragraph takes microseconds, a book fits in memory, and each ranker
is written once, since ``@`` serves both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np
from scipy import sparse

TermMatrix = Union[np.ndarray, sparse.csr_matrix]
"""A float64 matrix with one row per sentence, dense or sparse."""

DENSE_CELLS = 50_000
"""Up to here (about 100 sentences of a text) a dense product is faster than a sparse one."""


def count_matrix(sentence_terms: Sequence[Sequence[str]]) -> TermMatrix:
    """Count the terms of sentences.

    Parameters
    ----------
    sentence_terms
        Terms of each sentence, with repetitions.

    Returns
    -------
    ndarray or csr_matrix of shape (n_sentences, n_terms)
        Terms are numbered in the order of their first occurrence, so that nothing depends on hashes.
    """
    ids: dict[str, int] = {}
    columns = [ids.setdefault(term, len(ids)) for terms in sentence_terms for term in terms]
    lengths = [len(terms) for terms in sentence_terms]
    shape = (len(lengths), len(ids))
    if shape[0] * shape[1] <= DENSE_CELLS:
        cells = np.repeat(np.arange(shape[0]) * shape[1], lengths) + np.array(columns, dtype=np.int64)
        return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    indptr = np.concatenate(([0], np.cumsum(lengths)))
    counts = sparse.csr_matrix((np.ones(len(columns)), columns, indptr), shape=shape)
    counts.sum_duplicates()
    return counts


def unit_tfidf(counts: TermMatrix) -> TermMatrix:
    """Return TF-IDF vectors of length one; a sentence without terms keeps its zeros."""
    return unit_rows(scaled_columns(counts, inverse_document_frequencies(counts)))


def inverse_document_frequencies(counts: TermMatrix) -> np.ndarray:
    """Return ``1 + log(n_sentences / sentence frequency)`` of each term, as an array of shape (n_terms,).

    The 1 keeps terms that occur in every sentence, so that identical sentences still have a similarity.
    """
    return 1.0 + np.log(counts.shape[0] / sentence_frequencies(counts))


def sentence_frequencies(counts: TermMatrix) -> np.ndarray:
    """Count the sentences that contain each term, as an array of shape (n_terms,)."""
    if isinstance(counts, np.ndarray):
        return np.count_nonzero(counts, axis=0)
    return np.bincount(counts.indices, minlength=counts.shape[1])


def unit_rows(matrix: TermMatrix) -> TermMatrix:
    """Scale each row to length one; a row of zeros stays."""
    lengths = np.sqrt(row_sums(squared(matrix)))
    return scaled_rows(matrix, 1.0 / np.where(lengths > 0, lengths, 1.0))


def similarities_to(vectors: TermMatrix, index: int) -> np.ndarray:
    """Compute the cosine of every sentence with one of them, as an array of shape (n_sentences,)."""
    return vectors @ dense(vectors[[index]]).ravel()


def dense(matrix: TermMatrix) -> np.ndarray:
    """Return a matrix as an ndarray."""
    return matrix if isinstance(matrix, np.ndarray) else matrix.toarray()


def row_sums(matrix: TermMatrix) -> np.ndarray:
    """Sum each row into an array of shape (n_rows,)."""
    return np.asarray(matrix.sum(axis=1)).ravel()


def scaled_rows(matrix: TermMatrix, factors: np.ndarray) -> TermMatrix:
    """Multiply each row by a factor."""
    if isinstance(matrix, np.ndarray):
        return matrix * factors[:, np.newaxis]
    return _with_data(matrix, matrix.data * np.repeat(factors, np.diff(matrix.indptr)))


def scaled_columns(matrix: TermMatrix, factors: np.ndarray) -> TermMatrix:
    """Multiply each column by a factor."""
    if isinstance(matrix, np.ndarray):
        return matrix * factors
    return _with_data(matrix, matrix.data * factors[matrix.indices])


def squared(matrix: TermMatrix) -> TermMatrix:
    """Square each cell."""
    return matrix**2 if isinstance(matrix, np.ndarray) else _with_data(matrix, matrix.data**2)


def _with_data(matrix: sparse.csr_matrix, data: np.ndarray) -> sparse.csr_matrix:
    return sparse.csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)
