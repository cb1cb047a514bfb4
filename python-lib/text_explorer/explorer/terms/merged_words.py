"""The words of topics as edits leave them: those of merged topics count together, by their shares of all words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from text_explorer.explorer.shared.current_edits import CurrentEdits

_SMALLEST_SHARE = 1e-9
"""Stands for a share that is not told, so that the topic's words still count."""


def members_of(edits: CurrentEdits, topics: Iterable[int], finals: Iterable[int]) -> list[int]:
    """Give the trained topics that finally belong to some topics, in the order of ids."""
    wanted = set(finals)
    return [topic for topic in topics if _final(edits, topic) in wanted]


def visible_topics(connection: sqlite3.Connection, edits: CurrentEdits) -> list[int]:
    """Give the topics that are neither merged into others nor hidden, in the order of ids."""
    ids = (row["topic"] for row in connection.execute("SELECT topic FROM topics ORDER BY topic"))
    hidden = edits.hidden
    return [topic for topic in ids if _final(edits, topic) == topic and not (topic < len(hidden) and hidden[topic])]


def words_of(connection: sqlite3.Connection, members: Iterable[int]) -> dict[str, float]:
    """Give the words of some trained topics taken as one, the most probable first, with p(word | these topics).

    A word that is not among the stored ones of a topic counts as improbable there.
    """
    sums: dict[str, float] = {}
    total = 0.0
    for topic in members:
        row = connection.execute("SELECT token_share FROM topics WHERE topic = ?", (topic,)).fetchone()
        share = max((row["token_share"] if row else None) or 0.0, _SMALLEST_SHARE)
        total += share
        for term in connection.execute("SELECT term, probability FROM terms WHERE topic = ?", (topic,)):
            sums[term["term"]] = sums.get(term["term"], 0.0) + share * (term["probability"] or 0.0)
    return {word: sums[word] / total for word in sorted(sums, key=lambda word: (-sums[word], word))}


def _final(edits: CurrentEdits, topic: int) -> int:
    return int(edits.final_topic[topic]) if topic < len(edits.final_topic) else topic
