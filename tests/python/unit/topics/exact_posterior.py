"""Whether a sampler visits states as often as their exact probabilities say, on corpora so small that all are known."""

from __future__ import annotations

from itertools import product

import numpy as np

N_BATCHES = 50
SMALLEST_PROBABILITY = 0.01
"""States that are rarer are taken as one: their visits in a batch would be too few to be normally distributed."""

MOST_STANDARD_ERRORS = 4.5
"""A t-distributed value of 49 degrees of freedom lies beyond with p = 4e-5: of some 50 states, once in 500 seeds."""


def all_states(n_places: int, n_values: int) -> np.ndarray:
    """Return each way to put one of `n_values` in each place: int array of shape (n_values ** n_places, n_places)."""
    return np.array(list(product(range(n_values), repeat=n_places)))


def state_numbers(states: np.ndarray, n_values: int) -> np.ndarray:
    """Return the place of each state in `all_states`."""
    return states @ n_values ** np.arange(states.shape[1])[::-1]


def companions(states: np.ndarray) -> np.ndarray:
    """Number states by which places hold the same value, whatever the value."""
    pairs = np.triu_indices(states.shape[1], 1)
    return (states[:, pairs[0]] == states[:, pairs[1]]) @ 2 ** np.arange(len(pairs[0]))


def probabilities(logs: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Sum exp(logs), scaled to one, over the states of each number."""
    weights = np.exp(logs - logs.max())
    return np.bincount(numbers, weights / weights.sum())


def standard_errors_away(visited: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """Compare how often states were visited with their probabilities.

    Successive states of a chain hang together, so the standard error is that of the means of long batches.

    Parameters
    ----------
    visited
        int array of shape (n_sweeps,): number of the state after each sweep.
    exact
        float64 array of shape (n_states,).

    Returns
    -------
    numpy.ndarray
        Differences in standard errors, of the likelier states and of all rarer ones as one.
    """
    likely = np.flatnonzero(exact >= SMALLEST_PROBABILITY)
    place = np.full(len(exact), len(likely))
    place[likely] = np.arange(len(likely))
    expected = np.append(exact[likely], exact[place == len(likely)].sum())
    batches = np.array([
        np.bincount(batch, minlength=len(expected)) / len(batch) for batch in np.split(place[visited], N_BATCHES)
    ])  # fmt: skip
    expected, batches = expected[expected > 0], batches[:, expected > 0]
    return (batches.mean(axis=0) - expected) / (batches.std(axis=0, ddof=1) / np.sqrt(N_BATCHES))
