"""The edits people made to topics in the webapp: an append-only log in the model folder, and what it comes to.

A topic can be renamed, merged into another, hidden, given a note, split into sub-topics, and documents can be moved to
it by hand. Nothing is overwritten: each time someone saves,
a JSON file is added below ``edits/`` of the model folder, and reading all files in the order of their names gives the
edits in force. A file holds

``{"format_version": 1, "model_id": "...", "edits": [{"topic_id": 3, "label": "Taxes", "author": "...", "time": ...}]}``

where an edit may have ``label``, ``merged_into``, ``hidden``, ``note``, ``split`` (see `splits`) and ``documents``, all
that are moved to the topic (see `moves`). What is absent stays as it is, null takes back. Topics are those of one
model: edits made for another one are counted, never applied.

Sub-topics have ids above all that were ever used, and can be edited as any topic. A split topic has no documents of its
own, so it is neither merged nor a target of merges. Taken back, its sub-topics, and what was merged or moved into them,
belong to it again; their ids are not used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Optional

from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.edits.edit_files import (
    CHANGES,
    DOCUMENTS,
    FOLDER,
    HIDDEN,
    LABEL,
    MERGED_INTO,
    NOTE,
    SPLIT,
    Edit,
    EditFile,
    faults_of_entry,
    file_content,
    parse_entry,
)
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.edits.splits import Split, numbered
from text_explorer.topics.files.append_only_log import last_of, new_path, write_time

MOST_EDITS = 200_000
"""Edits of all files: 100 people who make ten a day for a year make fewer."""
MOST_SUB_TOPICS = 1_000
"""Sub-topics of a model, those of splits taken back included."""


@dataclass(frozen=True)
class EditLog:
    """The edits found in a model folder, oldest first."""

    model_id: str
    edits: tuple[Edit, ...] = ()  # made for this model
    others: tuple[EditFile, ...] = ()  # files made for another model, which are not applied
    last_path: Optional[str] = None  # the newest file, None where there is none


@dataclass(frozen=True)
class TopicEdits:
    """What the edits come to; each tuple but the last has an entry for each id of the model's topics and sub-topics."""

    labels: tuple[str, ...]
    belongs_to: tuple[int, ...]  # the topic each finally belongs to, itself where it is not merged
    hidden: tuple[bool, ...]  # of a merged topic, the one it belongs to decides
    notes: tuple[Optional[str], ...]
    warnings: tuple[str, ...] = ()  # a sentence for each edit that could not be applied
    splits: Mapping[int, Split] = field(default_factory=dict)  # in force, by the topic that is split, rising
    parents: Mapping[int, int] = field(default_factory=dict)  # of each sub-topic in force, the topic that is split
    moves: Mapping[MovedDocument, int] = field(default_factory=dict)  # topic of the documents moved by hand

    @property
    def wholes(self) -> tuple[int, ...]:
        """For each id the topic whose proportion the model knows: of a sub-topic, the final topic that was split."""
        return tuple(map(self._whole, self.belongs_to))

    def _whole(self, topic: int) -> int:
        while topic in self.parents:
            topic = self.parents[topic]
        return self.belongs_to[topic]


class EditedTopic(NamedTuple):
    """A topic as it stood after an edit of it, and who made the edit when.

    ``label`` and ``note`` are None where it has none but the trained one, ``merged_into`` where it is not merged.
    """

    topic_id: int
    label: Optional[str]
    merged_into: Optional[int]
    hidden: bool
    note: Optional[str]
    author: str
    time: str
    split: Optional[Split] = None
    documents: tuple[MovedDocument, ...] = ()  # moved to it by hand


def log_of_files(parsed: Iterable[EditFile], model_id: str) -> EditLog:
    """Sort the files of an edit log by name; too many edits raise ``DataError``."""
    ordered, n_edits = [], 0
    for file in parsed:
        ordered.append(file)
        n_edits += len(file.edits)
        if n_edits > MOST_EDITS:
            raise DataError(
                f"The model folder holds more than {MOST_EDITS:,} topic edits. Remove the oldest files from {FOLDER}/, "
                "or switch 'Apply webapp edits' off."
            )
    ordered.sort(key=lambda file: file.path)
    own = [file for file in ordered if file.model_id == model_id]
    return EditLog(
        model_id,
        tuple(edit for file in own for edit in file.edits),
        tuple(file for file in ordered if file.model_id != model_id),
        last_of(file.path for file in ordered),
    )


def no_edits(labels: Sequence[str]) -> TopicEdits:
    """Return the topics as they were trained."""
    return resolve_edits([], labels)


def resolve_edits(edits: Iterable[Edit], labels: Sequence[str]) -> TopicEdits:
    """Apply edits, the oldest first, to the labels the topics got at training.

    An edit of a topic the model does not have is ignored; so is a merge into such a topic, and one that would close a
    circle (two people may have merged two topics into each other), while the rest of that edit holds.
    """
    state = _State(len(labels))
    warnings = [fault for edit in edits for fault in state.apply(edit)]
    trained = [*labels, *(state.first_label(topic) for topic in range(len(labels), state.n_ids))]
    ids = range(state.n_ids)
    splits = {topic: split for topic in ids if (split := state.split_of(topic)) is not None}
    return TopicEdits(
        tuple(first if edited is None else edited for first, edited in zip(trained, state.values[LABEL])),
        tuple(map(state.final_topic, ids)),
        tuple(map(bool, state.values[HIDDEN])),
        tuple(state.values[NOTE]),
        tuple(warnings),
        splits,
        {part: topic for topic, split in splits.items() for part in split.ids},
        dict(state.moves),
    )


