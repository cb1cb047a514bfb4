"""The edits people made to topics, applied to every answer of the webapp."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Optional, overload

import numpy as np

from text_explorer.topics.edits.edit_log import EditLog, resolve_edits
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.edits.splits import Split, SubTopic

NO_VERSION = "none"
"""Version of the edits where there can be none."""


@dataclass(frozen=True)
class CurrentEdits:
    """Labels, merges, hidden topics and notes by trained topic id, once all edits are applied.

    The methods take any id: a topic without a place here is unedited, None stands for no topic.

    Attributes
    ----------
    version
        Changes with every edit that is written; ``NO_VERSION`` where there can be none.
    labels
        Current label of each topic.
    final_topic
        int32 array of shape (n_topics,): the final topic of each, itself where it is not merged.
    hidden
        Whether each topic is hidden by itself, see `is_hidden`.
    notes
        Note of each topic, None where there is none.
    warnings
        Sentences on what could not be read or applied.
    n_edits
        Number of edits of this model.
    last
        ``author`` and ``time`` of the newest edit, None where there is none.
    n_of_other_models
        Edits of other models' topics, which are not applied.
    trained_labels
        Label each topic got at training.
    model_id
        The model of the topics, "" where there is none that edits and answers could belong to.
    splits
        The split of each topic that is split into sub-topics, by topic.
    split_from
        The topic that was split, by sub-topic.
    moves
        The topic of each document that was moved by hand.
    trained_parents, super_topics
        Super-topic of each topic at training, and of each topic and sub-topic now; empty where the model folder does
        not name them.
    trained_super_labels, super_labels
        Labels of the super-topics at training, and now.
    """

    version: str
    labels: tuple[str, ...]
    final_topic: np.ndarray
    hidden: tuple[bool, ...]
    notes: tuple[Optional[str], ...]
    warnings: tuple[str, ...] = ()
    n_edits: int = 0
    last: Optional[Mapping[str, str]] = None
    n_of_other_models: int = 0
    trained_labels: tuple[str, ...] = ()
    model_id: str = ""
    splits: Mapping[int, Split] = field(default_factory=dict)
    split_from: Mapping[int, int] = field(default_factory=dict)
    moves: Mapping[MovedDocument, int] = field(default_factory=dict)
    trained_parents: tuple[int, ...] = ()
    super_topics: tuple[int, ...] = ()
    trained_super_labels: tuple[str, ...] = ()
    super_labels: tuple[str, ...] = ()

    @property
    def n_topics(self) -> int:
        """Number of topic ids, gaps between the ids and sub-topics included."""
        return len(self.labels)

    @overload
    def final_of(self, topic: int) -> int: ...

    @overload
    def final_of(self, topic: Optional[int]) -> Optional[int]: ...

    def final_of(self, topic: Optional[int]) -> Optional[int]:
        """Return the topic that a trained topic is finally merged into, or the topic itself."""
        return topic if topic is None or not 0 <= topic < self.n_topics else self.finals[topic]

    def is_hidden(self, topic: Optional[int]) -> bool:
        """Return whether a topic is hidden; for a merged topic, its final topic decides."""
        final = self.final_of(topic)
        return final is not None and 0 <= final < self.n_topics and self.hidden[final]

    def super_topic_of(self, topic: int) -> Optional[int]:
        """Return the super-topic of a topic; for a merged topic, that of its final topic."""
        final = self.final_of(topic)
        return self.super_topics[final] if 0 <= final < len(self.super_topics) else None

    def first_super_topic_of(self, topic: int) -> int:
        """Return the super-topic a topic was trained in; of a sub-topic, that of the topic that was split."""
        whole = self.split_from.get(topic)
        return self.trained_parents[topic] if whole is None else self.super_topics[whole]

    def label_of(self, topic: Optional[int]) -> str:
        """Return the current label of a topic, "" for None."""
        if topic is None:
            return ""
        return self.labels[topic] if 0 <= topic < self.n_topics else f"Topic {topic}"

    def members_of(self, topic: int) -> list[int]:
        """Return a final topic and, by id, the topics merged into it; a merged topic has only itself."""
        return [topic, *(member for member in self._members.get(topic, ()) if member != topic)]

    def whole_of(self, topic: int) -> int:
        """Return the final topic that the model knows: of a sub-topic, the one that was split."""
        final = self.final_of(topic)
        while final in self.split_from:
            final = self.final_of(self.split_from[final])
        return final

    def finals_seen_from(self, topic: Optional[int]) -> list[int]:
        """Return ``finals`` as a document of a topic has them: where it is a sub-topic, it stands for the whole."""
        finals = list(self.finals)
        if topic is None:
            return finals
        whole = self.final_of(topic)
        while whole in self.split_from:
            whole = self.final_of(self.split_from[whole])
            finals = [topic if final == whole else final for final in finals]
        return finals

    def part(self, topic: int) -> Optional[SubTopic]:
        """Return a sub-topic as it was split off, None for a topic of the model."""
        split = self.splits.get(self.split_from.get(topic, -1))
        return next((part for part in split.parts if part.topic_id == topic), None) if split else None

    def without_splits(self, *warnings: str) -> CurrentEdits:
        """Return the edits with every sub-topic back in the topic that was split, and no document moved."""
        return replace(
            self,
            final_topic=np.array([self.whole_of(topic) for topic in range(self.n_topics)], dtype=np.int32),
            warnings=(*self.warnings, *warnings), splits={}, split_from={}, moves={},
        )  # fmt: skip

    @cached_property
    def finals(self) -> list[int]:
        """``final_topic`` as a list."""
        return self.final_topic.tolist()

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        members: dict[int, list[int]] = {}
        for topic, final in enumerate(self.finals):
            members.setdefault(final, []).append(topic)
        return members


def no_edits(labels: Sequence[str], warnings: Iterable[str] = ()) -> CurrentEdits:
    """Return the topics as they were trained."""
    return current_edits(EditLog(""), labels, version=NO_VERSION, warnings=warnings)


def current_edits(
    log: EditLog,
    labels: Sequence[str],
    parents: Sequence[int] = (),
    super_labels: Sequence[str] = (),
    *,
    version: str,
    warnings: Iterable[str] = (),
) -> CurrentEdits:
    """Apply an edit log to topics of these trained labels and super-topics; ``warnings`` are faults of reading it."""
    resolved = resolve_edits(log.edits, labels, parents, super_labels)
    last = log.edits[-1] if log.edits else None
    return CurrentEdits(
        version=version,
        labels=resolved.labels,
        final_topic=np.array(resolved.belongs_to, dtype=np.int32),
        hidden=resolved.hidden,
        notes=resolved.notes,
        warnings=(*warnings, *resolved.warnings),
        n_edits=len(log.edits),
        last={"author": last.author, "time": last.time} if last else None,
        n_of_other_models=sum(len(file.edits) for file in log.others),
        trained_labels=tuple(labels),
        model_id=log.model_id,
        splits=resolved.splits,
        split_from=resolved.split_from,
        moves=resolved.moves,
        trained_parents=tuple(parents),
        super_topics=resolved.super_topics,
        trained_super_labels=tuple(super_labels),
        super_labels=resolved.super_labels,
    )
