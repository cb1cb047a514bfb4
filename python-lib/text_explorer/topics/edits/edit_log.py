"""The edits people made to topics in the webapp: an append-only log in the model folder, and what it comes to.

A topic can be renamed, merged into another, hidden, given a note and moved to another super-topic, and super-topics
can be renamed. Nothing is overwritten: each time someone saves,
a JSON file is added below ``edits/`` of the model folder, and reading all files in the order of their names gives the
edits in force. A file holds

``{"format_version": 1, "model_id": "...", "edits": [{"topic_id": 3, "label": "Taxes", "author": "...", "time": ...}]}``

where an edit may have ``label``, ``merged_into``, ``hidden``, ``note``, ``parent``, the number of a super-topic, and
``parent_label``, the name of the super-topic the topic was trained in, wherever it was moved. What is absent stays as
it is, null takes back. Topics are those of one model: edits made for another one are counted, never applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Optional

from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.edits.edit_files import (
    CHANGES,
    FOLDER,
    HIDDEN,
    LABEL,
    MERGED_INTO,
    NOTE,
    PARENT,
    PARENT_LABEL,
    Edit,
    EditFile,
    faults_of_entry,
    file_content,
    parse_entry,
)
from text_explorer.topics.files.append_only_log import last_of, new_path, write_time

MOST_EDITS = 200_000
"""Edits of all files: 100 people who make ten a day for a year make fewer."""


@dataclass(frozen=True)
class EditLog:
    """The edits found in a model folder, oldest first."""

    model_id: str
    edits: tuple[Edit, ...] = ()  # made for this model
    others: tuple[EditFile, ...] = ()  # files made for another model, which are not applied
    last_path: Optional[str] = None  # the newest file, None where there is none


@dataclass(frozen=True)
class TopicEdits:
    """What the edits come to; labels to notes have an entry for each topic of the model."""

    labels: tuple[str, ...]
    belongs_to: tuple[int, ...]  # the topic each finally belongs to, itself where it is not merged
    hidden: tuple[bool, ...]  # of a merged topic, the one it belongs to decides
    notes: tuple[Optional[str], ...]
    warnings: tuple[str, ...] = ()  # a sentence for each edit that could not be applied
    super_topics: tuple[int, ...] = ()  # the super-topic of each topic, empty where the model has none
    super_labels: tuple[str, ...] = ()  # of each super-topic


class EditedTopic(NamedTuple):
    """A topic as it stood after an edit of it, and who made the edit when.

    ``label`` and ``note`` are None where it has none but the trained one, ``merged_into`` where it is not merged,
    ``parent`` where it is in its trained super-topic, ``parent_label`` where that one has its trained name.
    """

    topic_id: int
    label: Optional[str]
    merged_into: Optional[int]
    hidden: bool
    note: Optional[str]
    author: str
    time: str
    parent: Optional[int] = None
    parent_label: Optional[str] = None


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


def no_edits(labels: Sequence[str], parents: Sequence[int] = (), super_labels: Sequence[str] = ()) -> TopicEdits:
    """Return the topics as they were trained."""
    return resolve_edits([], labels, parents, super_labels)


def resolve_edits(
    edits: Iterable[Edit], labels: Sequence[str], parents: Sequence[int] = (), super_labels: Sequence[str] = ()
) -> TopicEdits:
    """Apply edits, the oldest first, to the labels and super-topics of training.

    An edit of a topic the model does not have is ignored; so is a merge into such a topic, and one that would close a
    circle (two people may have merged two topics into each other), while the rest of that edit holds.
    """
    state = _State(len(labels), len(super_labels))
    warnings = [fault for edit in edits for fault in state.apply(edit)]
    return TopicEdits(
        tuple(trained if edited is None else edited for trained, edited in zip(labels, state.values[LABEL])),
        tuple(map(state.final_topic, range(len(labels)))),
        tuple(map(bool, state.values[HIDDEN])),
        tuple(state.values[NOTE]),
        tuple(warnings),
        tuple(parent if moved is None else moved for parent, moved in zip(parents, state.values[PARENT])),
        _super_labels(state.values[PARENT_LABEL], parents, super_labels),
    )


def _super_labels(edited: Sequence[Optional[str]], parents: Sequence[int], labels: Sequence[str]) -> tuple[str, ...]:
    """Return the names of super-topics; where several topics name the one they were trained in, the highest one."""
    names = dict(enumerate(labels))
    names.update((parent, label) for parent, label in zip(parents, edited) if label is not None)
    return tuple(names.values())


def edit_history(edits: Iterable[Edit], n_topics: int, n_super_topics: int = 0) -> list[EditedTopic]:
    """Return what each edit led to, in the order of the edits; the last entry of a topic is what holds.

    An edit of a topic the model does not have has none; see `resolve_edits`.
    """
    state, history = _State(n_topics, n_super_topics), []
    for edit in edits:
        state.apply(edit)
        if 0 <= edit.topic_id < n_topics:
            label, merged_into, hidden, note, *of_parent = (state.values[name][edit.topic_id] for name in CHANGES)
            known = (edit.topic_id, label, merged_into, bool(hidden), note, edit.author, edit.time)
            history.append(EditedTopic(*known, *of_parent))
    return history


def new_edit_file(
    changes: Sequence[Mapping[str, Any]],
    log: EditLog,
    n_topics: int,
    n_super_topics: int = 0,
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
        With every fault: wrong values, topics or super-topics the model does not have, merges that would close a
        circle.
    """
    stamp = {"author": author, "time": write_time(written)}
    entries = [{**change, **stamp} for change in changes]
    faults = [f"Edit {number}: {fault}." for number, entry in enumerate(entries, 1) for fault in faults_of_entry(entry)]
    if not entries:
        faults.append("There is no edit to save.")
    if faults:
        raise SettingsError(faults)
    edits = [parse_entry(entry) for entry in entries]
    state = _State(n_topics, n_super_topics)
    for edit in log.edits:
        state.apply(edit)
    faults = [fault for edit in edits for fault in state.apply(edit)]
    if faults:
        raise SettingsError(faults)
    return new_path(FOLDER, written, log.last_path, token), file_content(log.model_id, edits)


