"""The edits people made to topics in the webapp: an append-only log in the model folder, and what it comes to.

A topic can be renamed, merged into another, hidden, given a note, split into sub-topics and moved to another
super-topic, documents can be moved to it by hand, and super-topics can be renamed. Nothing is overwritten: each time
someone saves, a JSON file is added below ``edits/`` of the model folder, and reading all files in the order of their
names gives the edits in force. A file holds

``{"format_version": 1, "model_id": "...", "edits": [{"topic_id": 3, "label": "Taxes", "author": "...", "time": ...}]}``

where an edit may have ``label``, ``merged_into``, ``hidden``, ``note``, ``split`` (see `splits`), ``documents``, all
that are moved to the topic (see `moves`), ``parent``, the number of a super-topic, and ``parent_label``, the name of
the super-topic the topic was trained in, wherever it was moved. What is absent stays as it is, null takes back. Topics
are those of one model: edits made for another one are counted, never applied.

Sub-topics have ids above all that were ever used, and can be edited as any topic; they are in the super-topic of the
topic that was split unless they are moved to another. A split topic has no documents of its own, so it is neither
merged nor a target of merges. Taken back, its sub-topics, and what was merged or moved into them, belong to it again;
their ids are not used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Optional

from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.edits.edit_files import (
    FOLDER,
    HIDDEN,
    LABEL,
    MERGED_INTO,
    NOTE,
    PARENT,
    PARENT_LABEL,
    SPLIT,
    Edit,
    EditFile,
    faults_of_entry,
    file_content,
    parse_entry,
)
from text_explorer.topics.edits.edit_state import EditState
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.edits.splits import Split, numbered
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
    """What the edits come to; labels to notes have an entry for each id of the model's topics and sub-topics."""

    labels: tuple[str, ...]
    belongs_to: tuple[int, ...]  # the topic each finally belongs to, itself where it is not merged
    hidden: tuple[bool, ...]  # of a merged topic, the one it belongs to decides
    notes: tuple[Optional[str], ...]
    warnings: tuple[str, ...] = ()  # a sentence for each edit that could not be applied
    splits: Mapping[int, Split] = field(default_factory=dict)  # in force, by the topic that is split, rising
    split_from: Mapping[int, int] = field(default_factory=dict)  # of each sub-topic in force, the topic that is split
    moves: Mapping[MovedDocument, int] = field(default_factory=dict)  # topic of the documents moved by hand
    super_topics: tuple[int, ...] = ()  # the super-topic of each id, empty where the model has none
    super_labels: tuple[str, ...] = ()  # of each super-topic

    @property
    def wholes(self) -> tuple[int, ...]:
        """For each id the topic whose proportion the model knows: of a sub-topic, the final topic that was split."""
        return tuple(map(self._whole, self.belongs_to))

    def _whole(self, topic: int) -> int:
        while topic in self.split_from:
            topic = self.split_from[topic]
        return self.belongs_to[topic]


class EditedTopic(NamedTuple):
    """A topic as it stood after an edit of it, and who made the edit when.

    ``label`` and ``note`` are None where it has none but the trained one, ``merged_into`` where it is not merged,
    ``parent`` where it is in its trained super-topic, or a sub-topic in that of the topic that was split,
    ``parent_label`` where that super-topic has its trained name.
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
    parent: Optional[int] = None
    parent_label: Optional[str] = None


def log_of_files(parsed: Iterable[EditFile], model_id: str, former_models: Sequence[str] = ()) -> EditLog:
    """Sort the files of an edit log by name; too many edits raise ``DataError``.

    Edits of the models that this one goes on from are part of it, so that they are not among those of others.
    """
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
        tuple(file for file in ordered if file.model_id not in (model_id, *former_models)),
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
    state = EditState(len(labels), len(super_labels))
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
        state.super_topics(parents),
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
    state, history = EditState(n_topics, n_super_topics), []
    for edit in edits:
        state.apply(edit)
        if state.has(edit.topic_id):
            history.append(_edited(state, edit))
    return history


def _edited(state: EditState, edit: Edit) -> EditedTopic:
    topic = edit.topic_id
    label, merged_into, hidden, note, split, parent, parent_label = (
        state.values[name][topic] for name in (LABEL, MERGED_INTO, HIDDEN, NOTE, SPLIT, PARENT, PARENT_LABEL)
    )
    documents = state.documents_of(topic)
    return EditedTopic(
        topic, label, merged_into, bool(hidden), note, edit.author, edit.time, split, documents, parent, parent_label
    )  # fmt: skip


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
    state = EditState(n_topics, n_super_topics)
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
    """Assign the next ids to new sub-topics, as a page cannot know which are used."""
    result: list[Mapping[str, Any]] = []
    for change in changes:
        if change.get(SPLIT) is not None:
            split = numbered(change[SPLIT], first)
            result.append({**change, SPLIT: split})
            first += len(split["parts"]) if isinstance(split, dict) and isinstance(split.get("parts"), list) else 0
        else:
            result.append(change)
    return result
