"""The vectors of documents in a file that processes share: what they mean in few numbers, and their place on the map.

A vector is a unit vector of at most 64 dimensions, see `corpus.embeddings.projection`, kept as whole numbers of 8 bits:
of the ten nearest documents by 32-bit vectors, 98 to 99 % stay the same (five labelled data sets). Ten million
documents take 760 MB on disk. The file is mapped into memory, as that of the columns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Optional

import numpy as np

_LARGEST = 127
_ROWS_AT_ONCE = 65_536
_ALIGNMENT = 4
"""Dimensions are padded to a multiple of this, so that what follows them in the file is aligned."""
SIMILARITY_DIGITS = 5
"""Sums of floats differ beyond these by how rows are taken together, and must not decide the order."""


@dataclass(frozen=True)
class DocumentVectors:
    """Vectors of the documents of an index, one entry for each row of the dataset."""

    values: np.ndarray  # int8 of shape (n_rows, p padded): direction of each vector; zeros where there is none
    scales: np.ndarray  # float32 of shape (n_rows,): what makes its length 1; 0 where there is none
    places: np.ndarray  # float32 of shape (n_rows, 2): on the map, -1 to 1; NaN where it has none
    centre: np.ndarray  # float32 of shape (d,), and
    directions: np.ndarray  # float32 of shape (d, p): how embeddings are projected

    @property
    def n_numbers(self) -> int:
        """Numbers of an embedding, d."""
        return len(self.centre)

    @property
    def size_on_disk(self) -> int:
        """Bytes of the file that are mapped."""
        return int(self.values.nbytes + self.scales.nbytes + self.places.nbytes)

    @cached_property
    def given(self) -> np.ndarray:
        """Bool array of shape (n_rows,): whether a document has a vector."""
        return np.asarray(self.scales > 0)

    def of_row(self, row: int) -> Optional[np.ndarray]:
        """Return the unit vector of a document as a query, None where it has none."""
        scale = float(self.scales[row])
        return self.values[row].astype(np.float32) * np.float32(scale) if scale > 0 else None

    def of_embedding(self, embedding: np.ndarray) -> Optional[np.ndarray]:
        """Project an embedding, a float array of shape (d,), to a query; None where nothing is left of it."""
        return as_query((embedding.astype(np.float64) - self.centre) @ self.directions, self.values.shape[1])

    def mean_of(self, rows: np.ndarray) -> Optional[np.ndarray]:
        """Return the mean direction of some documents as a query; None where none of them has a vector."""
        return as_query(self.values[rows].astype(np.float64).T @ self.scales[rows], self.values.shape[1])

    def similarities(self, query: np.ndarray, rows: Optional[np.ndarray] = None) -> np.ndarray:
        """Return the cosines of documents, of all where ``rows`` is None, with a query.

        Returns
        -------
        numpy.ndarray
            float32 of shape (number of rows,), rounded to `SIMILARITY_DIGITS`; NaN for documents without a vector.
        """
        n_rows = len(self.values) if rows is None else len(rows)
        found = np.empty(n_rows, dtype=np.float32)
        for part in _stretches(n_rows):
            places = part if rows is None else rows[part]
            scales = self.scales[places]
            products = self.values[places].astype(np.float32) @ query.astype(np.float32)
            found[part] = np.where(scales > 0, np.round(products * scales, SIMILARITY_DIGITS), np.nan)
        return found

    def nearest(self, query: np.ndarray, rows: Optional[np.ndarray], most: int) -> tuple[np.ndarray, np.ndarray]:
        """Find the documents nearest to a query, among some rows or all; see `largest`."""
        return largest(self.similarities(query, rows), rows, most)


def largest(similarities: np.ndarray, rows: Optional[np.ndarray], most: int) -> tuple[np.ndarray, np.ndarray]:
    """Find the documents of the largest similarities; equal ones in the order of the dataset.

    Parameters
    ----------
    similarities, rows
        See `DocumentVectors.similarities`.

    Returns
    -------
    rows : int array of shape (n,), n <= most
    similarities : float32 array of shape (n,), falling
    """
    known = np.flatnonzero(~np.isnan(similarities))
    if len(known) > most:
        least = -np.partition(-similarities[known], most - 1)[most - 1]
        above, equal = known[similarities[known] > least], known[similarities[known] == least]
        known = np.concatenate([above, equal[: most - len(above)]])
    numbers = known if rows is None else rows[known]
    order = np.lexsort((numbers, -similarities[known]))
    return numbers[order], similarities[known][order]


def as_query(vector: np.ndarray, n_padded: int) -> Optional[np.ndarray]:
    """Bring a vector to length 1 and pad it with zeros; None for one of length 0, or not finite."""
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        return None
    return np.pad(vector / length, (0, n_padded - len(vector))).astype(np.float32)


class VectorsFile:
    """Writes the vectors of documents, in their order, then the places on the map."""

    def __init__(self, path: Path):
        path.unlink(missing_ok=True)  # readers of an earlier one keep their hold on it
        self._file: IO[bytes] = path.open("w+b")
        self._path = path
        self._scales: list[np.ndarray] = []
        self._n_padded = 0

    def add(self, units: np.ndarray) -> None:
        """Take unit vectors, a float32 array of shape (n, p); zeros for documents without one."""
        self._n_padded = -(-units.shape[1] // _ALIGNMENT) * _ALIGNMENT
        largest = np.abs(units).max(axis=1, initial=0.0)
        whole = np.rint(units / np.where(largest > 0, largest, 1.0)[:, None] * _LARGEST)
        values = np.pad(whole, ((0, 0), (0, self._n_padded - units.shape[1]))).astype(np.int8)
        lengths = np.linalg.norm(values.astype(np.float32), axis=1)
        self._scales.append(np.where(lengths > 0, 1 / np.maximum(lengths, 1e-9), 0.0).astype(np.float32))
        values.tofile(self._file)

    def written(self) -> tuple[np.ndarray, np.ndarray]:
        """Return values and scales of all vectors, see `DocumentVectors`."""
        scales = np.concatenate([np.empty(0, dtype=np.float32), *self._scales])
        self._file.flush()
        if not len(scales):
            return np.empty((0, self._n_padded), dtype=np.int8), scales
        return np.memmap(self._path, np.int8, "r", shape=(len(scales), self._n_padded)), scales

    def finish(self, scales: np.ndarray, places: np.ndarray) -> None:
        """Write what follows the vectors, and close the file."""
        scales.astype("<f4").tofile(self._file)
        places.astype("<f4").tofile(self._file)
        self._file.close()

    def close(self) -> None:
        """Close the file, also where nothing or not everything was written."""
        self._file.close()


def write_projection(connection: sqlite3.Connection, centre: np.ndarray, directions: np.ndarray) -> None:
    """Write how embeddings are projected, in place of what was there."""
    connection.execute("DELETE FROM vector_projection")
    cells = (json.dumps(directions.shape), centre.astype("<f4").tobytes(), directions.astype("<f4").tobytes())
    connection.execute("INSERT INTO vector_projection VALUES (?, ?, ?)", cells)


def read_projection(connection: sqlite3.Connection) -> Optional[tuple[np.ndarray, np.ndarray]]:
    """Return centre and directions, see `DocumentVectors`; None where there is no projection."""
    row = connection.execute("SELECT shape, centre, directions FROM vector_projection").fetchone()
    if row is None:
        return None
    return np.frombuffer(row[1], "<f4"), np.frombuffer(row[2], "<f4").reshape(json.loads(row[0]))


def map_vectors(path: Path, n_rows: int, connection: sqlite3.Connection) -> Optional[DocumentVectors]:
    """Map a file of `VectorsFile` into memory; None where it holds no vectors."""
    projection = read_projection(connection)
    if not n_rows or projection is None or path.stat().st_size == 0:
        return None
    n_padded = -(-projection[1].shape[1] // _ALIGNMENT) * _ALIGNMENT
    start = n_rows * n_padded
    values = np.memmap(path, np.int8, "r", shape=(n_rows, n_padded))
    scales = np.memmap(path, "<f4", "r", offset=start, shape=(n_rows,))
    places = np.memmap(path, "<f4", "r", offset=start + scales.nbytes, shape=(n_rows, 2))
    return DocumentVectors(values, scales, places, *projection)


def _stretches(n_rows: int) -> Iterator[slice]:
    return (slice(first, min(first + _ROWS_AT_ONCE, n_rows)) for first in range(0, n_rows, _ROWS_AT_ONCE))


def rows_by_stretches(values: np.ndarray, scales: np.ndarray) -> Iterator[tuple[slice, Any]]:
    """Yield unit vectors of documents part by part: rows, and a float64 array of shape (n, p padded)."""
    for part in _stretches(len(values)):
        yield part, values[part].astype(np.float64) * scales[part].astype(np.float64)[:, None]
