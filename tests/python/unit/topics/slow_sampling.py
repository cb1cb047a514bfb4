"""The random numbers and draws of the samplers, said once more in plain Python."""

from __future__ import annotations

import numpy as np

LANES = 8


class SlowRandom:
    """Marsaglia's xorshift64, its upper 23 bits as a number of [0, 1)."""

    def __init__(self, state: np.ndarray):
        self._bits = int(state[0])

    def __call__(self) -> float:
        bits = self._bits
        bits = (bits ^ bits << 13) & (2**64 - 1)
        bits ^= bits >> 7
        self._bits = (bits ^ bits << 17) & (2**64 - 1)
        return (self._bits >> 41) / 2**23


def slow_draw(weights: np.ndarray, uniform: float) -> int:
    """Draw first one of eight lanes, by the sum of its weights, then a place in it."""
    lanes = np.append(weights, np.zeros(-len(weights) % LANES)).reshape(-1, LANES).T
    ends = np.cumsum(lanes.sum(axis=1))
    left = uniform * ends[-1]
    lane = int(np.count_nonzero(left >= ends[:-1]))
    left -= ends[lane - 1] if lane > 0 else 0.0
    return lane + LANES * int(np.count_nonzero(left >= np.cumsum(lanes[lane])[:-1]))
