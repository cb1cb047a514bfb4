"""Embeddings as cells of a column hold them: JSON arrays of numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional, Union

import numpy as np

from text_explorer.cells import text_of
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.errors import DataError

EMPTY = "empty"
NO_ARRAY = "no JSON array of numbers"
NOT_FINITE = "with NaN or infinite numbers"
ALL_ZERO = "all zeros"
OTHER_LENGTH = "of another length"
OTHER_MODEL = "of another embedding model"
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


def embeddings_of_model(
    cells: Iterable[Any], sources: Iterable[Optional[str]], n_numbers: int, source: Optional[str], faults: RowFaults
) -> np.ndarray:
    """Read cells whose embeddings must be of one model, and count the rows without one.

    Parameters
    ----------
    cells, sources
        The cells, and the id of each embedding's model, None where it is unknown.
    n_numbers, source
        Numbers of an embedding of the model, and its id, None where it is unknown. Unknown ids match any.
    faults
        Gets the counts.

    Returns
    -------
    embeddings
        float32 array of shape (number of cells, n_numbers); zeros where there is none.
    """
    read = list(map(parse_embedding, cells))
    embeddings = np.zeros((len(read), n_numbers), dtype=np.float32)
    faults.n_rows += len(read)
    for row, (found, of_row) in enumerate(zip(read, sources)):
        if isinstance(found, str):
            faults.reasons[found] += 1
        elif len(found) != n_numbers:
            faults.reasons[OTHER_LENGTH] += 1
        elif None not in (source, of_row) and source != of_row:
            faults.reasons[OTHER_MODEL] += 1
        else:
            embeddings[row] = found
    return embeddings


class EmbeddingKind(NamedTuple):
    """What embeddings of one model have in common."""

    n_numbers: int
    source: Optional[str]

    def __str__(self) -> str:
        return f"{self.n_numbers:,} numbers" + (f" by {self.source}" if self.source else "")


class CollectedEmbeddings(NamedTuple):
    """The embeddings of a column: those of one model."""

    embeddings: np.ndarray  # float32 of shape (n, d)
    rows: np.ndarray  # int64 of shape (n,): the row of each
    source: Optional[str]  # id of the model, None where it is unknown


class EmbeddingCollector:
    """Collect the embeddings of a column, row after row; large ones are kept in a file.

    The length and the model that most rows have are those of the column. Rows that do not name a model are of one more.
    """

    def __init__(self) -> None:
        self._arrays: dict[EmbeddingKind, GrowingArray] = {}
        self._rows: dict[EmbeddingKind, list[int]] = {}
        self.faults = RowFaults()

    def add(self, cell: Any, source: Optional[str] = None) -> None:
        """Read the cell of the next row, None for a row whose embedding must not count; `source` is its model's id."""
        found = parse_embedding(cell)
        if isinstance(found, str):
            self.faults.reasons[found] += 1
        else:
            kind = EmbeddingKind(len(found), source)
            self._arrays.setdefault(kind, GrowingArray(np.float32)).append(found)
            self._rows.setdefault(kind, []).append(self.faults.n_rows)
        self.faults.n_rows += 1

    def finish(self, column: str) -> CollectedEmbeddings:
        """Return all embeddings of the most frequent length and model.

        Raises
        ------
        DataError
            Where there is none, or no length and model has half of the rows.
        """
        kind = main_kind(self.kinds, self.faults, column)
        return CollectedEmbeddings(*self.of_kind(kind), kind.source)

    @property
    def kinds(self) -> Counter[EmbeddingKind]:
        """Number of embeddings by length and model."""
        return Counter({kind: len(rows) for kind, rows in self._rows.items()})

    def of_kind(self, kind: EmbeddingKind) -> tuple[np.ndarray, np.ndarray]:
        """Return all embeddings of a length and model, and their rows; see `CollectedEmbeddings`."""
        if kind not in self._rows:
            return np.zeros((0, kind.n_numbers), dtype=np.float32), np.zeros(0, dtype=np.int64)
        return self._arrays[kind].array().reshape(-1, kind.n_numbers), np.array(self._rows[kind], dtype=np.int64)


def main_kind(kinds: Mapping[EmbeddingKind, int], faults: RowFaults, column: str) -> EmbeddingKind:
    """Return the most frequent length and model, given the number of embeddings of each; count the others as faults.

    Raises
    ------
    DataError
        Where there is none, or none has half of the embeddings.
    """
    by_count = sorted(kinds, key=lambda kind: (-kinds[kind], kind.n_numbers, kind.source or ""))
    if not by_count:
        raise DataError(_nothing_found(column, faults))
    main = by_count[0]
    if kinds[main] < LEAST_SHARE * sum(kinds.values()):
        listed = ", ".join(f"{kind} in {kinds[kind]:,} rows" for kind in by_count[:3])
        raise DataError(
            f"The embeddings in the column '{column}' are of different models ({listed}). Embeddings must be of "
            "one model: compute all of them again, or clear 'Embedding column'."
        )
    for kind in by_count[1:]:
        reason = OTHER_LENGTH if kind.n_numbers != main.n_numbers else OTHER_MODEL
        faults.reasons[reason] += kinds[kind]
    return main


def _nothing_found(column: str, faults: RowFaults) -> str:
    return (
        f"The column '{column}' holds no embedding: {faults}. Each cell must be a JSON array of numbers such as [0.12, "
        "-0.03, 0.4]. Select another 'Embedding column', or clear it."
    )
