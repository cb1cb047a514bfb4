"""Inner loops of GSDMM with embeddings, compiled by numba; see `_gsdmm_kernels` for the words.

``x_d`` is the unit vector of document d, of ``p`` dimensions; ``s_z`` the sum of the vectors in cluster z (``sums``,
dimensions first, padded with zeros to a multiple of ``LANES``), ``|s_z|^2`` its ``squares``. A document's vector weighs
a cluster by the exponential of its pull,

    kappa^2 <x_d, s_z> / (h1 + sqrt(h2 + kappa^2 |s_z|^2)),  h1 = (p - 1) / 2,  h2 = ((p + 1) / 2)^2,

which is kappa A_p(kappa |s_z|) cos(x_d, s_z) with Amos' (1974) approximation of the ratio of Bessel functions A_p. It
lies between -kappa and kappa, so that the exponential fits a float32 up to a kappa of 80. A cluster without vectors
pulls by 0.
"""

from __future__ import annotations

import math

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics.models.kernels._gsdmm_kernels import (
    WORDS_AT_ONCE,
    move,
    multiply_words,
    scale_of_lengths,
    weigh,
)
from text_explorer.topics.models.kernels._sampling_kernels import LANES, draw, next_random

_ONE, _HALF, _BIAS, _STEP = np.float32(1.0), np.float32(0.5), np.float32(127.0), np.float32(8388608.0)
_TO_BINARY, _ROUND = np.float32(1.44269504088896341), np.float32(128.5)
_LN2_HIGH, _LN2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)
_C0, _C1, _C2 = np.float32(1.9875691500e-4), np.float32(1.3981999507e-3), np.float32(8.3334519073e-3)
_C3, _C4, _C5 = np.float32(4.1665795894e-2), np.float32(1.6666665459e-1), np.float32(5.0000001201e-1)


@compiled
def pull_scale(square, kappa, n_dims):
    """Return the factor of ``<x_d, s_z>`` in the pull of a cluster."""
    half, more = (n_dims - 1) / 2, (n_dims + 1) / 2
    return kappa * kappa / (half + math.sqrt(more * more + kappa * kappa * square))


@compiled
def dot_products(vector, sums, n_clusters, dots):
    """Write the products of a vector with the sums of the first clusters, eight dimensions a pass."""
    for first in range(0, len(vector), LANES):
        a, b, c, d = vector[first], vector[first + 1], vector[first + 2], vector[first + 3]
        e, f, g, h = vector[first + 4], vector[first + 5], vector[first + 6], vector[first + 7]
        a_row, b_row, c_row, d_row = sums[first], sums[first + 1], sums[first + 2], sums[first + 3]
        e_row, f_row, g_row, h_row = sums[first + 4], sums[first + 5], sums[first + 6], sums[first + 7]
        if first == 0:
            for z in range(n_clusters):
                dots[z] = ((a * a_row[z] + b * b_row[z]) + (c * c_row[z] + d * d_row[z])) + (
                    (e * e_row[z] + f * f_row[z]) + (g * g_row[z] + h * h_row[z])
                )
        else:
            for z in range(n_clusters):
                dots[z] += ((a * a_row[z] + b * b_row[z]) + (c * c_row[z] + d * d_row[z])) + (
                    (e * e_row[z] + f * f_row[z]) + (g * g_row[z] + h * h_row[z])
                )


@compiled
def multiply_pulls(dots, scales, n_clusters, weights, bits, factors):
    """Multiply weights by the exponentials of the pulls of clusters.

    The exponential of a float32 is a polynomial (as in Moshier's Cephes library) times a power of two that is put in as
    bits, since a call of the mathematical library would cost as much as all products.

    Parameters
    ----------
    dots, scales : float32 arrays, by cluster
    weights : float64 array, by cluster, changed
    bits : int32 array, by cluster, for use here
    factors : float32 array, by cluster, for use here
    """
    for z in range(n_clusters):
        pull = dots[z] * scales[z]
        power = np.float32(np.int32(pull * _TO_BINARY + _ROUND)) - np.float32(128.0)
        rest = pull - power * _LN2_HIGH - power * _LN2_LOW
        polynomial = ((((_C0 * rest + _C1) * rest + _C2) * rest + _C3) * rest + _C4) * rest + _C5
        factors[z] = polynomial * rest * rest + rest + _ONE
        bits[z] = np.int32((power + _BIAS) * _STEP)
    powers = bits.view(np.float32)
    for z in range(n_clusters):
        weights[z] *= np.float64(factors[z] * powers[z])


