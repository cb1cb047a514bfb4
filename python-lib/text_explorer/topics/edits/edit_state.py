"""The edits of each topic while an edit log is applied: what each edit changes, and what cannot be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from text_explorer.topics.edits.edit_files import CHANGES, DOCUMENTS, MERGED_INTO, PARENT, PARENT_LABEL, SPLIT, Edit
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.edits.splits import Split

MOST_SUB_TOPICS = 1_000
"""Sub-topics of a model, those of splits taken back included."""


class EditState:
    """The edits of each topic of a model and of each sub-topic.

    Attributes
    ----------
    n_ids
        Number of used ids, those of sub-topics included.
    values
        By part of an edit but ``documents``, the value of each id; None where it is as trained.
    moves
        Topic of each document moved by hand.
    """

    def __init__(self, n_topics: int, n_super_topics: int):
        self._n_trained = n_topics
        self._n_super_topics = n_super_topics
        self.n_ids = n_topics
        self.values: dict[str, list[Any]] = {name: [None] * n_topics for name in CHANGES if name != DOCUMENTS}
        self.moves: dict[MovedDocument, int] = {}
        self._origins: dict[int, tuple[int, Split]] = {}  # of each sub-topic, the topic that was split

    def apply(self, edit: Edit) -> list[str]:
        """Apply an edit; return a sentence on what cannot be applied."""
        topic, by = edit.topic_id, f"({edit.author}, {edit.time})"
        if not self.has(topic):
            return [f"Topic {topic} cannot be edited: {self._known} {by}."]
        faults = []
        for name, value in edit.changes.items():
            fault = None if value is None else self._fault_of(topic, name, value)
            if fault is None:
                self._change(topic, name, value)
            else:
                faults.append(f"Topic {topic} cannot be {fault} {by}.")
        return faults

    def has(self, topic: int) -> bool:
        """Return whether there is a topic, or was a sub-topic, of this id."""
        return 0 <= topic < self._n_trained or topic in self._origins

    def documents_of(self, topic: int) -> tuple[MovedDocument, ...]:
        """Return the documents moved to a topic by hand."""
        return tuple(document for document, target in self.moves.items() if target == topic)

    def first_label(self, topic: int) -> str:
        """Return the label a sub-topic got when its topic was split."""
        if topic not in self._origins:
            return f"Topic {topic}"
        return next(part.label for part in self._origins[topic][1].parts if part.topic_id == topic)

    def split_of(self, topic: int) -> Optional[Split]:
        """Return the split in force of a topic."""
        split: Optional[Split] = self.values[SPLIT][topic]
        return split if split is not None and self._is_in_force(topic) else None

    def final_topic(self, topic: int) -> int:
        """Follow the merges of a topic to their end."""
        while (target := self._next(topic)) is not None:
            topic = target
        return topic

    def super_topics(self, trained: Sequence[int]) -> tuple[int, ...]:
        """Return the super-topic of each id; a sub-topic that was not moved is in that of the topic that was split.

        ``trained`` has those of the model's topics; without them, there are none. An id never used has super-topic 0.
        """
        found: list[int] = []
        for topic, moved in enumerate(self.values[PARENT] if trained else ()):
            whole = self._origins[topic][0] if topic in self._origins else None
            first = found[whole] if whole is not None else trained[topic] if topic < self._n_trained else 0
            found.append(first if moved is None else moved)
        return tuple(found)

    def _change(self, topic: int, name: str, value: Any) -> None:
        if name == DOCUMENTS:
            kept = {document: target for document, target in self.moves.items() if target != topic}
            self.moves = {**kept, **dict.fromkeys(value or (), topic)}
            return
        self.values[name][topic] = value
        if name == SPLIT and value is not None:
            self._add_sub_topics(topic, value)

    def _add_sub_topics(self, topic: int, split: Split) -> None:
        n_new = max(split.ids) + 1 - self.n_ids
        for values in self.values.values():
            values.extend([None] * n_new)
        self.n_ids += n_new
        self._origins.update(dict.fromkeys(split.ids, (topic, split)))

    def _is_in_force(self, topic: int) -> bool:
        """Return whether a topic is one of the model, or a sub-topic whose split was not taken back."""
        while topic in self._origins:
            whole, split = self._origins[topic]
            if self.values[SPLIT][whole] is not split:
                return False
            topic = whole
        return True

    def _next(self, topic: int) -> Optional[int]:
        """Return what a topic is merged into; of a split taken back, the topic that was split."""
        if not self._is_in_force(topic):
            return self._origins[topic][0]
        target: Optional[int] = self.values[MERGED_INTO][topic]
        return target

    def _fault_of(self, topic: int, name: str, value: Any) -> Optional[str]:
        """Return why a part of a topic cannot be changed, as the end of a sentence."""
        if name == MERGED_INTO:
            fault = self._fault_of_merge(topic, value)
            return None if fault is None else f"merged into topic {value}: {fault}"
        if name == SPLIT:
            fault = self._fault_of_split(topic, value)
            return None if fault is None else f"split: {fault}"
        if name == PARENT and not 0 <= value < self._n_super_topics:
            return f"moved to super-topic {value}: {self._known_super_topics}"
        if name == PARENT_LABEL and not self._n_super_topics:
            return f"used to name its super-topic: {self._known_super_topics}"
        if name == PARENT_LABEL and topic in self._origins:
            return "used to name a super-topic: it is a sub-topic, which was not trained in one"
        return None

    def _fault_of_merge(self, topic: int, target: int) -> Optional[str]:
        if not self.has(target):
            return self._known
        if target == topic:
            return "it is the same topic"
        if self.split_of(topic) is not None:
            return "it is split"
        # The target's merges end somewhere; only if they pass by the topic itself would a circle be closed.
        at: Optional[int] = target
        while at is not None:
            if at == topic:
                return "that one is already merged into it"
            if self.split_of(at) is not None:
                return "that one is split"
            at = self._next(at)
        return None

    def _fault_of_split(self, topic: int, split: Split) -> Optional[str]:
        if self._next(topic) is not None:
            return "it is merged into another topic"
        if min(split.ids) < self.n_ids or len(set(split.ids)) < len(split.ids):
            return "the ids of its sub-topics are used already"
        if max(split.ids) >= self._n_trained + MOST_SUB_TOPICS:
            return f"a model can have at most {MOST_SUB_TOPICS:,} sub-topics"
        return None

    @property
    def _known(self) -> str:
        return f"the model has topics 0 to {self.n_ids - 1}"

    @property
    def _known_super_topics(self) -> str:
        last = self._n_super_topics - 1
        return f"the model has super-topics 0 to {last}" if last >= 0 else "the model folder has no super-topics"
