"""The vectors of a run by the hash of their text, in a temporary file; new ones leave it in files for other runs."""

from __future__ import annotations

import tempfile
from typing import Optional

import numpy as np

from text_explorer.errors import DataError
from text_explorer.language_models.embedding.vector_files import parse_vectors, vector_file

MOST_NEW, MOST_NEW_BYTES = 1_000, 8 * 2**20
"""Vectors that may wait to be kept: so many are lost where a run is killed."""


class VectorStore:
    """Vectors of one model, all of one length.

    Parameters
    ----------
    source
        The model and the settings that its vectors depend on, in words.
    """

    def __init__(self, source: str):
        self.source = source
        self.n_numbers: Optional[int] = None
        self._rows: dict[int, int] = {}
        self._new: list[int] = []
        self._file = tempfile.TemporaryFile(prefix="text-explorer-")  # noqa: SIM115 - closed together with the store

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: int) -> bool:
        return key in self._rows

    def load(self, path: str, content: bytes) -> None:
        """Add the vectors of a file of an earlier run; raise a `DataError` where it cannot be used."""
        keys, vectors = parse_vectors(path, content, self.source)
        if self.n_numbers not in (None, vectors.shape[1]):
            raise DataError(
                f"{path} is ignored: its vectors have {vectors.shape[1]:,} numbers, those of other files "
                f"{self.n_numbers:,}. Remove the files of one of them."
            )
        for key, vector in zip(keys.tolist(), vectors):
            self._append(key, vector)

    def add(self, key: int, vector: np.ndarray) -> None:
        """Add the vector of a text, a float32 array of shape (d,); the first one decides the length of all."""
        self._append(key, vector)
        self._new.append(key)

    def _append(self, key: int, vector: np.ndarray) -> None:
        if key in self._rows:
            return
        self.n_numbers = len(vector)
        self._file.seek(0, 2)
        self._file.write(vector.tobytes())
        self._rows[key] = len(self._rows)

    def vector(self, key: int) -> np.ndarray:
        """Return the vector of a text, a float32 array of shape (d,)."""
        n_bytes = 4 * (self.n_numbers or 0)
        self._file.seek(self._rows[key] * n_bytes)
        return np.frombuffer(self._file.read(n_bytes), dtype=np.float32)

    def new_file(self, *, least: int) -> Optional[tuple[str, bytes]]:
        """Return path and content of a file of the new vectors, if there are as many as `least`."""
        if not self._new or len(self._new) < least:
            return None
        keys, self._new = self._new, []
        return vector_file(self.source, np.array(keys), np.stack([self.vector(key) for key in keys]))

    @property
    def n_waiting(self) -> int:
        """Number of new vectors from which on they are worth a file."""
        return max(1, min(MOST_NEW, MOST_NEW_BYTES // (4 * (self.n_numbers or 1))))
