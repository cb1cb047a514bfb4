"""Validate and save topic edits; detect conflicting edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.edits.log import OTHER_RUN, AppliedEdits, EditLogReader, FoundEdits
from text_explorer.explorer.edits.versions import Version, is_of_model, parse_version, unseen_paths
from text_explorer.explorer.shared.current_edits import NO_VERSION
from text_explorer.explorer.shared.errors import BadRequestError, ForbiddenError
from text_explorer.explorer.shared.source import EDITS, NOT_SIGNED_IN, Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.edits.columns import EDITS as EDIT_COLUMNS
from text_explorer.topics.edits.columns import edit_rows
from text_explorer.topics.edits.edit_files import CHANGES, DOCUMENTS, HIDDEN, MERGED_INTO, SPLIT, Edit, changes_json
from text_explorer.topics.edits.edit_log import edit_history, new_edit_file
from text_explorer.topics.edits.splits import Split

MOST_CHANGES = 1_000
MOST_FAULTS = 5
_ALLOWED = {"topic_id", *CHANGES}


class EditConflictError(ValueError):
    """The same topics were changed elsewhere since the page was loaded."""

    status_code = 409

    def __init__(self, sentence: str, conflicts: Sequence[Edit], version: str):
        super().__init__(sentence)
        self.conflicts = [edit_json(edit) for edit in conflicts]
        self.version = version


def edit_json(edit: Edit) -> dict[str, Any]:
    """Return an edit as the page shows it."""
    changes = changes_json(edit.changes)
    if changes.get(SPLIT) is not None:
        changes[SPLIT] = split_json(edit.changes[SPLIT])
    return {"topic_id": edit.topic_id, "changes": changes, "author": edit.author, "time": edit.time}


def split_json(split: Split) -> dict[str, Any]:
    """Return a split as the page shows it, without its words."""
    return {"parts": [{"topic_id": part.topic_id, "label": part.label} for part in split.parts]}


def why_not_writable(applied: AppliedEdits, visitor: Visitor | None) -> str | None:
    """Return a sentence on why a visitor cannot write edits, None where they can."""
    if applied.found.reason is not None:
        return applied.found.reason
    if applied.current.version == NO_VERSION:
        return OTHER_RUN
    return NOT_SIGNED_IN if visitor is None else None


def save_edits(
    source: Source, reader: EditLogReader, lock: WriteLock, request: Mapping[str, Any], author: Visitor
) -> dict[str, Any]:
    """Add what a page sends to the log, and write the dataset of edits where there is one.

    Parameters
    ----------
    source, reader, lock
        Where the model folder and the dataset are; reads the log before and after; held meanwhile.
    request
        ``seen``, the version of the edits the page has shown, and ``changes``, an object for each topic changed.
    author
        Who sends it.

    Returns
    -------
    dict
        The new ``version``, the number of edits ``written``, the ``dataset`` written (None where there is none, or it
        could not be: then ``dataset_error`` has the reason), and ``warnings`` on edits that came between.

    Raises
    ------
    BadRequestError
        With the faults of the request.
    EditConflictError
        When one of the topics was changed since, by another person or on another page of the same one.
    DataError
        When the folder cannot be written.
    """
    seen, changes = parse_version(request.get("seen")), _changes(request.get("changes"))
    with lock.held():
        found = reader.found(fresh=True)
        _check_seen(found, seen, changes, author)
        path, content = _new_file(changes, found, author)
        source.add_model_file(path, content)
        lock.tell_others()
        saved = reader.found(fresh=True)
        if saved.reason is not None:
            raise DataError(f"The edits were saved, but they could not be read back. {saved.reason}")
        if path not in saved.files:
            raise DataError("The edits were not found in the model folder after they were saved. Save them again.")
        dataset, fault = write_edits_dataset(source, saved)
    # Another machine holds no lock of ours: what it saved at the same moment becomes a warning, as it cannot be undone.
    overlaps = _conflicts(saved, set(saved.files) - set(found.files) - {path}, changes)
    return {
        "version": saved.version,
        "written": len(changes),
        "dataset": dataset,
        "dataset_error": fault,
        "warnings": [_sentence_of_conflicts(overlaps, author)] if overlaps else [],
    }


def _check_seen(found: FoundEdits, seen: Version, changes: Sequence[Mapping[str, Any]], author: Visitor) -> None:
    """Refuse edits of topics that were retrained or edited by others since the page was loaded."""
    if found.reason is not None:
        raise ForbiddenError(found.reason)
    if not is_of_model(seen, found.log.model_id):
        raise EditConflictError(
            "The model was retrained since this page was loaded, so your edits belong to other topics and were not "
            "saved. Load the page again.", [], found.version,
        )  # fmt: skip
    conflicts = _conflicts(found, unseen_paths(seen, found.files), changes)
    if conflicts:
        raise EditConflictError(_sentence_of_conflicts(conflicts, author), conflicts, found.version)


def write_edits_dataset(source: Source, found: FoundEdits) -> tuple[dict[str, Any] | None, str | None]:
    """Write the whole history into the dataset of edits, where one is set; return a fault instead of raising it."""
    name = source.dataset_name(EDITS)
    if name is None:
        return None, None
    history = edit_history(found.log.edits, len(found.trained_labels), len(found.super_labels))
    rows = edit_rows(history, found.trained_labels)
    try:
        source.write_table(EDITS, EDIT_COLUMNS, rows)
    except (DataError, SettingsError) as fault:
        return None, f"The edits are saved in the model folder, but not in the dataset. {fault}"
    return {"name": name, "rows": len(rows)}, None


def _changes(given: object) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not given or not all(isinstance(change, dict) for change in given):
        raise BadRequestError("'changes' must be a list of one object or more, one for each topic that was edited.")
    if len(given) > MOST_CHANGES:
        raise BadRequestError(f"At most {MOST_CHANGES:,} edits can be saved at once. Got {len(given):,}.")
    for change in given:
        unknown = sorted(set(change) - _ALLOWED)
        if unknown:
            raise BadRequestError(f"An edit can have {', '.join(sorted(_ALLOWED))}. Got '{unknown[0][:40]}'.")
    return given


def _new_file(changes: Sequence[dict[str, Any]], found: FoundEdits, author: Visitor) -> tuple[str, bytes]:
    try:
        n_topics, n_super_topics = len(found.trained_labels), len(found.super_labels)
        written = datetime.now(timezone.utc)
        return new_edit_file(changes, found.log, n_topics, n_super_topics, author=author.login, written=written)
    except SettingsError as fault:
        raise BadRequestError(" ".join(fault.faults[:MOST_FAULTS])) from fault


def _conflicts(found: FoundEdits, paths: Iterable[str], changes: Sequence[Mapping[str, Any]]) -> list[Edit]:
    """Find the edits in some files that changed the same topics, or what topics are merged into."""
    topics = {change["topic_id"] for change in changes if type(change.get("topic_id")) is int}
    targets = {change[MERGED_INTO] for change in changes if type(change.get(MERGED_INTO)) is int}
    # A split taken back takes the edits of its sub-topics back.
    split = {change["topic_id"] for change in changes if SPLIT in change and type(change.get("topic_id")) is int}
    made = (edit for edit in found.log.edits if edit.topic_id in split and edit.changes.get(SPLIT))
    topics |= {part for edit in made for part in edit.changes[SPLIT].ids}
    moved = _digests(changes)
    files = (found.files[path] for path in sorted(paths))
    return [
        edit
        for file in files
        if file.model_id == found.log.model_id
        for edit in file.edits
        if edit.topic_id in topics
        or (edit.topic_id in targets and {MERGED_INTO, HIDDEN, SPLIT} & set(edit.changes))
        or any(document.digest in moved for document in edit.changes.get(DOCUMENTS) or ())
    ]


def _digests(changes: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the digests of the documents that changes move; the log checks their form later."""
    lists = [change[DOCUMENTS] for change in changes if isinstance(change.get(DOCUMENTS), list)]
    return {
        document["digest"]
        for documents in lists
        for document in documents
        if isinstance(document, dict) and isinstance(document.get("digest"), str)
    }


def _sentence_of_conflicts(conflicts: Sequence[Edit], author: Visitor) -> str:
    topics = sorted({edit.topic_id for edit in conflicts})
    named = ", ".join(map(str, topics[:MOST_FAULTS])) + (" and others" if len(topics) > MOST_FAULTS else "")
    others = sorted({edit.author for edit in conflicts} - {author.login})[:MOST_FAULTS]
    is_own = any(edit.author == author.login for edit in conflicts)
    authors = ", ".join([*others, *(["you, in another window,"] if is_own else [])])
    which = "topic" if len(topics) == 1 else "topics"
    return f"In the meantime, {authors} edited {which} {named} too."
