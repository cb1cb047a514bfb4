"""The documents a finding is about, with their topics after the edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from text_explorer.explorer.documents.counts_over_time import near_days
from text_explorer.explorer.documents.selection import Selection, rows_or_all
from text_explorer.explorer.index.document_columns import NO_DAY, ORDINAL_OF_1970
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.topics.prevalence.intervals import CONFIDENCE, difference_interval
from text_explorer.topics.prevalence.periods import iso_date

NO_TOPIC = -1
DIGITS = 6


@dataclass(frozen=True)
class Scope:
    """Some documents of an index, by their row numbers, rising."""

    index: IndexReader
    rows: np.ndarray

    @classmethod
    def of(cls, index: IndexReader, selection: Selection) -> Scope:
        """Take the documents that meet all filters."""
        return cls(index, rows_or_all(index, selection))

    def meets(self, selection: Selection) -> np.ndarray:
        """Return which of these documents meet further filters: bool array of shape (n,)."""
        is_met = np.zeros(self.index.documents.n_rows, dtype=np.bool_)
        is_met[rows_or_all(self.index, selection)] = True
        return np.asarray(self._taken(is_met))

    def part(self, is_in: np.ndarray) -> Scope:
        """Take some of these documents, by a bool array of shape (n,)."""
        return Scope(self.index, self.rows[is_in])

    @property
    def n(self) -> int:
        """Number of documents."""
        return len(self.rows)

    @cached_property
    def topics(self) -> np.ndarray:
        """Final topic of each document, ``NO_TOPIC`` for none: int array of shape (n,)."""
        finals = np.append(self.index.edits.final_topic, NO_TOPIC)  # so that -1 finds the last one
        return np.asarray(finals[self._taken(self.index.documents.topic)])

    def _taken(self, column: np.ndarray) -> np.ndarray:
        """Return the values of these documents in a column of all; the column itself where these are all."""
        return column if self.n == len(column) else column[self.rows]

    @cached_property
    def n_assigned(self) -> int:
        """Number of documents with a topic, hidden ones included."""
        return int(self.counts.sum())

    @cached_property
    def visible(self) -> list[int]:
        """Final topics that are not hidden, by id."""
        return [topic for topic in self.index.final_topics() if not self.index.edits.is_hidden(topic)]

    @cached_property
    def counts(self) -> np.ndarray:
        """Documents by final topic: int array with a place for each topic id."""
        finals = np.asarray(self.index.edits.final_topic)
        # By trained topic first, which takes one pass over the documents.
        by_trained = np.bincount(self._taken(self.index.documents.topic) + 1, minlength=len(finals) + 1)[1:]
        counts = np.zeros(self.index.edits.n_topics, dtype=np.int64)
        np.add.at(counts, finals[finals >= 0], by_trained[finals >= 0])
        return counts

    @cached_property
    def days(self) -> np.ndarray:
        """Days since 1970-01-01, ``NO_DAY`` for none or one far from all others: int array of shape (n,)."""
        all_days = self.index.documents.day
        if all_days is None:
            return np.full(self.n, NO_DAY)
        first, last, _ = near_days(self.index, all_days)
        days = np.asarray(all_days[self.rows])
        is_near = (days >= first) & (days <= last)
        return np.where(is_near, days, NO_DAY)


def span_json(scope: Scope) -> dict[str, Any]:
    """Describe the time that dated documents span, and how many they are."""
    days = scope.days[scope.days != NO_DAY]
    facts = {"n": scope.n, "n_assigned": scope.n_assigned}
    if not len(days):
        return {"from": None, "to": None, "label": "", **facts}
    first, last = (iso_date(int(day) + ORDINAL_OF_1970) for day in (days.min(), days.max()))
    return {"from": first, "to": last, "label": _label(first, last), **facts}


def _label(first: str, last: str) -> str:
    """Name a time as briefly as its ends differ."""
    length = next(length for length in (4, 7, 10) if first[:length] != last[:length] or length == 10)
    if first == last:
        return first
    return f"{first[:length]}–{last[:length]}" if length == 4 else f"{first[:length]} – {last[:length]}"


def known(number: float, digits: int = DIGITS) -> float | None:
    """Return a number for an answer: rounded, None where it is not finite."""
    return round(float(number), digits) if np.isfinite(number) else None


def interval_json(low: float, high: float, method: str, level: float = CONFIDENCE) -> dict[str, Any]:
    """Describe an interval."""
    return {"low": known(low), "high": known(high), "level": round(level, DIGITS), "method": method}


def share_rows(
    topics: Sequence[int], then: tuple[np.ndarray, int], now: tuple[np.ndarray, int], names: tuple[str, str]
) -> list[dict[str, Any]]:
    """Compare the shares of topics in two sets of documents, the largest difference first.

    Parameters
    ----------
    topics
        Ids of the topics.
    then, now
        Of each set the documents by topic, int array of shape (len(topics),), and those with a topic.
    names
        What the sets are called in the answer.

    Returns
    -------
    list of dict
        The difference is ``now`` minus ``then``; of an empty set, shares and differences are None.
    """
    (n_then, of_then), (n_now, of_now) = then, now
    with np.errstate(invalid="ignore"):
        shares_then, shares_now = n_then / (of_then or np.nan), n_now / (of_now or np.nan)
    low, high = difference_interval(shares_then, of_then, shares_now, of_now)
    rows = [
        {
            "topic": topic,
            **{f"n_{name}": int(n[place]) for name, n in zip(names, (n_then, n_now))},
            **{f"share_{name}": known(shares[place]) for name, shares in zip(names, (shares_then, shares_now))},
            "difference": known(shares_now[place] - shares_then[place]),
            "low": known(low[place]),
            "high": known(high[place]),
            "differs": bool(low[place] > 0 or high[place] < 0),
        }
        for place, topic in enumerate(topics)
    ]
    return sorted(rows, key=lambda row: (-abs(row["difference"] or 0.0), row["topic"]))


def by_chance(n_topics: int) -> float:
    """Return the number of topics expected to differ by chance alone."""
    return round((1 - CONFIDENCE) * n_topics, 2)
