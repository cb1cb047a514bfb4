"""Document statistics of the topics: counts over time, groups, probabilities.

All is counted in the columns of the documents, so it follows the documents shown, not those of training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from text_explorer.explorer.documents.counts_over_time import date_grain, near_days
from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.documents.year_spans import numbers_of
from text_explorer.explorer.index.document_columns import NO_DAY, ORDINAL_OF_1970
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.topics.prevalence.periods import choose_granularity, iso_date, periods_between
from text_explorer.wording import plural

MOST_BUCKETS = 24
"""Points of a sparkline that can be distinguished at its width."""

LARGEST_VALUES = 50
FEWEST_IN_GROUP = 20
"""Lifts of fewer documents are mostly chance."""

MOST_LIFTS = 8

NO_NUMBERS = (
    "A numeric column has numbers in nine of ten of its cells that are not empty, and at least three different ones. A "
    "column of different whole numbers counts as ids, and one that repeats the year of the date column is left out."
)


def why_no_time(index: IndexReader) -> str | None:
    """Return the sentence on why there is nothing over time, None where there is."""
    date_column = read_report(index.connection, "model").get("date_column")
    if date_column is None:
        return "No date column is known. Select a 'Date column' in the settings of this webapp."
    if dated_range(index) is None:
        return f"The column '{date_column}' has no readable date. Select another 'Date column'."
    return None


@dataclass(frozen=True)
class Trend:
    """How many documents each trained topic has over time."""

    labels: list[str]  # first day of each bucket
    n_periods: int  # of each bucket
    grain: str  # of these periods: days, or the shortest that the dates tell apart
    counts: np.ndarray  # int64, shape (n_topics, n_buckets)

    def described(self) -> dict[str, Any]:
        """Describe the buckets."""
        return {"labels": self.labels, "granularity": plural(self.n_periods, self.grain)}

    def of(self, topics: np.ndarray) -> list[int]:
        """Return the counts of some topics together."""
        known = topics[topics < len(self.counts)]
        return self.counts[known].sum(axis=0).tolist()


def dated_range(index: IndexReader) -> tuple[int, int, int] | None:
    """Return the first and the last day, since 1970-01-01, and the number of documents without one.

    Dates that lie far from all others, such as 1970 or 9999, are skipped; None where no document has a date.
    """
    days = index.documents.day
    if days is None:
        return None
    found = index.rows_cache.get("dated range", lambda: _range(days, near_days(index, days)))
    return (int(found[0]), int(found[1]), int(found[2])) if len(found) else None


def _range(days: np.ndarray, near: np.ndarray) -> np.ndarray:
    is_dated = days != NO_DAY
    dated = days[is_dated & (days >= near[0]) & (days <= near[1])]
    if not len(dated):
        return np.empty(0, dtype=np.int64)
    return np.array([dated.min(), dated.max(), np.count_nonzero(~is_dated)], dtype=np.int64)


def periods(index: IndexReader) -> dict[str, Any] | None:
    """Return the range of the documents' dates."""
    found = dated_range(index)
    if found is None:
        return None
    first, last, n_undated = found
    return {
        "granularity": choose_granularity(first + ORDINAL_OF_1970, last + ORDINAL_OF_1970, date_grain(index)),
        "first": iso_date(first + ORDINAL_OF_1970),
        "last": iso_date(last + ORDINAL_OF_1970),
        "n_undated": n_undated,
    }


