"""Inner loops of GSDMM, compiled by numba.

Symbols of Yin & Wang (2014), "A Dirichlet multinomial mixture model-based approach for short text clustering":
``K`` clusters, ``D`` documents, ``V`` terms; ``m_z`` documents in cluster z (``cluster_docs``), ``n_z`` words in it
(``cluster_words``), ``n_z^w`` occurrences of term w in it (``cluster_terms``, terms first so that a document's term
reads one run of memory), ``N_d`` words of document d, ``N_d^w`` occurrences of term w in it.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled

SMALLEST_PRODUCT = 1e-150
"""Below this a running product is moved into its logarithm, long before a float64 underflows (1e-308): the next factor
is never below beta / (V beta + N_d), far above 1e-150."""


@compiled
def weigh(
    doc_terms, doc_counts, clusters, n_clusters, cluster_docs, cluster_words, cluster_terms, alpha, beta, weights
):
    """Weigh the clusters for a document that none of them holds: equation 4, up to a common factor.

    Parameters
    ----------
    doc_terms, doc_counts : int32 arrays of shape (n_entries,)
    clusters : int64 array; the first `n_clusters` are the ids to weigh
    cluster_docs, cluster_words : int64 arrays of shape (K,)
    cluster_terms : int32 array of shape (V, K)
    alpha, beta : float64
    weights : float64 array; the first `n_clusters` are written: non-negative, the largest at most about 1
    """
    n_terms = cluster_terms.shape[0]
    logs = np.zeros(n_clusters)
    in_logs = False
    for i in range(n_clusters):
        weights[i] = cluster_docs[clusters[i]] + alpha
    n_before = 0
    for entry in range(len(doc_terms)):
        row = cluster_terms[doc_terms[entry]]
        for repeat in range(doc_counts[entry]):
            for i in range(n_clusters):
                z = clusters[i]
                weights[i] *= (row[z] + beta + repeat) / (cluster_words[z] + n_terms * beta + n_before)
                if weights[i] < SMALLEST_PRODUCT:
                    logs[i] += np.log(weights[i])
                    weights[i] = 1.0
                    in_logs = True
            n_before += 1
    if in_logs:
        largest = -np.inf
        for i in range(n_clusters):
            logs[i] += np.log(weights[i])
            largest = max(largest, logs[i])
        for i in range(n_clusters):
            weights[i] = np.exp(logs[i] - largest)


@compiled
def move(doc_terms, doc_counts, doc_length, z, step, cluster_docs, cluster_words, cluster_terms):
    """Add a document to cluster `z` (`step` 1) or take it out (`step` -1)."""
    cluster_docs[z] += step
    cluster_words[z] += step * doc_length
    for entry in range(len(doc_terms)):
        cluster_terms[doc_terms[entry], z] += step * doc_counts[entry]


@compiled
def sweep(
    offsets,
    term_ids,
    counts,
    doc_lengths,
    assignment,
    cluster_docs,
    cluster_words,
    cluster_terms,
    alpha,
    beta,
    uniforms,
):
    """Draw the cluster of each document once, given those of all others (one Gibbs iteration).

    Empty clusters all weigh the same, so only the lowest numbered is weighed and its weight taken as often as there
    are empty ones.

    Parameters
    ----------
    offsets : int64 array of shape (D + 1,); `term_ids`, `counts` : int32 arrays of shape (n_entries,)
    doc_lengths : int64 array of shape (D,); documents of length 0 are passed over
    assignment : int64 array of shape (D,), changed
    cluster_docs, cluster_words, cluster_terms : counts without scale, changed; shapes (K,), (K,), (V, K)
    uniforms : float64 array of shape (D,) in [0, 1)

    Returns
    -------
    int
        Number of documents that changed their cluster.
    """
    n_clusters = len(cluster_docs)
    candidates = np.empty(n_clusters, dtype=np.int64)
    weights = np.empty(n_clusters)
    n_moved = 0
    for d in range(len(assignment)):
        if doc_lengths[d] == 0:
            continue
        doc_terms = term_ids[offsets[d] : offsets[d + 1]]
        doc_counts = counts[offsets[d] : offsets[d + 1]]
        before = assignment[d]
        move(doc_terms, doc_counts, doc_lengths[d], before, -1, cluster_docs, cluster_words, cluster_terms)

        n_alive, n_empty, first_empty = 0, 0, -1
        for z in range(n_clusters):
            if cluster_docs[z] > 0:
                candidates[n_alive] = z
                n_alive += 1
            else:
                first_empty = z if n_empty == 0 else first_empty
                n_empty += 1
        n_candidates = n_alive
        if n_empty > 0:
            candidates[n_alive] = first_empty
            n_candidates += 1
        weigh(
            doc_terms,
            doc_counts,
            candidates,
            n_candidates,
            cluster_docs,
            cluster_words,
            cluster_terms,
            alpha,
            beta,
            weights,
        )
        if n_empty > 0:
            weights[n_alive] *= n_empty

        left = uniforms[d] * weights[:n_candidates].sum()
        chosen = 0
        while chosen < n_candidates - 1 and left >= weights[chosen]:
            left -= weights[chosen]
            chosen += 1
        after = candidates[chosen]
        if chosen == n_alive and before < n_clusters and cluster_docs[before] == 0:
            after = before  # an empty cluster is as good as another: staying is no move
        move(doc_terms, doc_counts, doc_lengths[d], after, 1, cluster_docs, cluster_words, cluster_terms)
        assignment[d] = after
        n_moved += after != before
    return n_moved


@compiled
def posterior(offsets, term_ids, counts, cluster_docs, cluster_words, cluster_terms, alpha, beta, doc_topic_distr):
    """Write the posterior over all clusters of each document as if it were new: equation 4 with all counts.

    Parameters
    ----------
    doc_topic_distr : float64 array of shape (D, K), written; rows sum to one, those of empty documents are NaN
    """
    n_clusters = len(cluster_docs)
    clusters = np.arange(n_clusters)
    weights = np.empty(n_clusters)
    for d in range(len(offsets) - 1):
        doc_terms = term_ids[offsets[d] : offsets[d + 1]]
        if len(doc_terms) == 0:
            doc_topic_distr[d] = np.nan
            continue
        doc_counts = counts[offsets[d] : offsets[d + 1]]
        weigh(
            doc_terms,
            doc_counts,
            clusters,
            n_clusters,
            cluster_docs,
            cluster_words,
            cluster_terms,
            alpha,
            beta,
            weights,
        )
        doc_topic_distr[d] = weights / weights.sum()
