"""Read the embeddings of the documents, and keep them as vectors of few numbers.

They are projected as at the training, where the model folder holds that, and otherwise by the principal components of
the first embeddings read. Memory stays bounded by those and one batch of rows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Union

import numpy as np

from text_explorer.explorer.index.document_vectors import VectorsFile, read_projection, write_projection
from text_explorer.explorer.loading.vectors.islands import place_documents

if TYPE_CHECKING:
    from text_explorer.corpus.embeddings.projection import Projection

FIRST_ROWS = 20_000
"""Documents by which the length of embeddings is settled, and where no model says how, their projection."""
FIRST_BYTES = 256_000_000

HOW_TO = (
    "Compute embeddings of the texts in DSS, and train the topics with them: select 'Embedding column' in 'Discover "
    "topics', or in the settings of this webapp for topics trained without."
)
NO_COLUMN = f"This needs an embedding column: a JSON array of numbers for each document. {HOW_TO}"


class VectorCollector:
    """Collects the vectors of the documents, batch by batch, while the documents are read.

    Parameters
    ----------
    column
        Column of the embeddings; None where there is none.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, column: Optional[str]):
        self._connection = connection
        self._column = column
        self._file = VectorsFile(path)
        self._first: list[Union[np.ndarray, str]] = []
        self._n_bytes = 0
        self._projection: Optional[Projection] = None
        self._is_settled = False
        self._faults: Counter[str] = Counter()
        self._n_given = 0

    def add(self, cells: Iterable[Any]) -> None:
        """Read the cells of some documents in the column of embeddings."""
        if self._column is None:
            return
        from text_explorer.corpus.embeddings.parsing import parse_embedding  # noqa: PLC0415 - loads numba, seconds

        found = list(map(parse_embedding, cells))
        if self._is_settled:
            self._write(found)
            return
        self._first += found
        self._n_bytes += sum(one.nbytes for one in found if not isinstance(one, str))
        if len(self._first) >= FIRST_ROWS or self._n_bytes >= FIRST_BYTES:
            self._settle()

    def finish(self, topics: np.ndarray) -> dict[str, Any]:
        """Lay the documents out by their topics, and write what belongs to the vectors.

        Parameters
        ----------
        topics
            int array of shape (n_rows,): topic of each document, negative for none.

        Returns
        -------
        dict
            ``reason`` why there are no vectors, None where there are; ``column``, ``n_given``, ``n_numbers``,
            ``islands``, ``quality`` and ``no_map``, see `place_documents`.
        """
        if self._column is not None and not self._is_settled:
            self._settle()
        if self._projection is None or not self._n_given:
            self._connection.execute("DELETE FROM vector_projection")
            return {"reason": NO_COLUMN if self._column is None else self._why_none()}
        values, scales = self._file.written()
        placed = place_documents(values, scales, topics)
        self._file.finish(scales, placed.places)
        return {
            "reason": None, "column": self._column, "n_given": self._n_given, "n_numbers": self._projection.n_numbers,
            "islands": placed.islands, "quality": placed.quality, "no_map": placed.reason,
        }  # fmt: skip

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _settle(self) -> None:
        """Decide the length of embeddings and their projection, and write those read so far."""
        from text_explorer.corpus.embeddings.projection import Projection, fit_projection  # noqa: PLC0415 - see add

        self._is_settled = True
        first, self._first = self._first, []
        lengths = Counter(len(one) for one in first if not isinstance(one, str))
        stored = read_projection(self._connection)
        if lengths:
            n_numbers = min(lengths, key=lambda length: (-lengths[length], length))
            if stored is not None and len(stored[0]) == n_numbers:
                self._projection = Projection(*stored)
            else:
                embeddings = [one for one in first if not isinstance(one, str) and len(one) == n_numbers]
                self._projection = fit_projection(np.stack(embeddings))
        if self._projection is not None:
            write_projection(self._connection, self._projection.centre, self._projection.directions)
        self._write(first)

    def _write(self, found: list[Union[np.ndarray, str]]) -> None:
        from text_explorer.corpus.embeddings.parsing import OTHER_LENGTH  # noqa: PLC0415 - see add

        projection = self._projection
        self._faults.update(one for one in found if isinstance(one, str))
        if projection is None:
            return
        embeddings = np.zeros((len(found), projection.n_numbers), dtype=np.float32)
        rows = [row for row, one in enumerate(found) if not isinstance(one, str) and len(one) == projection.n_numbers]
        if rows:
            embeddings[rows] = [found[row] for row in rows]
        n_others = sum(not isinstance(one, str) for one in found) - len(rows)
        if n_others:
            self._faults[OTHER_LENGTH] += n_others
        units = np.zeros((len(found), projection.n_dimensions), dtype=np.float32)
        units[rows] = projection.units(embeddings[rows])
        self._n_given += int(units.any(axis=1).sum())
        self._file.add(units)

    def _why_none(self) -> str:
        counted = ", ".join(f"{reason} {n:,}" for reason, n in self._faults.most_common())
        found = f" Rows without one: {counted}." if counted else " All are equal, or fewer than three."
        return f"The column '{self._column}' holds no embeddings that can be compared.{found} {HOW_TO}"

    def notes(self) -> list[str]:
        """Return a sentence on rows whose embedding could not be read, where there are such rows."""
        damaged = {reason: n for reason, n in self._faults.most_common() if reason != "empty"}
        if not damaged or not self._n_given:
            return []
        counted = ", ".join(f"{reason} {n:,}" for reason, n in damaged.items())
        return [f"Embeddings in '{self._column}' that could not be used: {counted}."]
