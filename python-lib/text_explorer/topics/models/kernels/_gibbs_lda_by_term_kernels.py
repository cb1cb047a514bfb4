"""The sweep of Gibbs LDA for many topics, compiled by numba: term by term, so that a word costs less than its topics.

The weight of topic k for an occurrence of term w in document d is the sum of two: ``alpha_k phi_k``, which changes with
the counts of w alone and is kept with its sums over blocks of topics, and ``n_dk phi_k``, which is 0 but for the few
topics of the document (the split of SparseLDA, Yao et al. 2009). ``phi_k`` is ``(n_kw + beta) / (n_k + V beta)``. See
`_gibbs_lda_kernels` for the symbols.

The topics of a document are a list of 32-bit entries, each a topic in the lower bits and the document's words in it
above. A list has room for a multiple of ``LANES`` entries and is followed by zeros, which weigh nothing.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled, inlined
from text_explorer.topics.models.kernels._sampling_kernels import BELOW_ONE, LANES, lane_sums, next_random

BLOCKS = 32
"""Sums kept of the prior weights, topic k in sum k mod ``BLOCKS``: about the square root of the number of topics."""

_LOW_BITS, _ENTRY_BITS = np.uint64(BLOCKS - 1), 32
_ONE, _LANES = np.uint64(1), np.uint64(LANES)


def bits_of_topic(n_topics: int, longest: int) -> int:
    """Return the bits of a topic in an entry, 0 where the words of the longest document do not fit beside it."""
    n_bits = max((n_topics - 1).bit_length(), 1)
    return n_bits if longest < 1 << (_ENTRY_BITS - n_bits) else 0


@compiled
def _sort_by_term(tokens, offsets, topics, n_terms):
    """Return where the words of each term start when sorted by term, and the document and topic of each.

    Indices are unsigned, so that numba need not look for negative ones.
    """
    starts = np.zeros(n_terms + 1, np.uint64)
    for term in tokens:
        starts[term + 1] += _ONE
    for term in range(n_terms):
        starts[term + 1] += starts[term]
    documents, sorted_topics = np.empty(len(tokens), np.uint32), np.empty_like(topics)
    free = starts.copy()
    for d in range(len(offsets) - 1):
        for position in range(offsets[d], offsets[d + 1]):
            place = free[tokens[position]]
            free[tokens[position]] = place + _ONE
            documents[place], sorted_topics[place] = d, topics[position]
    return starts, documents, sorted_topics


@compiled
def _undo_sort(tokens, starts, sorted_topics, topics):
    """Write the topics of the words in the order of the documents; `starts` is changed."""
    for position in range(len(tokens)):
        place = starts[tokens[position]]
        starts[tokens[position]] = place + _ONE
        topics[position] = sorted_topics[place]


@compiled
def _topics_of_documents(offsets, topics, n_topics, n_bits):
    """Return the lists of topics of all documents, and where each list begins and ends."""
    begins, ends = np.empty(len(offsets) - 1, np.uint64), np.empty(len(offsets) - 1, np.uint64)
    size = 0
    for d in range(len(offsets) - 1):
        begins[d] = size
        size += -(-min(offsets[d + 1] - offsets[d], n_topics) // LANES) * LANES
    listed = np.zeros(size, np.uint32)
    places = np.full(n_topics, -1, np.int64)
    for d in range(len(offsets) - 1):
        begin = np.int64(begins[d])
        end = begin
        for position in range(offsets[d], offsets[d + 1]):
            k = topics[position]
            if places[k] < begin:
                places[k] = end
                listed[end] = k
                end += 1
            listed[places[k]] += 1 << n_bits
        ends[d] = end
    return listed, begins, ends


@compiled
def _start_term(counts, beta, inverse, alpha, phi, prior, block_sums):
    """Write the weights of a term before its first word; return the sum of the prior weights."""
    for k in range(len(counts)):
        phi[k] = (np.float32(counts[k]) + beta) * inverse[k]
        prior[k] = alpha[k] * phi[k]
    block_sums[:] = 0.0
    for first in range(0, len(prior), BLOCKS):
        for block in range(BLOCKS):
            block_sums[block] += prior[first + block]
    return block_sums.sum()


@inlined
def _weigh(listed, first, last, n_bits, phi, weights):
    """Write the weights of the topics in a list; return their number, up to a multiple of ``LANES``."""
    mask, n_weights = np.uint32((1 << n_bits) - 1), np.uint64(0)
    for place in range(first, last, _LANES):
        for lane in range(_LANES):
            entry = listed[place + lane]
            weights[n_weights + lane] = np.float32(entry >> n_bits) * phi[entry & mask]
        n_weights += _LANES
    return n_weights


@inlined
def _place_of(topic, listed, first, last, n_bits):
    """Return the place of a topic in a list, `first` if it is not there: a sum, since a sum needs no branch."""
    mask, found = np.uint32((1 << n_bits) - 1), np.uint32(0)
    for i in range(np.uint32(last - first)):
        found += i * np.uint32((listed[first + np.uint64(i)] & mask) == topic)
    return first + np.uint64(found)


@inlined
def _sums_of_lanes(weights, n_weights):
    """Return the running sum over eight lanes of the sums of the weights in each."""
    s0, s1, s2, s3, s4, s5, s6, s7 = lane_sums(weights, n_weights)
    p1 = s0 + s1
    p2 = p1 + s2
    p3 = p2 + s3
    p4 = p3 + s4
    p5 = p4 + s5
    p6 = p5 + s6
    return s0, p1, p2, p3, p4, p5, p6, p6 + s7


@inlined
def _draw_in_lanes(left, sums, weights, n_weights):
    """Return the place at which the weights, lane after lane, pass `left`, given the running sums of the lanes."""
    left = min(left, sums[7] * BELOW_ONE)
    lane, before, after = 0, np.float32(0.0), sums[0]
    for i in (0, 1, 2, 3, 4, 5, 6):
        if left >= sums[i]:
            lane, before, after = i + 1, sums[i], sums[i + 1]
    # Rounding must not lead past the last weight of the lane, to places that weigh nothing.
    left = min(left - before, (after - before) * BELOW_ONE)
    running, n_passed = weights[lane], 0
    for place in range(lane + LANES, n_weights, LANES):
        n_passed += left >= running
        running += weights[place]
    return np.uint64(lane + LANES * n_passed)


@inlined
def _draw_by_prior(left, prior, block_sums):
    """Return the topic at which the prior weights, block after block, pass `left`."""
    block = 0
    while block < BLOCKS - 1 and left >= block_sums[block]:
        left -= block_sums[block]
        block += 1
    drawn = block
    for k in range(block, len(prior), BLOCKS):
        if prior[k] > 0:  # rounding must not lead to a topic that is padding
            drawn = k
        left -= prior[k]
        if left < 0:
            break
    return np.uint64(drawn)


@inlined
def _move(listed, first, last, n_bits, own, drawn):
    """Move a word from the topic at `own` to `drawn` in a document's list; return its new end."""
    mask, one = np.uint32((1 << n_bits) - 1), np.uint32(1 << n_bits)
    place = _place_of(drawn, listed, first, last, n_bits)
    listed[own] -= one
    is_empty = listed[own] >> n_bits == 0
    if (listed[place] & mask) == drawn and place != own:
        listed[place] += one
        if is_empty:
            last -= _ONE
            listed[own] = listed[last]
            listed[last] = 0
        return last
    if is_empty:
        listed[own] = one | np.uint32(drawn)
        return last
    listed[last] = one | np.uint32(drawn)
    return last + _ONE


