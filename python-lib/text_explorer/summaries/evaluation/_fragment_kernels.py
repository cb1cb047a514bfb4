"""Inner loop that finds the fragments of a summary copied from its text, compiled by numba."""

from __future__ import annotations

from text_explorer.compiled import compiled


@compiled
def copied_fragments(summary, text, places, starts):
    """Find, from left to right, the longest fragments of a summary that are also in the text (Grusky 2018, figure 3).

    Every position of the text is tried, whereas the search of the figure skips a fragment it has found and may miss a
    longer one that starts inside it.

    `summary` and `text` are int32 arrays of words as numbers from 0; `places`, int64 of shape (m,), the positions in
    the text by word, increasing for each word, and `starts`, int64 of shape (n_words + 1,), where those of each word
    start. Returns the sums over the fragments of their lengths, and of their lengths squared.
    """
    covered, squares = 0, 0
    i = 0
    while i < len(summary):
        longest = 0
        for entry in range(starts[summary[i]], starts[summary[i] + 1]):
            if longest == len(summary) - i:
                break
            j = places[entry]
            length = 1
            while i + length < len(summary) and j + length < len(text) and summary[i + length] == text[j + length]:
                length += 1
            longest = max(longest, length)
        covered += longest
        squares += longest * longest
        i += max(longest, 1)
    return covered, squares
