"""The edits of super-topics of a previous model that the new one goes on with.

Super-topics are made afresh. An old one, with the topics that people put into it, is the new one that shares most
documents with it, one to one; below half of the documents of both, its edits have no place and are left out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Optional

import numpy as np

from text_explorer.topics.edits.edit_files import PARENT, PARENT_LABEL
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.previous.matching import match

logger = logging.getLogger(__name__)

SAME_SUPER_TOPIC = 0.5
"""Share of common documents, of those in either, from which on two super-topics are the same."""


def carried_super_topics(
    previous: PreviousTopics, in_use: np.ndarray, parents: np.ndarray, n_documents: np.ndarray
) -> dict[int, dict[str, Any]]:
    """Return the changes that go on by topic of the new model: its super-topic by hand, and the name of its own one.

    Parameters
    ----------
    in_use, parents, n_documents : arrays of shape (n_topics,)
        Topics in use of the new model, the super-topics they were trained in, and their documents.
    """
    renamed = {
        parent: label
        for parent, (label, trained) in enumerate(zip(previous.edits.super_labels, previous.stored.super_labels))
        if label != trained
    }
    known = [topic for topic in previous.ids.tolist() if in_use[topic]]
    by_hand = {topic: parent for topic in known if (parent := _parent_by_hand(previous, topic)) is not None}
    if not (renamed or by_hand) or parents.max(initial=-1) < 0:
        return {}
    matches = match(_common_documents(previous, known, by_hand, in_use, parents, n_documents), SAME_SUPER_TOPIC)
    changes: dict[int, dict[str, Any]] = {}
    for topic, parent in by_hand.items():
        if matches[parent] >= 0:
            changes.setdefault(topic, {})[PARENT] = int(matches[parent])
    for parent, label in renamed.items():
        if matches[parent] >= 0:  # the page keeps the name with the first topic that was trained in it, too
            changes.setdefault(int(np.flatnonzero(parents == matches[parent])[0]), {})[PARENT_LABEL] = label
    for parent in sorted({*renamed, *by_hand.values()}):
        if matches[parent] < 0:
            logger.warning(
                "no super-topic is like '%s' of the previous model any more: its name and the topics moved to it by "
                "hand do not go on", previous.edits.super_labels[parent],
            )  # fmt: skip
    return changes


def _parent_by_hand(previous: PreviousTopics, topic: int) -> Optional[int]:
    """Return the super-topic that a topic, or the one it was split from, was moved to; None where it was not."""
    moved: Mapping[int, Optional[int]] = {edited.topic_id: edited.parent for edited in previous.history}
    at: Optional[int] = topic
    while at is not None:
        parent = moved.get(at)
        if parent is not None:
            return parent
        at = previous.edits.split_from.get(at)
    return None


def _common_documents(
    previous: PreviousTopics,
    known: list[int],
    by_hand: Mapping[int, int],
    in_use: np.ndarray,
    parents: np.ndarray,
    n_documents: np.ndarray,
) -> np.ndarray:
    """Return the share of common documents of each old and new super-topic, 0 where none was trained in the new one.

    Topics that were moved to the old super-topic by hand are in the new one too, as they go on.
    """
    of_topics, groups = previous.edits.super_topics, np.arange(int(parents.max()) + 1)
    shares = np.zeros((len(previous.edits.super_labels), len(groups)))
    sizes = np.bincount(parents[in_use], n_documents[in_use], len(groups))
    for parent in range(len(shares)):
        own = np.array([topic for topic in known if of_topics[topic] == parent], dtype=np.int64)
        trained = np.bincount(parents[own], n_documents[own], len(groups))
        moved = np.array([topic for topic in own.tolist() if topic in by_hand], dtype=np.int64)
        elsewhere = n_documents[moved] @ (parents[moved][:, None] != groups)
        either = n_documents[own].sum() + sizes - trained
        shares[parent] = np.where(trained > 0, (trained + elsewhere) / np.maximum(either, 1), 0)
    return shares