def topic_trend(index: IndexReader) -> Trend | None:
    """Count the documents of each trained topic in at most 24 buckets of equal length, None without dates."""
    found = dated_range(index)
    if found is None:
        return None
    first, last, _ = found
    grain = date_grain(index)
    starts = periods_between(first + ORDINAL_OF_1970, last + ORDINAL_OF_1970, grain)
    n_periods = -(-len(starts) // MOST_BUCKETS)
    labels = [iso_date(start) for start in starts[::n_periods]]
    counts = index.rows_cache.get(("trend", index.edits.version), lambda: _counts_by_bucket(index, None))
    return Trend(labels, n_periods, grain, counts)


def filtered_trend(index: IndexReader, selection: Selection) -> dict[int, list[int]] | None:
    """Count the documents that meet all filters by trained topic in the buckets of `topic_trend`."""
    if dated_range(index) is None:
        return None
    counts = _counts_by_bucket(index, selected_rows(index, selection))
    return {topic: counts[topic].tolist() for topic in index.topic_ids}


def _bucket_of_day(index: IndexReader, first: int, last: int) -> np.ndarray:
    """Return the bucket of each day between two; days repeat, so the calendar is not asked for each document."""
    numbers = numbers_of(np.arange(first, last + 1), date_grain(index))
    n_periods = -(-(int(numbers[-1] - numbers[0]) + 1) // MOST_BUCKETS)
    return np.asarray((numbers - numbers[0]) // n_periods)


def _counts_by_bucket(index: IndexReader, rows: np.ndarray | None) -> np.ndarray:
    first, last, _ = dated_range(index) or (0, 0, 0)
    bucket_of_day = _bucket_of_day(index, first, last)
    topics, days = index.documents.topic, np.asarray(index.documents.day)
    if rows is not None:
        topics, days = topics[rows], days[rows]
    n_buckets = int(bucket_of_day[-1]) + 1
    counted = (topics >= 0) & (days >= first) & (days < first + len(bucket_of_day))
    # 64 bits, as topics times buckets of a foreign dataset may be more than 32 hold.
    places = topics[counted].astype(np.int64) * n_buckets + bucket_of_day[days[counted] - first]
    n_topics = index.edits.n_topics
    counts = np.bincount(places, minlength=n_topics * n_buckets)
    n_rows = -(-len(counts) // n_buckets)
    return np.pad(counts, (0, n_rows * n_buckets - len(counts))).reshape(n_rows, n_buckets)


def group_columns(index: IndexReader) -> list[dict[str, Any]]:
    """Describe the group columns with their most frequent values."""
    found = []
    for number, name in enumerate(index.documents.group_names):
        codes, values = index.documents.groups[number], index.documents.group_values[number]
        counts = index.rows_cache.get(("values", number), partial(_bincount, codes, len(values)))
        largest = np.argsort(-counts, kind="stable")[:LARGEST_VALUES]
        found.append({
            "index": number,
            "name": name,
            "n_values": len(values),
            "values": [{"value": values[code], "n": int(counts[code])} for code in largest.tolist()],
        })  # fmt: skip
    return found


def _assigned(topics: np.ndarray, codes: np.ndarray, n_values: int) -> np.ndarray:
    """Count the codes of documents with a topic."""
    return _bincount(codes[topics >= 0], n_values)


def _bincount(codes: np.ndarray, n_values: int) -> np.ndarray:
    """Count codes, those below 0, which are no values, left out."""
    return np.bincount(codes[codes >= 0], minlength=n_values)[:n_values]


def group_lifts(index: IndexReader, topics: np.ndarray) -> list[dict[str, Any]]:
    """Return the groups in which a topic, made up of some trained ones, is most over-represented, for each column.

    Returns
    -------
    list of dict
        ``n`` documents of the group that have a topic, at least ``FEWEST_IN_GROUP``; ``share`` of them whose topic this
        is; ``log2_lift``, the binary logarithm of that share over the share in all documents, above 0; column by
        column, of each the ``MOST_LIFTS`` largest first.
    """
    trained = index.documents.topic
    own = np.flatnonzero(trained == topics[0] if len(topics) == 1 else np.isin(trained, topics))
    n_own, n_assigned = len(own), int(index.trained_counts().sum())
    if not n_own:
        return []
    found: list[dict[str, Any]] = []
    for number, name in enumerate(index.documents.group_names):
        codes, values = index.documents.groups[number], index.documents.group_values[number]
        of_column = []
        key = ("assigned", number, index.edits.version)
        of_group = index.rows_cache.get(key, partial(_assigned, trained, codes, len(values)))
        of_topic = _bincount(codes[own], len(values))
        for code in np.flatnonzero((of_group >= FEWEST_IN_GROUP) & (of_topic > 0)).tolist():
            share = of_topic[code] / of_group[code]
            lift = float(np.log2(share * n_assigned / n_own))
            if lift > 0:
                group = {"column": name, "value": values[code], "n": int(of_group[code])}
                of_column.append({**group, "share": float(share), "log2_lift": lift})
        found += sorted(of_column, key=lambda group: (-group["log2_lift"], -group["n"], group["value"]))[:MOST_LIFTS]
    return found


def median_probability(index: IndexReader) -> float | None:
    """Return the median probability of the documents' topics, None where none is known."""
    found = index.rows_cache.get(("median", index.edits.version), lambda: _median(index.documents.probability))
    return float(found[0]) if len(found) else None


def _median(probabilities: np.ndarray) -> np.ndarray:
    known = probabilities[np.isfinite(probabilities)]
    return np.array([np.median(known)] if len(known) else [])
