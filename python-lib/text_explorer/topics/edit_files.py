"""One file of the edit log of a model folder: its name, its content, and what may stand in it.

Names begin with the time, so that they sort by it, and end with a random token, so that two writers never take the
same one.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Optional

from text_explorer.errors import DataError

FOLDER = "edits"
EDITS_FORMAT_VERSION = 1
LABEL, MERGED_INTO, HIDDEN, NOTE = CHANGES = ("label", "merged_into", "hidden", "note")

LONGEST_LABEL, LONGEST_NOTE = 200, 5_000
"""Characters: a label must fit beside a bar, a note on a screen."""

_NAME = re.compile(rf"{FOLDER}/\d{{8}}T\d{{12}}Z-[0-9a-f]{{32}}\.json")
_TIME_OF_NAME = "%Y%m%dT%H%M%S%fZ"
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_LINE_BREAKERS = ("Cc", "Zl", "Zp")  # Unicode's categories of controls, line and paragraph separators
_KEYS = {"topic_id", *CHANGES, "author", "time"}


@dataclass(frozen=True)
class Edit:
    """What one person changed of one topic at one time.

    Attributes
    ----------
    topic_id
        The topic.
    changes
        New values by name, of ``CHANGES``; None takes an earlier change back.
    author, time
        Who and when, in UTC.
    """

    topic_id: int
    changes: Mapping[str, Any]
    author: str
    time: str


@dataclass(frozen=True)
class EditFile:
    """The edits saved together, and the model whose topics they speak of."""

    path: str
    model_id: str
    edits: tuple[Edit, ...]


def new_path(written: datetime, last_path: Optional[str], token: Optional[str] = None) -> str:
    """Name a new file so that it sorts behind all others, even where the clock of another machine is ahead.

    Parameters
    ----------
    written
        The time, with its zone.
    last_path
        The newest file the writer has seen.
    token
        32 hexadecimal digits; random ones by default.
    """
    if last_path is not None:
        stamp = last_path.split("/")[-1].split("-")[0]
        last = datetime.strptime(stamp, _TIME_OF_NAME).replace(tzinfo=timezone.utc)
        written = max(written, last + timedelta(microseconds=1))
    return f"{FOLDER}/{written.astimezone(timezone.utc).strftime(_TIME_OF_NAME)}-{token or secrets.token_hex(16)}.json"


def time_of_edit(written: datetime) -> str:
    """Write a time as an edit holds it."""
    return written.astimezone(timezone.utc).strftime(_TIME)


def file_content(model_id: str, edits: Iterable[Edit]) -> bytes:
    """Write the content of a file."""
    entries = [{"topic_id": edit.topic_id, **edit.changes, "author": edit.author, "time": edit.time} for edit in edits]
    content = {"format_version": EDITS_FORMAT_VERSION, "model_id": model_id, "edits": entries}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8") + b"\n"


def parse_file(path: str, content: bytes) -> EditFile:
    """Read a file of the log.

    Parameters
    ----------
    path
        Its path in the model folder, with or without a leading slash.
    content
        What it holds.

    Raises
    ------
    DataError
        Where it is damaged, foreign or of a newer format.
    """
    path = path.lstrip("/")
    if not _NAME.fullmatch(path):
        raise DataError(f"The model folder holds {path}, which is no file of topic edits. Take it out of the folder.")
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(parsed, dict) or type(parsed.get("format_version")) is not int:
        raise _damaged(path, "it names no format_version")
    if parsed["format_version"] > EDITS_FORMAT_VERSION:
        raise DataError(
            f"The topic edits in {path} have format {parsed['format_version']}; this version reads up to format "
            f"{EDITS_FORMAT_VERSION}. Update the plugin."
        )
    entries, model_id = parsed.get("edits"), parsed.get("model_id")
    if not isinstance(entries, list) or not isinstance(model_id, str):
        raise _damaged(path, "it holds no list of edits, or does not name their model")
    for number, entry in enumerate(entries, 1):
        for fault in faults_of_entry(entry):
            raise _damaged(path, f"edit {number}: {fault}")
    return EditFile(path, model_id, tuple(parse_entry(entry) for entry in entries))


def faults_of_entry(entry: Any) -> list[str]:
    """Tell what is wrong with the JSON object of an edit, each fault as the end of a sentence."""
    if not isinstance(entry, dict):
        return ["must be a JSON object"]
    faults = [f"{name} is nothing an edit may hold" for name in sorted(set(entry) - _KEYS)]
    if type(entry.get("topic_id")) is not int:
        faults.append(f"topic_id must be a whole number. Got {_shown(entry.get('topic_id'))}")
    if not set(entry) & set(CHANGES):
        faults.append(f"must change one of {', '.join(CHANGES)}")
    faults += [fault for name in CHANGES if entry.get(name) is not None for fault in _faults_of(name, entry[name])]
    if not _is_text(entry.get("author")):
        faults.append(f"author must be a text. Got {_shown(entry.get('author'))}")
    if not _is_time(entry.get("time")):
        faults.append(f"time must be in UTC, as in 2026-01-31T12:00:00.000000Z. Got {_shown(entry.get('time'))}")
    return faults


def _faults_of(name: str, value: Any) -> list[str]:
    if name == MERGED_INTO and type(value) is not int:
        return [f"{name} must be the number of a topic. Got {_shown(value)}"]
    if name == HIDDEN and not isinstance(value, bool):
        return [f"{name} must be true or false. Got {_shown(value)}"]
    if name == LABEL and not (_is_text(value) and _is_line(value) and len(value) <= LONGEST_LABEL):
        return [f"{name} must be one line of at most {LONGEST_LABEL} characters. Got {_shown(value)}"]
    if name == NOTE and not (_is_text(value) and len(value) <= LONGEST_NOTE):
        return [f"{name} must be a text of at most {LONGEST_NOTE:,} characters. Got {_shown(value)}"]
    return []


def _is_text(value: Any) -> bool:
    """Tell whether a value is a text that can be written: halves of characters cannot."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_line(value: str) -> bool:
    """Tell whether a text is a line that shows something; joiners within emoji and Persian words are allowed."""
    return bool(value.strip()) and not any(unicodedata.category(char) in _LINE_BREAKERS for char in value)


def _is_time(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        datetime.strptime(value, _TIME)
    except ValueError:
        return False
    return True


def parse_entry(entry: Mapping[str, Any]) -> Edit:
    """Read the JSON object of an edit that has no fault."""
    changes = {name: entry[name] for name in CHANGES if name in entry}
    if changes.get(LABEL) is not None:
        changes[LABEL] = changes[LABEL].strip()
    return Edit(entry["topic_id"], changes, entry["author"], entry["time"])


def _damaged(path: str, reason: str) -> DataError:
    return DataError(
        f"The topic edits in {path} of the model folder are damaged ({reason}). Take the file out of the folder, or "
        "switch 'Apply the edits made in the webapp' off."
    )


def _shown(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 80 else text[:77] + "..."
