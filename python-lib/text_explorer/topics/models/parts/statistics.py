"""What the parts of a corpus return: integers, whose sum does not depend on the order of the parts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import numpy as np

from text_explorer.topics.models.kernels._parts_kernels import add_changes

_MAGIC = b"TEXSTAT1"
_LENGTH_BYTES = 8


class CountsError(RuntimeError):
    """Raised where statistics do not belong to the training, or do not add up; a model of them would be wrong."""

    def __init__(self, fault: str):
        super().__init__(
            f"{fault} A part of the documents was lost, counted twice or damaged on the way, so the training was "
            "stopped. Run it again; if this repeats, please report it."
        )


@dataclass(frozen=True)
class Statistics:
    """Sums over documents; `counts` cannot be negative, `changes` can."""

    counts: Mapping[str, np.ndarray]  # integer arrays
    changes: Mapping[str, np.ndarray]  # signed integer arrays

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays."""
        return sum(array.nbytes for _, array in self._arrays())

    def zero(self) -> Statistics:
        """Return zeros of the same shapes and types."""
        groups = ({name: np.zeros_like(array) for name, array in group.items()} for group in self._groups())
        return Statistics(*groups)

    def __add__(self, other: Statistics) -> Statistics:
        total = self.zero()
        total += self
        total += other
        return total

    def __iadd__(self, other: Statistics) -> Statistics:
        """Add in place, for sums that are not shared yet."""
        if self._layout() != other._layout():
            raise CountsError(f"Statistics of {_described(other)} cannot be added to those of {_described(self)}.")
        for (_, total), (_, added) in zip(self._arrays(), other._arrays()):
            np.add(total, added, out=total)
        return self

    def added_to(self, total: Optional[Statistics]) -> Statistics:
        """Add to a total in place, if there is one; return the total."""
        return self if total is None else total.__iadd__(self)

    def to_bytes(self) -> bytes:
        """Return the arrays and their layout as bytes, the same on every machine."""
        layout = json.dumps(self._layout(), sort_keys=True).encode("ascii")
        content = (np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes() for _, array in self._arrays())
        return b"".join([_MAGIC, len(layout).to_bytes(_LENGTH_BYTES, "little"), layout, *content])

    @classmethod
    def from_bytes(cls, content: bytes, like: Statistics) -> Statistics:
        """Read what `to_bytes` wrote, if it has the shapes and types of `like`.

        Raises
        ------
        CountsError
            Where the content is of another kind, shape or length, or counts are negative.
        """
        layout = json.dumps(like._layout(), sort_keys=True).encode("ascii")
        head = b"".join([_MAGIC, len(layout).to_bytes(_LENGTH_BYTES, "little"), layout])
        if content[: len(head)] != head or len(content) != len(head) + like.nbytes:
            raise CountsError(f"The statistics received are not those expected, {_described(like)}.")
        arrays, position = [], len(head)
        for _, array in like._arrays():
            stored = np.frombuffer(content, array.dtype.newbyteorder("<"), array.size, position)
            arrays.append(stored.astype(array.dtype).reshape(array.shape))
            position += array.nbytes
        read = iter(arrays)
        statistics = cls(*({name: next(read) for name in sorted(group)} for group in like._groups()))
        negative = [name for name, array in statistics.counts.items() if array.size and array.min() < 0]
        if negative:
            raise CountsError(f"The statistics received have negative counts of {', '.join(negative)}.")
        return statistics

    def _groups(self) -> tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]]:
        return self.counts, self.changes

    def _arrays(self) -> list[tuple[str, np.ndarray]]:
        return [(name, group[name]) for group in self._groups() for name in sorted(group)]

    def _layout(self) -> list[list[list[object]]]:
        return [
            [[name, group[name].dtype.newbyteorder("<").str, list(group[name].shape)] for name in sorted(group)]
            for group in self._groups()
        ]


def _described(statistics: Statistics) -> str:
    return ", ".join(f"{name} {'×'.join(map(str, array.shape))}" for name, array in statistics._arrays())


def checked_sum(counts: np.ndarray, changes: np.ndarray, n_expected: int, what: str) -> tuple[np.ndarray, np.ndarray]:
    """Add changes to a table of counts.

    Parameters
    ----------
    counts : integer array of shape (n_rows, n_columns)
    changes : integer array of the same shape
    n_expected
        Total of the sum.
    what
        Name of what is counted, for the error.

    Returns
    -------
    sums
        Array of the type and shape of `counts`.
    column_sums
        int64 array of shape (n_columns,).

    Raises
    ------
    CountsError
        Where a cell would be negative or the total is another.
    """
    sums, column_sums = np.empty_like(counts), np.zeros(counts.shape[1], dtype=np.int64)
    n_wrong = add_changes(counts, changes, sums, column_sums)
    if n_wrong:
        raise CountsError(f"The counts of {what} do not add up: {n_wrong:,} of {counts.size:,} are impossible.")
    check_total(int(column_sums.sum()), n_expected, what)
    return sums, column_sums


def check_total(n_found: int, n_expected: int, what: str) -> None:
    """Raise ``CountsError`` where a total is not the expected one."""
    if n_found != n_expected:
        raise CountsError(f"The counts of {what} do not add up: {n_found:,} instead of {n_expected:,}.")
