"""A log in a folder of the model folder to which files are added and of which none is ever changed.

So each file is read once in the life of a process. One that cannot be read is told and passed over, and looked at again
the next time: it may have been half written.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any, Generic, TypeVar

from text_explorer.errors import DataError
from text_explorer.explorer.source import Source

Entry = TypeVar("Entry")

FORMAT_VERSION = 1


class GrowingLog(Generic[Entry]):
    """The files of a log, read as they are added.

    Not made for several threads at once: who shares one holds a lock.

    Parameters
    ----------
    source
        Where the model folder is.
    folder
        Folder of the log inside the model folder.
    parse
        Reads the content of a path, or raises ``DataError``.
    """

    def __init__(self, source: Source, folder: str, parse: Callable[[str, bytes], Entry]):
        self._source = source
        self._prefix = f"{folder}/"
        self._parse = parse
        self._entries: dict[str, Entry] = {}

    def read(self) -> tuple[dict[str, Entry], tuple[str, ...]]:
        """Read the files that are new.

        Returns
        -------
        entries
            What each file holds, by path, in the order of the paths.
        warnings
            A sentence for each file that could not be read.
        """
        entries, warnings = {}, []
        for path in self._source.model_paths(self._prefix):
            if path in self._entries:
                entries[path] = self._entries[path]
                continue
            try:
                content = self._source.model_file(path)
                if content is not None:  # taken away since the paths were told
                    entries[path] = self._parse(path, content)
            except DataError as fault:
                warnings.append(str(fault))
        self._entries = entries
        return dict(entries), tuple(warnings)


def new_log_path(folder: str) -> str:
    """Name a new file of a log by its time, so that names sort by it, and so that no two writers take the same."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%fZ")
    return f"{folder}/{stamp}-{secrets.token_hex(16)}.json"


def log_content(entry: Mapping[str, Any]) -> bytes:
    """Write what a file of a log holds, as readable JSON with the number of its format."""
    text = json.dumps({"format_version": FORMAT_VERSION, **entry}, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8") + b"\n"


def parse_log_content(path: str, content: bytes) -> dict[str, Any]:
    """Read what a file of a log holds.

    Raises
    ------
    DataError
        Where it is damaged or of a newer format.
    """
    try:
        entry = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(entry, dict) or type(entry.get("format_version")) is not int:
        raise damaged(path)
    if entry["format_version"] > FORMAT_VERSION:
        raise DataError(f"The file {path} of the model folder is of a newer version of the plugin. Update the plugin.")
    return entry


def damaged(path: str) -> DataError:
    """Say that a file of a log cannot be used."""
    return DataError(f"The file {path} of the model folder is damaged or foreign, and is passed over. Take it out.")
