"""Projection of embeddings to the few directions in which they differ most (principal components)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np

from text_explorer.corpus.embeddings._vector_kernels import hash_rows, project

MOST_DIMENSIONS = 64
"""Topics of 32 to 128 dimensions are equally good; time grows with the dimensions."""
LEAST_DIMENSIONS, ROWS_PER_DIMENSION = 8, 8
"""Few documents allow fewer dimensions, but not below 8."""
LEAST_ROWS = 3
MOST_ROWS = 100_000
"""More distinct embeddings than this move the directions no further; these are chosen by their hashes."""
_ROWS_AT_ONCE = 4_096
_SMALLEST_VARIANCE = 1e-9
"""Share of the largest variance below which a direction is rounding."""


@dataclass(frozen=True)
class Projection:
    """Directions that embeddings are projected to."""

    centre: np.ndarray  # float32 of shape (d,)
    directions: np.ndarray  # float32 of shape (d, p): orthonormal columns, by falling variance
    explained: float = float("nan")  # share of the variance that the directions hold

    @property
    def n_numbers(self) -> int:
        """Numbers of an embedding, d."""
        return len(self.centre)

    @property
    def n_dimensions(self) -> int:
        """Number of directions, p."""
        return int(self.directions.shape[1])

    def units(self, embeddings: np.ndarray) -> np.ndarray:
        """Project embeddings, a float32 array of shape (n, d), to unit vectors, a float32 array of shape (n, p).

        Rows are zeros where an embedding equals the centre. A row depends on nothing but its embedding.
        """
        units = np.zeros((len(embeddings), self.n_dimensions), dtype=np.float32)
        project(np.ascontiguousarray(embeddings, dtype=np.float32), self.centre, self.directions, units)
        return units


def fit_projection(embeddings: np.ndarray, n_rows: Optional[int] = None) -> Optional[Projection]:
    """Find the centre and the leading principal components of embeddings.

    Equal embeddings count once: a text that is repeated very often would be a direction of its own otherwise.

    Parameters
    ----------
    embeddings
        Finite float32 array of shape (n, d). Of very many, those of the smallest hashes are enough, in any order; see
        `smallest_hashes`.
    n_rows
        Number of all embeddings, equal ones included, where not all are given.

    Returns
    -------
    projection
        None where fewer than three embeddings are given, or all are equal.
    """
    n_rows = len(embeddings) if n_rows is None else n_rows
    distinct = np.unique(embedding_hashes(embeddings), return_index=True)[1][:MOST_ROWS]
    if n_rows < LEAST_ROWS or len(distinct) < 2:
        return None
    n_numbers = embeddings.shape[1]
    centre = np.zeros(n_numbers)
    for block in _blocks(embeddings, distinct):
        centre += block.sum(axis=0)
    centre = (centre / len(distinct)).astype(np.float32).astype(np.float64)
    covariance = np.zeros((n_numbers, n_numbers))
    for block in _blocks(embeddings, distinct):
        covariance += (block - centre).T @ (block - centre)
    variances, vectors = np.linalg.eigh(covariance)
    rank = int(np.count_nonzero(variances > _SMALLEST_VARIANCE * variances[-1])) if variances[-1] > 0 else 0
    wanted = min(MOST_DIMENSIONS, max(LEAST_DIMENSIONS, n_rows // ROWS_PER_DIMENSION))
    n_dimensions = min(wanted, n_numbers, len(distinct) - 1, rank)
    if n_dimensions == 0:
        return None
    leading = vectors[:, ::-1][:, :n_dimensions]
    largest = leading[np.abs(leading).argmax(axis=0), np.arange(n_dimensions)]
    explained = float(variances[::-1][:n_dimensions].sum() / variances[variances > 0].sum())
    directions = np.ascontiguousarray(leading * np.sign(largest), dtype=np.float32)
    return Projection(centre.astype(np.float32), directions, explained)


def embedding_hashes(embeddings: np.ndarray) -> np.ndarray:
    """Return a hash of each embedding, uint64 of shape (n,).

    Distinct embeddings are sorted by them, so that the order of rows does not show; where the hash of two that differ
    is the same, one of them is left out.
    """
    hashes = np.empty(len(embeddings), dtype=np.uint64)
    for first in range(0, len(embeddings), _ROWS_AT_ONCE):
        block = np.ascontiguousarray(embeddings[first : first + _ROWS_AT_ONCE], dtype=np.float32)
        hash_rows(block.view(np.uint32), hashes[first : first + _ROWS_AT_ONCE])
    return hashes


def smallest_hashes(*hashes: np.ndarray) -> np.ndarray:
    """Return the hashes of the embeddings that the projection is fitted to: ascending, at most `MOST_ROWS`."""
    return np.unique(np.concatenate(hashes))[:MOST_ROWS]


def _blocks(embeddings: np.ndarray, rows: np.ndarray) -> Iterator[np.ndarray]:
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        yield embeddings[rows[first : first + _ROWS_AT_ONCE]].astype(np.float64)
