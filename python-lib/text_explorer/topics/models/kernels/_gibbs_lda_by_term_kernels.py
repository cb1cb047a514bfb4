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
    """List the topics of each document with the words in each, from its offset on, and where its list ends.

    Indices are unsigned, so that numba need not look for negative ones.
    """
    listed = np.empty((len(topics), 2), np.uint32)
    ends = np.empty(len(offsets) - 1, np.uint64)
    places = np.full(n_topics, -1, np.int64)
    for d in range(len(offsets) - 1):
        end = offsets[d]
        for position in range(offsets[d], offsets[d + 1]):
            k = topics[position]
            if places[k] < offsets[d]:
                places[k] = end
                listed[end, 0], listed[end, 1] = k, 0
                end += 1
            listed[places[k], 1] += 1
        ends[d] = end
    return listed, ends


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
def _start_term(counts, beta, inverse, alpha, row, phi, prior, block_sums):
    """Write the counts of a term and the weights that go with them; return the sum of the prior weights."""
    for k in range(len(row)):
        row[k] = counts[k]
        phi[k] = (np.float32(counts[k]) + beta) * inverse[k]
        prior[k] = alpha[k] * phi[k]
    total = 0.0
    for block in range(len(block_sums)):
        block_sums[block] = _sum(prior, block * BLOCK, min((block + 1) * BLOCK, len(row)))
        total += block_sums[block]
    return total


@compiled
def _take_out(z, first, last, listed, phi):
    """Take a word of topic `z` out of a document's list; return its place and the weight of the document's topics."""
    total, own = 0.0, first
    for place in range(first, last):
        if listed[place, 0] == z:
            listed[place, 1] -= np.uint32(1)
            own = place
        total += listed[place, 1] * phi[listed[place, 0]]
    return own, total


@compiled
def _draw_by_document(left, first, last, listed, phi):
    """Return the topic at which the running sum of the weights of a document's topics passes `left`."""
    drawn = listed[first, 0]
    for place in range(first, last):
        if listed[place, 1] > 0:
            drawn = listed[place, 0]
            left -= listed[place, 1] * phi[drawn]
            if left < 0:
                break
    return np.uint64(drawn)


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
    return np.uint64(drawn)


@compiled
def _put_in(drawn, own, first, last, listed):
    """Add a word of topic `drawn` to a document's list, from which one was taken at `own`; return its new end."""
    if listed[own, 1] == 0:
        last -= np.uint64(1)
        listed[own, 0], listed[own, 1] = listed[last, 0], listed[last, 1]
    for place in range(first, last):
        if listed[place, 0] == drawn:
            listed[place, 1] += np.uint32(1)
            return last
    listed[last, 0], listed[last, 1] = drawn, 1
    return last + np.uint64(1)


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
    listed, ends = _topics_of_documents(offsets, topics, n_topics)
    begins = offsets.astype(np.uint64)
    row = np.empty(n_topics, np.int32)
    phi, prior = np.empty(n_topics, np.float32), np.empty(n_topics, np.float32)
    inverse = np.empty(n_topics, np.float32)
    for k in range(n_topics):
        inverse[k] = 1.0 / (topic_words[k] + smoothing)
    block_sums = np.empty(-(-n_topics // BLOCK))
    for w in range(n_terms):
        if starts[w] == starts[w + 1]:
            continue
        of_prior = _start_term(term_topics[w], np.float32(beta), inverse, alpha, row, phi, prior, block_sums)
        for i in range(starts[w], starts[w + 1]):
            position, d = positions[i], documents[i]
            first, last, z = begins[d], ends[d], np.uint64(topics[position])
            phi_before, prior_before = phi[z], prior[z]
            change = _change(z, -1, beta, smoothing, row, topic_words, alpha, phi, prior, block_sums)
            own, of_document = _take_out(z, first, last, listed, phi)
            left = np.float64(next_random(state)) * (of_document + of_prior + change)
            if left < of_document:
                drawn = _draw_by_document(left, first, last, listed, phi)
            else:
                drawn = _draw_by_prior(left - of_document, prior, block_sums)
            if drawn == z:
                row[z] += 1
                topic_words[z] += 1
                listed[own, 1] += np.uint32(1)
                phi[z], prior[z] = phi_before, prior_before
                block_sums[z >> BLOCK_BITS] -= change
                continue
            topics[position] = drawn
            of_prior += change
            of_prior += _change(drawn, 1, beta, smoothing, row, topic_words, alpha, phi, prior, block_sums)
            for k in (z, drawn):
                inverse[k] = 1.0 / (topic_words[k] + smoothing)
            ends[d] = _put_in(drawn, own, first, last, listed)
        for k in range(n_topics):
            changes[w, k] = row[k] - term_topics[w, k]
