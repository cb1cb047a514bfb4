"""The topics of the documents 'Assign topics' read last, against those of the training documents."""

from __future__ import annotations

from typing import Any

import numpy as np

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.compare import FEWEST_DOCUMENTS, RULE_OF_TOPICS
from text_explorer.explorer.findings.scope import share_rows
from text_explorer.explorer.findings.sentences import unsaid
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.topics.assignment import columns as names

_OVERALL = (
    names.N_ROWS_TRAINING, names.N_ROWS_NOW, names.NO_TOPIC_SHARE_TRAINING, names.NO_TOPIC_SHARE_NOW,
    names.UNKNOWN_WORD_SHARE_TRAINING, names.UNKNOWN_WORD_SHARE_NOW, names.DISTANCE, names.DISTANCE_BY_CHANCE,
)  # fmt: skip
_RULE = (
    f"{RULE_OF_TOPICS} Documents are counted by the dataset 'Drift': those of training, and those of the last run of "
    "'Assign topics'. Merged topics are counted together, a split topic as a whole."
)


def drift(index: IndexReader, selection: Selection) -> dict[str, Any]:
    """Compare the shares of topics at training and in the last run of 'Assign topics'.

    Returns
    -------
    dict
        In the frame of what changed; ``topics`` by the size of the difference, without hidden ones. The whole of a
        split topic has no page: its ``topic`` is None, its id ``other``. ``overall``: figures of all documents.
    """
    stored = read_report(index.connection, "drift")["drift"]
    edits = index.edits
    counts: dict[int, list[int]] = {}
    for topic, n_then, n_now in stored["topics"]:
        before, now = counts.get(edits.whole_of(topic), (0, 0))
        counts[edits.whole_of(topic)] = [before + n_then, now + n_now]
    of_then, of_now = (sum(pair[side] for pair in counts.values()) for side in (0, 1))
    shown = [topic for topic in sorted(counts) if not edits.is_hidden(topic)]
    n = np.array([counts[topic] for topic in shown], dtype=np.int64).reshape(-1, 2)
    rows = share_rows(shown, (n[:, 0], of_then), (n[:, 1], of_now), ("then", "now"))
    overall = {name: stored["overall"].get(name) for name in _OVERALL}
    return {
        "then": _side("training", overall[names.N_ROWS_TRAINING], of_then),
        "now": _side("the last run", overall[names.N_ROWS_NOW], of_now),
        "since": None,
        "choices": [],
        "topics": [_named(index, row) for row in rows],
        "words": None,
        "documents": None,
        "moved": None,
        "other_name": None,
        "overall": overall,
        "notes": ["Filters do not apply to the comparison with training."] if selection != Selection() else [],
        "unsaid": [
            unsaid(
                "topics",
                f"Too few documents with a topic {name} to see changes: {size:,}, at least {FEWEST_DOCUMENTS} are "
                "needed.",
                _RULE,
                size,
            )
            for name, size in (("at training", of_then), ("in the last run", of_now))
            if size < FEWEST_DOCUMENTS
        ],
        "rules": {"topics": _RULE, "words": None, "documents": None, "moved": None},
    }


def _side(label: str, n_rows: int | None, n_assigned: int) -> dict[str, Any]:
    return {"from": None, "to": None, "label": label, "n": n_assigned if n_rows is None else n_rows,
            "n_assigned": n_assigned}  # fmt: skip


def _named(index: IndexReader, row: dict[str, Any]) -> dict[str, Any]:
    topic = row["topic"]
    if topic not in index.edits.splits:
        return {**row, "other": None, "other_label": None}
    return {**row, "topic": None, "other": topic, "other_label": index.edits.label_of(topic)}
