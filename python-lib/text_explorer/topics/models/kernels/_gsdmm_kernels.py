"""Inner loops of GSDMM, compiled by numba.

Symbols of Yin & Wang (2014), "A Dirichlet multinomial mixture model-based approach for short text clustering":
``K`` clusters, ``D`` documents, ``V`` terms; ``m_z`` documents in cluster z (``cluster_docs``), ``n_z`` words in it
(``cluster_words``), ``n_z^w`` occurrences of term w in it (``term_clusters``, terms first so that a document's term
reads one run of memory), ``N_d`` words of document d, ``N_d^w`` occurrences of term w in it.

Clusters that hold documents come first, so that the loops over them are short and straight; of the empty ones, which
all weigh the same, one stands for all. Arrays by cluster have a length that is a multiple of ``LANES``, and room for
one more than ``K``.
"""

from __future__ import annotations

import math

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics.models.kernels._sampling_kernels import LANES, draw, next_random

WORDS_AT_ONCE = 24
"""So many words are multiplied into a weight before it is moved into its logarithm: far from where a float64 ends."""


@compiled
def scale_of_lengths(cluster_words, smoothing):
    """Return the factor that brings the lengths of clusters, from `smoothing` to that and all words, around 1.

    The product of several of them then stays within what a float32 can hold.
    """
    return 1.0 / math.sqrt(smoothing * (smoothing + cluster_words.sum()))


@compiled
def weigh(
    doc_terms, doc_counts, n_clusters, n_candidates, cluster_docs, cluster_words, term_clusters, alpha, beta,
    repeats, scale, weights, lengths, words,
):  # fmt: skip
    """Compute the weights of the first clusters for a document that none of them holds, up to a common factor.

    The weight of the heaviest candidate of a long document is 1, so that they cannot all underflow.

    Equation 4: ``(m_z + alpha) prod_w prod_j (n_z^w + beta + j) / prod_i (n_z + V beta + i)``; equation 3, for
    documents that repeat no word, has no ``j``.

    Parameters
    ----------
    doc_terms, doc_counts : int32 arrays of shape (n_entries,)
    n_clusters : int
        Clusters to weigh, those that pad the arrays included.
    n_candidates : int
        Clusters that may be drawn. Those behind them are no candidates: an empty one would outweigh all others for a
        document that repeats a term often.
    cluster_docs, cluster_words : float64 arrays, by cluster
    term_clusters : int32 array of shape (V, number of clusters)
    repeats : int, 1 for equation 4, 0 for equation 3
    scale : float, see `scale_of_lengths`
    weights : float64 array, by cluster; the first `n_clusters` are written
    lengths : float32 or float64 array, by cluster, for use here
        Its type is that of the factors of a weight: float32 is twice as fast, and right to a millionth for each word.
    words : int64 array of shape (2, ``WORDS_AT_ONCE``), for use here
    """
    smoothing = term_clusters.shape[0] * beta
    for z in range(n_clusters):
        weights[z] = cluster_docs[z] + alpha
        lengths[z] = (cluster_words[z] + smoothing) * scale
    logs = multiply_words(
        doc_terms, doc_counts, n_clusters, term_clusters, beta, repeats, scale, weights, lengths, words
    )
    if len(logs) > 0:
        largest = logs[:n_candidates].max()
        for z in range(n_clusters):
            weights[z] = math.exp(logs[z] - largest)


