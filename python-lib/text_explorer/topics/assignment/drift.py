"""Compare the topics of new documents with those of the training documents.

References
----------
Jianhua Lin (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on Information Theory 37.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.assignment import columns as names
from text_explorer.topics.prevalence.intervals import CONFIDENCE, difference_interval
from text_explorer.topics.storage.training_profile import TopicProfile

DIGITS = 6
MAX_TOPICS_LISTED = 5


def jensen_shannon_distance(first: np.ndarray, second: np.ndarray) -> float:
    """Compute the square root of the Jensen-Shannon divergence to base 2: 0 for equal shares, 1 for disjoint ones.

    Both arrays sum to one; where one has NaN, so has the distance.
    """
    if np.isnan(first).any() or np.isnan(second).any():
        return math.nan
    middle = (first + second) / 2
    divergence = 0.0
    for shares in (first, second):
        some = shares > 0
        divergence += float((shares[some] * np.log2(shares[some] / middle[some])).sum()) / 2
    return math.sqrt(min(max(divergence, 0.0), 1.0))  # rounding may leave it just outside


def distance_by_chance(n_topics: int, n_first: int, n_second: int) -> float:
    """Return the expected distance of two samples of documents from the same distribution over `n_topics` topics.

    The divergence of samples is about ``1 / (8 ln 2)`` times the sum of ``(p - q)^2 / p`` over topics, of which each
    topic is expected to add ``(1 - p)(1 / n_first + 1 / n_second)``.
    """
    if not n_first or not n_second:
        return math.nan
    return min(math.sqrt((n_topics - 1) * (1 / n_first + 1 / n_second) / (8 * math.log(2))), 1.0)


def drift_table(then: Optional[TopicProfile], now: TopicProfile, labels: Sequence[str]) -> pd.DataFrame:
    """Build the ``DRIFT`` dataset: a row for all topics together, then one for each.

    `then` is None for older model folders, which leaves its columns empty.
    """
    nothing = np.full(len(labels), np.nan)
    then_shares = nothing if then is None else then.document_shares
    now_shares = now.document_shares
    low, high = difference_interval(then_shares, then.n_documents if then else 0, now_shares, now.n_documents)
    topics = pd.DataFrame({
        columns.TOPIC_ID: range(len(labels)),
        columns.TOPIC_LABEL: list(labels),
        names.N_DOCUMENTS_TRAINING: nothing if then is None else then.topic_documents,
        names.N_DOCUMENTS_NOW: now.topic_documents,
        names.DOCUMENT_SHARE_TRAINING: then_shares,
        names.DOCUMENT_SHARE_NOW: now_shares,
        names.DIFFERENCE: now_shares - then_shares,
        names.DIFFERENCE_LOW: low,
        names.DIFFERENCE_HIGH: high,
        names.MEAN_SHARE_TRAINING: nothing if then is None else then.mean_shares,
        names.MEAN_SHARE_NOW: now.mean_shares,
    })  # fmt: skip
    table = pd.DataFrame([_overall(then, now), *topics.to_dict("records")])
    return _typed(table)


def drift_sentences(then: Optional[TopicProfile], now: TopicProfile, labels: Sequence[str]) -> list[str]:
    """Return sentences for the log on the drift of new documents from the training documents."""
    if now.n_documents == 0:
        return ["none of the documents has a topic, so they cannot be compared with the training documents"]
    if then is None:
        return ["the model folder holds no figures of its training documents; run 'Discover topics' again to compare"]
    distance, by_chance = _distances(then, now)
    sentences = [
        f"compared with training ({then.n_documents:,} documents with a topic then, {now.n_documents:,} now): "
        f"Jensen-Shannon distance of the topics' document shares {distance:.3f}, by chance about {by_chance:.3f}",
        f"rows without a topic: {_percent(then.no_topic_share)} at training, {_percent(now.no_topic_share)} now",
        f"unknown words: {_percent(then.unknown_word_share)} at training, {_percent(now.unknown_word_share)} now",
    ]
    low, high = difference_interval(then.document_shares, then.n_documents, now.document_shares, now.n_documents)
    moved = np.flatnonzero((low > 0) | (high < 0))
    difference = now.document_shares - then.document_shares
    largest = [
        f"{topic} ({labels[topic]}) {_percent(then.document_shares[topic])} -> {_percent(now.document_shares[topic])}"
        for topic in sorted(moved.tolist(), key=lambda topic: (-abs(difference[topic]), topic))[:MAX_TOPICS_LISTED]
    ]
    sentences.append(
        f"topics whose share of documents differs by more than chance: {len(moved)} of {len(labels)} (about "
        f"{(1 - CONFIDENCE) * len(labels):.1f} expected by chance)"
        + (f", most of all {'; '.join(largest)}" if largest else "")
    )
    return sentences


def _overall(then: Optional[TopicProfile], now: TopicProfile) -> dict[str, object]:
    row = {
        columns.TOPIC_LABEL: names.ALL_TOPICS,
        names.N_DOCUMENTS_NOW: now.n_documents,
        names.N_ROWS_NOW: now.n_rows,
        names.NO_TOPIC_SHARE_NOW: now.no_topic_share,
        names.UNKNOWN_WORD_SHARE_NOW: now.unknown_word_share,
    }
    if then is None:
        return row
    distance, by_chance = _distances(then, now)
    return {
        **row,
        names.N_DOCUMENTS_TRAINING: then.n_documents,
        names.N_ROWS_TRAINING: then.n_rows,
        names.NO_TOPIC_SHARE_TRAINING: then.no_topic_share,
        names.UNKNOWN_WORD_SHARE_TRAINING: then.unknown_word_share,
        names.DISTANCE: distance,
        names.DISTANCE_BY_CHANCE: by_chance,
    }


def _distances(then: TopicProfile, now: TopicProfile) -> tuple[float, float]:
    n_topics = int(np.count_nonzero(then.topic_documents + now.topic_documents))
    return (
        jensen_shannon_distance(then.document_shares, now.document_shares),
        distance_by_chance(n_topics, then.n_documents, now.n_documents),
    )


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Convert the columns to the types and the order of the dataset."""
    table = table.reindex(columns=names_of(names.DRIFT))
    numbers = {column.name: column.type for column in names.DRIFT if column.type != "string"}
    for name, storage_type in numbers.items():
        values = pd.to_numeric(table[name])
        table[name] = values.astype("Int64") if storage_type == "bigint" else values.astype(np.float64).round(DIGITS)
    return table


def _percent(share: float) -> str:
    return "unknown" if math.isnan(share) else f"{100 * share:.1f}%"
