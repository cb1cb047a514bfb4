"""The dataset of edits: the edit log of the model folder as a table, for flows that map topics themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Optional

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
    Column("split_into", "string", "Sub-topics it is split into after this edit, a JSON list of topic_id and label; "
     "empty where it is not split. 'Assign topics' gives documents to them"),
    Column("moved_documents", "string", "Documents moved to it by hand, a JSON list of their ids, or of digests of "
     "their texts where they have no id; empty where there are none"),
    Column("parent", "bigint", "Super-topic it is moved to after this edit, empty where it is in its trained one, or "
     "a sub-topic in that of the topic that was split"),
    Column("parent_label", "string", "Name given to the super-topic it was trained in, empty where that has its "
     "trained name"),
]  # fmt: skip
"""Columns of the dataset."""


def edit_rows(history: Sequence[EditedTopic], labels: Sequence[str]) -> list[tuple[Any, ...]]:
    """Build the rows of the dataset, the oldest edit first; a topic without an edited label has its trained one."""
    parts = (part for topic in history if topic.split for part in topic.split.parts)
    trained = {**dict(enumerate(labels)), **{part.topic_id: part.label for part in parts}}
    return [
        (
            topic.topic_id,
            trained[topic.topic_id] if topic.label is None else topic.label,
            topic.merged_into,
            topic.hidden,
            topic.note,
            topic.author,
            read_time(topic.time),
            _json(_labelled_parts(topic)),
            _json([document.digest if document.key is None else document.key for document in topic.documents]),
            topic.parent,
            topic.parent_label,
        )
        for topic in history
    ]


def _labelled_parts(topic: EditedTopic) -> list[dict[str, Any]]:
    parts = topic.split.parts if topic.split else ()
    return [{"topic_id": part.topic_id, "label": part.label} for part in parts]


def _json(values: list[Any]) -> Optional[str]:
    return json.dumps(values, ensure_ascii=False) if values else None
