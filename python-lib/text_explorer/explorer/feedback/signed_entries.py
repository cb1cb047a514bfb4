"""Logs of what readers save: entries with who wrote them when, of which model, and who may write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.edits.edit_files import is_author, is_model_id
from text_explorer.topics.files.append_only_log import AppendOnlyLog, damaged, parse_entry_file, read_time, utc_now
from text_explorer.topics.files.checked_json import is_text, one_line

Entry = TypeVar("Entry")


class SignedLog(Generic[Entry]):
    """The entries of a log in a source's model folder; threads may share it.

    Parameters
    ----------
    parse
        Parses the content of a path, or raises ``DataError``.
    """

    folder: ClassVar[str]  # inside the model folder

    def __init__(
        self,
        source: Source,
        writing: WriteLock,
        parse: Callable[[str, bytes], Entry],
        clock: Callable[[], datetime] = utc_now,
    ):
        self._log = AppendOnlyLog(source, self.folder, parse)
        self._files = Remembered(self._log.read, 0)
        self._writing = writing
        self._clock = clock

    def _read(self) -> tuple[list[Entry], tuple[str, ...]]:
        """Return the entries, the oldest first, and a sentence for each file that could not be read."""
        files, warnings = self._files.get(fresh=True)
        return list(files.values()), warnings

    def _add(self, content: Mapping[str, Any], model_id: str, author: Visitor) -> None:
        """Add an entry; the lock must be held."""
        self._log.add({"author": author.login, "model_id": model_id, **content}, self._clock())


class SignedEntry(NamedTuple):
    """A checked entry of a log."""

    content: dict[str, Any]
    author: str
    time: str
    model_id: str


def parse_signed_entry(
    path: str, content: bytes, check: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> SignedEntry:  # fmt: skip
    """Parse a file of a log; one that is damaged or of a newer format is a ``DataError``.

    ``check`` returns the content of the entry, or raises `BadRequestError` as it does for a request.
    """
    entry = parse_entry_file(path, content)
    author, time, model_id = (entry.get(name, "") for name in ("author", "time", "model_id"))
    if not is_author(author) or read_time(time) is None or not (model_id == "" or is_model_id(model_id)):
        raise damaged(path, "author must be a text, time a time in UTC and model_id a text")
    try:
        checked = check(entry)
    except BadRequestError as error:
        raise damaged(path, str(error).rstrip(".")) from error
    return SignedEntry(checked, one_line(author), time, model_id)


def given_text(name: str, given: object, longest: int) -> str:
    """Return a text that a page sends; ``name`` is what the sentence of a `BadRequestError` calls it."""
    if not isinstance(given, str) or not is_text(given) or len(given) > longest:
        raise BadRequestError(f"The {name} must be a text of at most {longest:,} characters.")
    return given


def writable(source: Source, visitor: Visitor | None, no_folder: str) -> dict[str, Any]:
    """Return whether a visitor may add to a log, and why not; ``no_folder`` is the reason without a model folder."""
    reason = no_folder if source.manifest() is None else NOT_SIGNED_IN if visitor is None else None
    return {"on": reason is None, "reason": reason}
