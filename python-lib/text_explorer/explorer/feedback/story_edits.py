"""What readers make of the story: its order, hidden findings and comments, kept below ``story/`` of the model folder.

Each change is a file of its own, so two people never overwrite each other's comments; of order and hiding, the newest
applies. Changes belong to the model they were made for: after a new training, the story begins without them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from text_explorer.explorer.feedback.signed_entries import SignedLog, given_text, parse_signed_entry, writable
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.files.append_only_log import STORY, utc_now
from text_explorer.topics.files.checked_json import one_line, several_lines, shown

NO_FOLDER = "There is no model folder to keep the story in. Select 'Model' in the settings of this webapp."
MOST_FINDINGS, MOST_COMMENTS = 100, 1_000
LONGEST_COMMENT, LONGEST_SENTENCE = 2_000, 2_000
_FINDING = re.compile(r"[a-z_]{1,30}(:\d{1,9})?", re.ASCII)
_COMMENT_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_CHANGES = "A change of the story is an 'order', a 'finding' with 'hidden' or 'comment', or 'delete', a comment's id."


@dataclass(frozen=True)
class StoryChange:
    """One change: a new order, a finding hidden or shown, a comment added or deleted."""

    change: Mapping[str, Any]
    author: str
    time: str
    model_id: str


@dataclass
class StoryEdits:
    """The state of the story: ids of findings in order, those that are hidden, and comments, oldest first."""

    order: list[str] = field(default_factory=list)
    hidden: dict[str, None] = field(default_factory=dict)
    comments: dict[str, dict[str, str]] = field(default_factory=dict)

    def apply(self, change: StoryChange) -> None:
        """Apply a change; what it says of a comment that is not there is without effect."""
        what = change.change
        if "order" in what:
            self.order = what["order"]
        elif "hidden" in what:
            self.hidden.pop(what["finding"], None)
            if what["hidden"]:
                self.hidden[what["finding"]] = None
        elif "comment" in what:
            parts = {"finding": what["finding"], "text": what["comment"], "about": what["about"]}
            self.comments[what["id"]] = {"id": what["id"], **parts, "author": change.author, "time": change.time}
        else:
            self.comments.pop(what["delete"], None)


class StoryLog(SignedLog[StoryChange]):
    """The changes in a source's model folder; threads may share it."""

    folder = STORY

    def __init__(self, source: Source, writing: WriteLock, clock: Callable[[], datetime] = utc_now):
        super().__init__(source, writing, parse_change, clock)

    def edits(self, model_id: str) -> tuple[StoryEdits, tuple[str, ...]]:
        """Return the story of a model, and a sentence for each file that could not be read."""
        changes, warnings = self._read()
        edits = StoryEdits()
        for change in changes:
            if change.model_id == model_id:
                edits.apply(change)
        return edits, warnings

    def change(self, request: Mapping[str, Any], model_id: str, author: Visitor) -> None:
        """Add to the log what a page sends: one of the changes of `StoryChange`.

        Raises
        ------
        BadRequestError
            With the fault of the request.
        BusyError
            Where DSS is still storing what somebody else wrote.
        DataError
            Where the folder cannot be read or written.
        """
        change = _checked({**request, "id": secrets.token_hex(8)})
        with self._writing.held():
            comments = self.edits(model_id)[0].comments
            if "comment" in change and len(comments) >= MOST_COMMENTS:
                raise BadRequestError(f"A story can have at most {MOST_COMMENTS:,} comments. Delete some first.")
            if "delete" in change and change["delete"] not in comments:
                raise BadRequestError("This comment was deleted, or never saved. Load the page again.")
            self._add(change, model_id, author)


def story_edits_answer(source: Source, log: StoryLog, visitor: Visitor | None, model_id: str) -> dict[str, Any]:
    """Return the readers' changes as the page applies them, and whether the visitor may make any."""
    edits, warnings = log.edits(model_id)
    return {
        "order": edits.order,
        "hidden": list(edits.hidden),
        "comments": list(edits.comments.values()),
        "writable": writable(source, visitor, NO_FOLDER),
        "warnings": list(warnings),
    }


def parse_change(path: str, content: bytes) -> StoryChange:
    """Parse a file of the log; one that is damaged or of a newer format is a ``DataError``."""
    return StoryChange(*parse_signed_entry(path, content, _checked))


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a change, checked."""
    kinds = [name for name in ("order", "hidden", "comment", "delete") if given.get(name) is not None]
    if len(kinds) != 1:
        raise BadRequestError(_CHANGES)
    return _KINDS[kinds[0]](given)


def _order(given: Mapping[str, Any]) -> dict[str, Any]:
    order = given["order"]
    if not isinstance(order, list) or len(order) > MOST_FINDINGS:
        raise BadRequestError(f"'order' must be a list of at most {MOST_FINDINGS} findings.")
    return {"order": list(dict.fromkeys(map(_finding, order)))}


def _hidden(given: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(given["hidden"], bool):
        raise BadRequestError(f"'hidden' must be true or false. Got {shown(given['hidden'])}.")
    return {"finding": _finding(given.get("finding")), "hidden": given["hidden"]}


def _comment(given: Mapping[str, Any]) -> dict[str, Any]:
    text = several_lines(given_text("comment", given["comment"], LONGEST_COMMENT)).strip()
    if not text:
        raise BadRequestError("A comment must not be empty.")
    about = one_line(given_text("sentence", given.get("about", ""), LONGEST_SENTENCE))
    return {"id": _id(given.get("id")), "finding": _finding(given.get("finding")), "comment": text, "about": about}


def _delete(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"delete": _id(given["delete"])}


def _finding(given: object) -> str:
    if not isinstance(given, str) or not _FINDING.fullmatch(given):
        raise BadRequestError(f"A finding must be named by its id, such as 'rising' or 'group:0'. Got {shown(given)}.")
    return given


def _id(given: object) -> str:
    if not isinstance(given, str) or not _COMMENT_ID.fullmatch(given):
        raise BadRequestError(f"A comment must be named by its id. Got {shown(given)}.")
    return given


_KINDS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "order": _order, "hidden": _hidden, "comment": _comment, "delete": _delete,
}  # fmt: skip
