"""Inner loop of the bootstrap, compiled by numba."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


@compiled
def mixed(state):
    """Return the number splitmix64 draws in a state, uint64 (Steele, Lea and Flood 2014, figure 17)."""
    number = (state ^ (state >> np.uint64(30))) * _FIRST
    number = (number ^ (number >> np.uint64(27))) * _SECOND
    return number ^ (number >> np.uint64(31))


@compiled
def resampled_means(figures, n_resamples, seed):
    """Draw samples of n_rows rows with replacement, and return the mean of each sample.

    `figures` is float64 of shape (n_rows, n_columns), n_rows below 2**32, NaN for a missing value. A row is drawn with
    all its columns, so that columns can be compared. The means are float64 of shape (n_resamples, n_columns), NaN where
    only missing values were drawn.
    """
    n_rows, n_columns = figures.shape
    means = np.empty((n_resamples, n_columns))
    sums = np.empty(n_columns)
    counts = np.empty(n_columns, np.int64)
    state = mixed(seed)
    for draw in range(n_resamples):
        sums[:] = 0.0
        counts[:] = 0
        for _ in range(n_rows):
            state += _GOLDEN
            # The upper 32 bits times the number of rows, over 2**32: from 0 to n_rows - 1.
            row = np.int64(((mixed(state) >> np.uint64(32)) * np.uint64(n_rows)) >> np.uint64(32))
            for column in range(n_columns):
                figure = figures[row, column]
                if not np.isnan(figure):
                    sums[column] += figure
                    counts[column] += 1
        for column in range(n_columns):
            means[draw, column] = sums[column] / counts[column] if counts[column] > 0 else np.nan
    return means
