"""Labels that a language model suggests, and those that people refused, kept below ``labels/`` of the model folder.

An accepted label is a rename like any other, so that it is in the edits. A refused one is refused for its topic and
model: another label, suggested by a later run, is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from text_explorer.explorer.feedback.signed_entries import SignedLog, parse_signed_entry, writable
from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.explorer.shared.cells import MOST_TOPICS
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.edits.splits import is_label
from text_explorer.topics.files.append_only_log import LABELS, utc_now
from text_explorer.topics.files.checked_json import shown

NO_FOLDER = "There is no model folder to save decisions in. Select 'Model' in the settings of this webapp."
NO_LABELS = "No labels are suggested. Run 'Label topics', and select 'Topic labels' in the settings of this webapp."


@dataclass(frozen=True)
class LabelDecision:
    """A label that was refused for a topic, or is no longer refused."""

    topic: int
    label: str
    is_refused: bool
    model_id: str


class RefusedLabelLog(SignedLog[LabelDecision]):
    """The decisions in a source's model folder; threads may share it."""

    folder = LABELS

    def __init__(self, source: Source, writing: WriteLock, clock: Callable[[], datetime] = utc_now):
        super().__init__(source, writing, parse_decision, clock)

    def refused(self, model_id: str) -> tuple[set[tuple[int, str]], tuple[str, ...]]:
        """Return topic and label of what is refused, and a sentence for each file that could not be read."""
        decisions, warnings = self._read()
        refused: set[tuple[int, str]] = set()
        for decision in decisions:
            if decision.model_id == model_id:
                change = refused.add if decision.is_refused else refused.discard
                change((decision.topic, decision.label))
        return refused, warnings

    def decide(self, request: Mapping[str, Any], model_id: str, author: Visitor) -> None:
        """Add to the log what a page sends: ``topic``, ``label`` and whether it is ``refused``.

        Raises
        ------
        BadRequestError
            With the fault of the request.
        BusyError
            Where DSS is still storing what somebody else wrote.
        DataError
            Where the folder cannot be read or written.
        """
        decision = _checked(request)
        with self._writing.held():
            self._add(decision, model_id, author)


def stored_suggestions(index: IndexReader) -> list[dict[str, Any]]:
    """Return the suggestions of the dataset."""
    found: list[dict[str, Any]] = read_report(index.connection, "label_suggestions").get("suggestions") or []
    return found


def why_no_suggestions(index: IndexReader) -> str | None:
    """Return the sentence on why there are no suggestions, None where there are some."""
    report = read_report(index.connection, "label_suggestions")
    return None if report.get("suggestions") else " ".join(report.get("notes") or []) or NO_LABELS


def label_suggestions_answer(
    source: Source,
    log: RefusedLabelLog,
    visitor: Visitor | None,
    model_id: str,
    suggestions: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return the suggestions, each with whether it is ``refused``, and whether the visitor may refuse any."""
    refused, warnings = log.refused(model_id)
    return {
        "suggestions": [{**each, "refused": (each["topic"], each["label"]) in refused} for each in suggestions],
        "writable": writable(source, visitor, NO_FOLDER),
        "warnings": list(warnings),
    }


def parse_decision(path: str, content: bytes) -> LabelDecision:
    """Parse a file of the log; one that is damaged or of a newer format is a ``DataError``."""
    decision, _, _, model_id = parse_signed_entry(path, content, _checked)
    return LabelDecision(decision["topic"], decision["label"], decision["refused"], model_id)


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    topic, label, refused = (given.get(name) for name in ("topic", "label", "refused"))
    if type(topic) is not int or not 0 <= topic < MOST_TOPICS:
        raise BadRequestError(f"'topic' must be the number of a topic. Got {shown(topic)}.")
    if not is_label(label):
        raise BadRequestError(f"'label' must be the label that is suggested. Got {shown(label)}.")
    if not isinstance(refused, bool):
        raise BadRequestError(f"'refused' must be true or false. Got {shown(refused)}.")
    return {"topic": topic, "label": label, "refused": refused}
