"""Random numbers, and draws in proportion to weights, for the samplers; compiled by numba.

Sums run in ``LANES`` lanes side by side, in an order written down here, so that their last digit does not depend on the
machine.
"""

from __future__ import annotations

import numpy as np

from text_explorer.compiled import compiled, inlined

LANES = 8
BELOW_ONE = np.float32(1.0 - 2.0**-22)


@compiled
def next_random(state):
    """Draw from [0, 1) with 23 bits: xorshift64 (Marsaglia 2003); `state` is a uint64 array of shape (1,), not 0.

    With 24 bits, the largest number times a float32 could round up to that float32.
    """
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.float32(x >> np.uint64(41)) * np.float32(1.0 / 8388608.0)


@inlined
def lane_sums(weights, n_weights):
    """Return the sums of the weights in each of eight lanes."""
    s0, s1, s2, s3 = weights[0], weights[1], weights[2], weights[3]
    s4, s5, s6, s7 = weights[4], weights[5], weights[6], weights[7]
    for row in range(LANES, n_weights, LANES):
        s0 += weights[row]
        s1 += weights[row + 1]
        s2 += weights[row + 2]
        s3 += weights[row + 3]
        s4 += weights[row + 4]
        s5 += weights[row + 5]
        s6 += weights[row + 6]
        s7 += weights[row + 7]
    return s0, s1, s2, s3, s4, s5, s6, s7


@compiled
def draw(weights, n_weights, uniform):
    """Draw a place in proportion to its weight, by a `uniform` number from [0, 1).

    First a lane is drawn, then a place in it, without an unpredictable branch. `n_weights` is a multiple of ``LANES``.
    """
    s0, s1, s2, s3, s4, s5, s6, s7 = lane_sums(weights, n_weights)
    p1 = s0 + s1
    p2 = p1 + s2
    p3 = p2 + s3
    p4 = p3 + s4
    p5 = p4 + s5
    p6 = p5 + s6
    left = uniform * (p6 + s7)
    lane, before, whole = 0, p6 - p6, s0
    if left >= s0:
        lane, before, whole = 1, s0, s1
    if left >= p1:
        lane, before, whole = 2, p1, s2
    if left >= p2:
        lane, before, whole = 3, p2, s3
    if left >= p3:
        lane, before, whole = 4, p3, s4
    if left >= p4:
        lane, before, whole = 5, p4, s5
    if left >= p5:
        lane, before, whole = 6, p5, s6
    if left >= p6:
        lane, before, whole = 7, p6, s7
    # Rounding must not lead past the last weight of the lane, to places that weigh nothing.
    left = min(left - before, whole * BELOW_ONE)
    running, n_passed = weights[lane], 0
    for place in range(lane + LANES, n_weights, LANES):
        n_passed += left >= running
        running += weights[place]
    return lane + LANES * n_passed
