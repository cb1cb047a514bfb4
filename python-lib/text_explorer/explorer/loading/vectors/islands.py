"""Lay documents out in the plane: an island for each topic, and within it documents with similar vectors side by side.

The islands are discs whose area is the number of documents. Their centres come from classical scaling of the topics'
mean vectors, pushed apart until no two discs overlap. Within an island, documents stand by the two directions in which
its vectors differ most, turned so that they look towards the topics they resemble; distances from the centre are
replaced by their ranks, so that the documents fill the disc evenly. Nothing is drawn at random.

Of 2,000 documents of five labelled sets the trustworthiness (10 neighbours) was .90 to .97, against .70 to .85 for the
two leading principal components of all documents.

References
----------
Torgerson 1952 (classical scaling, Psychometrika 17); Schönemann 1966 (orthogonal Procrustes problem, Psychometrika 31);
Venna and Kaski 2001 (trustworthiness, ICANN).
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

import numpy as np

from text_explorer.explorer.index.document_vectors import rows_by_stretches

GAP = 1.06
"""Least distance of two centres, in sums of their radii."""
_MOST_ROUNDS = 700
_CONTRACTIONS, _CONTRACTION = 200, 0.985
_GOLDEN_ANGLE = 2.399963229728653
_SMALLEST_DISTANCE = 1e-9
_LEAST_PULL = 0.05
"""Weight of an island that another has nothing in common with, so that two islands always have a direction."""
JUDGED, NEIGHBOURS = 2_000, 10
_LEAST_JUDGED = 4 * NEIGHBOURS
MOST_ISLANDS = 2_000
"""Memory and time of the layout grow with the square of the number of islands."""


class PlacedDocuments(NamedTuple):
    """Documents on the map."""

    places: np.ndarray  # float32 of shape (n_rows, 2): -1 to 1, NaN for documents without a topic or a vector
    islands: list[dict[str, Any]]  # topic, x, y, r and n, in the order of the topics
    quality: dict[str, Any]  # trustworthiness, same_topic and n of the documents judged; empty for few documents
    reason: Optional[str] = None  # why there is no map, a sentence


def place_documents(values: np.ndarray, scales: np.ndarray, topics: np.ndarray) -> PlacedDocuments:
    """Lay documents out.

    Parameters
    ----------
    values, scales
        See `DocumentVectors`.
    topics
        int array of shape (n_rows,): topic of each document, negative for none.
    """
    places = np.full((len(topics), 2), np.nan, dtype=np.float32)
    is_placed = (scales > 0) & (topics >= 0)
    ids, counts = np.unique(topics[is_placed], return_counts=True)
    if not len(ids):
        return PlacedDocuments(places, [], {})
    if len(ids) > MOST_ISLANDS:
        reason = f"There is no map, as there are {len(ids):,} topics: at most {MOST_ISLANDS:,} can be laid out."
        return PlacedDocuments(places, [], {}, reason)
    numbers = np.where(is_placed, np.searchsorted(ids, topics), -1)
    sums, squares = _moments(values, scales, numbers, len(ids))
    radii = np.sqrt(counts / counts.sum())
    means = sums / counts[:, None]
    centres = _spread(_scaled(means), radii)
    axes = [_axes(squares[k] / counts[k], means, centres, k) for k in range(len(ids))]
    for part, units in rows_by_stretches(values, scales):
        for k in np.unique(numbers[part][numbers[part] >= 0]):
            inside = numbers[part] == k
            places[part][inside] = (units[inside] - means[k]) @ axes[k]
    order = np.argsort(numbers, kind="stable")[len(numbers) - counts.sum() :]
    for k, rows in enumerate(np.split(order, np.cumsum(counts)[:-1])):
        inside = places[rows]
        _fill(inside)
        places[rows] = inside * np.float32(radii[k]) + centres[k].astype(np.float32)
    low, high = (centres - radii[:, None]).min(axis=0), (centres + radii[:, None]).max(axis=0)
    middle, half = (low + high) / 2, float((high - low).max()) / 2
    places -= middle.astype(np.float32)
    places /= np.float32(half)
    discs = np.round(np.column_stack([(centres - middle) / half, radii / half]), 6).tolist()
    islands = [
        {"topic": topic, "x": x, "y": y, "r": r, "n": n}
        for topic, n, (x, y, r) in zip(ids.tolist(), counts.tolist(), discs)
    ]
    return PlacedDocuments(places, islands, _quality(values, scales, places, topics))


def _moments(values: np.ndarray, scales: np.ndarray, numbers: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sums of the vectors of each island, shape (n, p), and of their products, shape (n, p, p)."""
    n_dims = values.shape[1]
    sums, squares = np.zeros((n, n_dims)), np.zeros((n, n_dims, n_dims))
    for part, units in rows_by_stretches(values, scales):
        for k in np.unique(numbers[part][numbers[part] >= 0]):
            inside = units[numbers[part] == k]
            sums[k] += inside.sum(axis=0)
            squares[k] += inside.T @ inside
    return sums, squares


