"""From the figures of all rows to those of the whole: means, how sure they are, and what was left out.

References
----------
B. Efron and R. J. Tibshirani (1993). An Introduction to the Bootstrap, chapters 6 and 13: the percentile interval.
P. Koehn (2004). Statistical Significance Tests for Machine Translation Evaluation. EMNLP, 388-395: the paired
bootstrap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation._bootstrap_kernels import resampled_means
from text_explorer.summaries.evaluation.columns import Measure
from text_explorer.summaries.evaluation.rows import RowEvaluation

N_RESAMPLES = 1_000
"""As in ROUGE-1.5.5 and rouge-score. The ends of the interval are then off by some 3 % of its width, which is less than
a reader would see, while ten times the draws would take ten times the time."""

CONFIDENCE = (2.5, 97.5)
"""Percentiles of the means of the draws that bound 95 % of them."""

LEAST_ROWS = 2
"""One row says nothing of others, so that it has no interval."""


class OverallFigures:
    """Collects the figures of rows as they pass by, and no text.

    Parameters
    ----------
    measures
        Measures of the run, in the order of the figures.
    """

    def __init__(self, measures: Sequence[Measure]):
        self._measures = tuple(measures)
        self._keys: list[np.ndarray] = []
        self._figures: list[np.ndarray] = []
        self._statuses: list[np.ndarray] = []

    def add(self, keys: Iterable[int], evaluations: Sequence[RowEvaluation]) -> None:
        """Take in rows.

        Parameters
        ----------
        keys
            Their `evaluation.row_key`.
        evaluations
            What was found of them.
        """
        self._keys.append(np.fromiter(keys, dtype=np.uint64))
        places = [columns.STATUSES.index(evaluation.status) for evaluation in evaluations]
        self._statuses.append(np.array(places, dtype=np.int8))
        shape = (len(evaluations), len(columns.SYSTEMS), len(self._measures))
        self._figures.append(np.array([evaluation.figures for evaluation in evaluations]).reshape(shape))

    def status_counts(self) -> dict[str, int]:
        """Give the number of rows of each status there is."""
        counts = Counter(place for statuses in self._statuses for place in statuses.tolist())
        return {status: counts[place] for place, status in enumerate(columns.STATUSES) if counts[place]}

    def table(self, seed: int) -> pd.DataFrame:
        """Make the dataset ``evaluation_overall``: one row for each measure and system.

        Rows are drawn in the order of their keys, so that the result hangs on what they hold and not on their order.

        Parameters
        ----------
        seed
            Start of the draws of the bootstrap.
        """
        keys = np.concatenate([np.empty(0, np.uint64), *self._keys])
        statuses = np.concatenate([np.empty(0, np.int8), *self._statuses])
        order = np.argsort(keys, kind="stable")
        rows: list[dict[str, Any]] = []
        for place, measure in enumerate(self._measures):
            by_chunk = [figures[:, :, place] for figures in self._figures]
            figures = np.concatenate([np.empty((0, len(columns.SYSTEMS))), *by_chunk])[order]
            rows += _measure_rows(measure, figures, statuses[order], seed)
        return _typed(pd.DataFrame(rows, columns=names_of(columns.OVERALL), dtype=object))


def _measure_rows(measure: Measure, figures: np.ndarray, statuses: np.ndarray, seed: int) -> list[dict[str, Any]]:
    """Give the row of each system for a measure; `figures` has shape (n_rows, n_systems)."""
    n_systems = len(columns.SYSTEMS)
    differences = figures[:, :1] - figures[:, 1:]
    means, lows, highs = mean_intervals(np.hstack([figures, differences]), seed)
    rows = []
    for system, name in enumerate(columns.SYSTEMS):
        missing = np.isnan(figures[:, system])
        against = n_systems + system - 1 if system > 0 else None
        rows.append(
            {
                columns.MEASURE: measure.name,
                columns.SYSTEM: name,
                columns.MEAN: means[system],
                columns.LOW: lows[system],
                columns.HIGH: highs[system],
                columns.DIFFERENCE: np.nan if against is None else means[against],
                columns.DIFFERENCE_LOW: np.nan if against is None else lows[against],
                columns.DIFFERENCE_HIGH: np.nan if against is None else highs[against],
                columns.N_ROWS: int((~missing).sum()),
                columns.N_LEFT_OUT: int(missing.sum()),
                columns.LEFT_OUT: _reasons(measure, statuses[missing]),
                columns.MEANING: measure.meaning,
            }
        )
    return rows


def mean_intervals(figures: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the mean of each column, and the bounds of its 95 % confidence interval by the percentile bootstrap.

    Parameters
    ----------
    figures
        Array of shape (n_rows, n_columns), NaN where a row has no figure. The same rows are drawn for all columns: a
        column of differences gets the paired interval.
    seed
        Start of the draws.

    Returns
    -------
    means, lows, highs
        Arrays of shape (n_columns,); a mean is NaN without a figure, bounds are NaN for fewer than ``LEAST_ROWS``.
    """
    counts = (~np.isnan(figures)).sum(axis=0)
    sums = np.nansum(figures, axis=0)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    lows, highs = np.full((2, figures.shape[1]), np.nan)
    enough = np.flatnonzero(counts >= LEAST_ROWS)
    if len(enough):
        counted = figures[~np.isnan(figures).all(axis=1)][:, enough]
        draws = resampled_means(np.ascontiguousarray(counted), N_RESAMPLES, np.uint64(seed))
        # A draw of rows without any figure says nothing; among thousands of rows there is none.
        lows[enough], highs[enough] = np.nanpercentile(draws, CONFIDENCE, axis=0)
    return means, lows, highs


def _reasons(measure: Measure, statuses: np.ndarray) -> str:
    """Tell why rows are left out: by their status or, where that is fine, because they have nothing to measure."""
    counts = np.bincount(statuses, minlength=len(columns.STATUSES)).tolist()
    reasons: Counter[str] = Counter()
    for status, count in zip(columns.STATUSES, counts):
        explains = status not in (columns.STATUS_OK, columns.STATUS_NO_REFERENCE) or _is_rouge(measure, status)
        reasons[status if explains else measure.undefined] += count
    return ", ".join(f"{reason}: {count:,}" for reason, count in reasons.items() if count)


def _is_rouge(measure: Measure, status: str) -> bool:
    return status == columns.STATUS_NO_REFERENCE and measure in columns.ROUGE_MEASURES


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    types = {"double": "float64", "bigint": "int64", "string": "object"}
    return table.astype({column.name: types[column.type] for column in columns.OVERALL})
