"""The logs people write into a model folder: files that are only ever added, read in the order of their names.

Topic edits, stop words, answers of the review, saved views, changes of the story and refused labels are such logs.
Names begin with the time and end with a random token, so that two writers never take the same one. A new file is named
later than all that are there, even where the clock of another machine was ahead: what somebody saves after seeing a
file always comes after it.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Generic, Optional, Protocol, TypeVar

from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import parse_object

Entry = TypeVar("Entry")

FORMAT_VERSION = 1
EDITS, STOP_WORDS, REVIEW, VIEWS, STORY, LABELS = "edits", "stop_words", "review", "views", "story", "labels"
_HELD = {
    EDITS: "topic edits", STOP_WORDS: "stop words", REVIEW: "answers", VIEWS: "saved views",
    STORY: "changes of the story", LABELS: "refused labels",
}  # fmt: skip

LARGEST_FILE = 24 * 2**20
"""Bytes: the most edits that are saved at once, each with the longest note, in a script of four bytes a character."""
MOST_BYTES = 256 * 2**20
"""Bytes of all files of a log."""
MOST_FILES = 20_000
MOST_ENTRIES = 10_000
"""Entries of one file; the webapp saves at most 1,000 at once."""

_MOST_WARNINGS = 20

_NAME = re.compile(r"(\d{8}T\d{12}Z)-[0-9a-f]{32}\.json", re.ASCII)
_TIME_OF_NAME = "%Y%m%dT%H%M%S%fZ"
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_FIRST_YEAR, _LAST_YEAR = 1970, 9998
"""Of names; a later file must have a later name."""
_LAST_YEAR_OF_ENTRIES = 2200
"""pandas keeps times up to 2262."""


class LogFolder(Protocol):
    """The folder a log is kept in."""

    def model_paths(self, prefix: str) -> Sequence[str]:
        """Return the paths that begin so, in any order."""

    def model_file(self, path: str) -> Optional[bytes]:
        """Return a file, None where it is missing."""

    def add_model_file(self, path: str, content: bytes) -> None:
        """Add a file."""


class AppendOnlyLog(Generic[Entry]):
    """A log, of which each file is read once in the life of a process.

    A file that cannot be read is reported, skipped and read again the next time: it may have been half written. One
    thread at a time may read it, and one may add to it. `last_path` is the last file when the folder was last looked
    at.

    Parameters
    ----------
    name
        Folder of the log inside the model folder.
    parse
        Parses the content of a path, or raises ``DataError``.
    """

    def __init__(self, folder: LogFolder, name: str, parse: Callable[[str, bytes], Entry]):
        self._folder = folder
        self._name = name
        self._parse = parse
        self._entries: dict[str, Entry] = {}
        self._n_bytes = 0
        self.last_path: Optional[str] = None

    def read(self) -> tuple[dict[str, Entry], tuple[str, ...]]:
        """Read the files that are new; return the entries of all by path, in the order of the paths.

        The second value has a sentence for each file that could not be read, of very many for the first ones. A log of
        too many files, or too long ones, raises ``DataError``.
        """
        entries, warnings = {}, []
        for path in self._paths():
            if path in self._entries:
                entries[path] = self._entries[path]
                continue
            try:
                check_path(path)
                content = self._folder.model_file(path)
                if content is not None:  # removed since the paths were listed
                    entries[path] = self._parse(path, content)
            except DataError as fault:
                warnings.append(str(fault))
            else:
                self._count(content or b"")
        self._entries = entries
        return dict(entries), _first(warnings, self._name)

    def _count(self, content: bytes) -> None:
        self._n_bytes += len(content)
        if self._n_bytes > MOST_BYTES:
            self._entries, self._n_bytes = {}, 0
            raise DataError(
                f"The files in {self._name}/ of the model folder are together larger than {MOST_BYTES // 2**20} MB. "
                "Remove the largest ones from the folder."
            )

    def add(self, entry: Mapping[str, Any], written: datetime) -> None:
        """Add a file that comes after all that are there now, those that cannot be read included."""
        content = to_bytes({**entry, "time": write_time(written)})
        path = new_path(self._name, written, last_of(self._paths()))
        self._parse(path, content)
        self._folder.add_model_file(path, content)

    def _paths(self) -> list[str]:
        """Return all paths in their order, and note the last one, be its file readable or not."""
        paths = sorted(path.lstrip("/") for path in self._folder.model_paths(f"{self._name}/"))
        check_number(self._name, len(paths))
        self.last_path = last_of(paths)
        return paths


def _first(warnings: Sequence[str], name: str) -> tuple[str, ...]:
    more = len(warnings) - _MOST_WARNINGS
    if more <= 0:
        return tuple(warnings)
    return (*warnings[:_MOST_WARNINGS], f"{more:,} more files in {name}/ of the model folder cannot be read.")


def new_path(name: str, written: datetime, last_path: Optional[str], token: Optional[str] = None) -> str:
    """Return the name of a new file that sorts after all others, even where the clock of another machine was ahead.

    `written` has its zone; `token` is 32 hexadecimal digits, random ones by default.
    """
    last = None if last_path is None else _time_of(last_path)
    if last is not None:
        written = max(written, last + timedelta(microseconds=1))
    return f"{name}/{written.astimezone(timezone.utc).strftime(_TIME_OF_NAME)}-{token or secrets.token_hex(16)}.json"


def last_of(paths: Iterable[str]) -> Optional[str]:
    """Return the last of the paths that are those of a log; foreign files do not count."""
    return max((path for path in paths if _time_of(path) is not None), default=None)


def _time_of(path: str) -> Optional[datetime]:
    """Return the time a path names, None where it is no path of a log."""
    found = _NAME.fullmatch(path.split("/", 1)[-1])
    try:
        time = datetime.strptime(found[1], _TIME_OF_NAME).replace(tzinfo=timezone.utc) if found else None
    except ValueError:
        return None
    return time if time is not None and _FIRST_YEAR <= time.year <= _LAST_YEAR else None


def check_path(path: str) -> None:
    """Refuse, by ``DataError``, a file whose name is not one of a log."""
    if _time_of(path) is None:
        raise DataError(f"The model folder holds {_shown_path(path)}, which is not a file of {_held(path)}. Remove it.")


def check_number(name: str, n_files: int) -> None:
    """Refuse, by ``DataError``, a log of too many files."""
    if n_files > MOST_FILES:
        raise DataError(
            f"The model folder holds {n_files:,} files in {name}/; at most {MOST_FILES:,} can be read. Remove the "
            "oldest from the folder."
        )


def parse_entry_file(path: str, content: bytes) -> dict[str, Any]:
    """Parse what a file of a log holds; raise ``DataError`` where it is damaged or of a newer format."""
    entry = parse_object(content, lambda reason: damaged(path, reason), most_bytes=LARGEST_FILE)
    version = entry.get("format_version")
    if type(version) is not int or version < 1:
        raise damaged(path, "it has no format_version")
    if version > FORMAT_VERSION:
        raise DataError(
            f"The {_held(path)} in {path} have format {version}; this version reads up to format "
            f"{FORMAT_VERSION}. Update the plugin."
        )
    return entry


def to_bytes(entry: Mapping[str, Any]) -> bytes:
    """Write what a file of a log holds, as readable JSON with the number of its format."""
    text = json.dumps({"format_version": FORMAT_VERSION, **entry}, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8") + b"\n"


def damaged(path: str, reason: str) -> DataError:
    """Build the error of a file of a log that cannot be used."""
    remedy = ", or switch 'Apply webapp edits' off" if path.startswith(f"{EDITS}/") else ""
    return DataError(
        f"The {_held(path)} in {_shown_path(path)} of the model folder are damaged ({reason}). Remove the file from "
        f"the folder{remedy}."
    )


def _held(path: str) -> str:
    return _HELD.get(path.split("/", 1)[0], "contents")


def _shown_path(path: str) -> str:
    return path if path.isprintable() and len(path) <= 200 else ascii(path[:200])


def write_time(written: datetime) -> str:
    """Write a time as an entry holds it, in UTC."""
    return written.astimezone(timezone.utc).strftime(_TIME)


def utc_now() -> datetime:
    """Return the time with its zone."""
    return datetime.now(timezone.utc)


def read_time(time: Any) -> Optional[datetime]:
    """Read the time of an entry, None where it is none."""
    try:
        read = datetime.strptime(time, _TIME).replace(tzinfo=timezone.utc)
    except (TypeError, ValueError):
        return None
    return read if _FIRST_YEAR <= read.year <= _LAST_YEAR_OF_ENTRIES else None
