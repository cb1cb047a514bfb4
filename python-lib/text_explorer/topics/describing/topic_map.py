"""A map of the topics: points in the plane whose distances resemble those of the topics.

Without a random start: classical scaling gives the initial map, and SMACOF, which only lowers the stress, the final
one. No map in the plane keeps all distances; its stress measures the error.

References
----------
J. C. Gower (1966). Some distance properties of latent root and vector methods used in multivariate analysis. Biometrika
53. (Classical scaling.)
Jan de Leeuw and Patrick Mair (2009). Multidimensional scaling using majorization: SMACOF in R. Journal of Statistical
Software 31 (3). (The Guttman transform.)
J. B. Kruskal (1964). Multidimensional scaling by optimizing goodness of fit to a nonmetric hypothesis. Psychometrika
29. (Stress formula 1.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

MOST_ITERATIONS = 300
LEAST_GAIN = 1e-6
"""Refinement ends where a step lowers the stress by no more than this."""

DIGITS = 6
"""Of the coordinates and of the stress: what processors differ in is beyond."""

_ALIKE = 1e-7
"""Distances below are rounding errors of a divergence of zero."""


@dataclass(frozen=True)
class TopicMap:
    """Where the topics lie."""

    # float64 of shape (n_topics, 2): their middle is 0, the first axis is that of the widest spread, and the
    # coordinate farthest from 0 is 1 or -1. All 0 where the topics are equal.
    coordinates: np.ndarray
    stress: float  # Kruskal's stress-1 of the map, from 0 (true to all distances) to 1


def lay_out_topics(distances: np.ndarray) -> TopicMap:
    """Lay topics out in the plane."""
    wanted = np.where(distances > _ALIKE, distances, 0.0)
    classical = scale_classically(wanted)
    refined = refine(classical, wanted)
    stresses = kruskal_stress(classical, wanted), kruskal_stress(refined, wanted)
    chosen = refined if stresses[1] < stresses[0] else classical
    return TopicMap(_normalised(chosen), round(min(stresses), DIGITS))


def scale_classically(distances: np.ndarray) -> np.ndarray:
    """Return the plane closest to the points in space that have these distances, of shape (n_topics, 2)."""
    n_topics = len(distances)
    squared = distances**2
    products = -(squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()) / 2
    first = max(n_topics - 2, 0)
    values, vectors = eigh(products, subset_by_index=(first, n_topics - 1))
    points = vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0))
    return np.pad(points, ((0, 0), (0, 2 - points.shape[1])))


def refine(points: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Lower the stress of a map by Guttman transforms until they gain no more; see `lay_out_topics`."""
    stress = kruskal_stress(points, distances)
    for _ in range(MOST_ITERATIONS):
        moved = _guttman_transform(points, distances)
        moved_stress = kruskal_stress(moved, distances)
        if stress - moved_stress <= LEAST_GAIN:
            return moved if moved_stress < stress else points
        points, stress = moved, moved_stress
    return points


def kruskal_stress(points: np.ndarray, distances: np.ndarray) -> float:
    """Return stress-1 of a map at the scale that makes it smallest, sqrt(1 - (sum d e)^2 / (sum d^2 sum e^2)).

    The distances of the points are e, the wanted ones d. It is 0 where all of these are 0, for then there is nothing to
    be true to.
    """
    on_map = _distances_of(points)
    squares = float((distances**2).sum()), float((on_map**2).sum())
    if squares[0] == 0:
        return 0.0
    if squares[1] == 0:
        return 1.0
    return float(np.sqrt(max(1 - float((distances * on_map).sum()) ** 2 / (squares[0] * squares[1]), 0)))


def _guttman_transform(points: np.ndarray, distances: np.ndarray) -> np.ndarray:
    on_map = _distances_of(points)
    apart = on_map > 0
    ratios = np.divide(distances, on_map, out=np.zeros_like(distances), where=apart)
    pulls = np.column_stack([(ratios * axis).sum(axis=1) for axis in points.T])
    return (ratios.sum(axis=1)[:, None] * points - pulls) / len(points)


def _distances_of(points: np.ndarray) -> np.ndarray:
    squares = np.zeros((len(points), len(points)))
    for axis in points.T:
        squares += (axis[:, None] - axis) ** 2
    return np.sqrt(squares)


def _normalised(points: np.ndarray) -> np.ndarray:
    """Centre the map, align the widest spread with the first axis, and fix signs and scale."""
    centred = points - points.mean(axis=0)
    angle = np.arctan2(2 * (centred[:, 0] * centred[:, 1]).sum(), (centred[:, 0] ** 2 - centred[:, 1] ** 2).sum()) / 2
    turned = np.column_stack((
        np.cos(angle) * centred[:, 0] + np.sin(angle) * centred[:, 1],
        np.cos(angle) * centred[:, 1] - np.sin(angle) * centred[:, 0],
    ))  # fmt: skip
    farthest = np.abs(turned).max()
    if farthest <= _ALIKE:
        return np.zeros_like(points)
    rounded = np.round(turned / farthest, DIGITS)
    # The first of those farthest out is on the positive side, so that the map is never mirrored.
    outermost = np.take_along_axis(rounded, np.abs(rounded).argmax(axis=0)[None], axis=0)
    return np.where(outermost < 0, -rounded, rounded) + 0.0  # no -0.0