def edit_history(edits: Iterable[Edit], n_topics: int) -> list[EditedTopic]:
    """Return what each edit led to, in the order of the edits; the last entry of a topic is what holds.

    An edit of a topic the model does not have has none; see `resolve_edits`.
    """
    state, history = _State(n_topics), []
    for edit in edits:
        state.apply(edit)
        if state.has(edit.topic_id):
            history.append(state.edited(edit))
    return history


def new_edit_file(
    changes: Sequence[Mapping[str, Any]],
    log: EditLog,
    n_topics: int,
    *,
    author: str,
    written: datetime,
    token: Optional[str] = None,
) -> tuple[str, bytes]:
    """Build the path and the content of the file that adds edits to a log.

    Parameters
    ----------
    changes
        An object for each topic changed: ``topic_id`` and what changes, see the module.
    written
        Time with its zone.
    token
        32 hexadecimal digits that no other writer takes; random ones by default.

    Raises
    ------
    SettingsError
        With every fault: wrong values, topics the model does not have, merges that would close a circle.
    """
    state = _State(n_topics)
    for edit in log.edits:
        state.apply(edit)
    stamp = {"author": author, "time": write_time(written)}
    entries = [{**change, **stamp} for change in _numbered(changes, state.n_ids)]
    faults = [f"Edit {number}: {fault}." for number, entry in enumerate(entries, 1) for fault in faults_of_entry(entry)]
    if not entries:
        faults.append("There is no edit to save.")
    if faults:
        raise SettingsError(faults)
    edits = [parse_entry(entry) for entry in entries]
    faults = [fault for edit in edits for fault in state.apply(edit)]
    if faults:
        raise SettingsError(faults)
    return new_path(FOLDER, written, log.last_path, token), file_content(log.model_id, edits)


def _numbered(changes: Sequence[Mapping[str, Any]], first: int) -> list[Mapping[str, Any]]:
    """Give new sub-topics the next ids, as a page cannot know which are used."""
    result: list[Mapping[str, Any]] = []
    for change in changes:
        if change.get(SPLIT) is not None:
            split = numbered(change[SPLIT], first)
            result.append({**change, SPLIT: split})
            first += len(split["parts"]) if isinstance(split, dict) and isinstance(split.get("parts"), list) else 0
        else:
            result.append(change)
    return result


class _State:
    """The edits of each topic while a log is applied."""

    def __init__(self, n_topics: int):
        self._n_trained = n_topics
        self.n_ids = n_topics  # used ids, those of sub-topics included
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
            fault = self._change(topic, name, value)
            if fault is not None:
                what = f"merged into topic {value}" if name == MERGED_INTO else "split"
                faults.append(f"Topic {topic} cannot be {what}: {fault} {by}.")
        return faults

    def _change(self, topic: int, name: str, value: Any) -> Optional[str]:
        """Change a part of a topic; return a sentence where it cannot be."""
        if name == DOCUMENTS:
            self._move(topic, value or ())
            return None
        fault = None
        if value is not None and name == MERGED_INTO:
            fault = self._fault_of_merge(topic, value)
        elif value is not None and name == SPLIT:
            fault = self._fault_of_split(topic, value)
        if fault is None:
            self.values[name][topic] = value
            if value is not None and name == SPLIT:
                self._add_sub_topics(topic, value)
        return fault

    def _add_sub_topics(self, topic: int, split: Split) -> None:
        n_new = max(split.ids) + 1 - self.n_ids
        for values in self.values.values():
            values.extend([None] * n_new)
        self.n_ids += n_new
        self._origins.update(dict.fromkeys(split.ids, (topic, split)))

    def _move(self, topic: int, documents: Sequence[MovedDocument]) -> None:
        kept = {document: target for document, target in self.moves.items() if target != topic}
        self.moves = {**kept, **dict.fromkeys(documents, topic)}

    def edited(self, edit: Edit) -> EditedTopic:
        """Return the topic of an edit as it stands."""
        topic = edit.topic_id
        label, merged_into, hidden, note, split = (
            self.values[name][topic] for name in (LABEL, MERGED_INTO, HIDDEN, NOTE, SPLIT)
        )
        documents = tuple(document for document, target in self.moves.items() if target == topic)
        return EditedTopic(
            topic, label, merged_into, bool(hidden), note, edit.author, edit.time, split, documents
        )  # fmt: skip

    def first_label(self, topic: int) -> str:
        """Return the label a sub-topic got when its topic was split."""
        if topic not in self._origins:
            return f"Topic {topic}"
        return next(part.label for part in self._origins[topic][1].parts if part.topic_id == topic)

    def split_of(self, topic: int) -> Optional[Split]:
        """Return the split in force of a topic."""
        split: Optional[Split] = self.values[SPLIT][topic]
        return split if split is not None and self._is_in_force(topic) else None

    def _is_in_force(self, topic: int) -> bool:
        """Return whether a topic is one of the model, or a sub-topic whose split was not taken back."""
        while topic in self._origins:
            parent, split = self._origins[topic]
            if self.values[SPLIT][parent] is not split:
                return False
            topic = parent
        return True

    def _next(self, topic: int) -> Optional[int]:
        """Return what a topic is merged into; of a split taken back, the topic that was split."""
        if not self._is_in_force(topic):
            return self._origins[topic][0]
        target: Optional[int] = self.values[MERGED_INTO][topic]
        return target

    def final_topic(self, topic: int) -> int:
        """Follow the merges of a topic to their end."""
        while (target := self._next(topic)) is not None:
            topic = target
        return topic

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

    def has(self, topic: int) -> bool:
        """Return whether there is a topic, or was a sub-topic, of this id."""
        return 0 <= topic < self._n_trained or topic in self._origins
