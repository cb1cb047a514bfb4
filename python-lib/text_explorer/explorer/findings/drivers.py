"""Drivers: a number of the documents, such as a rating, by topic, and what moved its mean between two periods.

References
----------
Bernard Welch (1947). The generalization of Student's problem when several different population variances are involved.
Biometrika 34.
Evelyn Kitagawa (1955). Components of a difference between two rates. Journal of the American Statistical Association
50: the change of a mean as the sum of a part by the sizes of groups and one by their means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
from scipy.special import stdtrit

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.last_period import LastPeriod, last_period
from text_explorer.explorer.findings.scope import NO_TOPIC, Scope, known, span_json
from text_explorer.explorer.findings.sentences import unsaid
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.topic_answers.statistics import NO_NUMBERS
from text_explorer.topics.prevalence.intervals import CONFIDENCE

FEWEST_NUMBERS = 10
"""Documents with a number whose mean is compared."""

_HIDDEN, _WITHOUT = "hidden", "no_topic"
_RULES = {
    "mean": "The mean over the documents with a number whose main topic it is, with Student's 95% t interval.",
    "difference": (
        "Mean of the topic minus the mean of all documents. Its interval is Welch's 95% t interval of the difference "
        "between the topic and all other documents, scaled by their part of all. A topic differs if that excludes 0 "
        f"and {FEWEST_NUMBERS} documents are on each side."
    ),
    "change": (
        "Change of the mean between two periods, as a sum over topics (Kitagawa 1955). Mix: the change of a topic's "
        "share of the documents times the distance of its mean from the overall one, both in the middle of the two "
        "periods. Level: the change of its mean times its share in the middle. A topic without documents in one period "
        "has no change of level. The sum over all topics, hidden ones and documents without a topic included, is the "
        "change."
    ),
    "columns": NO_NUMBERS,
}


@dataclass(frozen=True)
class _Moments:
    """Number, mean and variance of numbers by cell: arrays of shape (n_cells,)."""

    n: np.ndarray
    mean: np.ndarray  # NaN where there is none
    squares: np.ndarray  # sum of squared distances from the mean

    @classmethod
    def of(cls, values: np.ndarray, cells: np.ndarray, n_cells: int) -> _Moments:
        n = np.bincount(cells, minlength=n_cells)
        sums = np.bincount(cells, values, n_cells)
        mean = np.divide(sums, n, out=np.full(n_cells, np.nan), where=n > 0)
        distances = mean[cells]
        distances -= values
        distances *= distances  # in place, as of ten million documents each copy takes 80 MB
        return cls(n, mean, np.bincount(cells, distances, n_cells))

    def all(self) -> _Moments:
        """Take all cells as one."""
        known_means = np.nan_to_num(self.mean)
        n = self.n.sum()
        mean = float((self.n * known_means).sum() / n) if n else np.nan
        squares = (self.squares + self.n * (known_means - mean) ** 2).sum()
        return _Moments(np.array([n]), np.array([mean]), np.array([squares]))

    def others(self) -> _Moments:
        """Take for each cell all others as one."""
        total = self.all()
        n, means = total.n - self.n, np.nan_to_num(self.mean)
        sums = total.n * np.nan_to_num(total.mean) - self.n * means
        mean = np.divide(sums, n, out=np.full(len(n), np.nan), where=n > 0)
        # Of all, the squares are those within the cell, within the others, and between the two.
        between = self.n * (means - total.mean) ** 2 + n * (np.nan_to_num(mean) - total.mean) ** 2
        return _Moments(n, mean, np.maximum(total.squares - self.squares - between, 0))

    @property
    def variance_of_mean(self) -> np.ndarray:
        """Squared standard error of each mean, NaN where fewer than two numbers are known."""
        n = np.where(self.n > 1, self.n, np.nan)
        return np.asarray(self.squares / (n - 1) / n)


def drivers(index: IndexReader, selection: Selection, column: int, since: Optional[int]) -> dict[str, Any]:
    """Compare a numeric column by topic, and divide the change of its mean between two periods among topics.

    Parameters
    ----------
    column
        Which of the numeric columns.
    since
        First day of the last period, days since 1970-01-01; None for the default.

    Returns
    -------
    dict
        ``topics``: a row for each visible topic with a number, by the size of the difference, then one for all hidden
        topics and one for documents without a topic; ``change``: None where there are not two periods.

    Raises
    ------
    BadRequestError
        Where there is no such column.
    """
    names = index.documents.number_names
    if column >= len(names):
        raise BadRequestError(
            f"There is no numeric column {column}: the documents have {len(names)}, counted from 0. {NO_NUMBERS}"
        )
    every = Scope.of(index, selection)
    numbers = np.asarray(index.documents.numbers[column])
    is_known = np.isfinite(numbers[every.rows])
    scope = every if is_known.all() else every.part(is_known)
    cells = _Cells(scope.visible, index.edits.n_topics)
    moments = cells.moments(scope, numbers)
    split = last_period(scope, selection, since)
    parts, change = _change(cells, split, numbers)
    low, high = _mean_intervals(moments.all())
    return {
        "column": column,
        "name": names[column],
        "columns": [{"index": number, "name": name} for number, name in enumerate(names)],
        "n": scope.n,
        "n_missing": every.n - scope.n,
        "mean": known(moments.all().mean[0]),
        "low": known(low[0]),
        "high": known(high[0]),
        "level": CONFIDENCE,
        "since": split.since_json,
        "choices": split.choices,
        "topics": _rows(cells, moments, parts),
        "change": change,
        "unsaid": _unsaid(scope, split),
        "rules": _RULES,
    }


class _Cells:
    """The rows of the answer: visible topics, then hidden ones together, then no topic."""

    def __init__(self, visible: Sequence[int], n_topics: int):
        self.visible = list(visible)
        self.n = len(self.visible) + 2
        self._cell_of = np.full(n_topics + 1, self.n - 2)
        self._cell_of[self.visible] = np.arange(len(self.visible))
        self._cell_of[NO_TOPIC] = self.n - 1

    def moments(self, scope: Scope, numbers: np.ndarray) -> _Moments:
        """Return the moments of the numbers of some documents."""
        return _Moments.of(numbers[scope.rows], self._cell_of[scope.topics], self.n)

    def names(self) -> list[tuple[str, Optional[int]]]:
        """Return kind and topic of each row."""
        return [*(("topic", topic) for topic in self.visible), (_HIDDEN, None), (_WITHOUT, None)]


def _mean_intervals(moments: _Moments) -> tuple[np.ndarray, np.ndarray]:
    half = _quantile(moments.n - 1) * np.sqrt(moments.variance_of_mean)
    return moments.mean - half, moments.mean + half


def _quantile(freedom: np.ndarray) -> np.ndarray:
    return np.asarray(stdtrit(np.where(freedom > 0, freedom, np.nan), (1 + CONFIDENCE) / 2))


def _differences(one: _Moments, other: _Moments) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the differences of means, one minus other, and the ends of Welch's interval."""
    variances = one.variance_of_mean, other.variance_of_mean
    total = variances[0] + variances[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = total**2 / (variances[0] ** 2 / (one.n - 1) + variances[1] ** 2 / (other.n - 1))
    # Where no number varies, the difference is known exactly.
    half = np.where(total == 0, 0.0, _quantile(freedom) * np.sqrt(total))
    difference = one.mean - other.mean
    return difference, difference - half, difference + half


def _rows(cells: _Cells, moments: _Moments, parts: Optional[dict[str, np.ndarray]]) -> list[dict[str, Any]]:
    low, high = _mean_intervals(moments)
    others = moments.others()
    scale = others.n / max(int(moments.n.sum()), 1)
    _, difference_low, difference_high = (scale * values for values in _differences(moments, others))
    # A topic that all documents have differs from the overall mean by nothing.
    difference = np.where(moments.n > 0, moments.mean - moments.all().mean, np.nan)
    is_enough = np.minimum(moments.n, others.n) >= FEWEST_NUMBERS
    differs = is_enough & ((difference_low > 0) | (difference_high < 0))
    rows = [
        {
            "kind": kind, "topic": topic, "n": int(moments.n[cell]), "mean": known(moments.mean[cell]),
            "low": known(low[cell]), "high": known(high[cell]), "difference": known(difference[cell]),
            "difference_low": known(difference_low[cell]), "difference_high": known(difference_high[cell]),
            "differs": bool(differs[cell]), **_parts_of(parts, cell),
        }
        for cell, (kind, topic) in enumerate(cells.names())
        if moments.n[cell]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["kind"] == _WITHOUT, row["kind"] == _HIDDEN, -abs(row["difference"])))


