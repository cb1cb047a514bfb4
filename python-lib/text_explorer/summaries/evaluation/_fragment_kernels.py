"""Inner loop that finds what of a summary is copied from its text, compiled by numba."""

from __future__ import annotations

from text_explorer.compiled import compiled


@compiled
def copied_fragments(summary, text, places, starts):
    """Find, from left to right, the longest stretches of a summary that are in the text too (Grusky 2018, figure 3).

    Every place of the text is tried, where the search of the figure leaps over a stretch it has seen, and so may miss a
    longer one that starts inside it.

    Parameters
    ----------
    summary, text : int32 arrays of shapes (n,) and (m,)
        Words as numbers from 0.
    places : int64 array of shape (m,)
        Places in the text by word, rising for each word.
    starts : int64 array of shape (n_words + 1,)
        Where the places of each word start in ``places``.

    Returns
    -------
    covered, squares : int
        Sums over the fragments of their lengths, and of their lengths squared.
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
