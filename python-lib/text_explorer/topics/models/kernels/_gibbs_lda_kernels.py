"""Inner loops of latent Dirichlet allocation by collapsed Gibbs sampling, compiled by numba.

Symbols of Griffiths & Steyvers (2004) and Wallach et al. (2009): ``K`` topics, ``D`` documents, ``V`` terms; ``n_dk``
words of document d in topic k (``doc``), ``n_kw`` occurrences of term w in it (``term_topics``, terms first so that a
word reads one run of memory), ``n_k`` words in it (``topic_words``).

``K`` is padded to a multiple of ``LANES`` (see `_sampling_kernels`); the topics added have a prior of 0 and are never
drawn.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics.models.kernels._expectation_kernels import ENTRIES_AT_ONCE, add_expected_counts
from text_explorer.topics.models.kernels._sampling_kernels import draw, next_random


@compiled
def sweep(tokens, offsets, topics, term_topics, topic_words, alpha, beta, state):
    """Draw the topic of each word once, given those of all others (one Gibbs iteration).

    The weights are those of Griffiths & Steyvers, equation 5: (n_dk + alpha_k) (n_kw + beta) / (n_k + V beta). They are
    taken with the word itself counted, and set right for its own topic alone.

    Parameters
    ----------
    tokens : int32 array of shape (n_tokens,), terms of the words; `offsets` : int64 array of shape (D + 1,)
    topics : int32 array of shape (n_tokens,), changed
    term_topics : int32 array of shape (V, K), changed
    topic_words : int64 array of shape (K,), changed
    alpha : float32 array of shape (K,), 0 where a topic is padding
    beta : float
    state : uint64 array of shape (1,), not 0, changed
    """
    n_topics = term_topics.shape[1]
    small, smoothing = np.float32(beta), np.float32(beta * term_topics.shape[0])
    doc = np.zeros(n_topics, np.int32)
    shares = np.empty(n_topics, np.float32)  # (n_dk + alpha_k) / (n_k + V beta)
    weights = np.empty(n_topics, np.float32)
    one = np.float32(1.0)
    inverse = np.empty(n_topics, np.float32)
    for k in range(n_topics):
        inverse[k] = one / (np.float32(topic_words[k]) + smoothing)
    for d in range(len(offsets) - 1):
        doc[:] = 0
        for token in range(offsets[d], offsets[d + 1]):
            doc[topics[token]] += 1
        for k in range(n_topics):
            shares[k] = (np.float32(doc[k]) + alpha[k]) * inverse[k]
        for token in range(offsets[d], offsets[d + 1]):
            row, z = term_topics[tokens[token]], np.int32(topics[token])
            for k in range(n_topics):
                weights[k] = shares[k] * (np.float32(row[k]) + small)
            without = (np.float32(doc[z] - 1) + alpha[z]) / (np.float32(topic_words[z] - 1) + smoothing)
            weights[z] = without * (np.float32(row[z] - 1) + small)
            drawn = draw(weights, n_topics, next_random(state))
            if drawn != z:
                topics[token] = drawn
                row[z] -= 1
                row[drawn] += 1
                doc[z] -= 1
                doc[drawn] += 1
                topic_words[z] -= 1
                topic_words[drawn] += 1
                for k in (z, np.int32(drawn)):
                    inverse[k] = one / (np.float32(topic_words[k]) + smoothing)
                    shares[k] = (np.float32(doc[k]) + alpha[k]) * inverse[k]


@compiled
def count_lengths(offsets, longest):
    """Count the documents of each number of words: int64 array of shape (longest + 1,), longer ones in the last."""
    lengths = np.zeros(longest + 1, np.int64)
    for d in range(len(offsets) - 1):
        lengths[min(offsets[d + 1] - offsets[d], longest)] += 1
    return lengths


@compiled
def count_doc_topics(offsets, topics, n_topics, longest):
    """Count the documents with n words in each topic, n from 1: int64 array of shape (n_topics, longest + 1).

    Of a longer document, only `longest` words count, spread evenly over it: a part of a document follows the same
    distribution.
    """
    doc_topics = np.zeros((n_topics, longest + 1), np.int64)
    doc = np.zeros(n_topics, np.int32)
    for d in range(len(offsets) - 1):
        length = offsets[d + 1] - offsets[d]
        n_counted = min(length, longest)
        for i in range(n_counted):
            doc[topics[offsets[d] + i * length // n_counted]] += 1
        for i in range(n_counted):
            k = topics[offsets[d] + i * length // n_counted]
            if doc[k] > 0:
                doc_topics[k, doc[k]] += 1
                doc[k] = 0
    return doc_topics


@compiled
def count_values(counts, n_values):
    """Count the cells of a matrix that hold each value below `n_values`, which all are: int64 array."""
    cells = np.zeros(n_values, np.int64)
    for row in range(counts.shape[0]):
        for column in range(counts.shape[1]):
            cells[counts[row, column]] += 1
    return cells


@compiled
def optimise_alpha(alpha, lengths, doc_topics, n_rounds):
    """Move an asymmetric document-topic prior towards its maximum-likelihood value: Minka's fixed point.

    The differences of digamma functions are sums of 1 / (alpha + i), taken from histograms as in Wallach (2008),
    "Structured topic models for language", algorithm 2.2; a Gamma(1.001, 1) hyperprior keeps the values finite.

    Parameters
    ----------
    alpha : float64 array of shape (K,), changed
    lengths, doc_topics : int64 arrays of shapes (n + 1,) and (K, n + 1), see `count_lengths` and `count_doc_topics`
    """
    most = np.zeros(len(alpha), np.int64)  # words of a document in the topic
    for k in range(len(alpha)):
        for n in range(1, len(lengths)):
            if doc_topics[k, n] > 0:
                most[k] = n
    for _ in range(n_rounds):
        total = alpha.sum()
        difference, denominator = 0.0, 0.0
        for n in range(1, len(lengths)):
            difference += 1.0 / (total + n - 1)
            denominator += lengths[n] * difference
        denominator += 1.0
        for k in range(len(alpha)):
            difference, numerator = 0.0, 0.0
            for n in range(1, most[k] + 1):
                difference += 1.0 / (alpha[k] + n - 1)
                numerator += doc_topics[k, n] * difference
            alpha[k] = (alpha[k] * numerator + 0.001) / denominator


@compiled
def fold_in(offsets, term_ids, counts, term_probabilities, alpha, n_rounds, tolerance, gammas):
    """Find the shares of the topics in documents by expectation maximisation, the topics fixed.

    Each round gives topic k alpha_k plus the expected number of words in it, given the shares before.

    Parameters
    ----------
    offsets : int64 array of shape (D + 1,); `term_ids`, `counts` : int32 arrays of shape (n_entries,)
    term_probabilities : float32 array of shape (V, K)
        P(term | topic), 0 in the topics added.
    alpha : float32 array of shape (K,)
    n_rounds : int
        Maximum number of rounds.
    tolerance : float
        Rounds end where the values change by less, summed over the topics, a word of the document.
    gammas : float32 array of shape (D, K), written
    """
    n_topics = len(alpha)
    sums = np.empty(n_topics, np.float32)
    columns, norms = np.empty((n_topics, ENTRIES_AT_ONCE), np.float32), np.empty(ENTRIES_AT_ONCE, np.float32)
    for d in range(len(offsets) - 1):
        terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
        gamma, length = gammas[d], term_counts.sum()
        for k in range(n_topics):
            gamma[k] = alpha[k] + np.float32(length) / np.float32(n_topics) * np.float32(alpha[k] > 0)
        for n_done in range(n_rounds):
            sums[:] = 0
            add_expected_counts(terms, term_counts, term_probabilities, gamma, n_done == 0, columns, norms, sums)
            change = np.float32(0.0)
            for k in range(n_topics):
                updated = alpha[k] + gamma[k] * sums[k]
                change += abs(updated - gamma[k])
                gamma[k] = updated
            if change <= np.float32(tolerance) * np.float32(length):
                break
