"""The page's answer on edits: the current ones, the log, and whether the visitor may add to it."""

from __future__ import annotations

from typing import Any

from text_explorer.explorer.edits.log import AppliedEdits, FoundEdits
from text_explorer.explorer.edits.saving import edit_json, split_json, why_not_writable
from text_explorer.explorer.shared.source import EDITS, Source, Visitor
from text_explorer.topics.edits.edit_log import edit_history

MOST_LOGGED = 200


def edits_answer(source: Source, applied: AppliedEdits, visitor: Visitor | None) -> dict[str, Any]:
    """Return the edits and whether the visitor may add to them.

    Parameters
    ----------
    source, visitor
        Names the dataset of edits; who asks.
    applied
        The log, and what it makes of the topics of the datasets.

    Returns
    -------
    dict
        ``version``; ``in_force``, the state of each topic that has edits (a label or note of None is the trained one);
        ``log``, the newest edits first; ``writable`` with a reason where it is off; the ``visitor``; name of the
        ``dataset``; ``warnings``.
    """
    found, edits = applied
    reason = why_not_writable(applied, visitor)
    logged = found.log.edits if edits.version == found.version else ()  # none, where they are of another run
    return {
        "version": edits.version,
        "in_force": _in_force(found) if logged else [],
        "log": [edit_json(edit) for edit in reversed(logged[-MOST_LOGGED:])],
        "n_log": len(logged),
        "writable": {"on": reason is None, "reason": reason},
        "visitor": visitor._asdict() if visitor else None,
        "dataset": source.dataset_name(EDITS),
        "warnings": list(edits.warnings),
    }


def _in_force(found: FoundEdits) -> list[dict[str, Any]]:
    history = edit_history(found.log.edits, len(found.trained_labels), len(found.super_labels))
    last = {topic.topic_id: topic for topic in history}
    return [
        {
            "topic_id": topic.topic_id,
            "label": topic.label,
            "merged_into": topic.merged_into,
            "hidden": topic.hidden,
            "note": topic.note,
            **({"split": split_json(topic.split)} if topic.split else {}),
            **({"documents": [document._asdict() for document in topic.documents]} if topic.documents else {}),
            "parent": topic.parent,
            "parent_label": topic.parent_label,
        }
        for topic in sorted(last.values(), key=lambda topic: topic.topic_id)
        if topic.hidden
        or topic.note
        or topic.split
        or topic.documents
        or any(value is not None for value in (topic.label, topic.merged_into, topic.parent, topic.parent_label))
    ]
