"""Compiled loop that counts the sliding windows with each term and each pair of terms."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled


@compiled
def count_windows(words, offsets, numbers, partner_starts, partners, window_size):
    """Count boolean sliding windows, one word further each time, as gensim's `WordOccurrenceAccumulator` does.

    A document of fewer words than a window is one window. A term that leaves a window by one of its words counts as
    gone until its next word comes in, even where another of its words is still inside; so counts gensim, and so do we.

    Each term is open from the window it comes into until the one it is gone from. What is added up is the number of
    windows between, when it closes, so that the work grows with the words and not with the windows' size.

    Parameters
    ----------
    words : int32 array of shape (n_words,), term ids in reading order
    offsets : int64 array of shape (n_docs + 1,)
        Document d holds ``words[offsets[d]:offsets[d + 1]]``.
    numbers : int32 array of shape (n_terms,)
        The number of each term that is looked for, from 0; -1 for others.
    partner_starts : int64 array of shape (n_looked_for + 1,)
    partners : int32 array of shape (n_pairs,)
        Term number i is looked for together with ``partners[partner_starts[i]:partner_starts[i + 1]]``; each pair is
        there both ways.
    window_size : int

    Returns
    -------
    alone : int64 array of shape (n_looked_for,), windows with each term
    together : int64 array of shape (n_pairs,)
        Windows with both terms of a pair; what belongs to a pair is the sum over its two ways.
    """
    n_looked_for = len(partner_starts) - 1
    alone = np.zeros(n_looked_for, np.int64)
    together = np.zeros(len(partners), np.int64)
    opened = np.full(n_looked_for, -1, np.int64)  # the window in which a term came in; -1 while it is outside
    for doc in range(len(offsets) - 1):
        start, end = offsets[doc], offsets[doc + 1]
        for place in range(start, end):
            window = max(place - start - window_size + 1, 0)
            if window > 0:
                term = numbers[words[place - window_size]]
                if term >= 0 and opened[term] >= 0:
                    _close(term, window, opened, partner_starts, partners, alone, together)
            term = numbers[words[place]]
            if term >= 0 and opened[term] < 0:
                opened[term] = window
        n_windows = max(end - start - window_size + 1, 1)
        for place in range(max(end - window_size, start), end):
            term = numbers[words[place]]
            if term >= 0 and opened[term] >= 0:
                _close(term, n_windows, opened, partner_starts, partners, alone, together)
    return alone, together


@compiled
def _close(term, window, opened, partner_starts, partners, alone, together):
    """Count the windows before `window` that an open term stood in, alone and with each partner still open."""
    alone[term] += window - opened[term]
    for pair in range(partner_starts[term], partner_starts[term + 1]):
        other = opened[partners[pair]]
        if other >= 0:
            together[pair] += window - max(opened[term], other)
    opened[term] = -1
