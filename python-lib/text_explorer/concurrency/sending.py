"""Values as bytes on their way from one process of a run to another.

Such bytes are never stored, so they never come from a file or a folder that others could have written.
"""

from __future__ import annotations

import io
import pickle
from multiprocessing.reduction import ForkingPickler
from typing import Any, Optional

import numpy as np

NARROWED_FROM = 2**16
"""Cells from which an array of integers is worth narrowing."""

MOST_WIDE = 1 / 32
"""Share of cells that may be too large for a narrow type, and are sent beside the others."""


def pack(value: Any) -> bytes:
    """Return a value, types of this package included, as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def pack_narrow(value: Any) -> bytes:
    """Return a value as bytes, large arrays of integers in one or two bytes a cell where few cells need more.

    `unpack` returns the same arrays, of the same types.
    """
    content = io.BytesIO()
    _NarrowPickler(content, pickle.HIGHEST_PROTOCOL).dump(value)
    return content.getvalue()


class _NarrowPickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Reduce a large array of integers to narrow ones, other values as usual."""
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.size >= NARROWED_FROM:
            narrow = _narrowed(value)
            if narrow is not None:
                return _widened, narrow
        return NotImplemented


def _narrowed(array: np.ndarray) -> Optional[tuple[np.ndarray, str, np.ndarray, np.ndarray]]:
    """Return the low bytes of an array, its type, and the positions and values of the cells that need more."""
    for narrow_type in (np.int8, np.int16):
        if array.itemsize <= np.dtype(narrow_type).itemsize:
            return None
        narrow = array.astype(narrow_type, order="C")
        wide = np.flatnonzero(narrow != array)
        if len(wide) <= MOST_WIDE * array.size:
            return narrow, array.dtype.str, wide, array.ravel()[wide]
    return None


def _widened(narrow: np.ndarray, dtype: str, wide: np.ndarray, values: np.ndarray) -> np.ndarray:
    array = narrow.astype(dtype)
    array.reshape(-1)[wide] = values
    return array


def unpack(content: bytes) -> Any:
    """Return the value of bytes that another process of this run packed."""
    return ForkingPickler.loads(content)
