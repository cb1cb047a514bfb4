"""The fixed point by which variational LDA finds the topics of a document, compiled by numba.

Symbols of Hoffman, Blei & Bach (2010), "Online learning for latent Dirichlet allocation": ``gamma`` the variational
posterior of a document's topics, ``phi`` that of a word's.
"""

from __future__ import annotations

import math

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics.models.kernels._expectation_kernels import ENTRIES_AT_ONCE, add_expected_counts


@compiled
def exp_digamma(x, n_values, exponents, results):
    """Write exp(digamma(x)) of the first values of an array, all above 0, to some 1e-14 of itself.

    digamma(x) = ln y - 1 / (2 y) - sum_i B_2i / (2 i y^2i) - sum_{j<8} 1 / (x + j) with y = x + 8 (Abramowitz & Stegun
    6.3.6 and 6.3.18), whose logarithm the exponential takes back. The last sum is one fraction of u = x (x + 7), since
    (x + j) (x + 7 - j) = u + j (7 - j); so no step depends on the value, and the loop runs over several at a time.

    Parameters
    ----------
    x, exponents, results : float64 arrays; the first `n_values` of the last two are written
    """
    for i in range(n_values):
        u = x[i] * (x[i] + 7.0)
        outer, inner = u * (u + 6.0), (u + 10.0) * (u + 12.0)
        recurrence = (2.0 * x[i] + 7.0) * ((2.0 * u + 6.0) * inner + (2.0 * u + 22.0) * outer) / (outer * inner)
        y = x[i] + 8.0
        inverse = 1.0 / y
        square = inverse * inverse
        series = square * (1.0 / 240.0 - square * (1.0 / 132.0 - square * (691.0 / 32760.0 - square * (1.0 / 12.0))))
        series = square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - series)))
        exponents[i] = -(0.5 * inverse + series + recurrence)
        results[i] = y
    for i in range(n_values):
        results[i] *= math.exp(exponents[i])


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
    n_padded = len(alpha)
    weights = np.zeros(n_padded)  # exp(E[log theta])
    exponents, sums = np.empty(n_padded), np.empty(n_padded)
    total, exp_of_total = np.empty(1), np.empty(1)
    columns, norms = np.empty((n_padded, ENTRIES_AT_ONCE)), np.empty(ENTRIES_AT_ONCE)
    for d in range(len(offsets) - 1):
        terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
        gamma = gammas[d]
        gamma[:] = 0.0
        gamma[:n_topics] = 1.0
        for n_done in range(n_rounds):
            total[0] = 0.0
            for k in range(n_topics):
                total[0] += gamma[k]
            exp_digamma(total, 1, exponents, exp_of_total)
            exp_digamma(gamma, n_topics, exponents, weights)
            for k in range(n_topics):
                weights[k] /= exp_of_total[0]
            sums[:] = 0.0
            add_expected_counts(terms, term_counts, term_weights, weights, n_done == 0, columns, norms, sums)
            change = 0.0
            for k in range(n_topics):
                updated = alpha[k] + weights[k] * sums[k]
                change += abs(updated - gamma[k])
                gamma[k] = updated
            if change < threshold * n_topics:
                break
