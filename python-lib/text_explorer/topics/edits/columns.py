"""The dataset of edits: the edit log of the model folder as a table, for flows that map topics themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from text_explorer.columns import Column
from text_explorer.topics.columns import LABEL, TOPIC_ID
from text_explorer.topics.edits.edit_log import EditedTopic
from text_explorer.topics.files.append_only_log import read_time

EDITS = [
    Column(TOPIC_ID, "bigint", "Topic that was edited. One row for each edit, the oldest first: "
     "the last row of a topic applies, topics without a row are as trained"),
    Column(LABEL, "string", "Label of the topic after this edit"),
    Column("merged_into", "bigint", "Topic it is merged into after this edit, empty where it is "
     "not merged. Where that topic is merged too, both belong to its target"),
    Column("hidden", "boolean", "Whether it is hidden after this edit"),
    Column("note", "string", "Note after this edit"),
    Column("author", "string", "Login of the person who made the edit"),
    Column("time", "date", "When"),
    Column("parent", "bigint", "Super-topic it is moved to after this edit, empty where it is in its trained one"),
    Column("parent_label", "string", "Name given to the super-topic it was trained in, empty where that has its "
     "trained name"),
]  # fmt: skip
"""Columns of the dataset."""


def edit_rows(history: Sequence[EditedTopic], labels: Sequence[str]) -> list[tuple[Any, ...]]:
    """Build the rows of the dataset, the oldest edit first; a topic without an edited label has its trained one."""
    return [
        (
            topic.topic_id,
            labels[topic.topic_id] if topic.label is None else topic.label,
            topic.merged_into,
            topic.hidden,
            topic.note,
            topic.author,
            read_time(topic.time),
            topic.parent,
            topic.parent_label,
        )
        for topic in history
    ]