@compiled
def weigh_words(
    doc_terms, doc_counts, doc_length, has_vector, n_clusters, n_candidates, cluster_docs, cluster_words, term_clusters,
    alpha, beta, repeats, scale, weights, lengths, words,
):  # fmt: skip
    """Compute the weights of clusters by the words of a document; see `weigh` for the parameters.

    The words of a long document with a vector count as ``WORDS_AT_ONCE`` of them: more would drown the vector.
    """
    if doc_length <= WORDS_AT_ONCE or not has_vector:
        weigh(
            doc_terms, doc_counts, n_clusters, n_candidates, cluster_docs, cluster_words, term_clusters, alpha, beta,
            repeats, scale, weights, lengths, words,
        )  # fmt: skip
        return
    smoothing = term_clusters.shape[0] * beta
    for z in range(n_clusters):
        weights[z] = 1.0
        lengths[z] = (cluster_words[z] + smoothing) * scale
    logs = multiply_words(
        doc_terms, doc_counts, n_clusters, term_clusters, beta, repeats, scale, weights, lengths, words
    )
    temper = WORDS_AT_ONCE / doc_length
    largest = logs[:n_candidates].max()
    for z in range(n_clusters):
        weights[z] = (cluster_docs[z] + alpha) * math.exp(temper * (logs[z] - largest))


@compiled
def count_documents(
    offsets, term_ids, counts, doc_lengths, has_vector, assignment, cluster_docs, cluster_words, term_clusters
):  # fmt: skip
    """Add all documents with words or a vector to the clusters `assignment` names; see `sweep` for the parameters."""
    for d in range(len(assignment)):
        if doc_lengths[d] > 0 or has_vector[d]:
            terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
            move(terms, term_counts, doc_lengths[d], assignment[d], 1, cluster_docs, cluster_words, term_clusters)


@compiled
def add_vectors(vectors, has_vector, assignment, totals, cluster_vectors):
    """Add the vectors of documents to their clusters: float64 `totals` of shape (clusters, p), and the counts."""
    for d in range(len(assignment)):
        if has_vector[d]:
            z = assignment[d]
            cluster_vectors[z] += 1
            for j in range(vectors.shape[1]):
                totals[z, j] += vectors[d, j]