@compiled
def multiply_words(
    doc_terms, doc_counts, n_clusters, term_clusters, beta, repeats, scale, weights, lengths, words
):  # fmt: skip
    """Multiply weights by the factors of the words of a document; see `weigh`.

    Returns
    -------
    logs
        Logarithms of the weights of a document of ``WORDS_AT_ONCE`` words or more; empty for a shorter one.
    """
    logs = np.zeros(0)
    n_before, n_waiting = 0, 0
    for entry in range(len(doc_terms)):
        for repeat in range(doc_counts[entry]):
            words[0, n_waiting], words[1, n_waiting] = doc_terms[entry], repeat * repeats
            n_waiting += 1
            if n_waiting == WORDS_AT_ONCE:
                _multiply(words, n_waiting, n_before, n_clusters, term_clusters, beta, scale, weights, lengths)
                if len(logs) == 0:
                    logs = np.zeros(n_clusters)
                _move_into_logs(weights, n_clusters, logs)
                n_before, n_waiting = n_before + n_waiting, 0
    _multiply(words, n_waiting, n_before, n_clusters, term_clusters, beta, scale, weights, lengths)
    if len(logs) > 0:
        _move_into_logs(weights, n_clusters, logs)
    return logs


@compiled
def _multiply(words, n_words, n_before, n_clusters, term_clusters, beta, scale, weights, lengths):
    """Multiply the weights by the factors of some words, four at a time: a pass over the clusters costs its loads."""
    real = lengths.dtype.type
    for i in range(0, n_words - 3, 4):
        a, b = term_clusters[words[0, i]], term_clusters[words[0, i + 1]]
        c, d = term_clusters[words[0, i + 2]], term_clusters[words[0, i + 3]]
        a_more, b_more = real(words[1, i] + beta), real(words[1, i + 1] + beta)
        c_more, d_more = real(words[1, i + 2] + beta), real(words[1, i + 3] + beta)
        a_place, b_place = real((n_before + i) * scale), real((n_before + i + 1) * scale)
        c_place, d_place = real((n_before + i + 2) * scale), real((n_before + i + 3) * scale)
        for z in range(n_clusters):
            n = lengths[z]
            product = (real(a[z]) + a_more) * (real(b[z]) + b_more) * ((real(c[z]) + c_more) * (real(d[z]) + d_more))
            weights[z] *= product / ((n + a_place) * (n + b_place) * ((n + c_place) * (n + d_place)))
    for i in range(n_words - n_words % 4, n_words):
        row, more, place = term_clusters[words[0, i]], real(words[1, i] + beta), real((n_before + i) * scale)
        for z in range(n_clusters):
            weights[z] *= (real(row[z]) + more) / (lengths[z] + place)


@compiled
def _move_into_logs(weights, n_clusters, logs):
    """Add the logarithms of weights to `logs`, and start again."""
    for z in range(n_clusters):
        logs[z] += math.log(weights[z])
        weights[z] = 1.0


@compiled
def move(doc_terms, doc_counts, doc_length, z, step, cluster_docs, cluster_words, term_clusters):
    """Add a document to cluster `z` (`step` 1) or take it out (`step` -1)."""
    cluster_docs[z] += step
    cluster_words[z] += step * doc_length
    for entry in range(len(doc_terms)):
        term_clusters[doc_terms[entry], z] += step * doc_counts[entry]


@compiled
def count_clusters(offsets, term_ids, counts, doc_lengths, assignment, cluster_docs, cluster_words, term_clusters):
    """Add all documents to the clusters `assignment` names; see `sweep` for the parameters."""
    for d in range(len(assignment)):
        if doc_lengths[d] > 0:
            terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
            move(terms, term_counts, doc_lengths[d], assignment[d], 1, cluster_docs, cluster_words, term_clusters)


