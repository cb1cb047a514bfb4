"""Turn what was found of rows into the columns of the dataset ``evaluation``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.rows import RowEvaluation

_SUMMARY = columns.SYSTEMS.index(columns.SUMMARY)


def evaluation_table(evaluations: Sequence[RowEvaluation], *, with_references: bool) -> pd.DataFrame:
    """Make the columns of ``evaluation_columns.evaluation_columns``, one row an evaluation.

    Parameters
    ----------
    evaluations
        What was found of consecutive rows.
    with_references
        Whether the run has columns of references.
    """
    measures = columns.measures(with_references=with_references)
    shape = (len(evaluations), len(columns.SYSTEMS), len(measures))
    figures = np.array([evaluation.figures for evaluation in evaluations]).reshape(shape)
    table = _sizes(evaluations)
    found: dict[str, np.ndarray] = {}
    for place, measure in enumerate(measures):
        for number, system in enumerate(columns.SYSTEMS):
            found[columns.of_system(measure.name, system)] = figures[:, number, place]
            if measure.is_compared and system != columns.SUMMARY:
                difference = figures[:, _SUMMARY, place] - figures[:, number, place]
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
