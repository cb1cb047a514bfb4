"""Aggregate the evaluations of all rows: means, confidence intervals, and rows left out.

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
"""As in ROUGE-1.5.5 and rouge-score. The error of the bounds is then some 3 % of the width of the interval, less than a
reader would notice, and ten times the samples would take ten times the time."""

CONFIDENCE = (2.5, 97.5)
"""Percentiles that contain 95 % of the means of the samples."""

MIN_ROWS = 2
"""A single row has no confidence interval."""


class OverallEvaluation:
    """Collects the values of rows, without their texts; `measures` are those of the run, in the order of the values."""

    def __init__(self, measures: Sequence[Measure]):
        self._measures = tuple(measures)
        self._keys: list[np.ndarray] = []
        self._values: list[np.ndarray] = []
        self._statuses: list[np.ndarray] = []

    def add(self, keys: Iterable[int], evaluations: Sequence[RowEvaluation]) -> None:
        """Add the evaluations of rows, with the `row_key` of each."""
        self._keys.append(np.fromiter(keys, dtype=np.uint64))
        codes = [columns.STATUSES.index(evaluation.status) for evaluation in evaluations]
        self._statuses.append(np.array(codes, dtype=np.int8))
        shape = (len(evaluations), len(columns.SYSTEMS), len(self._measures))
        self._values.append(np.array([evaluation.values for evaluation in evaluations]).reshape(shape))

    def merge(self, other: OverallEvaluation) -> None:
        """Add what another has collected of the same measures."""
        self._keys += other._keys
        self._values += other._values
        self._statuses += other._statuses

    def status_counts(self) -> dict[str, int]:
        """Return the number of rows by status, for each status that occurs."""
        counts = Counter(code for codes in self._statuses for code in codes.tolist())
        return {status: counts[code] for code, status in enumerate(columns.STATUSES) if counts[code]}

    def table(self, seed: int) -> pd.DataFrame:
        """Build the dataset ``evaluation_overall``: one row for each measure and system.

        Rows are sampled in the order of their keys, so that the result depends on their content and not on their order.
        """
        keys = np.concatenate([np.empty(0, np.uint64), *self._keys])
        statuses = np.concatenate([np.empty(0, np.int8), *self._statuses])
        order = np.argsort(keys, kind="stable")
        rows: list[tuple[Any, ...]] = []
        for number, measure in enumerate(self._measures):
            by_chunk = [values[:, :, number] for values in self._values]
            values = np.concatenate([np.empty((0, len(columns.SYSTEMS))), *by_chunk])[order]
            rows += _measure_rows(measure, values, statuses[order], seed)
        return _typed(pd.DataFrame(rows, columns=names_of(columns.OVERALL), dtype=object))


def _measure_rows(measure: Measure, values: np.ndarray, statuses: np.ndarray, seed: int) -> list[tuple[Any, ...]]:
    """Return the row of each system for a measure; `values` has shape (n_rows, n_systems)."""
    intervals = np.stack(mean_intervals(np.hstack([values, values[:, :1] - values[:, 1:]]), seed), axis=1)
    of_systems, of_differences = np.split(intervals, [len(columns.SYSTEMS)])
    rows = []
    for system, name in enumerate(columns.SYSTEMS):
        missing = np.isnan(values[:, system])
        difference = of_differences[system - 1] if system > 0 else np.full(3, np.nan)
        counts = int((~missing).sum()), int(missing.sum()), _reasons(measure, statuses[missing])
        rows.append((measure.name, name, *of_systems[system], *difference, *counts, measure.meaning))
    return rows


def mean_intervals(values: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute the mean of each column, and the bounds of its 95% confidence interval by the percentile bootstrap.

    `values` has shape (n_rows, n_columns), NaN for a missing value. The same rows are drawn for all columns, so
    differences get the paired interval. A mean is NaN without values, bounds are NaN for fewer than ``MIN_ROWS``.
    """
    counts = (~np.isnan(values)).sum(axis=0)
    sums = np.nansum(values, axis=0)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    lows, highs = np.full((2, values.shape[1]), np.nan)
    enough = np.flatnonzero(counts >= MIN_ROWS)
    if len(enough):
        counted = values[~np.isnan(values).all(axis=1)][:, enough]
        draws = resampled_means(np.ascontiguousarray(counted), N_RESAMPLES, np.uint64(seed))
        # Samples without any value are ignored; among thousands of rows there are none.
        lows[enough], highs[enough] = np.nanpercentile(draws, CONFIDENCE, axis=0)
    return means, lows, highs


def _reasons(measure: Measure, statuses: np.ndarray) -> str:
    """Return the reasons why rows are left out: their status or, if that is fine, why the measure is undefined."""
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
