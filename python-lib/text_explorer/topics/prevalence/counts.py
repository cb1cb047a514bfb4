"""Prevalence of topics by cell (a period or a group), counted batch by batch.

Counts are integers, topic proportions in units of 2^-30, so that sums are exact: they depend neither on the size of
batches nor on the order of additions.
"""

from __future__ import annotations

import numpy as np

from text_explorer.topics import columns

MOST_NUMBERS = 4_000_000
"""Numbers in memory for all cells, twice 32 MB."""

DIGITS = 6

_UNITS = 2**30


class Prevalence:
    """Documents (`n_documents`, int64 array of shape (n_cells,)), main topics and topic proportions by cell."""

    def __init__(self, n_topics: int):
        self.n_documents = np.zeros(0, dtype=np.int64)
        self._n_best = np.zeros((0, n_topics), dtype=np.int64)
        self._shares = np.zeros((0, n_topics), dtype=np.int64)

    def add(self, cells: np.ndarray, doc_topic_distr: np.ndarray, main_topics: np.ndarray) -> None:
        """Count documents, all with proportions and a main topic, in their cells; a new number adds a cell."""
        if len(cells) == 0:
            return
        order = np.argsort(cells, kind="stable")
        here, first = np.unique(cells[order], return_index=True)
        distr = doc_topic_distr[order]
        best = np.zeros(distr.shape, dtype=np.int64)
        best[np.arange(len(distr)), main_topics[order]] = 1
        self._make_room(int(here[-1]) + 1)
        self.n_documents[here] += np.diff(np.append(first, len(cells)))
        self._n_best[here] += np.add.reduceat(best, first, axis=0)
        self._shares[here] += np.add.reduceat(np.rint(distr * _UNITS).astype(np.int64), first, axis=0)

    def merge(self, other: Prevalence, cells: np.ndarray) -> None:
        """Add the counts of other documents, whose cells have the numbers `cells` here."""
        if len(cells) == 0:
            return
        self._make_room(int(cells.max()) + 1)
        np.add.at(self.n_documents, cells, other.n_documents)
        np.add.at(self._n_best, cells, other._n_best)
        np.add.at(self._shares, cells, other._shares)

    def merged(self, new_cells: np.ndarray, n_cells: int) -> Prevalence:
        """Return the counts with cells merged into `n_cells` new ones; -1 leaves a cell out."""
        n_topics = self._shares.shape[1]
        merged = Prevalence(n_topics)
        merged._make_room(n_cells)
        kept = np.flatnonzero(new_cells >= 0)
        np.add.at(merged.n_documents, new_cells[kept], self.n_documents[kept])
        np.add.at(merged._n_best, new_cells[kept], self._n_best[kept])
        np.add.at(merged._shares, new_cells[kept], self._shares[kept])
        return merged

    def mean_shares(self) -> np.ndarray:
        """Return mean topic proportions, float64 array of shape (n_cells, n_topics), NaN without a document."""
        return self._shares / self._n_documents_or_nan() / _UNITS

    def table(self) -> dict[str, np.ndarray]:
        """Return the columns of a table with a row for each cell and topic; NaN where a cell has no document."""
        n_cells, n_topics = self._shares.shape
        return {
            columns.TOPIC_ID: np.tile(np.arange(n_topics), n_cells),
            columns.N_DOCUMENTS: np.repeat(self.n_documents, n_topics),
            columns.DOCUMENT_SHARE: np.round(self._n_best / self._n_documents_or_nan(), DIGITS).ravel(),
            columns.MEAN_SHARE: np.round(self.mean_shares(), DIGITS).ravel(),
        }

    def _n_documents_or_nan(self) -> np.ndarray:
        return np.where(self.n_documents > 0, self.n_documents, np.nan)[:, None]

    def _make_room(self, n_cells: int) -> None:
        missing = n_cells - len(self.n_documents)
        if missing > 0:
            self.n_documents = np.pad(self.n_documents, (0, missing))
            self._n_best = np.pad(self._n_best, ((0, missing), (0, 0)))
            self._shares = np.pad(self._shares, ((0, missing), (0, 0)))
