"""Read the embeddings of the documents, and keep them as vectors of few numbers.

They are projected as at the training, where the model folder holds that, and otherwise by the principal components of
the first embeddings read. Memory stays bounded by those and one batch of rows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Optional

import numpy as np

from text_explorer.cells import text_of
from text_explorer.explorer.index.document_vectors import VectorsFile, read_projection, write_projection
from text_explorer.explorer.loading.settings import ExplorerSettings
from text_explorer.explorer.loading.vectors.islands import place_documents

if TYPE_CHECKING:
    from text_explorer.corpus.embeddings.projection import Projection

FIRST_EMBEDDINGS = 20_000
"""Embeddings by which their length, model and projection are settled where no model folder does."""
FIRST_BYTES = 256_000_000
_ROWS_AT_ONCE = 10_000

HOW_TO = (
    "Compute embeddings of the texts in DSS, and train the topics with them: select 'Embedding column' in 'Discover "
    "topics', or in the settings of this webapp for topics trained without."
)
NO_COLUMN = f"This needs an embedding column: a JSON array of numbers for each document. {HOW_TO}"


class _Embedding(NamedTuple):
    """An embedding of a row, counted from the first row that is not yet written."""

    row: int
    numbers: np.ndarray  # float32 of shape (d,)
    model_id: Optional[str]


class VectorCollector:
    """Collects the vectors of the documents, batch by batch, while the documents are read.

    All vectors are of embeddings of one length and one model: those of the training where the column is that of the
    training, else those that most of the first embeddings have. Embeddings of an unknown model go with any.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, settings: ExplorerSettings):
        self._connection = connection
        self._column = settings.embedding_column
        self._names_models = settings.embedding_source_column is not None
        self._is_trained = settings.embedding_is_trained
        self._model_id = settings.embedding_model
        self._file = VectorsFile(path)
        self._first: list[_Embedding] = []
        self._n_waiting = 0  # rows read before it was settled
        self._n_bytes = 0
        self._projection: Optional[Projection] = None
        self._is_settled = False
        self._faults: Counter[str] = Counter()
        self._n_given = 0

    def add(self, cells: Sequence[Any], model_ids: Sequence[Any]) -> None:
        """Read the cells of some documents in the column of embeddings, and in that of the ids of their models."""
        if self._column is None:
            return
        from text_explorer.corpus.embeddings.parsing import parse_embedding  # noqa: PLC0415 - loads numba, seconds

        found = []
        for row, (cell, model_id) in enumerate(zip(cells, model_ids), start=self._n_waiting):
            embedding = parse_embedding(cell)
            if isinstance(embedding, str):
                self._faults[embedding] += 1
            else:
                found.append(_Embedding(row, embedding, text_of(model_id)))
        if self._is_settled:
            self._write(found, len(cells))
            return
        self._first += found
        self._n_waiting += len(cells)
        self._n_bytes += sum(one.numbers.nbytes for one in found)
        if len(self._first) >= FIRST_EMBEDDINGS or self._n_bytes >= FIRST_BYTES or self._is_known():
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
            ``embedding_model`` (id of the model of the embeddings, None where it is not known), ``islands``,
            ``quality`` and ``no_map``, see `place_documents`.
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
            "embedding_model": self._model_id,
            "islands": placed.islands, "quality": placed.quality, "no_map": placed.reason,
        }  # fmt: skip

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _is_known(self) -> bool:
        """Return whether the model folder settles length, projection and model, whatever the first rows hold."""
        return self._stored() is not None and (self._model_id is not None or not self._names_models)

    def _stored(self) -> Optional[tuple[np.ndarray, np.ndarray]]:
        return read_projection(self._connection) if self._is_trained else None

    def _settle(self) -> None:
        """Decide length, model and projection of the embeddings, and write those read so far."""
        from text_explorer.corpus.embeddings.projection import Projection, fit_projection  # noqa: PLC0415 - see add

        self._is_settled = True
        first, self._first = self._first, []
        stored = self._stored()
        kinds = Counter((len(one.numbers), one.model_id) for one in first)
        if stored is not None:
            self._projection = Projection(*stored)
            kinds = Counter({kind: n for kind, n in kinds.items() if kind[0] == self._projection.n_numbers})
        # The rule of the recipes, see `main_kind`.
        n_numbers, model_id = min(kinds, key=lambda kind: (-kinds[kind], kind[0], kind[1] or ""), default=(0, None))
        self._model_id = self._model_id or model_id
        if self._projection is None and n_numbers:
            self._projection = fit_projection(
                np.stack([one.numbers for one in first if self._fault(one, n_numbers) is None])
            )
        if self._projection is not None:
            write_projection(self._connection, self._projection.centre, self._projection.directions)
        places = np.searchsorted([one.row for one in first], range(0, self._n_waiting + _ROWS_AT_ONCE, _ROWS_AT_ONCE))
        for number, (start, end) in enumerate(zip(places, places[1:])):
            n_before = number * _ROWS_AT_ONCE
            part = [one._replace(row=one.row - n_before) for one in first[start:end]]
            self._write(part, min(_ROWS_AT_ONCE, self._n_waiting - n_before))
        self._n_waiting = 0

    def _fault(self, one: _Embedding, n_numbers: int) -> Optional[str]:
        """Return why an embedding cannot be compared with the others, None where it can."""
        from text_explorer.corpus.embeddings.parsing import OTHER_LENGTH, OTHER_MODEL  # noqa: PLC0415 - see add

        if len(one.numbers) != n_numbers:
            return OTHER_LENGTH
        return OTHER_MODEL if None not in (self._model_id, one.model_id) and self._model_id != one.model_id else None

    def _write(self, found: Sequence[_Embedding], n_rows: int) -> None:
        """Write the vectors of some rows, of which those of ``found`` have an embedding."""
        projection = self._projection
        if projection is None:
            return
        faults = [self._fault(one, projection.n_numbers) for one in found]
        self._faults.update(fault for fault in faults if fault is not None)
        kept = [one for one, fault in zip(found, faults) if fault is None]
        units = np.zeros((n_rows, projection.n_dimensions), dtype=np.float32)
        if kept:
            units[[one.row for one in kept]] = projection.units(np.stack([one.numbers for one in kept]))
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
