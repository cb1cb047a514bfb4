"""An array that grows by appending and moves to a temporary file when it gets large."""

from __future__ import annotations

import tempfile
from typing import Any, Optional

import numpy as np

MAPPED_FROM_BYTES = 256 * 2**20
"""From this size on, the array is a file by default; the operating system caches what is being read."""


class GrowingArray:
    """Build an array by appending parts; from ``MAPPED_FROM_BYTES`` or the size given on, it is a file."""

    def __init__(self, dtype: Any, mapped_from_bytes: Optional[int] = None):
        self._dtype = np.dtype(dtype)
        self._mapped_from_bytes = MAPPED_FROM_BYTES if mapped_from_bytes is None else mapped_from_bytes
        self._parts: list[np.ndarray] = []
        self._n_bytes = 0
        self._file: Any = None

    def append(self, part: np.ndarray) -> None:
        """Add values at the end."""
        part = np.ascontiguousarray(part, dtype=self._dtype)
        self._parts.append(part)
        self._n_bytes += part.nbytes
        if self._file is not None or self._n_bytes >= self._mapped_from_bytes:
            self._spill()

    def array(self) -> np.ndarray:
        """Return all values, in memory or mapped from a file that is deleted together with the array."""
        if self._file is None:
            return np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=self._dtype)
        self._file.flush()
        return np.memmap(self._file, dtype=self._dtype, mode="r+")

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="text-explorer-")  # noqa: SIM115 - closed together with the array
        for part in self._parts:
            part.tofile(self._file)
        self._parts = []
