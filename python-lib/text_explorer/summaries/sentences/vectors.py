"""Sentences as vectors of their terms.

Small matrices are dense and large ones sparse: a paragraph is done in microseconds, a book fits in memory, and the
rankers are written once, for ``@`` serves both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np
from scipy import sparse

Rows = Union[np.ndarray, sparse.csr_matrix]
"""A float64 matrix with one row a sentence, dense or sparse."""

DENSE_CELLS = 50_000
"""Up to here (about 100 sentences of a text) a dense product is faster than a sparse one."""


def count_matrix(sentence_terms: Sequence[Sequence[str]]) -> Rows:
    """Count the terms of sentences.

    Parameters
    ----------
    sentence_terms
        Terms of each sentence, with repetitions.

    Returns
    -------
    ndarray or csr_matrix of shape (n_sentences, n_terms)
        Terms are numbered in the order of their first occurrence, so that nothing hangs on hashes.
    """
    ids: dict[str, int] = {}
    columns = [ids.setdefault(term, len(ids)) for terms in sentence_terms for term in terms]
    lengths = [len(terms) for terms in sentence_terms]
    shape = (len(lengths), len(ids))
    if shape[0] * shape[1] <= DENSE_CELLS:
        cells = np.repeat(np.arange(shape[0]) * shape[1], lengths) + np.array(columns, dtype=np.int64)
        return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    counts = sparse.csr_matrix((np.ones(len(columns)), columns, offsets), shape=shape)
    counts.sum_duplicates()
    return counts


def tfidf(counts: Rows) -> Rows:
    """Weigh counts by how rare a term is among the sentences: count * (1 + log(n_sentences / sentences holding it)).

    The 1 keeps terms that every sentence holds, so that sentences which are all alike still have a likeness.
    """
    return scaled_columns(counts, inverse_document_frequencies(counts))


def inverse_document_frequencies(counts: Rows) -> np.ndarray:
    """Give ``1 + log(n_sentences / sentences holding it)`` of each term, as an array of shape (n_terms,)."""
    return 1.0 + np.log(counts.shape[0] / sentences_holding(counts))


def sentences_holding(counts: Rows) -> np.ndarray:
    """Count the sentences that hold each term, as an array of shape (n_terms,)."""
    if sparse.issparse(counts):
        return np.bincount(counts.indices, minlength=counts.shape[1])
    return np.count_nonzero(counts, axis=0)


def unit_tfidf(counts: Rows) -> Rows:
    """Give TF-IDF vectors of length one; a sentence without terms keeps its zeros."""
    return unit_rows(tfidf(counts))


def unit_rows(matrix: Rows) -> Rows:
    """Scale each row to length one; a row of zeros stays."""
    lengths = np.sqrt(row_sums(squared(matrix)))
    return scaled_rows(matrix, 1.0 / np.where(lengths > 0, lengths, 1.0))


def similarities_to(vectors: Rows, index: int) -> np.ndarray:
    """Give the cosine of every sentence with one of them.

    Returns
    -------
    ndarray of shape (n_sentences,)
    """
    if sparse.issparse(vectors):
        return vectors @ vectors[[index]].toarray().ravel()
    return vectors @ vectors[index]


def row_sums(matrix: Rows) -> np.ndarray:
    """Sum each row into an array of shape (n_rows,)."""
    return np.asarray(matrix.sum(axis=1)).ravel()


def scaled_rows(matrix: Rows, factors: np.ndarray) -> Rows:
    """Multiply each row by a factor."""
    if not sparse.issparse(matrix):
        return matrix * factors[:, np.newaxis]
    return _with_cells(matrix, matrix.data * np.repeat(factors, np.diff(matrix.indptr)))


def scaled_columns(matrix: Rows, factors: np.ndarray) -> Rows:
    """Multiply each column by a factor."""
    return _with_cells(matrix, matrix.data * factors[matrix.indices]) if sparse.issparse(matrix) else matrix * factors


def squared(matrix: Rows) -> Rows:
    """Square each cell."""
    return _with_cells(matrix, matrix.data**2) if sparse.issparse(matrix) else matrix**2


def _with_cells(matrix: sparse.csr_matrix, cells: np.ndarray) -> sparse.csr_matrix:
    return sparse.csr_matrix((cells, matrix.indices, matrix.indptr), shape=matrix.shape)
