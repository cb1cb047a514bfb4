"""Embeddings as cells of a column hold them: JSON arrays of numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Union

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


def source_column_of(column: str) -> str:
    """Return the name of the column that holds the id of each embedding's model, as 'Embed texts' names it."""
    return f"{column}_model"


def embedding_cell(embedding: np.ndarray) -> str:
    """Return a float32 embedding as a cell: a JSON array, nine digits of which are exact."""
    return f"[{','.join([f'{number:.9g}' for number in embedding.tolist()])}]"


def parse_embedding(cell: Any) -> Union[np.ndarray, str]:
    """Read a cell: a float32 array of shape (d,), or why it has no embedding."""
    text = text_of(cell)
    if text is None:
        return EMPTY
    try:
        numbers = json.loads(text)
    except (ValueError, RecursionError):
        return NO_ARRAY
    return embedding_of(numbers)


def embedding_of(numbers: Any) -> Union[np.ndarray, str]:
    """Return a list of numbers as a float32 array of shape (d,), or why it is no embedding."""
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
        lengths = sorted(self._rows, key=lambda length: (-len(self._rows[length]), length))
        if not lengths:
            raise DataError(_nothing_found(column, self.faults))
        main = lengths[0]
        n_others = sum(len(self._rows[length]) for length in lengths[1:])
        if len(self._rows[main]) < LEAST_SHARE * (len(self._rows[main]) + n_others):
            listed = ", ".join(f"{length:,} numbers in {len(self._rows[length]):,} rows" for length in lengths[:3])
            raise DataError(
                f"The embeddings in the column '{column}' have different lengths ({listed}). Embeddings must be of one "
                "model: compute all of them again, or clear 'Embedding column'."
            )
        if n_others:
            self.faults.reasons[OTHER_LENGTH] += n_others
        return self._arrays[main].array().reshape(-1, main), np.array(self._rows[main], dtype=np.int64)


def _nothing_found(column: str, faults: RowFaults) -> str:
    return (
        f"The column '{column}' holds no embedding: {faults}. Each cell must be a JSON array of numbers such as [0.12, "
        "-0.03, 0.4]. Select another 'Embedding column', or clear it."
    )