class _State:
    """The edits of each topic while a log is applied."""

    def __init__(self, n_topics: int, n_super_topics: int):
        self._n_topics = n_topics
        self._n_super_topics = n_super_topics
        self.values: dict[str, list[Any]] = {name: [None] * n_topics for name in CHANGES}

    def apply(self, edit: Edit) -> list[str]:
        """Apply an edit; return a sentence on what cannot be applied."""
        topic, by = edit.topic_id, f"({edit.author}, {edit.time})"
        if not self._has(topic):
            return [f"Topic {topic} cannot be edited: the model has topics 0 to {self._n_topics - 1} {by}."]
        faults = []
        for name, value in edit.changes.items():
            fault = None if value is None else self._fault_of(topic, name, value)
            if fault is None:
                self.values[name][topic] = value
            else:
                faults.append(f"Topic {topic} cannot be {fault} {by}.")
        return faults

    def _fault_of(self, topic: int, name: str, value: Any) -> Optional[str]:
        if name == MERGED_INTO:
            fault = self._fault_of_merge(topic, value)
            return None if fault is None else f"merged into topic {value}: {fault}"
        if name == PARENT and not 0 <= value < self._n_super_topics:
            return f"moved to super-topic {value}: {self._known_super_topics}"
        if name == PARENT_LABEL and not self._n_super_topics:
            return f"used to name its super-topic: {self._known_super_topics}"
        return None

    @property
    def _known_super_topics(self) -> str:
        last = self._n_super_topics - 1
        return f"the model has super-topics 0 to {last}" if last >= 0 else "the model folder has no super-topics"

    def final_topic(self, topic: int) -> int:
        """Follow the merges of a topic to their end."""
        while self.values[MERGED_INTO][topic] is not None:
            topic = self.values[MERGED_INTO][topic]
        return topic

    def _fault_of_merge(self, topic: int, target: int) -> Optional[str]:
        if not self._has(target):
            return f"the model has topics 0 to {self._n_topics - 1}"
        if target == topic:
            return "it is the same topic"
        # The target's merges end somewhere; only if they pass by the topic itself would a circle be closed.
        while target is not None:
            if target == topic:
                return "that one is already merged into it"
            target = self.values[MERGED_INTO][target]
        return None

    def _has(self, topic: int) -> bool:
        return 0 <= topic < self._n_topics
