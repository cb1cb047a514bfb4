"""Inner loops that count words and terms in streams of word numbers, compiled by numba.

``words`` is an int32 array of the numbers of all words of all documents, in reading order; document ``d`` is
``words[offsets[d]:offsets[d + 1]]`` (``offsets`` is int64). ``word_terms`` (int32) gives the term of each word number,
-1 for a word that is left out. Each kernel works on the documents from ``first`` up to, not including, ``last``.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled


@compiled
def count_words(words, n_words):
    """Count the occurrences of each word, except left-out words (-1): int64 array of shape (n_words,)."""
    counts = np.zeros(n_words, np.int64)
    for word in words:
        if word >= 0:
            counts[word] += 1
    return counts


@compiled
def count_terms(words, offsets, first, last, word_terms, n_terms):
    """Count the documents and occurrences of each term: int64 array of shape (2, n_terms)."""
    counts = np.zeros((2, n_terms), np.int64)
    met_last = np.full(n_terms, -1, np.int64)
    for doc in range(first, last):
        for place in range(offsets[doc], offsets[doc + 1]):
            term = word_terms[words[place]]
            if term >= 0:
                counts[1, term] += 1
                if met_last[term] != doc:
                    met_last[term] = doc
                    counts[0, term] += 1
    return counts


@compiled
def count_bags(words, offsets, first, last, word_terms):
    """Count the terms of each document.

    Returns
    -------
    sizes : int64 array of shape (last - first,)
        Number of distinct terms of each document.
    term_ids, counts : int32 arrays of shape (n_entries,)
        Ascending term ids of each document in turn, and their counts in it.
    word_order : int32 array of shape (n_words,)
        The term of each word that is not left out, in reading order.
    """
    sizes = np.zeros(last - first, np.int64)
    term_ids = np.empty(offsets[last] - offsets[first], np.int32)
    counts = np.empty(offsets[last] - offsets[first], np.int32)
    word_order = np.empty(offsets[last] - offsets[first], np.int32)
    n_entries, n_words = 0, 0
    for doc in range(first, last):
        # The document's terms are collected after the existing entries, where its own entries will be.
        n_terms = 0
        for place in range(offsets[doc], offsets[doc + 1]):
            term = word_terms[words[place]]
            if term >= 0:
                term_ids[n_entries + n_terms] = term
                word_order[n_words + n_terms] = term
                n_terms += 1
        n_words += n_terms
        own = term_ids[n_entries : n_entries + n_terms]
        own.sort()
        start = n_entries
        for i in range(n_terms):
            if n_entries > start and term_ids[n_entries - 1] == own[i]:
                counts[n_entries - 1] += 1
            else:
                term_ids[n_entries] = own[i]
                counts[n_entries] = 1
                n_entries += 1
        sizes[doc - first] = n_entries - start
    return sizes, term_ids[:n_entries].copy(), counts[:n_entries].copy(), word_order[:n_words].copy()


@compiled
def merge_pairs(words, offsets, breaks, pairs, merged, starts_pair):
    """Replace pairs of neighbouring words by one, from left to right; a left-out word separates its neighbours.

    Parameters
    ----------
    words : int32 array of shape (n_tokens,)
        -1 for a word that is left out.
    breaks : bool array of shape (n_tokens,)
        Whether a word cannot form a pair with the previous one.
    pairs : int64 array of shape (n_pairs,)
        First word * 2**32 + second word of each pair, ascending.
    merged : int32 array of shape (n_pairs,)
        What replaces each pair.
    starts_pair : bool array of shape (n_words,)
        Whether a word is the first of a pair.

    Returns
    -------
    words, offsets, breaks : as given, with the pairs merged and without the words left out
    """
    new_words = np.empty(len(words), np.int32)
    new_breaks = np.empty(len(words), np.bool_)
    new_offsets = np.zeros(len(offsets), np.int64)
    n_new = 0
    for doc in range(len(offsets) - 1):
        may_pair, parted = False, True
        for place in range(offsets[doc], offsets[doc + 1]):
            word = words[place]
            parted = parted or breaks[place] or word < 0
            if word < 0:
                continue
            if may_pair and not parted and starts_pair[new_words[n_new - 1]]:
                pair = (np.int64(new_words[n_new - 1]) << np.int64(32)) + word
                found = np.searchsorted(pairs, pair)
                if found < len(pairs) and pairs[found] == pair:
                    new_words[n_new - 1] = merged[found]
                    may_pair = False
                    continue
            new_words[n_new], new_breaks[n_new] = word, parted
            n_new += 1
            may_pair, parted = True, False
        new_offsets[doc + 1] = n_new
    return new_words[:n_new].copy(), new_offsets, new_breaks[:n_new].copy()
