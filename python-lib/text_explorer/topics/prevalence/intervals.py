"""Intervals of shares of documents, and of the difference of two shares.

References
----------
Robert Newcombe (1998). Interval estimation for the difference between independent proportions: comparison of eleven
methods. Statistics in Medicine 17. Method 10, from the intervals of Edwin Wilson (1927).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

CONFIDENCE = 0.95


def wilson_interval(
    shares: ArrayLike, n_documents: ArrayLike, confidence: float = CONFIDENCE
) -> tuple[np.ndarray, np.ndarray]:
    """Compute Wilson's score interval of shares; both ends are NaN where there is no document."""
    shares, n = np.asarray(shares, dtype=np.float64), _at_least_one(n_documents)
    z = float(ndtri((1 + confidence) / 2))
    weight = 1 / (1 + z**2 / n)
    centre = weight * (shares + z**2 / (2 * n))
    half = weight * z * np.sqrt(shares * (1 - shares) / n + z**2 / (4 * n**2))
    return centre - half, centre + half


def difference_interval(
    then: ArrayLike, n_then: ArrayLike, now: ArrayLike, n_now: ArrayLike, confidence: float = CONFIDENCE
) -> tuple[np.ndarray, np.ndarray]:
    """Compute the interval of the differences of shares, now minus then, by Newcombe's method 10.

    Shares and numbers of documents are broadcast against one another. Both ends are NaN where either sample is empty.
    """
    then, now = np.asarray(then, dtype=np.float64), np.asarray(now, dtype=np.float64)
    (low_then, high_then), (low_now, high_now) = (
        wilson_interval(then, n_then, confidence), wilson_interval(now, n_now, confidence),
    )  # fmt: skip
    difference = now - then
    return (
        difference - np.hypot(now - low_now, high_then - then),
        difference + np.hypot(high_now - now, then - low_then),
    )


def _at_least_one(n_documents: ArrayLike) -> np.ndarray:
    n = np.asarray(n_documents, dtype=np.float64)
    return np.where(n > 0, n, np.nan)