@compiled
def sweep(
    offsets, term_ids, counts, doc_lengths, assignment, n_used, n_clusters, cluster_docs, cluster_words, term_clusters,
    alpha, beta, repeats, state, lengths,
):  # fmt: skip
    """Draw the cluster of each document once, given those of all others (one Gibbs iteration).

    Parameters
    ----------
    offsets : int64 array of shape (D + 1,); `term_ids`, `counts` : int32 arrays of shape (n_entries,)
    doc_lengths : int64 array of shape (D,); documents of length 0 are skipped
    assignment : int32 array of shape (D,), changed
    n_used : int
        The first clusters, up to here, may hold documents; the others are empty.
    n_clusters : int
        Maximum number of clusters, `K`.
    cluster_docs, cluster_words, term_clusters : counts, changed
    alpha, beta, repeats : see `weigh`
    state : uint64 array of shape (1,), changed
    lengths : float32 or float64 array, by cluster, for use here; see `weigh`

    Returns
    -------
    n_moved : int
        Documents that changed their cluster.
    n_used : int
    """
    weights = np.zeros(len(cluster_docs))
    scale = scale_of_lengths(cluster_words, term_clusters.shape[0] * beta)
    words = np.empty((2, WORDS_AT_ONCE), np.int64)
    n_moved = 0
    for d in range(len(assignment)):
        if doc_lengths[d] == 0:
            continue
        terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
        before = assignment[d]
        move(terms, term_counts, doc_lengths[d], before, -1, cluster_docs, cluster_words, term_clusters)
        n_unused = n_clusters - n_used
        n_candidates = n_used + (n_unused > 0)
        n_padded = -(-n_candidates // LANES) * LANES
        weigh(
            terms, term_counts, n_padded, n_candidates, cluster_docs, cluster_words, term_clusters, alpha, beta,
            repeats, scale, weights, lengths, words,
        )  # fmt: skip
        if n_unused > 0:
            weights[n_used] *= n_unused
        weights[n_candidates:n_padded] = 0.0
        # Only priors far below those of the form let all weights underflow; even then no other cluster may be drawn.
        after = min(draw(weights, n_padded, next_random(state)), n_candidates - 1)
        if after == n_used and cluster_docs[before] == 0 and cluster_words[before] == 0:
            after = before  # an empty cluster is as good as another: staying is no move
        n_used += after == n_used
        move(terms, term_counts, doc_lengths[d], after, 1, cluster_docs, cluster_words, term_clusters)
        assignment[d] = after
        n_moved += after != before
    return n_moved, n_used


@compiled
def keep_columns(counts, kept, n_used):
    """Move columns (`kept`, ascending int64 array) of an int32 matrix to the front; clear those up to `n_used`."""
    for row in counts:
        for column in range(len(kept)):
            row[column] = row[kept[column]]
        row[len(kept) : n_used] = 0


@compiled
def log_joint(n_used, cluster_docs, cluster_words, term_clusters, alpha, beta, log_gammas):
    """Return the logarithm of the joint probability of words and clusters, up to a constant.

    `log_gammas` are ln Gamma(n + beta) for n = 0, 1, ... up to the largest count of a term in a cluster.
    """
    smoothing = term_clusters.shape[0] * beta
    total = 0.0
    for z in range(n_used):
        total += math.lgamma(cluster_docs[z] + alpha) - math.lgamma(cluster_words[z] + smoothing)
    for w in range(term_clusters.shape[0]):
        row = term_clusters[w]
        for z in range(n_used):
            total += log_gammas[row[z]] - log_gammas[0]
    # The terms of clusters that are not in use, so that states with more or fewer of them compare.
    return total + n_used * (math.lgamma(smoothing) - math.lgamma(alpha))


@compiled
def posterior(offsets, term_ids, counts, cluster_docs, cluster_words, term_clusters, alpha, beta, repeats, weights):
    """Write the weights of all clusters for each document as if it were new to them, in proportion to the posterior."""
    n_clusters = weights.shape[1]
    lengths = np.empty(n_clusters)
    scale = scale_of_lengths(cluster_words, term_clusters.shape[0] * beta)
    words = np.empty((2, WORDS_AT_ONCE), np.int64)
    for d in range(len(offsets) - 1):
        terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
        weigh(
            terms, term_counts, n_clusters, n_clusters, cluster_docs, cluster_words, term_clusters, alpha, beta,
            repeats, scale, weights[d], lengths, words,
        )  # fmt: skip
