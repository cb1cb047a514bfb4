"""Prevalence of topics by period and by group, as files of the model folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np
import pandas as pd

from text_explorer.topics.prevalence.by_group import GroupCounts
from text_explorer.topics.prevalence.by_period import PeriodCounts

BY_PERIOD, BY_GROUP = "topics_by_period.json", "topics_by_group.json"


class PrevalenceOfTopics:
    """Counts topics by the period of a date column and the values of group columns, where there are any."""

    def __init__(self, n_topics: int, date_column: Optional[str], group_columns: Sequence[str]):
        self._date_column = date_column
        self._periods = PeriodCounts(n_topics)
        self._groups = [GroupCounts(column, n_topics) for column in group_columns]

    def add(self, doc_topic_distr: np.ndarray, main_topics: np.ndarray, rows: pd.DataFrame) -> None:
        """Count some rows with their topic proportions (float64 array of shape (n_rows, n_topics)) and main topics."""
        if self._date_column is not None:
            self._periods.add(doc_topic_distr, main_topics, rows[self._date_column])
        for groups in self._groups:
            groups.add(doc_topic_distr, main_topics, rows[groups.group_column])

    def merge(self, other: PrevalenceOfTopics) -> None:
        """Add the counts of other rows."""
        self._periods.merge(other._periods)
        for groups, others in zip(self._groups, other._groups):
            groups.merge(others)

    def warnings(self) -> list[str]:
        """Return sentences on rows that are in no period."""
        return self._periods.prevalence().warnings() if self._date_column is not None else []

    def files(self) -> dict[str, Any]:
        """Return the content of the files for JSON, column by column, None where there is no value."""
        files: dict[str, Any] = {}
        if self._date_column is not None:
            prevalence = self._periods.prevalence()
            files[BY_PERIOD] = {
                "date_column": self._date_column,
                "granularity": prevalence.granularity,
                "remarks": prevalence.warnings(),
                **_by_column(prevalence.table),
            }
        if self._groups:
            files[BY_GROUP] = _by_column(pd.concat([groups.table() for groups in self._groups], ignore_index=True))
        return files


def _by_column(table: pd.DataFrame) -> dict[str, list[Any]]:
    return {name: table[name].astype(object).where(table[name].notna(), None).tolist() for name in table.columns}