_PARTS = ("n_then", "n_now", "mean_then", "mean_now", "mix", "level", "contribution")


def _parts_of(parts: Optional[dict[str, np.ndarray]], cell: int) -> dict[str, Any]:
    if parts is None:
        return dict.fromkeys(_PARTS)
    numbers = {name: known(parts[name][cell], 12) for name in _PARTS}
    return {**numbers, "n_then": int(parts["n_then"][cell]), "n_now": int(parts["n_now"][cell])}


def _change(
    cells: _Cells, split: LastPeriod, numbers: np.ndarray
) -> tuple[Optional[dict[str, np.ndarray]], Optional[dict[str, Any]]]:
    """Divide the change of the mean among the topics; None twice where one of the periods has too few numbers."""
    if min(split.then.n, split.now.n) < FEWEST_NUMBERS:
        return None, None
    then, now = (cells.moments(scope, numbers) for scope in (split.then, split.now))
    parts = change_by_cell(then.n, then.mean, now.n, now.mean)
    difference, low, high = (float(values[0]) for values in _differences(now.all(), then.all()))
    change = {
        **{
            name: {**span_json(scope), "mean": known(moments.all().mean[0])}
            for name, scope, moments in (("then", split.then, then), ("now", split.now, now))
        },
        "difference": known(difference, 12),
        "low": known(low),
        "high": known(high),
        "mix": known(parts["mix"].sum(), 12),
        "level": known(parts["level"].sum(), 12),
    }
    return {**parts, "n_then": then.n, "n_now": now.n, "mean_then": then.mean, "mean_now": now.mean}, change


