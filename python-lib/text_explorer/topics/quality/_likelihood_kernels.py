"""Inner loop of the log-likelihood of words, compiled by numba."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled


@compiled
def word_log_likelihoods(offsets, term_ids, counts, doc_topic_distr, term_probabilities):
    """Sum the log-probabilities of the words of each document.

    Parameters
    ----------
    offsets : int64 array of shape (D + 1,); `term_ids`, `counts` : int32 arrays of shape (n_entries,)
    doc_topic_distr : float64 array of shape (D, K)
    term_probabilities : float64 array of shape (V, K)

    Returns
    -------
    float64 array of shape (D,)
    """
    log_likelihoods = np.zeros(len(offsets) - 1)
    for d in range(len(offsets) - 1):
        shares = doc_topic_distr[d]
        for entry in range(offsets[d], offsets[d + 1]):
            row = term_probabilities[term_ids[entry]]
            probability = 0.0
            for k in range(len(shares)):
                probability += shares[k] * row[k]
            log_likelihoods[d] += counts[entry] * np.log(probability)
    return log_likelihoods
