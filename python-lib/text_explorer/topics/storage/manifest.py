"""The manifest of a model folder: describes the model, and whether this version can read it.

Apart from the model's other files, so that the webapp can ask without loading a topic model's libraries.

'Discover topics' puts `WRITING` into the folder before it changes anything, takes the manifest away first, writes it
last, and then removes `WRITING`. So a folder without a manifest is empty, being written, or left by a run that broke
off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Callable, Optional

import numpy as np

from text_explorer.errors import DataError
from text_explorer.topics.files import append_only_log
from text_explorer.topics.files.checked_json import (
    MOST_BYTES,
    Fields,
    damaged,
    fault_of,
    is_safe_line,
    one_line,
    parse_object,
    too_large,
)

FIRST_FORMAT, FORMAT_VERSION = 1, 2
"""From the second on a model may have retired topics, ids once used that no document has any more, and embeddings."""

MANIFEST = "manifest.json"
VOCABULARY = "vocabulary.json"
ARRAYS = "model.npz"
CORRELATIONS = "correlations.json"
WRITING = "being-written.json"

LARGEST_VOCABULARY = 256 * 2**20
LARGEST_CORRELATIONS = 64 * 2**20
"""Bytes; 1,000 topics, the most a form allows, have a million correlations of 25 characters."""
_LARGEST = {VOCABULARY: LARGEST_VOCABULARY, CORRELATIONS: LARGEST_CORRELATIONS, ARRAYS: 2 * 2**30}
READINGS = 3
"""Attempts to read a file that is rewritten meanwhile."""
MOST_TOPICS = 10_000
LONGEST_TERM = 1_000
"""Characters; a term has up to three words of 100."""

_MODEL_ID = re.compile("[0-9a-f]{32}")
_COUNTS = ("n_topics", "n_documents", "n_terms", "n_words", "n_rows")
_TEXTS = ("engine", "engine_reason", "language", "documents")
_COLUMNS = ("text_column", "id_column", "date_column", "language_column")

ReadFile = Callable[[str], Optional[bytes]]
"""Returns the content of a path of the model folder, None where there is no such file."""


def read_manifest(read_file: ReadFile) -> dict[str, Any]:
    """Read the manifest of a model folder.

    Raises
    ------
    DataError
        Where the folder is empty or being written, or holds no model this version can read.
    """
    content = read_file(MANIFEST)
    for _ in range(READINGS):
        if content is None and (read_file(WRITING) is not None or read_file(VOCABULARY) is not None):
            raise DataError(being_written(f"{MANIFEST} is missing"))
        try:
            return parse_manifest(content)
        except DataError as found:
            fault = while_written(found, read_file)
        before, content = content, read_file(MANIFEST)
        if content == before:
            break  # else it was half written
    raise fault


def while_written(fault: DataError, read_file: ReadFile) -> DataError:
    """Return the error to raise for a file that cannot be used: while the folder is written that is no damage."""
    return fault if read_file(WRITING) is None else DataError(being_written("its files do not fit together yet"))


def being_written(reason: str) -> str:
    """Return the sentence on a folder that is being written, or was when a run broke off."""
    return (
        f"The model folder has no complete model ({reason}): 'Discover topics' is writing it, or a run was "
        "interrupted. Wait until the run has ended, or run it again."
    )


def parse_manifest(content: Optional[bytes]) -> dict[str, Any]:
    """Parse the manifest (None where there is none); what people see of it comes as single lines.

    Raises
    ------
    DataError
        Where there is no manifest, it is damaged, or of a newer format.
    """
    manifest = parse_file(MANIFEST, content)
    version = manifest.get("format_version")
    if type(version) is not int or version < 1:
        raise DataError(
            f"The folder has no model of Text Explorer ({MANIFEST} has no format_version). Select the folder that "
            "'Discover topics' wrote."
        )
    if version > FORMAT_VERSION:
        plugin = manifest.get("plugin_version")
        named = one_line(plugin)[:40] if isinstance(plugin, str) else "of unknown version"
        raise DataError(
            f"The model folder was written by Text Explorer {named} in format {version}; this version reads up to "
            f"format {FORMAT_VERSION}. Update the plugin."
        )
    return {**manifest, **_checked(Fields(manifest, fault_of(MANIFEST)))}


def _checked(fields: Fields) -> dict[str, Any]:
    """Check what all readers use of a manifest; return what is cleaned."""
    for name in _COUNTS:
        fields.whole(name)
    model_id = fields.values.get("model_id")
    if model_id is not None and not (isinstance(model_id, str) and _MODEL_ID.fullmatch(model_id)):
        raise fields.refuse("model_id", "32 hexadecimal digits")
    for name in ("languages", "preparation", "quality", "columns", "training_profile", "meaning"):
        fields.object(name)
    fields.object("meaning").text("warning")
    fields.object("meaning").text("embedding_model")
    fields.object("columns").object("document_topics")
    settings = fields.object("settings")
    for name in (*_COLUMNS, "language"):
        settings.text(name)
    if settings.values.get("group_columns") is not None:
        settings.texts("group_columns")
    cleaned: dict[str, Any] = {name: fields.text(name) for name in _TEXTS if name in fields.values}
    if fields.values.get("former_models") is not None:
        fields.texts("former_models")
    for name in ("topic_labels", "super_topics"):
        if fields.values.get(name) is not None:
            cleaned[name] = _labels(fields, name)
    if "topic_labels" in cleaned and fields.values.get("n_topics") not in (None, len(cleaned["topic_labels"])):
        raise fields.refuse("n_topics", f"the number of topic_labels, {len(cleaned['topic_labels']):,}")
    parents = fields.values.get("topic_parents")
    if parents:
        _check_parents(fields, len(cleaned.get("topic_labels", ())), len(cleaned.get("super_topics", ())))
    elif parents not in (None, []):
        raise fields.refuse("topic_parents", "a list")
    return cleaned


def _check_parents(fields: Fields, n_topics: int, n_super_topics: int) -> None:
    """Check that each topic has one of the super-topics; folders of older versions do not name them."""
    if fields.wholes("topic_parents", n_topics).max(initial=0) >= n_super_topics:
        raise fields.refuse("topic_parents", f"numbers below that of super_topics, {n_super_topics:,}")


def _labels(fields: Fields, name: str) -> list[str]:
    """Return labels as single lines; people typed some of them, so controls in them are cleaned and not refused."""
    labels = fields.values[name]
    if isinstance(labels, list) and len(labels) > MOST_TOPICS:
        raise fields.refuse(name, f"a list of at most {MOST_TOPICS:,} texts")
    if isinstance(labels, list) and all(isinstance(label, str) for label in labels):
        labels = list(map(one_line, labels))
    return Fields({name: labels}, fields.fault).texts(name)


def parse_correlations(content: bytes, n_topics: int, model_id: Optional[str]) -> np.ndarray:
    """Parse the correlations of topics, NaN where there is none.

    Raises
    ------
    DataError
        Where the file is damaged or of another model.
    """
    fields = Fields(parse_file(CORRELATIONS, content, most_bytes=LARGEST_CORRELATIONS), fault_of(CORRELATIONS))
    if model_id is not None and fields.values.get("model_id", model_id) != model_id:
        raise DataError(f"The model folder's {CORRELATIONS} belongs to another model. Run 'Discover topics' again.")
    rows = fields.values.get("correlations")
    if not isinstance(rows, list) or len(rows) != n_topics:
        raise fields.refuse("correlations", f"a list of {n_topics:,} lists")
    cells = Fields({f"correlations[{index}]": row for index, row in enumerate(rows)}, fields.fault)
    matrix = [cells.numbers(name, n_topics, least=-1.01, most=1.01, nullable=True) for name in cells.values]
    return np.array(matrix).reshape(n_topics, n_topics)


def parse_stems(stored: Mapping[str, Any]) -> dict[str, str]:
    """Return the term of each stem of a parsed vocabulary; raise ``DataError`` where they are damaged."""
    fields = Fields(stored, fault_of(VOCABULARY))
    stems = dict(fields.object("names_of_stems").values)
    if "names_of_stems" not in stored or not all(map(is_term, (*stems, *stems.values()))):
        raise fields.refuse("names_of_stems", "an object of terms")
    return stems


def is_term(term: Any) -> bool:
    """Return whether a value may be a term."""
    return isinstance(term, str) and len(term) <= LONGEST_TERM and is_safe_line(term)


def largest_file(path: str) -> int:
    """Return the number of bytes a file of the model folder may have."""
    path = path.lstrip("/")
    return _LARGEST.get(path, append_only_log.LARGEST_FILE if "/" in path else MOST_BYTES)


def file_too_large(path: str) -> DataError:
    """Build the error of a file that has more bytes than it may have."""
    path, reason = path.lstrip("/"), too_large(largest_file(path))
    return append_only_log.damaged(path, reason) if "/" in path else damaged(path, reason)


def parse_file(path: str, content: Optional[bytes], **limit: int) -> dict[str, Any]:
    """Parse a JSON object of the model folder (see `parse_object`); raise ``DataError`` where the file is missing."""
    if content is None:
        raise DataError(missing_file(path))
    return parse_object(content, fault_of(path), **limit)


def missing_file(path: str) -> str:
    """Return the sentence on a missing file."""
    return f"The model folder has no complete model ({path} is missing). Run 'Discover topics' first."
