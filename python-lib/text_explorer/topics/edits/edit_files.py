"""Format and validation of one file of the edit log; see `append_only_log` for its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from text_explorer.topics.edits.moves import faults_of_moved, parse_moved
from text_explorer.topics.edits.splits import LONGEST_LABEL, faults_of_split, is_label, parse_split
from text_explorer.topics.files.append_only_log import (
    EDITS,
    MOST_ENTRIES,
    check_path,
    damaged,
    parse_entry_file,
    read_time,
    to_bytes,
)
from text_explorer.topics.files.checked_json import is_safe_line, is_text, one_line, several_lines, shown

FOLDER = EDITS
LABEL, MERGED_INTO, HIDDEN, NOTE, SPLIT, DOCUMENTS, PARENT, PARENT_LABEL = CHANGES = (
    "label", "merged_into", "hidden", "note", "split", "documents", "parent", "parent_label",
)  # fmt: skip

LONGEST_NOTE = 5_000
"""Characters: a note must fit on a screen."""
LONGEST_AUTHOR = 500
_LONGEST_ID = 100

_KEYS = {"topic_id", *CHANGES, "author", "time"}


@dataclass(frozen=True)
class Edit:
    """What one person changed of one topic at one time."""

    topic_id: int
    # new values by name, of ``CHANGES``; None takes an earlier change back. Of ``split`` a `Split`, of ``documents`` a
    # tuple of `MovedDocument`
    changes: Mapping[str, Any]
    author: str
    time: str  # in UTC


@dataclass(frozen=True)
class EditFile:
    """Edits saved together, with the model of their topics."""

    path: str
    model_id: str
    edits: tuple[Edit, ...]


def file_content(model_id: str, edits: Iterable[Edit]) -> bytes:
    """Write the content of a file."""
    entries = [
        {"topic_id": edit.topic_id, **changes_json(edit.changes), "author": edit.author, "time": edit.time}
        for edit in edits
    ]
    return to_bytes({"model_id": model_id, "edits": entries})


def changes_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes as JSON."""
    written = dict(changes)
    if written.get(SPLIT) is not None:
        written[SPLIT] = written[SPLIT].as_json()
    if written.get(DOCUMENTS) is not None:
        written[DOCUMENTS] = [document._asdict() for document in written[DOCUMENTS]]
    return written


def parse_file(path: str, content: bytes) -> EditFile:
    """Parse a file of the log; `path` may have a leading slash.

    Raises
    ------
    DataError
        Where it is damaged, foreign or of a newer format.
    """
    path = path.lstrip("/")
    check_path(path)
    parsed = parse_entry_file(path, content)
    entries, model_id = parsed.get("edits"), parsed.get("model_id")
    if not isinstance(entries, list) or not isinstance(model_id, str) or not is_model_id(model_id):
        raise damaged(path, "it has no list of edits, or does not name their model")
    if len(entries) > MOST_ENTRIES:
        raise damaged(path, f"it holds {len(entries):,} edits; at most {MOST_ENTRIES:,} can be read")
    for number, entry in enumerate(entries, 1):
        for fault in faults_of_entry(entry):
            raise damaged(path, f"edit {number}: {fault}")
    return EditFile(path, model_id, tuple(parse_entry(entry) for entry in entries))


def is_model_id(model_id: Any) -> bool:
    """Return whether a value may be the name of a model."""
    return isinstance(model_id, str) and len(model_id) <= _LONGEST_ID and is_safe_line(model_id)


def is_author(author: Any) -> bool:
    """Return whether a value may be the login of a person."""
    return is_text(author) and len(author) <= LONGEST_AUTHOR


def faults_of_entry(entry: Any) -> list[str]:
    """Return what is wrong with the JSON object of an edit, each fault as the end of a sentence."""
    if not isinstance(entry, dict):
        return ["must be a JSON object"]
    faults = [f"{one_line(name)[:40]} is not a field of an edit" for name in sorted(set(entry) - _KEYS)]
    if type(entry.get("topic_id")) is not int:
        faults.append(f"topic_id must be a whole number. Got {shown(entry.get('topic_id'))}")
    if not set(entry) & set(CHANGES):
        faults.append(f"must change one of {', '.join(CHANGES)}")
    faults += [fault for name in CHANGES if entry.get(name) is not None for fault in _faults_of(name, entry[name])]
    if not is_author(entry.get("author")):
        faults.append(f"author must be a text of at most {LONGEST_AUTHOR} characters. Got {shown(entry.get('author'))}")
    if read_time(entry.get("time")) is None:
        faults.append(f"time must be in UTC, as in 2026-01-31T12:00:00.000000Z. Got {shown(entry.get('time'))}")
    return faults


def _faults_of(name: str, value: Any) -> list[str]:
    if name in (MERGED_INTO, PARENT) and type(value) is not int:
        whose = "topic" if name == MERGED_INTO else "super-topic"
        return [f"{name} must be the number of a {whose}. Got {shown(value)}"]
    if name == HIDDEN and not isinstance(value, bool):
        return [f"{name} must be true or false. Got {shown(value)}"]
    if name in (LABEL, PARENT_LABEL) and not is_label(value):
        return [f"{name} must be one line of at most {LONGEST_LABEL} characters. Got {shown(value)}"]
    if name == NOTE and not (is_text(value) and len(value) <= LONGEST_NOTE):
        return [f"{name} must be a text of at most {LONGEST_NOTE:,} characters. Got {shown(value)}"]
    if name == SPLIT:
        return faults_of_split(value)
    return faults_of_moved(value) if name == DOCUMENTS else []


def parse_entry(entry: Mapping[str, Any]) -> Edit:
    """Read the JSON object of an edit that has no fault; what could forge lines or turn a text around is taken out."""
    changes = {name: entry[name] for name in CHANGES if name in entry}
    for name in (LABEL, PARENT_LABEL):
        if changes.get(name) is not None:
            changes[name] = one_line(changes[name])
    if changes.get(NOTE) is not None:
        changes[NOTE] = several_lines(changes[NOTE])
    if changes.get(SPLIT) is not None:
        changes[SPLIT] = parse_split(changes[SPLIT])
    if changes.get(DOCUMENTS) is not None:
        changes[DOCUMENTS] = parse_moved(changes[DOCUMENTS]) or None
    return Edit(entry["topic_id"], changes, one_line(entry["author"]), entry["time"])
