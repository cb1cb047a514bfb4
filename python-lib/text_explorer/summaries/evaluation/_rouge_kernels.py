"""Inner loops of ROUGE, compiled by numba: what two texts have in common.

A text is an array of word ids; its sentences are the slices between ``offsets``. In the notation of the paper (Lin
2004), r is a sentence of the reference and c one of the summary.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled


@compiled
def common_parts(summary, summary_offsets, reference, reference_offsets, n_words):
    """Count what a summary and a reference have in common.

    Both are int32 arrays of word ids from 0 to `n_words`; their offsets are int64: where each sentence starts, and
    where the last one ends. Returns int64 of shape (4,): common words, common pairs of words, words of the longest
    common subsequence, words of the union of the subsequences of the sentences.
    """
    common = np.zeros(4, np.int64)
    common[0] = common_sorted(np.sort(summary), np.sort(reference))
    common[1] = common_sorted(pairs(summary, n_words), pairs(reference, n_words))
    if common[0] > 0:
        common[2] = longest_common_subsequence(summary, reference)
        common[3] = union_of_subsequences(summary, summary_offsets, reference, reference_offsets, n_words)
    return common


@compiled
def pairs(words, n_words):
    """Return the ids of the pairs of adjacent words, sorted: int64 array of shape (n - 1,)."""
    numbers = np.empty(max(len(words) - 1, 0), np.int64)
    for place in range(len(numbers)):
        numbers[place] = np.int64(words[place]) * n_words + words[place + 1]
    return np.sort(numbers)


@compiled
def common_sorted(first, second):
    """Count the common entries of two sorted arrays; one counts as often as it is in both."""
    common, i, j = 0, 0, 0
    while i < len(first) and j < len(second):
        if first[i] < second[j]:
            i += 1
        elif first[i] > second[j]:
            j += 1
        else:
            common += 1
            i += 1
            j += 1
    return common


@compiled
def longest_common_subsequence(first, second):
    """Return the length of the longest common subsequence of two arrays, in memory of the length of one."""
    lengths = np.zeros(len(second) + 1, np.int32)
    for i in range(len(first)):
        diagonal = np.int32(0)
        for j in range(len(second)):
            above = lengths[j + 1]
            if first[i] == second[j]:
                lengths[j + 1] = diagonal + 1
            elif lengths[j] > above:
                lengths[j + 1] = lengths[j]
            diagonal = above
    return lengths[len(second)]


@compiled
def union_of_subsequences(summary, summary_offsets, reference, reference_offsets, n_words):
    """Count the words of each r that are in its longest common subsequence with any c.

    As in ROUGE-1.5.5, a word counts at most as often as it is in the summary and in the reference.
    """
    left = np.bincount(summary, minlength=n_words)
    longest_r = np.diff(reference_offsets).max()
    longest_c = np.diff(summary_offsets).max()
    lengths = np.empty(longest_c + 1, np.int32)
    # Whether the path back goes left, one bit per cell: a text without a full stop is one long sentence.
    lefts = np.empty((longest_r, longest_c // 8 + 1), np.uint8)
    hits = 0
    for r in range(len(reference_offsets) - 1):
        sentence = reference[reference_offsets[r] : reference_offsets[r + 1]]
        covered = np.zeros(len(sentence), np.bool_)
        for c in range(len(summary_offsets) - 1):
            mark_subsequence(sentence, summary[summary_offsets[c] : summary_offsets[c + 1]], lengths, lefts, covered)
        for i in range(len(sentence)):
            # The remaining words of the reference need no count: each of its words is visited once.
            if covered[i] and left[sentence[i]] > 0:
                left[sentence[i]] -= 1
                hits += 1
    return hits


@compiled
def mark_subsequence(r, c, lengths, lefts, covered):
    """Mark the words of r in its longest common subsequence with c.

    Of several, the same as in rouge-score: backwards, a match first, then up in r unless the subsequence is longer to
    the left in c. With m words in r and n in c, `lengths` (int32, n + 1 entries or more), `lefts` (uint8, m rows and n
    // 8 + 1 columns or more) and `covered` (bool, m entries) are changed.
    """
    m, n = len(r), len(c)
    lengths[: n + 1] = 0
    for i in range(m):
        lefts[i, : n // 8 + 1] = 0
        diagonal = np.int32(0)
        for j in range(n):
            above = lengths[j + 1]
            if r[i] == c[j]:
                lengths[j + 1] = diagonal + 1
            elif lengths[j] > above:
                lengths[j + 1] = lengths[j]
                lefts[i, j // 8] |= np.uint8(1 << (j % 8))
            diagonal = above
    if lengths[n] == 0:
        return
    i, j = m - 1, n - 1
    while i >= 0 and j >= 0:
        if r[i] == c[j]:
            covered[i] = True
            i -= 1
            j -= 1
        elif lefts[i, j // 8] >> (j % 8) & 1:
            j -= 1
        else:
            i -= 1
