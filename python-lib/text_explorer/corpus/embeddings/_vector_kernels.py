"""Projection and hashes of embeddings, compiled by numba: the same bits for a vector whatever stands beside it."""

from __future__ import annotations

import math

import numpy as np

from text_explorer.compiled import compiled


@compiled
def project(embeddings, centre, directions, units):
    """Write the unit vectors of centred, projected embeddings; zeros where nothing is left of one.

    Parameters
    ----------
    embeddings : float32 array of shape (n, d); `centre` : float32 array of shape (d,)
    directions : float32 array of shape (d, p)
    units : float32 array of shape (n, p), written
    """
    n_dims = directions.shape[1]
    sums = np.empty(n_dims)
    for row in range(len(embeddings)):
        sums[:] = 0.0
        for i in range(len(centre)):
            value = np.float64(embeddings[row, i]) - np.float64(centre[i])
            for j in range(n_dims):
                sums[j] += value * directions[i, j]
        square = 0.0
        for j in range(n_dims):
            square += sums[j] * sums[j]
        length = math.sqrt(square)
        for j in range(n_dims):
            units[row, j] = sums[j] / length if length > 0.0 else 0.0


@compiled
def hash_rows(values, hashes):
    """Write a 64-bit hash of each row of a uint32 matrix (the mixing steps of SplitMix64, Steele 2014)."""
    for row in range(len(values)):
        mixed = np.uint64(0x9E3779B97F4A7C15)
        for value in values[row]:
            mixed ^= np.uint64(value)
            mixed *= np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(29)
        hashes[row] = mixed
