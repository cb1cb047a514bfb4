"""Topics by group: their prevalence for each value of a column, beside that in all documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.topics import columns
from text_explorer.topics.prevalence.counts import DIGITS, MOST_NUMBERS, Prevalence

MOST_GROUPS = 100
"""Values that are shown each for itself."""

MOST_VALUES = 10_000
"""Values that are counted separately, the first to appear (fewer with more than 400 topics). A column of more holds
keys or texts, which make no groups."""

_OTHER, _EMPTY = 0, 1
"""Numbers of the first two cells; values follow in order of appearance."""


class GroupCounts:
    """Counts of documents by the values of a group column."""

    def __init__(self, group_column: str, n_topics: int):
        self.group_column = group_column
        self._most_values = min(MOST_VALUES, max(MOST_NUMBERS // max(n_topics, 1), MOST_GROUPS))
        self._values: dict[str, int] = {}
        self._more_values = False
        self._prevalence = Prevalence(n_topics)

    def add(self, doc_topic_distr: np.ndarray, main_topics: np.ndarray, cells: Iterable[object]) -> None:
        """Count some documents with their main topics, int64 of shape (n_rows,)."""
        known = ~np.isnan(doc_topic_distr).any(axis=1)
        values = [text_of(cell) for cell, has_topic in zip(cells, known.tolist()) if has_topic]
        numbers = np.array([self._number(value) for value in values], dtype=np.int64)
        self._prevalence.add(numbers, doc_topic_distr[known], main_topics[known])

    def merge(self, other: GroupCounts) -> None:
        """Add the counts of other documents; of too many values, those of `other` count as the last to appear.

        Where either side has counted only some values apart, a value that it lacks is counted apart no longer: some of
        its documents may be among the others.
        """
        if other._more_values:
            self._keep({value for value in self._values if value in other._values})
        lost = {value for value in other._values if self._more_values and value not in self._values}
        self._more_values |= other._more_values
        numbers = [_OTHER, _EMPTY, *(_OTHER if value in lost else self._number(value) for value in other._values)]
        n_cells = len(other._prevalence.n_documents)
        self._prevalence.merge(other._prevalence, np.array(numbers[:n_cells], dtype=np.int64))

    def _keep(self, kept: set[str]) -> None:
        """Count the other values together."""
        if len(kept) == len(self._values):
            return
        values = [value for value in self._values if value in kept]
        numbers = {value: number for number, value in enumerate(values, start=_EMPTY + 1)}
        new_cells = [_OTHER, _EMPTY, *(numbers.get(value, _OTHER) for value in self._values)]
        n_cells = len(self._prevalence.n_documents)
        self._prevalence = self._prevalence.merged(
            np.array(new_cells[:n_cells], dtype=np.int64), _EMPTY + 1 + len(values)
        )
        self._values, self._more_values = numbers, True

    def table(self) -> pd.DataFrame:
        """Return what was counted, with the columns of ``columns.TOPICS_BY_GROUP``: a row for each group and topic.

        The values in most documents come first, equal ones by the alphabet; then all other values together and the
        documents without a value, where there are any.
        """
        groups, new_cells = self._groups()
        shown = self._prevalence.merged(new_cells, len(groups))
        whole = self._prevalence.merged(np.zeros(len(new_cells), dtype=np.int64), 1).mean_shares()[0]
        n_topics = len(whole)
        means = shown.mean_shares()
        ratios = np.divide(means, whole, out=np.zeros_like(means), where=whole > 0)
        lift = np.log2(ratios, out=np.full_like(means, np.nan), where=ratios > 0)

        def repeated(names: list[str]) -> np.ndarray:
            return np.repeat(np.array(names, dtype=object), n_topics)

        return pd.DataFrame({
            columns.GROUP_COLUMN: repeated([self.group_column] * len(groups)),
            columns.GROUP_VALUE: repeated([value for value, _ in groups]),
            columns.GROUP_KIND: repeated([kind for _, kind in groups]),
            **shown.table(),
            columns.LOG2_LIFT: np.round(lift, DIGITS).ravel() + 0.0,
        })  # fmt: skip

    def _number(self, value: Optional[str]) -> int:
        """Return the cell of a value, a new one where it is new and not too many are."""
        if value is None:
            return _EMPTY
        number = self._values.get(value)
        if number is None:
            if len(self._values) >= self._most_values:
                self._more_values = True
                return _OTHER
            number = self._values[value] = len(self._values) + _EMPTY + 1
        return number

    def _groups(self) -> tuple[list[tuple[str, str]], np.ndarray]:
        """Choose the groups that are shown: their names and kinds, and the index of each cell among them."""
        n_documents = self._prevalence.n_documents
        values = sorted(self._values, key=lambda value: (-n_documents[self._values[value]], value))
        shown, others = values[:MOST_GROUPS], values[MOST_GROUPS:]
        groups = [(value, columns.KIND_VALUE) for value in shown]
        new_cells = np.full(len(n_documents), -1, dtype=np.int64)
        new_cells[[self._values[value] for value in shown]] = np.arange(len(shown))
        if others or self._more_values:
            new_cells[[_OTHER, *(self._values[value] for value in others)]] = len(groups)
            n_others = f"{'more than ' if self._more_values else ''}{len(others):,}"
            groups.append((f"{n_others} other values", columns.KIND_OTHER))
        if len(n_documents) > _EMPTY and n_documents[_EMPTY]:
            new_cells[_EMPTY] = len(groups)
            groups.append((columns.KIND_EMPTY, columns.KIND_EMPTY))
        return groups, new_cells