@compiled
def sweep(
    offsets, term_ids, counts, doc_lengths, vectors, has_vector, n_dims, assignment, n_used, n_clusters, cluster_docs,
    cluster_words, term_clusters, sums, squares, cluster_vectors, alpha, beta, repeats, kappa, state, lengths,
):  # fmt: skip
    """Draw the cluster of each document once, given those of all others (one Gibbs iteration).

    Parameters
    ----------
    offsets, term_ids, counts, doc_lengths, assignment, n_used, n_clusters, cluster_docs, cluster_words, term_clusters
    alpha, beta, repeats, state, lengths
        See `_gsdmm_kernels.sweep`.
    vectors : float32 array of shape (D, p padded)
    has_vector : bool array of shape (D,); documents without words and vector are skipped
    n_dims : int, p
    sums : float32 array of shape (p padded, clusters), changed
    squares : float32 array, by cluster, changed; `cluster_vectors` : int64 array, by cluster, changed
    kappa : float

    Returns
    -------
    n_moved : int
        Documents that changed their cluster.
    n_used : int
    cosines : float
        Sum of the cosines of each vector with the sum of the others in the cluster drawn.
    n_cosines : int
    """
    weights = np.zeros(len(cluster_docs))
    dots, factors = np.zeros(len(cluster_docs), np.float32), np.zeros(len(cluster_docs), np.float32)
    bits = np.zeros(len(cluster_docs), np.int32)
    scales = np.zeros(len(cluster_docs), np.float32)
    for z in range(len(scales)):
        scales[z] = pull_scale(squares[z], kappa, n_dims)
    scale = scale_of_lengths(cluster_words, term_clusters.shape[0] * beta)
    words = np.empty((2, WORDS_AT_ONCE), np.int64)
    n_moved, cosines, n_cosines = 0, 0.0, 0
    for d in range(len(assignment)):
        length, has = doc_lengths[d], has_vector[d]
        if length == 0 and not has:
            continue
        terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
        before = assignment[d]
        move(terms, term_counts, length, before, -1, cluster_docs, cluster_words, term_clusters)
        n_unused = n_clusters - n_used
        n_candidates = n_used + (n_unused > 0)
        n_padded = -(-n_candidates // LANES) * LANES
        weigh_words(
            terms, term_counts, length, has, n_padded, n_candidates, cluster_docs, cluster_words, term_clusters, alpha,
            beta, repeats, scale, weights, lengths, words,
        )  # fmt: skip
        square, pull = squares[before], scales[before]  # of its cluster, with the document
        if has:
            # The vector leaves the sums only when the document moves: here its part in the product is taken off.
            dot_products(vectors[d], sums, n_padded, dots)
            squares[before] = max(square - 2 * dots[before] + 1, 0.0) if cluster_vectors[before] > 1 else 0.0
            dots[before] = dots[before] - 1 if cluster_vectors[before] > 1 else 0.0
            scales[before] = pull_scale(squares[before], kappa, n_dims)
            multiply_pulls(dots, scales, n_padded, weights, bits, factors)
        if n_unused > 0:
            weights[n_used] *= n_unused
        weights[n_candidates:n_padded] = 0.0
        after = min(draw(weights, n_padded, next_random(state)), n_candidates - 1)
        if after == n_used and cluster_docs[before] == 0 and cluster_words[before] == 0:
            after = before  # an empty cluster is as good as another: staying is no move
        n_used += after == n_used
        move(terms, term_counts, length, after, 1, cluster_docs, cluster_words, term_clusters)
        assignment[d] = after
        n_moved += after != before
        if not has:
            continue
        if squares[after] > 0:
            cosines += dots[after] / math.sqrt(squares[after])
            n_cosines += 1
        if after == before:
            squares[before], scales[before] = square, pull
            continue
        _move_vector(vectors[d], before, after, sums, cluster_vectors)
        squares[after] = squares[after] + 2 * dots[after] + 1
        scales[after] = pull_scale(squares[after], kappa, n_dims)
    return n_moved, n_used, cosines, n_cosines


@compiled
def _move_vector(vector, before, after, sums, cluster_vectors):
    """Move a vector from the sum of a cluster to that of another."""
    cluster_vectors[before] -= 1
    cluster_vectors[after] += 1
    for j in range(len(vector)):
        sums[j, before] -= vector[j]
        sums[j, after] += vector[j]
    if cluster_vectors[before] == 0:
        sums[:, before] = 0.0  # exactly: rounding would leave a direction


@compiled
def posterior(
    offsets, term_ids, counts, doc_lengths, vectors, has_vector, cluster_docs, cluster_words, term_clusters, sums,
    scales, alpha, beta, repeats, weights,
):  # fmt: skip
    """Write the weights of all clusters for each document as if it were new to them, in proportion to the posterior.

    `scales` are float64, by cluster, see `pull_scale`; for other parameters see `sweep`.
    """
    n_clusters = weights.shape[1]
    lengths, dots = np.empty(n_clusters), np.zeros(n_clusters, np.float32)
    scale = scale_of_lengths(cluster_words, term_clusters.shape[0] * beta)
    words = np.empty((2, WORDS_AT_ONCE), np.int64)
    for d in range(len(offsets) - 1):
        terms, term_counts = term_ids[offsets[d] : offsets[d + 1]], counts[offsets[d] : offsets[d + 1]]
        weigh_words(
            terms, term_counts, doc_lengths[d], has_vector[d], n_clusters, n_clusters, cluster_docs, cluster_words,
            term_clusters, alpha, beta, repeats, scale, weights[d], lengths, words,
        )  # fmt: skip
        if has_vector[d]:
            dot_products(vectors[d], sums, n_clusters, dots)
            for z in range(n_clusters):
                weights[d, z] *= math.exp(dots[z] * scales[z])