@inlined
def _weigh_by_prior(k, alpha, phi, prior, block_sums):
    """Write the prior weight of a topic; return the change."""
    before = np.float64(prior[k])
    prior[k] = alpha[k] * phi[k]
    change = np.float64(prior[k]) - before
    block_sums[k & _LOW_BITS] += change
    return change


@inlined
def _add_moves(before, after, changes):
    """Add the moves of the words of a term to its row of changes."""
    for i in range(len(before)):
        changes[before[i]] -= 1
        changes[after[i]] += 1


@compiled
def sweep_by_term(tokens, offsets, topics, term_topics, topic_words, alpha, beta, state, n_bits, changes):
    """Draw the topic of each word once, given those of all others (one Gibbs iteration).

    Parameters
    ----------
    tokens, offsets, topics, topic_words, state : see `_gibbs_lda_kernels.sweep`
    term_topics : int32 array of shape (V, K), read alone
    alpha : float32 array of shape (K,), 0 where a topic is padding
    beta : float
    n_bits : int, see `bits_of_topic`
    changes : int32 array of shape (V, K)
        Occurrences of each term in each topic after the sweep less those before are added.
    """
    n_terms, n_topics = term_topics.shape
    beta, smoothing, n_bits = np.float32(beta), np.float32(beta * n_terms), np.uint32(n_bits)
    starts, documents, sorted_topics = _sort_by_term(tokens, offsets, topics, n_terms)
    drawn_topics, changed = sorted_topics.copy(), np.zeros(n_topics, np.int32)
    listed, begins, ends = _topics_of_documents(offsets, topics, n_topics, n_bits)
    n_padded = -(-n_topics // BLOCKS) * BLOCKS
    phi, prior, block_sums = np.zeros(n_padded, np.float32), np.zeros(n_padded, np.float32), np.empty(BLOCKS)
    weights, inverse = np.empty(n_padded + LANES, np.float32), np.empty(n_topics, np.float32)
    for k in range(n_topics):
        inverse[k] = np.float32(1.0) / (np.float32(topic_words[k]) + smoothing)
    for w in range(n_terms):
        if starts[w] == starts[w + 1]:
            continue
        counts = term_topics[w]
        of_prior = _start_term(counts, beta, inverse, alpha, phi, prior, block_sums)
        for i in range(starts[w], starts[w + 1]):
            d, z = documents[i], np.uint64(sorted_topics[i])
            first, last = begins[d], ends[d]
            phi_before, prior_before = phi[z], prior[z]
            phi[z] = (np.float32(counts[z] + changed[z] - 1) + beta) / (np.float32(topic_words[z] - 1) + smoothing)
            change = _weigh_by_prior(z, alpha, phi, prior, block_sums)
            n_weights, own = (
                _weigh(listed, first, last, n_bits, phi, weights),
                _place_of(z, listed, first, last, n_bits),
            )
            weights[own - first] = np.float32((listed[own] >> n_bits) - np.uint32(1)) * phi[z]
            sums = _sums_of_lanes(weights, n_weights)
            left = np.float64(next_random(state)) * (sums[7] + (of_prior + change))
            if left < sums[7]:
                place = first + _draw_in_lanes(np.float32(left), sums, weights, n_weights)
                drawn = np.uint64(listed[place] & np.uint32((1 << n_bits) - 1))
            else:
                drawn = _draw_by_prior(left - sums[7], prior, block_sums)
            if drawn == z:
                phi[z], prior[z] = phi_before, prior_before
                block_sums[z & _LOW_BITS] -= change
                continue
            ends[d] = _move(listed, first, last, n_bits, own, drawn)
            drawn_topics[i] = drawn
            for k, step in ((z, -1), (drawn, 1)):
                changed[k] += step
                topic_words[k] += step
                inverse[k] = np.float32(1.0) / (np.float32(topic_words[k]) + smoothing)
            phi[drawn] = (np.float32(counts[drawn] + changed[drawn]) + beta) * inverse[drawn]
            of_prior += change + _weigh_by_prior(drawn, alpha, phi, prior, block_sums)
        _add_moves(sorted_topics[starts[w] : starts[w + 1]], drawn_topics[starts[w] : starts[w + 1]], changes[w])
        changed[:] = 0
    _undo_sort(tokens, starts, drawn_topics, topics)
