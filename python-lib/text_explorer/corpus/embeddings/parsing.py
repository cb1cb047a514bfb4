"""Embeddings as cells of a column hold them: JSON arrays of numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional, Union

import numpy as np

from text_explorer.cells import text_of
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.errors import DataError

EMPTY = "empty"
NO_ARRAY = "no JSON array of numbers"
NOT_FINITE = "with NaN or infinite numbers"
ALL_ZERO = "all zeros"
OTHER_LENGTH = "of another length"
"""Why a cell has no embedding."""

MOST_NUMBERS = 65_536
"""Numbers of an embedding; longer arrays are something else."""
LEAST_SHARE = 0.5
"""Share of the embeddings that must have the most frequent length."""


def parse_embedding(cell: Any) -> Union[np.ndarray, str]:
    """Read a cell: a float32 array of shape (d,), or why it has no embedding."""
    text = text_of(cell)
    if text is None:
        return EMPTY
    try:
        numbers = json.loads(text)
    except (ValueError, RecursionError):
        return NO_ARRAY
    if not isinstance(numbers, list) or not 0 < len(numbers) <= MOST_NUMBERS or not set(map(type, numbers)) <= _NUMBERS:
        return NO_ARRAY
    try:
        with np.errstate(over="ignore"):
            embedding = np.array(numbers, dtype=np.float64).astype(np.float32)
    except OverflowError:  # a whole number that no float64 holds
        return NOT_FINITE
    if not np.isfinite(embedding).all():
        return NOT_FINITE
    return embedding if embedding.any() else ALL_ZERO


_NUMBERS = {int, float}


def embedding_key(cell: Any) -> Optional[str]:
    """Return the same text for an embedding whether DSS delivers it as JSON or as a list; None without one."""
    found = parse_embedding(cell)
    return None if isinstance(found, str) else found.tobytes().hex()


@dataclass
class RowFaults:
    """Count rows without an embedding by reason."""

    n_rows: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def n_given(self) -> int:
        """Rows with an embedding."""
        return self.n_rows - sum(self.reasons.values())

    def merge(self, other: RowFaults) -> None:
        """Add other rows."""
        self.n_rows += other.n_rows
        self.reasons += other.reasons

    def __str__(self) -> str:
        listed = ", ".join(f"{reason} {number:,}" for reason, number in self.reasons.most_common())
        return f"{self.n_given:,} of {self.n_rows:,} rows have an embedding" + (
            f" (others: {listed})" if listed else ""
        )


def embeddings_of_length(cells: Iterable[Any], n_numbers: int, faults: RowFaults) -> np.ndarray:
    """Read cells whose embeddings must have `n_numbers`, and count the rows without one.

    Returns
    -------
    embeddings
        float32 array of shape (number of cells, n_numbers); zeros where there is none.
    """
    read = list(map(parse_embedding, cells))
    embeddings = np.zeros((len(read), n_numbers), dtype=np.float32)
    faults.n_rows += len(read)
    for row, found in enumerate(read):
        if isinstance(found, str):
            faults.reasons[found] += 1
        elif len(found) != n_numbers:
            faults.reasons[OTHER_LENGTH] += 1
        else:
            embeddings[row] = found
    return embeddings


class EmbeddingCollector:
    """Collect the embeddings of a column, row after row; large ones are kept in a file.

    The length that most rows have is that of the column.
    """

    def __init__(self) -> None:
        self._arrays: dict[int, GrowingArray] = {}
        self._rows: dict[int, list[int]] = {}
        self.faults = RowFaults()

    def add(self, cell: Any) -> None:
        """Read the cell of the next row; None for a row whose embedding must not count."""
        found = parse_embedding(cell)
        if isinstance(found, str):
            self.faults.reasons[found] += 1
        else:
            self._arrays.setdefault(len(found), GrowingArray(np.float32)).append(found)
            self._rows.setdefault(len(found), []).append(self.faults.n_rows)
        self.faults.n_rows += 1

    def finish(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """Return all embeddings of the most frequent length, and their rows.

        Returns
        -------
        embeddings : float32 array of shape (n, d)
        rows : int64 array of shape (n,)

        Raises
        ------
        DataError
            Where there is none, or lengths are mixed.
        """
        return self.of_length(main_length(self.lengths, self.faults, column))

    @property
    def lengths(self) -> Counter[int]:
        """Number of embeddings by length."""
        return Counter({length: len(rows) for length, rows in self._rows.items()})

    def of_length(self, length: int) -> tuple[np.ndarray, np.ndarray]:
        """Return all embeddings of a length, and their rows; see `finish`."""
        if length not in self._rows:
            return np.zeros((0, length), dtype=np.float32), np.zeros(0, dtype=np.int64)
        return self._arrays[length].array().reshape(-1, length), np.array(self._rows[length], dtype=np.int64)


def main_length(lengths: Mapping[int, int], faults: RowFaults, column: str) -> int:
    """Return the most frequent length, given the number of embeddings by length; count the others as faults.

    Raises
    ------
    DataError
        Where there is none, or lengths are mixed.
    """
    by_count = sorted(lengths, key=lambda length: (-lengths[length], length))
    if not by_count:
        raise DataError(_nothing_found(column, faults))
    n_all, main = sum(lengths.values()), by_count[0]
    if lengths[main] < LEAST_SHARE * n_all:
        listed = ", ".join(f"{length:,} numbers in {lengths[length]:,} rows" for length in by_count[:3])
        raise DataError(
            f"The embeddings in the column '{column}' have different lengths ({listed}). Embeddings must be of one "
            "model: compute all of them again, or clear 'Embedding column'."
        )
    if lengths[main] < n_all:
        faults.reasons[OTHER_LENGTH] += n_all - lengths[main]
    return main


def _nothing_found(column: str, faults: RowFaults) -> str:
    return (
        f"The column '{column}' holds no embedding: {faults}. Each cell must be a JSON array of numbers such as [0.12, "
        "-0.03, 0.4]. Select another 'Embedding column', or clear it."
    )