def change_by_cell(
    n_then: np.ndarray, mean_then: np.ndarray, n_now: np.ndarray, mean_now: np.ndarray
) -> dict[str, np.ndarray]:
    """Divide the change of a mean among groups, by their sizes (``mix``) and by their means (``level``).

    Parameters
    ----------
    n_then, mean_then, n_now, mean_now
        Documents and mean of each group in two periods, of shape (n_groups,), NaN for the mean of an empty one.

    Returns
    -------
    dict
        ``mix``, ``level`` and ``contribution``, their sum, of shape (n_groups,); the contributions add up to the
        change of the overall mean.
    """
    share_then, share_now = n_then / n_then.sum(), n_now / n_now.sum()
    then, now = np.where(n_then > 0, mean_then, mean_now), np.where(n_now > 0, mean_now, mean_then)
    then, now = np.nan_to_num(then), np.nan_to_num(now)
    overall = ((share_then * then).sum() + (share_now * now).sum()) / 2
    is_there = (n_then > 0) | (n_now > 0)
    mix = np.where(is_there, (share_now - share_then) * ((then + now) / 2 - overall), 0.0)
    level = (share_then + share_now) / 2 * (now - then)
    return {"mix": mix, "level": level, "contribution": mix + level}


def _unsaid(scope: Scope, split: LastPeriod) -> list[dict[str, Any]]:
    if min(split.then.n, split.now.n) >= FEWEST_NUMBERS:
        return []
    n_dated = split.then.n + split.now.n
    sentence = (
        f"Too few dated documents with a number to explain a change: {split.then.n:,} before and {split.now.n:,} "
        f"since, at least {FEWEST_NUMBERS} are needed on each side."
        if n_dated
        else "Without dates, there is no change between periods to explain."
    )
    return [unsaid("change", sentence, _RULES["change"], n_dated)]
