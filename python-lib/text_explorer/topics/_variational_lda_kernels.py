"""The fixed point by which variational LDA finds the topics of a document, compiled by numba.

Symbols of Hoffman, Blei & Bach (2010), "Online learning for latent Dirichlet allocation": ``gamma`` the variational
posterior of a document's topics, ``phi`` that of a word's.
"""

from __future__ import annotations

import math

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics._sampling_kernels import dot

SMALLEST_NORM = 2.220446049250313e-16
"""Added to the norm of phi, as gensim does."""


@compiled
def digamma(x):
    """Give the logarithmic derivative of the gamma function for x > 0, to some 1e-14.

    By recurrence, then its asymptotic series (Abramowitz & Stegun 6.3.5 and 6.3.18).
    """
    shift = 0.0
    while x < 10.0:
        shift -= 1.0 / x
        x += 1.0
    square = 1.0 / (x * x)
    series = 0.0
    for coefficient in (691.0 / 32760.0, 1.0 / 132.0, 1.0 / 240.0, 1.0 / 252.0, 1.0 / 120.0, 1.0 / 12.0):
        series = square * (coefficient - series)
    return shift + math.log(x) - 0.5 / x - series


@compiled
def infer(offsets, term_ids, counts, term_weights, alpha, n_topics, n_rounds, threshold, gammas):
    """Find gamma of each document: lines 3 to 6 of algorithm 2, from gamma = 1.

    Parameters
    ----------
    offsets : int64 array of shape (D + 1,); `term_ids`, `counts` : int32 arrays of shape (n_entries,)
    term_weights : float64 array of shape (V, K)
        exp(E[log beta]), 0 in the topics that pad K to a multiple of ``LANES``.
    alpha : float64 array of shape (K,)
    n_topics : int
        Topics that are no padding.
    n_rounds, threshold : int, float
        Rounds end where gamma changes by less, in the mean of the topics.
    gammas : float64 array of shape (D, K), written; 0 in the padding
    """
    weights = np.zeros(len(alpha))  # exp(E[log theta])
    sums = np.empty(len(alpha))
    for d in range(len(offsets) - 1):
        gamma = gammas[d]
        gamma[:] = 0.0
        gamma[:n_topics] = 1.0
        for _ in range(n_rounds):
            total = 0.0
            for k in range(n_topics):
                total += gamma[k]
            base = digamma(total)
            for k in range(n_topics):
                weights[k] = math.exp(digamma(gamma[k]) - base)
            sums[:] = 0.0
            for entry in range(offsets[d], offsets[d + 1]):
                row = term_weights[term_ids[entry]]
                scale = counts[entry] / (dot(row, weights) + SMALLEST_NORM)
                for k in range(len(sums)):
                    sums[k] += scale * row[k]
            change = 0.0
            for k in range(n_topics):
                updated = alpha[k] + weights[k] * sums[k]
                change += abs(updated - gamma[k])
                gamma[k] = updated
            if change < threshold * n_topics:
                break
