"""Compiled loops over documents: sums for each topic, and the log-likelihood of words."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled

FRACTION_BITS = 40
"""Sums are kept as whole numbers and multiples of 2^-40: exact, so that the order of additions does not show."""

_FRACTIONS = 2**FRACTION_BITS
SHARES, WORDS, WORD_LOGS, SHARE_LOGS = range(4)


@compiled
def add_documents(doc_topic_distr, doc_lengths, n_documents, sums, largest):
    """Add documents to running sums, which neither their order nor their parts change.

    Documents whose first share is NaN are skipped.

    Parameters
    ----------
    doc_topic_distr : float64 array of shape (n_docs, n_topics)
    doc_lengths : int64 array of shape (n_docs,)
    n_documents : int64 array of shape (n_topics,), changed
        Documents whose largest share is the topic's, the lower id at a tie.
    sums : int64 array of shape (4, 2, n_topics), changed
        Sums of the share s, of the words w = s * length, of w log w, and of w log s: whole numbers, and fractions in
        multiples of 2^-40.
    largest : float64 array of shape (2, n_topics), changed
        The words of each topic in the document that has most of them, and in the next one.
    """
    n_topics = doc_topic_distr.shape[1]
    for doc in range(len(doc_topic_distr)):
        row = doc_topic_distr[doc]
        if np.isnan(row[0]):
            continue
        best = 0
        for topic in range(n_topics):
            share = row[topic]
            if share > row[best]:
                best = topic
            if share <= 0:
                continue
            _add(sums[SHARES], topic, share)
            own = share * doc_lengths[doc]
            if own > 0:
                _add(sums[WORDS], topic, own)
                _add(sums[WORD_LOGS], topic, own * np.log(own))
                _add(sums[SHARE_LOGS], topic, own * np.log(share))
            if own > largest[1, topic]:
                largest[1, topic] = min(own, largest[0, topic])
                largest[0, topic] = max(own, largest[0, topic])
        n_documents[best] += 1


@compiled
def _add(total, topic, value):
    whole = np.floor(value)
    fraction = total[1, topic] + np.int64(np.rint((value - whole) * _FRACTIONS))
    total[0, topic] += np.int64(whole) + (fraction >> FRACTION_BITS)
    total[1, topic] = fraction & (_FRACTIONS - 1)


@compiled
def word_log_likelihoods(offsets, term_ids, counts, doc_topic_distr, term_probabilities):
    """Sum the log-probabilities of the words of each document; `term_probabilities` is of shape (V, K)."""
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
