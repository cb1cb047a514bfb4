"""The expected number of words of each topic in a document, compiled by numba: the inner loop of scoring by LDA.

Both loops over words and topics run along memory and add up nothing across their lanes: the norms of the words by a
copy of the document's terms in which words lie side by side, the sums of the topics by the terms' own rows. The order
of each sum is written down here, so that its last digit does not depend on the machine.
"""

from __future__ import annotations

from text_explorer.compiled import compiled

ENTRIES_AT_ONCE = 256
"""Terms of a document copied at once; longer documents are worked through piece by piece, in bounded memory."""

SMALLEST_NORM = 2.220446049250313e-16
"""Added to the norm of a word, as gensim does: no division by zero."""


@compiled
def add_expected_counts(term_ids, counts, term_weights, topic_weights, is_new, columns, norms, sums):
    """Add to `sums`, for topic k, sum_w counts_w term_weights_wk / (sum_j term_weights_wj topic_weights_j).

    Times ``topic_weights[k]``, this is the expected number of the document's words of topic k.

    Parameters
    ----------
    term_ids, counts : int32 arrays of shape (n_entries,), the document's
    term_weights : float array of shape (V, K), K a multiple of four
    topic_weights : float array of shape (K,)
    is_new : bool
        Whether `columns` is from another document.
    columns : float array of shape (K, ENTRIES_AT_ONCE), kept from call to call
    norms : float array of shape (ENTRIES_AT_ONCE,), for use here
    sums : float array of shape (K,), changed
    """
    for first in range(0, len(term_ids), ENTRIES_AT_ONCE):
        ids = term_ids[first : first + ENTRIES_AT_ONCE]
        if is_new or len(term_ids) > ENTRIES_AT_ONCE:
            _copy_columns(ids, term_weights, columns)
        _norms_of_words(columns, topic_weights, len(ids), norms)
        for entry in range(len(ids)):
            norms[entry] = counts[first + entry] / (norms[entry] + SMALLEST_NORM)
        _add_rows(ids, norms, term_weights, sums)


@compiled
def _copy_columns(term_ids, term_weights, columns):
    for entry in range(len(term_ids)):
        row = term_weights[term_ids[entry]]
        for k in range(len(row)):
            columns[k, entry] = row[k]


@compiled
def _norms_of_words(columns, topic_weights, n_entries, norms):
    """Sum the weights of each word over the topics, four topics at a time: a pass over the words costs its loads."""
    norms[:n_entries] = 0
    for k in range(0, len(topic_weights), 4):
        a, b, c, d = columns[k], columns[k + 1], columns[k + 2], columns[k + 3]
        a_weight, b_weight = topic_weights[k], topic_weights[k + 1]
        c_weight, d_weight = topic_weights[k + 2], topic_weights[k + 3]
        for entry in range(n_entries):
            norms[entry] += (a_weight * a[entry] + b_weight * b[entry]) + (c_weight * c[entry] + d_weight * d[entry])


@compiled
def _add_rows(term_ids, scales, term_weights, sums):
    """Add the scaled weights of each word to those of the topics, four words at a time."""
    n_entries = len(term_ids)
    for i in range(0, n_entries - 3, 4):
        a, b = term_weights[term_ids[i]], term_weights[term_ids[i + 1]]
        c, d = term_weights[term_ids[i + 2]], term_weights[term_ids[i + 3]]
        a_scale, b_scale, c_scale, d_scale = scales[i], scales[i + 1], scales[i + 2], scales[i + 3]
        for k in range(len(sums)):
            sums[k] += (a_scale * a[k] + b_scale * b[k]) + (c_scale * c[k] + d_scale * d[k])
    for i in range(n_entries - n_entries % 4, n_entries):
        row, scale = term_weights[term_ids[i]], scales[i]
        for k in range(len(sums)):
            sums[k] += scale * row[k]
