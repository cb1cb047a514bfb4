"""Entries of the logs of views and of the story: who wrote them when, of which model, and who may write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, Source, Visitor
from text_explorer.topics.edits.edit_files import is_author, is_model_id
from text_explorer.topics.files.append_only_log import damaged, parse_entry_file, read_time
from text_explorer.topics.files.checked_json import is_text, one_line


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