def _scaled(means: np.ndarray) -> np.ndarray:
    """Return places of islands by classical scaling of the squared distances of their mean directions."""
    directions = _units(means)
    distances = np.maximum(1 - directions @ directions.T, 0)
    centring = np.eye(len(means)) - 1 / len(means)
    variances, vectors = np.linalg.eigh(-0.5 * centring @ distances @ centring)
    places = np.zeros((len(means), 2))
    n = min(2, len(means))
    leading = vectors[:, ::-1][:, :n]
    signs = np.sign(leading[np.abs(leading).argmax(axis=0), np.arange(n)])
    places[:, :n] = leading * signs * np.sqrt(np.maximum(variances[::-1][:n], 0))
    return places


def _spread(places: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Draw discs together and push them apart where they overlap, until they lie side by side and no two overlap."""
    extent = float(np.sqrt((places**2).sum(axis=1).mean()))
    places = places / extent if extent > 0 else places
    angles = np.arange(len(places)) * _GOLDEN_ANGLE  # equal means must not stay in one place
    places = places + 1e-3 * np.column_stack([np.cos(angles), np.sin(angles)])
    needed = GAP * (radii[:, None] + radii)
    for number in range(_MOST_ROUNDS):
        is_drawn_together = number < _CONTRACTIONS
        places = places * (_CONTRACTION if is_drawn_together else 1)
        apart = places[:, None] - places
        distances = np.sqrt((apart**2).sum(axis=2)) + 1e-12
        missing = np.maximum(needed - distances, 0)
        np.fill_diagonal(missing, 0)
        if not is_drawn_together and missing.max() <= 1e-3 * radii.min():
            break
        places = places + 0.5 * (apart / distances[..., None] * missing[..., None]).sum(axis=1)
    return places


def _axes(square: np.ndarray, means: np.ndarray, centres: np.ndarray, k: int) -> np.ndarray:
    """Return the two directions of an island: float64 array of shape (p, 2), scaled to variance 1.

    They are its leading principal components, turned or mirrored so that the other islands, the similar ones above all,
    lie in their true direction as far as possible.
    """
    variances, vectors = np.linalg.eigh(square - np.outer(means[k], means[k]))
    leading = vectors[:, ::-1][:, :2]
    largest = leading[np.abs(leading).argmax(axis=0), np.arange(leading.shape[1])]
    leading = leading * np.where(largest < 0, -1, 1)
    directions = _units(means)
    weights = np.maximum(directions @ directions[k], 0) + _LEAST_PULL
    weights[k] = 0
    seen = ((directions - directions[k]) @ leading) * weights[:, None]
    left, _, right = np.linalg.svd(seen.T @ _units(centres - centres[k]))
    scales = 1 / np.sqrt(np.maximum(variances[::-1][:2], 1e-12))
    return leading * scales @ (left @ right)


def _fill(offsets: np.ndarray) -> None:
    """Spread offsets from the middle evenly over the disc of radius 1: directions stay, distances become ranks.

    ``offsets``, a float32 array of shape (n, 2), is changed in place: an island may have millions of documents.
    """
    distances = np.hypot(offsets[:, 0], offsets[:, 1])
    ranks = np.empty(len(offsets), dtype=np.int32)
    ranks[np.argsort(distances, kind="stable")] = np.arange(len(offsets), dtype=np.int32)
    is_middle = distances <= _SMALLEST_DISTANCE  # equal documents, which have no direction
    angles = ranks[is_middle] * _GOLDEN_ANGLE
    offsets[is_middle] = np.column_stack([np.cos(angles), np.sin(angles)])
    distances[is_middle] = 1
    offsets /= distances[:, None]
    offsets *= np.sqrt((ranks + np.float32(0.5)) / np.float32(len(offsets)))[:, None].astype(np.float32)


def _quality(values: np.ndarray, scales: np.ndarray, places: np.ndarray, topics: np.ndarray) -> dict[str, Any]:
    """Judge the map by some documents, evenly spaced: trustworthiness, and topics of neighbours on the map."""
    rows = np.flatnonzero(~np.isnan(places[:, 0]))
    rows = rows[np.unique(np.linspace(0, len(rows) - 1, min(JUDGED, len(rows))).astype(np.int64))]
    if len(rows) < _LEAST_JUDGED:
        return {}
    n = len(rows)
    units = values[rows].astype(np.float64) * scales[rows, None]
    distances = -(units @ units.T)
    np.fill_diagonal(distances, np.inf)
    ranks = np.argsort(np.argsort(distances, axis=1, kind="stable"), axis=1, kind="stable")
    on_map = ((places[rows, None] - places[rows]) ** 2).sum(axis=2)
    np.fill_diagonal(on_map, np.inf)
    neighbours = np.argsort(on_map, axis=1, kind="stable")[:, :NEIGHBOURS]
    strangers = np.maximum(np.take_along_axis(ranks, neighbours, axis=1) - NEIGHBOURS + 1, 0).sum()
    trust = 1 - 2 / (n * NEIGHBOURS * (2 * n - 3 * NEIGHBOURS - 1)) * strangers
    same = float((topics[rows][neighbours] == topics[rows][:, None]).mean())
    return {"trustworthiness": round(float(trust), 3), "same_topic": round(same, 3), "n": n}


def _units(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
