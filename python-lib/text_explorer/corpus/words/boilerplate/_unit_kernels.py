"""Inner loop that cuts texts into lines and sentences and hashes them, compiled by numba."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled

SPACE, WORD, DIGIT, IDEOGRAPH, END, WIDE_END, BREAK, OTHER = range(8)
"""Classes of characters. An ``END`` ends a sentence before white space, a ``WIDE_END`` anywhere."""

_SPACE, _DIGIT = np.uint64(0x20), np.uint64(0x30)


@compiled
def _mixed(value, char):
    return (value ^ char) * np.uint64(1099511628211)


@compiled
def find_units(chars, folded, classes):
    """Find the lines of texts and the sentences in them, those without a letter or digit left out.

    Parameters
    ----------
    chars : uint32 array
        Code points.
    folded : uint32 array of shape (0x110000,)
        Each code point in lower case.
    classes : uint8 array of shape (0x110000,)

    Returns
    -------
    starts, ends : int64 arrays of shape (n_units,)
    hashes : uint64 array of shape (n_units,)
        FNV-1a from the first to the last letter or digit, runs of white space and of digits counting as one; then mixed
        (splitmix64), so that any bits are as good as all.
    half_words : int32 array of shape (n_units,)
        Two for each word, one for each character of a script without spaces.
    """
    stop, n_most = len(chars), 1
    for place in range(stop):
        n_most += classes[chars[place]] in (BREAK, END, WIDE_END)
    starts, ends = np.empty(n_most, np.int64), np.empty(n_most, np.int64)
    hashes, half_words = np.empty(n_most, np.uint64), np.empty(n_most, np.int32)
    n_units, begin, start, before, n_half = 0, -1, -1, SPACE, 0
    value = last_value = np.uint64(0)
    for place in range(stop + 1):
        char = chars[place] if place < stop else np.uint32(0)
        kind = classes[char] if place < stop else BREAK
        following = classes[chars[place + 1]] if place + 1 < stop else BREAK
        if begin < 0 and kind != SPACE:
            begin = place
        if start < 0 and kind in (WORD, DIGIT, IDEOGRAPH):
            start, before, n_half, value = place, SPACE, 0, np.uint64(14695981039346656037)
        if start < 0:
            begin = -1 if kind == BREAK else begin
            continue
        if kind == SPACE:
            if before != SPACE:
                value = _mixed(value, _SPACE)
        elif kind == DIGIT:
            if before != DIGIT:
                value = _mixed(value, _DIGIT)
        elif kind != BREAK:
            value = _mixed(value, np.uint64(folded[char]))
        if kind in (WORD, DIGIT):
            n_half += 0 if before in (WORD, DIGIT) else 2
            last_value = value
        elif kind == IDEOGRAPH:
            n_half += 1
            last_value = value
        if kind in (BREAK, WIDE_END) or (kind == END and following in (SPACE, BREAK)):
            starts[n_units], ends[n_units] = begin, place + (kind != BREAK)
            mixed = (last_value ^ (last_value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            hashes[n_units], half_words[n_units] = mixed ^ (mixed >> np.uint64(31)), n_half
            n_units += 1
            begin = start = -1
        before = kind
    return starts[:n_units], ends[:n_units], hashes[:n_units], half_words[:n_units]
