"""What became of the topics of the previous model, from the dataset 'Topic changes'."""

from __future__ import annotations

from typing import Any

import numpy as np

from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.compare import RULE_OF_TOPICS
from text_explorer.explorer.findings.scope import share_rows
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.topics.columns import LABEL, N_DOCUMENTS, TOP_TERMS, TOPIC_ID
from text_explorer.topics.previous import columns as names

_RULE = (
    f"{RULE_OF_TOPICS} Topics keep their numbers from model to model: two are the same where the probabilities of "
    "their terms overlap enough, matched one to one. Documents are those of the two trainings, so that one may be "
    "counted in both. Topics merged before the training are counted together, sub-topics are estimated by their share."
)


def since_previous_model(index: IndexReader, selection: Selection) -> dict[str, Any]:
    """Compare the topics of this model with those of the one it goes on from.

    Returns
    -------
    dict
        In the frame of what changed; ``topics`` by the size of the difference, without hidden ones. One that has
        vanished has no page: its ``topic`` is None, its id ``other``. ``related`` are the topics it was made of.
    """
    stored = read_report(index.connection, "topic_changes")["topics"]
    compared = {row[TOPIC_ID]: row for row in stored if row[names.CHANGE] not in (names.SPLIT, names.MERGED)}
    counts = _counts(index, compared)
    of_then, of_now = (sum(pair[side] for pair in counts.values()) for side in (0, 1))
    gone = {topic for topic, row in compared.items() if row[names.CHANGE] == names.GONE and counts[topic][0]}
    shown = [topic for topic in sorted(counts) if topic in gone or not index.edits.is_hidden(topic)]
    n = np.array([counts[topic] for topic in shown], dtype=np.int64).reshape(-1, 2)
    rows = share_rows(shown, (n[:, 0], of_then), (n[:, 1], of_now), ("then", "now"))
    note = "Filters do not apply to the comparison with the previous model."
    return {
        "then": _side("the previous model", of_then),
        "now": _side("this model", of_now),
        "since": None,
        "choices": [],
        "topics": [_described(row, compared[row["topic"]], row["topic"] in gone) for row in rows],
        "words": None,
        "documents": None,
        "moved": None,
        "other_name": None,
        "notes": [note] if selection != Selection() else [],
        "unsaid": [],
        "rules": {"topics": _RULE, "words": None, "documents": None, "moved": None},
    }


def _counts(index: IndexReader, compared: dict[int, dict[str, Any]]) -> dict[int, list[int]]:
    """Return the documents before and now of each topic, with the merges since."""
    counts: dict[int, list[int]] = {}
    for topic, row in compared.items():
        whole = topic if row[names.CHANGE] == names.GONE else index.edits.whole_of(topic)
        before, now = counts.get(whole, (0, 0))
        counts[whole] = [before + (row[names.N_DOCUMENTS_BEFORE] or 0), now + (row[N_DOCUMENTS] or 0)]
    return counts


def _side(label: str, n: int) -> dict[str, Any]:
    return {"from": None, "to": None, "label": label, "n": n, "n_assigned": n}


def _described(row: dict[str, Any], stored: dict[str, Any], is_gone: bool) -> dict[str, Any]:
    topic, before, now = row["topic"], stored[names.TERMS_BEFORE], stored[TOP_TERMS]
    changed = "same" if not row["differs"] else "grown" if row["difference"] > 0 else "shrunk"
    return {
        **row,
        "topic": None if is_gone else topic,
        "other": topic if is_gone else None,
        "other_label": stored[names.LABEL_BEFORE] or stored[LABEL],
        "change": "vanished" if is_gone else "new" if stored[names.CHANGE] == names.NEW else changed,
        "similarity": stored[names.SIMILARITY],
        "related": stored[names.RELATED],
        "shared_terms": [term for term in now if term in before],
        "new_terms": [term for term in now if term not in before],
        "gone_terms": [term for term in before if term not in now],
    }
