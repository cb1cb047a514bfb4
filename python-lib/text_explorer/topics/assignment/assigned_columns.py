"""Assign topics of a stored model to documents, with the edits of its topics and a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Optional

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics import columns
from text_explorer.topics.assignment import columns as names
from text_explorer.topics.describing.document_topics import SHARE_DIGITS, distributions_json
from text_explorer.topics.edits.edit_log import TopicEdits
from text_explorer.topics.edits.splits import follow_splits
from text_explorer.topics.models.training import best_topics


def assigned_columns(
    is_empty: np.ndarray,
    doc_topic_distr: np.ndarray,
    unknown_shares: np.ndarray,
    edits: TopicEdits,
    threshold: float,
    bags: Optional[Corpus] = None,
    moved: Optional[ArrayLike] = None,
) -> pd.DataFrame:
    """Build the columns of ``ASSIGNED_TOPICS`` for some rows.

    A topic's proportion includes those of the topics merged into it; the largest decides. Below the threshold there is
    no topic, whether it is hidden or not. Of a split topic, the words of a document decide on its sub-topic, with the
    proportion of the whole topic. A document moved by hand has its topic whatever the threshold, with that topic's
    proportion.

    Parameters
    ----------
    is_empty : bool array of shape (n_rows,): whether a row has no text
    unknown_shares : float64 array of shape (n_rows,), NaN where a text has no word
    threshold
        Minimum topic proportion, compared with the proportion as written.
    bags
        The words of the documents, needed where topics are split.
    moved
        The topic each document was moved to by hand, -1 for those that were not.
    """
    shares = merged_shares(doc_topic_distr, edits.belongs_to)
    likeliest = best_topics(shares)
    by_hand = np.full(len(likeliest), -1) if moved is None else np.array(moved, dtype=np.int64)
    is_moved = by_hand >= 0
    final_topic = np.array(edits.belongs_to, dtype=np.int64)
    best = follow_splits(
        np.where(is_moved, by_hand, likeliest), final_topic, edits.splits,
        lambda split, rows: split.topics_of(bags.take(rows)) if bags is not None else np.full(len(rows), split.ids[0]),
    )  # fmt: skip
    whole = np.where(is_moved, np.array(edits.wholes, dtype=np.int64)[by_hand], likeliest)
    known = best >= 0
    probability = np.round(np.take_along_axis(shares, np.maximum(whole, 0)[:, None], axis=1)[:, 0], SHARE_DIGITS)
    below = known & ~is_moved & (probability < threshold)
    hidden = known & ~below & np.array(edits.hidden)[np.maximum(best, 0)]
    given = known & ~below & ~hidden
    status = np.select(
        [given, below, hidden, is_empty],
        [columns.STATUS_OK, names.STATUS_BELOW, names.STATUS_HIDDEN, columns.STATUS_EMPTY],
        columns.STATUS_UNKNOWN,
    )
    labels = np.array([*edits.labels, None], dtype=object)
    known_labels = (edits.super_labels[parent] for parent in edits.super_topics)
    super_labels = np.array(
        [*(known_labels if edits.super_topics else repeat(None, len(labels) - 1)), None], dtype=object
    )
    return pd.DataFrame({
        columns.TOPIC_ID: _ids(best, given),
        columns.TOPIC_LABEL: pd.Series(labels[np.where(given, best, -1)], dtype=object),
        columns.TOPIC_PROBABILITY: probability,
        columns.TOPIC_DISTRIBUTION: pd.Series(distributions_json(doc_topic_distr), dtype=object),
        columns.TOPIC_STATUS: status.astype(object),
        names.MODEL_TOPIC_ID: _ids(best_topics(doc_topic_distr), likeliest >= 0),
        names.UNKNOWN_WORD_SHARE: np.round(unknown_shares, SHARE_DIGITS),
        names.SUPER_TOPIC: pd.Series(super_labels[np.where(given, best, -1)], dtype=object),
    })  # fmt: skip


def merged_shares(doc_topic_distr: np.ndarray, belongs_to: Sequence[int]) -> np.ndarray:
    """Move the proportions of merged topics to their final topics; rows still sum to one.

    Sums run topic by topic, in the order of ids, so that a document's do not depend on other documents. Sub-topics of
    split topics, which have ids above those of the model, only have the proportions of what is merged into them.
    """
    n_topics = doc_topic_distr.shape[1]
    missing = np.where(np.isnan(doc_topic_distr[:, :1]), np.nan, 0.0)
    shares = np.hstack([doc_topic_distr, np.repeat(missing, max(len(belongs_to) - n_topics, 0), axis=1)])
    for topic, target in enumerate(belongs_to[:n_topics]):
        if target != topic:
            shares[:, target] += doc_topic_distr[:, topic]
            shares[:, topic] = np.where(np.isnan(doc_topic_distr[:, topic]), np.nan, 0.0)
    return shares


def unknown_word_shares(n_words: np.ndarray, n_known_words: np.ndarray) -> np.ndarray:
    """Return the share of the words of each document that the model does not know, NaN where it has no word."""
    return np.where(n_words > 0, (n_words - n_known_words) / np.maximum(n_words, 1), np.nan)


def _ids(topics: np.ndarray, given: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.where(given, topics, 0).astype(np.int64), ~given)
