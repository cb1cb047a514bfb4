"""The sweep of Gibbs LDA for many topics, compiled by numba: term by term, so that a word costs less than its topics.

The weight of topic k for an occurrence of term w in document d is the sum of two: ``alpha_k phi_k``, which changes with
the counts of w alone and is kept with its sums over blocks of topics, and ``n_dk phi_k``, which is 0 but for the few
topics of the document (the split of SparseLDA, Yao et al. 2009). ``phi_k`` is ``(n_kw + beta) / (n_k + V beta)``. See
`_gibbs_lda_kernels` for the symbols.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled
from text_explorer.topics.models.kernels._sampling_kernels import next_random

BLOCK_BITS = 5
BLOCK = 1 << BLOCK_BITS
"""Topics whose weights have a common sum: about the square root of the number of topics."""


@compiled
def _sort_by_term(tokens, offsets, n_terms):
    """Return where the words of each term start when sorted by term, and the position and document of each."""
    starts = np.zeros(n_terms + 1, np.int64)
    for term in tokens:
        starts[term + 1] += 1
    for term in range(n_terms):
        starts[term + 1] += starts[term]
    positions, documents = np.empty(len(tokens), np.uint32), np.empty(len(tokens), np.uint32)
    free = starts.copy()
    for d in range(len(offsets) - 1):
        for position in range(offsets[d], offsets[d + 1]):
            place = free[tokens[position]]
            free[tokens[position]] += 1
            positions[place], documents[place] = position, d
    return starts, positions, documents


@compiled
def _topics_of_documents(offsets, topics, n_topics):
    """List the topics of each document, from its offset on, with the words in each, and where its list ends."""
    listed, in_doc = np.empty(len(topics), np.uint32), np.empty(len(topics), np.int32)
    ends = np.empty(len(offsets) - 1, np.uint64)
    places = np.full(n_topics, -1, np.int64)
    for d in range(len(offsets) - 1):
        end = offsets[d]
        for position in range(offsets[d], offsets[d + 1]):
            k = topics[position]
            if places[k] < offsets[d]:
                places[k] = end
                listed[end], in_doc[end] = k, 0
                end += 1
            in_doc[places[k]] += 1
        ends[d] = end
    return listed, in_doc, ends


@compiled
def _change(k, step, beta, smoothing, row, topic_words, alpha, phi, prior, block_sums):
    """Add a word of the term to topic `k` (`step` 1) or take it out (-1); return the change of the prior weights."""
    row[k] += step
    topic_words[k] += step
    phi[k] = np.float32((row[k] + beta) / (topic_words[k] + smoothing))
    before = np.float64(prior[k])
    prior[k] = alpha[k] * phi[k]
    more = np.float64(prior[k]) - before
    block_sums[k >> BLOCK_BITS] += more
    return more


@compiled
def _sum(values, first, last):
    """Sum some values, a multiple of four, in four lanes."""
    s0, s1, s2, s3 = np.float32(0.0), np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for k in range(first, last, 4):
        s0 += values[k]
        s1 += values[k + 1]
        s2 += values[k + 2]
        s3 += values[k + 3]
    return np.float64((s0 + s1) + (s2 + s3))


@compiled
def _draw_by_prior(left, prior, block_sums):
    """Return the topic at which the running sum of the prior weights passes `left`."""
    block = 0
    while block < len(block_sums) - 1 and left >= block_sums[block]:
        left -= block_sums[block]
        block += 1
    drawn = block * BLOCK
    for k in range(block * BLOCK, min((block + 1) * BLOCK, len(prior))):
        if prior[k] > 0:  # rounding must not lead to a topic that is padding
            drawn = k
        left -= prior[k]
        if left < 0:
            break
    return drawn


@compiled
def sweep_by_term(tokens, offsets, topics, term_topics, topic_words, alpha, beta, state, changes):
    """Draw the topic of each word once, given those of all others (one Gibbs iteration).

    Parameters
    ----------
    tokens, offsets, topics, topic_words, state : see `_gibbs_lda_kernels.sweep`
    term_topics : int32 array of shape (V, K), read alone
    alpha : float32 array of shape (K,), 0 where a topic is padding
    beta : float
    changes : int32 array of shape (V, K), written where a term occurs
    """
    n_terms, n_topics = term_topics.shape
    smoothing = beta * n_terms
    starts, positions, documents = _sort_by_term(tokens, offsets, n_terms)
    # Unsigned, so that numba need not look for negative indices.
    begins = offsets.astype(np.uint64)
    listed, in_doc, ends = _topics_of_documents(offsets, topics, n_topics)
    row = np.empty(n_topics, np.int32)
    phi, prior = np.empty(n_topics, np.float32), np.empty(n_topics, np.float32)
    inverse = np.empty(n_topics, np.float32)
    for k in range(n_topics):
        inverse[k] = 1.0 / (topic_words[k] + smoothing)
    small = np.float32(beta)
    block_sums = np.empty(-(-n_topics // BLOCK))
    for w in range(n_terms):
        if starts[w] == starts[w + 1]:
            continue
        counts = term_topics[w]
        for k in range(n_topics):
            row[k] = counts[k]
            phi[k] = (np.float32(counts[k]) + small) * inverse[k]
            prior[k] = alpha[k] * phi[k]
        of_prior = 0.0
        for block in range(len(block_sums)):
            block_sums[block] = _sum(prior, block * BLOCK, min((block + 1) * BLOCK, n_topics))
            of_prior += block_sums[block]
        for i in range(starts[w], starts[w + 1]):
            position, d = positions[i], documents[i]
            first, last, z = begins[d], ends[d], np.uint64(topics[position])
            phi_before, prior_before = phi[z], prior[z]
            change = _change(z, -1, beta, smoothing, row, topic_words, alpha, phi, prior, block_sums)
            of_document, own = 0.0, first
            for place in range(first, last):
                if listed[place] == z:
                    in_doc[place] -= 1
                    own = place
                of_document += in_doc[place] * phi[listed[place]]
            left = np.float64(next_random(state)) * (of_document + of_prior + change)
            drawn = np.uint64(0)
            if left < of_document:
                for place in range(first, last):
                    if in_doc[place] > 0:
                        drawn = np.uint64(listed[place])
                        left -= in_doc[place] * phi[drawn]
                        if left < 0:
                            break
            else:
                drawn = np.uint64(_draw_by_prior(left - of_document, prior, block_sums))
            if drawn == z:
                row[z] += 1
                topic_words[z] += 1
                in_doc[own] += 1
                phi[z], prior[z] = phi_before, prior_before
                block_sums[z >> BLOCK_BITS] -= change
                continue
            topics[position] = drawn
            of_prior += change
            of_prior += _change(drawn, 1, beta, smoothing, row, topic_words, alpha, phi, prior, block_sums)
            for k in (z, drawn):
                inverse[k] = 1.0 / (topic_words[k] + smoothing)
            if in_doc[own] == 0:
                last -= np.uint64(1)
                listed[own], in_doc[own] = listed[last], in_doc[last]
            for place in range(first, last):
                if listed[place] == drawn:
                    in_doc[place] += 1
                    break
            else:
                listed[last], in_doc[last] = drawn, 1
                last += np.uint64(1)
            ends[d] = last
        changed = changes[w]
        for k in range(n_topics):
            changed[k] = row[k] - counts[k]
