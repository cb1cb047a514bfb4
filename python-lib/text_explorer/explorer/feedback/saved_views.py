"""Named views of the page, kept below ``views/`` of the model folder, with who saved them when and a note.

Each saving, renaming and deletion is a file of its own, so two people never overwrite each other: a view's newest name
and note apply, and a deleted view stays deleted.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from text_explorer.explorer.feedback.signed_entries import SignedLog, given_text, parse_signed_entry, writable
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.files.append_only_log import VIEWS, utc_now
from text_explorer.topics.files.checked_json import one_line, several_lines, shown

NO_FOLDER = "There is no model folder to save views in. Select 'Model' in the settings of this webapp."
MOST_VIEWS = 500
LONGEST_NAME, LONGEST_NOTE, LONGEST_ADDRESS = 100, 1_000, 8_000
_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_ADDRESS = re.compile(r"#[!-~]*", re.ASCII)
_PARTS = ("name", "note", "address")
_GONE = "This view was deleted, or never saved. Load the page again."


@dataclass(frozen=True)
class SavedView:
    """A view: its address after "#", its name and note, who saved it when, and for which model."""

    id: str
    name: str
    note: str
    address: str
    author: str
    time: str
    model_id: str


@dataclass(frozen=True)
class ViewEvent:
    """One saving, change or deletion of a view; a part of None stays as it is."""

    id: str
    parts: Mapping[str, str]
    deleted: bool
    author: str
    time: str
    model_id: str


class SavedViewLog(SignedLog[ViewEvent]):
    """The views in a source's model folder; threads may share it."""

    folder = VIEWS

    def __init__(self, source: Source, writing: WriteLock, clock: Callable[[], datetime] = utc_now):
        super().__init__(source, writing, parse_event, clock)

    def views(self) -> tuple[list[SavedView], tuple[str, ...]]:
        """Return the views, the newest first, and a sentence for each file that could not be read."""
        events, warnings = self._read()
        views: dict[str, SavedView] = {}
        deleted = {event.id for event in events if event.deleted}
        for event in events:
            if event.id in views:
                views[event.id] = replace(views[event.id], **_without_address(event.parts))
            elif event.id not in deleted and {"name", "address"} <= event.parts.keys():
                parts = {"note": "", **event.parts}
                views[event.id] = SavedView(
                    id=event.id, author=event.author, time=event.time, model_id=event.model_id, **parts
                )
        return list(views.values())[::-1], warnings

    def change(self, request: Mapping[str, Any], model_id: str, author: Visitor) -> None:
        """Add to the log what a page sends: ``name``, ``note`` and ``address``; or ``id`` and what changes of it.

        Raises
        ------
        BadRequestError
            With the fault of the request.
        BusyError
            Where DSS is still storing what somebody else wrote.
        DataError
            Where the folder cannot be read or written.
        """
        event = _requested(request)
        with self._writing.held():
            known = {view.id for view in self.views()[0]}
            if "id" in event and event["id"] not in known:
                raise BadRequestError(_GONE)
            if "id" not in event and len(known) >= MOST_VIEWS:
                raise BadRequestError(f"At most {MOST_VIEWS} views can be saved. Delete some first.")
            self._add({"id": secrets.token_hex(8), **event}, model_id, author)


def saved_views_answer(source: Source, log: SavedViewLog, visitor: Visitor | None, model_id: str) -> dict[str, Any]:
    """Return the views as the page lists them, and whether the visitor may change them."""
    views, warnings = log.views()
    names = ("id", "name", "note", "address", "author", "time")
    return {
        "views": [
            {**{name: getattr(view, name) for name in names}, "is_of_this_model": view.model_id == model_id}
            for view in views
        ],
        "writable": writable(source, visitor, NO_FOLDER),
        "warnings": list(warnings),
    }


def parse_event(path: str, content: bytes) -> ViewEvent:
    """Parse a file of the log; one that is damaged or of a newer format is a ``DataError``."""
    event, author, time, model_id = parse_signed_entry(path, content, _event)
    parts = {name: event[name] for name in _PARTS if name in event}
    return ViewEvent(event["id"], parts, event.get("deleted", False), author, time, model_id)


def _requested(request: Mapping[str, Any]) -> dict[str, Any]:
    """Check what a page sends; a new view has no id yet, and needs a name and an address."""
    if request.get("id") is not None:
        return _event(request)
    missing = next((name for name in ("name", "address") if request.get(name) is None), None)
    if missing is not None or request.get("deleted"):
        raise BadRequestError("A view to save needs 'name' and 'address'; one to change or delete needs 'id'.")
    event = _event({**request, "id": "0" * 16})
    del event["id"]
    return event


def _event(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of an event that are there, checked."""
    view_id, deleted = given.get("id"), given.get("deleted", False)
    if not isinstance(view_id, str) or not _ID.fullmatch(view_id):
        raise BadRequestError(f"'id' must be the id of a saved view. Got {shown(view_id)}.")
    if not isinstance(deleted, bool):
        raise BadRequestError(f"'deleted' must be true or false. Got {shown(deleted)}.")
    if deleted:
        return {"id": view_id, "deleted": True}
    parts = {name: _CHECKS[name](given[name]) for name in _PARTS if given.get(name) is not None}
    if not parts:
        raise BadRequestError("There is nothing to change of this view. Send a 'name', a 'note' or 'deleted'.")
    return {"id": view_id, **parts}


def _without_address(parts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in parts.items() if name != "address"}


def _name(given: object) -> str:
    name = one_line(given_text("name of a view", given, LONGEST_NAME))
    if not name:
        raise BadRequestError("The name of a view must not be empty.")
    return name


def _note(given: object) -> str:
    return several_lines(given_text("note of a view", given, LONGEST_NOTE)).strip()


def _address(given: object) -> str:
    address = given_text("address of a view", given, LONGEST_ADDRESS)
    if not _ADDRESS.fullmatch(address):
        raise BadRequestError(f"'address' must begin with # and have no blanks. Got {shown(address)}.")
    return address


_CHECKS: dict[str, Callable[[object], str]] = {"name": _name, "note": _note, "address": _address}
