"""Turn the evaluations of rows into the columns of the dataset ``evaluation``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.rows import RowEvaluation

_SUMMARY = columns.SYSTEMS.index(columns.SUMMARY)


def evaluation_table(evaluations: Sequence[RowEvaluation], *, with_references: bool) -> pd.DataFrame:
    """Build the columns ``columns.evaluation_columns``, one row per evaluation."""
    measures = columns.measures(with_references=with_references)
    shape = (len(evaluations), len(columns.SYSTEMS), len(measures))
    values = np.array([evaluation.values for evaluation in evaluations]).reshape(shape)
    table = _sizes(evaluations)
    found: dict[str, np.ndarray] = {}
    for number, measure in enumerate(measures):
        for row, system in enumerate(columns.SYSTEMS):
            found[columns.of_system(measure.name, system)] = values[:, row, number]
            if measure.is_compared and system != columns.SUMMARY:
                difference = values[:, _SUMMARY, number] - values[:, row, number]
                found[columns.minus(measure.name, system)] = difference
    names = names_of(columns.evaluation_columns(with_references=with_references))
    return pd.concat([table, pd.DataFrame(found)], axis=1)[names]


def _sizes(evaluations: Sequence[RowEvaluation]) -> pd.DataFrame:
    rows = [
        (
            found.status,
            found.n_references,
            *found.text_size,
            *found.summary_size,
            None if found.length is None else str(found.length),
        )
        for found in evaluations
    ]
    names = {column.name: "Int64" if column.type == "bigint" else "object" for column in columns.ROW}
    return pd.DataFrame(rows, columns=list(names), dtype=object).astype(names)
