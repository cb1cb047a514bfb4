"""Sums of counts over the parts of a corpus, and hashes of documents; compiled by numba."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled


@compiled
def add_changes(counts, changes, sums, column_sums):
    """Add a matrix of changes to a matrix of counts.

    Parameters
    ----------
    counts, changes : integer arrays of the same shape
    sums : array of the shape and type of `counts`, written
    column_sums : int64 array, written; zeros before

    Returns
    -------
    n_wrong : int
        Number of sums that are negative or too large for the type.
    """
    n_wrong = 0
    for row in range(counts.shape[0]):
        for column in range(counts.shape[1]):
            value = np.int64(counts[row, column]) + np.int64(changes[row, column])
            sums[row, column] = value
            n_wrong += (value < 0) | (np.int64(sums[row, column]) != value)
            column_sums[column] += value
    return n_wrong


@compiled
def hash_documents(indptr, indices, data, hashes):
    """Write a 64-bit hash of the terms and counts of each document (the mixing steps of SplitMix64, Steele 2014).

    Parameters
    ----------
    indptr, indices, data : documents in compressed sparse rows, see `Corpus`
    hashes : uint64 array of shape (D,), written
    """
    for d in range(len(indptr) - 1):
        mixed = np.uint64(0x9E3779B97F4A7C15)
        for entry in range(indptr[d], indptr[d + 1]):
            mixed ^= (np.uint64(indices[entry]) << np.uint64(32)) | np.uint64(data[entry])
            mixed += np.uint64(0x9E3779B97F4A7C15)
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            mixed ^= mixed >> np.uint64(31)
        hashes[d] = mixed
