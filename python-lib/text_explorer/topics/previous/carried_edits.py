"""The edits of a previous model that the new one goes on with, as a file of its edit log.

Labels, merges and splits are part of the new model. What is not, hidden topics, notes, merges of ids that are not used
any more, documents moved by hand, and names and topics of super-topics, is written to the log with its author and time;
topics that are gone are hidden. The file comes before all that people write.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import numpy as np

from text_explorer.topics.edits.edit_files import DOCUMENTS, FOLDER, HIDDEN, MERGED_INTO, NOTE, Edit, file_content
from text_explorer.topics.edits.moves import MOST_MOVED, MovedDocument
from text_explorer.topics.files.append_only_log import new_path, write_time
from text_explorer.topics.previous.edited_topics import PreviousTopics

logger = logging.getLogger(__name__)

AUTHOR, FIRST_TIME = "Discover topics", datetime(1970, 1, 1, tzinfo=timezone.utc)
"""Of topics that are gone: a fixed time, so that the same run writes the same bytes."""


def carried_path(model_id: str) -> str:
    """Return the path of the file in the folder of the new model."""
    return new_path(FOLDER, FIRST_TIME, None, model_id)


def carried_file(
    previous: PreviousTopics,
    in_use: np.ndarray,
    moves: Mapping[MovedDocument, int],
    of_super_topics: Mapping[int, Mapping[str, Any]],
    model_id: str,
) -> dict[str, bytes]:
    """Build the file by its path, nothing where no edit is carried on.

    Parameters
    ----------
    in_use : bool array of shape (n_topics,), topics of the new model
    moves
        Topic of the previous model that each document moved by hand belongs to.
    of_super_topics
        Changes of super-topics by topic of the new model, see `carried_super_topics`.
    model_id
        The new model.
    """
    edits = carried_edits(previous, in_use, moves, of_super_topics)
    return {carried_path(model_id): file_content(model_id, edits)} if edits else {}


def carried_edits(
    previous: PreviousTopics,
    in_use: np.ndarray,
    moves: Mapping[MovedDocument, int],
    of_super_topics: Mapping[int, Mapping[str, Any]],
) -> list[Edit]:
    """Return the edits, one for each topic that has any, by rising id; see `carried_file`."""
    last = {edited.topic_id: (edited.author, edited.time) for edited in previous.history}
    found = []
    for topic in range(len(in_use)):
        own = _changes(previous, topic, in_use, moves) if topic < previous.n_ids else {}
        changes = {**own, **of_super_topics.get(topic, {})}
        if changes:
            author, time = last.get(topic, (AUTHOR, write_time(FIRST_TIME)))
            found.append(Edit(topic, changes, author, time))
    return found


def _changes(
    previous: PreviousTopics, topic: int, in_use: np.ndarray, moves: Mapping[MovedDocument, int]
) -> dict[str, Any]:
    edits, changes = previous.edits, dict[str, Any]()
    successors = previous.successors.get(topic, [])
    is_merged = len(successors) == 1 and topic not in edits.splits and bool(in_use[successors[0]])
    if is_merged:
        changes[MERGED_INTO] = successors[0]
    if edits.hidden[topic] or not (in_use[topic] or is_merged):
        changes[HIDDEN] = True
    if edits.notes[topic] is not None:
        changes[NOTE] = edits.notes[topic]
    documents = tuple(document for document, target in moves.items() if target == topic) if in_use[topic] else ()
    if documents:
        changes[DOCUMENTS] = documents[:MOST_MOVED]
    if len(documents) > MOST_MOVED:
        logger.warning(
            "%s documents were moved by hand to topic %s, with those of topics merged into it: only %s go on",
            f"{len(documents):,}", topic, f"{MOST_MOVED:,}",
        )  # fmt: skip
    return changes
