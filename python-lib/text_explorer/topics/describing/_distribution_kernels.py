"""Inner loops that write shares as text, compiled by numba."""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled

_DIGITS = 6
_UNITS = 1_000_000
_ZERO, _POINT, _COMMA, _SPACE, _OPEN, _CLOSE = 48, 46, 44, 32, 91, 93  # characters by their ASCII codes


@compiled
def share_units(doc_topic_distr):
    """Round shares down to whole units, then add the remainder to the shares that lost most, the lower topic at a tie.

    No share is NaN; rows of the result, an int64 array of the same shape, sum to ``_UNITS``.
    """
    n_docs, n_topics = doc_topic_distr.shape
    units = np.empty((n_docs, n_topics), np.int64)
    lost = np.empty(n_topics)
    for d in range(n_docs):
        left = _UNITS
        for k in range(n_topics):
            scaled = doc_topic_distr[d, k] * _UNITS
            units[d, k] = np.int64(np.floor(scaled))
            lost[k] = scaled - units[d, k]
            left -= units[d, k]
        if left > 0:
            order = np.argsort(-lost, kind="mergesort")
            for k in order[:left]:
                units[d, k] += 1
    return units


@compiled
def write_units(units):
    """Write rows of units as JSON arrays of decimal fractions without trailing zeros, ``[0.25, 0, 0.75]``.

    Parameters
    ----------
    units : int64 array of shape (D, K), from 0 to ``_UNITS``

    Returns
    -------
    text : uint8 array
        The rows behind one another, in ASCII.
    ends : int64 array of shape (D,)
        Where each row ends.
    """
    n_docs, n_topics = units.shape
    text = np.empty(n_docs * (2 + n_topics * (_DIGITS + 4)), np.uint8)
    ends = np.empty(n_docs, np.int64)
    place = 0
    for d in range(n_docs):
        text[place] = _OPEN
        place += 1
        for k in range(n_topics):
            if k > 0:
                text[place], text[place + 1] = _COMMA, _SPACE
                place += 2
            rest = units[d, k]
            text[place] = _ZERO + rest // _UNITS
            place += 1
            rest %= _UNITS
            if rest > 0:
                text[place] = _POINT
                place += 1
            divisor = _UNITS // 10
            while rest > 0:
                text[place] = _ZERO + rest // divisor
                place += 1
                rest %= divisor
                divisor //= 10
        text[place] = _CLOSE
        place += 1
        ends[d] = place
    return text[:place].copy(), ends
