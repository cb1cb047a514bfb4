"""One line for each topic, as the list of topics shows it: current labels, document counts, figures, position."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix
from text_explorer.explorer.topic_answers.statistics import Trend, topic_trend
from text_explorer.explorer.topic_answers.terms import merged_terms, top_terms
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC

TopicRow = Mapping[str, Any]
"""A topic as the index holds it, or a sub-topic in the same form."""

TopicReview = Mapping[int, Mapping[str, int]]
"""How often people were ``asked`` about a topic in the review and were ``right``, by final topic."""

_BESIDE = 0.03
"""Of the width of the map."""
_FIGURES = ("coherence_npmi", "coherence_cv", "exclusivity", "effective_documents")
_SUB_TOPIC = "Its coherence, exclusivity and spread are not known, as it was split off a topic."
_MERGED = "Its coherence, exclusivity and spread are not known, as topics have been merged into it."


@dataclass(frozen=True)
class TopicEntries:
    """Builds the entries of the topics of an index."""

    index: IndexReader
    review: TopicReview

    @cached_property
    def rows(self) -> dict[int, TopicRow]:
        """All trained topics and sub-topics by id, rising."""
        found = self.index.connection.execute("SELECT * FROM topics ORDER BY topic")
        rows: dict[int, TopicRow] = {row["topic"]: dict(row) for row in found}
        for topic in sorted(self.index.edits.split_from):
            if self.index.edits.whole_of(topic) in rows:
                rows[topic] = self._sub_topic_row(topic, rows)
        return rows

    def _sub_topic_row(self, topic: int, rows: Mapping[int, TopicRow]) -> TopicRow:
        """Return what is known of a sub-topic: the place of the whole topic on the map, its super-topic, its words."""
        edits, words = self.index.edits, self.words
        part, whole = edits.part(topic), rows[edits.split_from[topic]]
        siblings = edits.splits[edits.split_from[topic]].ids
        angle = 2 * np.pi * siblings.index(topic) / len(siblings)
        moved = {
            "map_x": _beside(rows, "map_x", whole, math.cos(angle)),
            "map_y": _beside(rows, "map_y", whole, math.sin(angle)),
        }
        weight = float(words.final.weights[words.topic_ids.index(topic)]) if topic in words.topic_ids else None
        return {
            **whole,
            **dict.fromkeys(_FIGURES),
            **moved,
            "topic": topic,
            "label": part.label if part else "",
            "token_share": weight,
            "top_terms": json.dumps(top_terms(merged_terms(self.index, words, [topic]), len(words.final.ids))),
            "distinctive_terms": "[]",
            "representatives": "[]",
            "borderline": "[]",
            "remarks": json.dumps([_SUB_TOPIC]),
        }

    @cached_property
    def words(self) -> TopicWordMatrix:
        """The words of the topics."""
        return TopicWordMatrix(self.index)

    @cached_property
    def trend(self) -> Trend | None:
        """Counts over time, None without dates."""
        return topic_trend(self.index)

    @cached_property
    def trained_counts(self) -> np.ndarray:
        """Documents by trained topic."""
        return self.index.trained_counts()

    def members(self, topic: int) -> list[int]:
        """Return a topic and those merged into it that the dataset of topics has; a merged one has only itself."""
        return [member for member in self.index.edits.members_of(topic) if member in self.rows]

    def top_terms(self, topics: Sequence[int]) -> list[str]:
        """Return the top terms of a final topic, or of several as if they were merged."""
        members = [member for topic in topics for member in self.members(topic)]
        stored: list[str] = json.loads(self.rows[topics[0]]["top_terms"])[:TERMS_OF_TOPIC]
        if len(members) == 1 and stored:
            return stored
        n_topics = len(self.words.final.ids) - len(topics) + 1
        return top_terms(merged_terms(self.index, self.words, members), n_topics) or stored

    def entry(self, topic: int) -> dict[str, Any]:
        """Describe a topic in a line; figures that are not known are None."""
        row, members = self.rows[topic], self.members(topic)
        n_documents = int(self.trained_counts[members].sum())
        n_assigned = int(self.trained_counts.sum())
        edits = self.index.edits
        return {
            "id": topic,
            "label": edits.label_of(topic),
            "trained_label": row["label"],
            "belongs_to": edits.final_of(topic),
            "split_from": edits.split_from.get(topic),
            "split_into": list(edits.splits[topic].ids) if topic in edits.splits else [],
            "hidden": edits.is_hidden(topic),
            "note": edits.notes[topic],
            "n_documents": n_documents,
            "share": n_documents / n_assigned if n_assigned else 0.0,
            **(self._merged_figures(row, members) if len(members) > 1 else _figures(row)),
            **self._super_topic(topic, row),
            "trend": self.trend.of(np.array(members)) if self.trend else None,
            "review": dict(self.review[topic]) if topic in self.review else None,
        }

    @cached_property
    def super_topics(self) -> list[dict[str, Any]]:
        """Number, label and trained label of each super-topic, those without a topic included."""
        edits = self.index.edits
        if edits.super_topics:
            named = zip(edits.super_labels, edits.trained_super_labels)
            return [
                {"id": number, "label": now, "trained_label": at_first} for number, (now, at_first) in enumerate(named)
            ]
        labels = {row["parent"]: row["parent_label"] for row in self.rows.values() if row["parent"] is not None}
        return [
            {"id": number, "label": label or f"Super-topic {number}", "trained_label": label}
            for number, label in sorted(labels.items())
        ]

    def _super_topic(self, topic: int, row: TopicRow) -> dict[str, Any]:
        """Return the super-topic of a topic: of the model folder with its edits, else of the dataset."""
        edits = self.index.edits
        number = edits.super_topic_of(topic)
        if number is None:
            return {"parent": row["parent"], "parent_label": row["parent_label"], "trained_parent": row["parent"]}
        return {
            "parent": number,
            "parent_label": edits.super_labels[number],
            "trained_parent": edits.first_super_topic_of(topic),
        }

    def _merged_figures(self, row: TopicRow, members: Sequence[int]) -> dict[str, Any]:
        rows = [self.rows[member] for member in members]
        return {
            "token_share": _sum([row["token_share"] for row in rows]),
            "top_terms": self.top_terms([row["topic"]]),
            **dict.fromkeys(_FIGURES),
            "remarks": [_MERGED],
            "map_x": _weighted(rows, "map_x"),
            "map_y": _weighted(rows, "map_y"),
        }


def _figures(row: TopicRow) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("token_share", *_FIGURES, "map_x", "map_y")},
        "top_terms": json.loads(row["top_terms"])[:TERMS_OF_TOPIC],
        "remarks": json.loads(row["remarks"]),
    }


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _weighted(rows: Sequence[TopicRow], name: str) -> float | None:
    """Return the centre of merged topics on the map, weighted by their share of the words."""
    if any(row[name] is None for row in rows):
        return None
    weights = np.array([row["token_share"] or 0.0 for row in rows])
    values = np.array([row[name] for row in rows])
    return float(np.average(values, weights=weights if weights.sum() > 0 else None))


def _beside(rows: Mapping[int, TopicRow], name: str, whole: TopicRow, step: float) -> float | None:
    """Return a place on the map a little beside that of the whole topic, so that sub-topics do not cover each other."""
    if whole[name] is None:
        return None
    known = [row[name] for row in rows.values() if row[name] is not None]
    return float(whole[name] + step * _BESIDE * (max(known) - min(known)))
