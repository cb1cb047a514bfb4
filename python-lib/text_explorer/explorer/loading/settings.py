"""The webapp's settings, settled once: the form's values first, then the model's manifest, checked against the data.

Without a manifest, columns are guessed from the first rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Callable

from text_explorer.errors import SettingsError
from text_explorer.explorer.shared.cells import as_integer, as_number, as_object, as_text
from text_explorer.explorer.shared.roles import DOCUMENT_TOPICS, OWN_COLUMN, SUMMARY_COLUMNS, TOPIC_COLUMNS
from text_explorer.topics.assignment.columns import MODEL_TOPIC_ID
from text_explorer.topics.columns import TOPIC_ID, TOPIC_LABEL
from text_explorer.topics.prevalence.dates import read_date

_MODEL_COUNTS = ("n_rows", "n_documents", "n_terms", "n_words", "n_topics")
_QUALITY_FIGURES = (
    "coherence_npmi",
    "coherence_cv",
    "diversity",
    "map_stress",
    "super_topics_silhouette",
    "n_topics_with_remarks",
)

_LABELS = {
    "text_column": "Text column",
    "id_column": "Document id column",
    "date_column": "Date column",
    "group_columns": "Group columns",
    "embedding_column": "Embedding column",
}
_SINGLE_COLUMNS = ("text_column", "id_column", "date_column", "embedding_column")
_GUESSED = ("text_column", "date_column", "group_columns", "embedding_column")
OUR_COLUMN = re.compile(rf"{OWN_COLUMN.pattern}|(?:{'|'.join(SUMMARY_COLUMNS)})(?:_\d+)?")
"""A column that our recipes wrote, in this run or an earlier one."""
_EMBEDDING = re.compile(r"\s*\[(?:[^\[\]\",]*,){7}[-+0-9.eE,\s]+\]\s*", re.ASCII)
"""A JSON array of at least 8 numbers."""
_MOST_GROUPS = 50
_LEAST_DATES = 0.9
"""Share of the values of a date column that can be read as dates: some cells hold "unknown"."""

Sample = Callable[[Sequence[str]], Mapping[str, Sequence[Any]]]
"""Returns the cells of some columns in the first documents; without documents, no column."""


@dataclass(frozen=True)
class ExplorerSettings:
    """Which columns of the documents mean what, and what is known of the model; `notes` are sentences for the page."""

    text_column: str
    id_column: str | None = None
    date_column: str | None = None
    group_columns: tuple[str, ...] = ()
    embedding_column: str | None = None
    embedding_source_column: str | None = None  # ids of the models that made the embeddings
    embedding_is_trained: bool = False  # whether the topics were trained with this embedding column
    embedding_model: str | None = None  # id of the embedding model of the training, where it is this column's
    topic_columns: Mapping[str, str] = field(default_factory=dict)
    engine: str | None = None
    model: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def resolve_settings(
    config: Mapping[str, Any],
    manifest: Mapping[str, Any] | None,
    columns: Sequence[str],
    sample: Sample = lambda columns: {},
) -> ExplorerSettings:
    """Settle the webapp's settings.

    Parameters
    ----------
    config
        Values of the webapp's form; a column left empty is absent or ``""``.
    manifest
        The model's manifest, or None.
    columns
        Columns of the documents with topics.
    sample
        Reads the first documents; asked only without a manifest, for the columns that may be guessed.

    Raises
    ------
    SettingsError
        With all faults: no text column, a column that does not exist, no topic id.
    """
    model = dict(manifest or {})
    guessed = guess_columns(config, columns, sample) if manifest is None else {}
    trained = guessed or as_object(model.get("settings"))
    topic_columns = _topic_columns(model, columns)
    text_column, id_column, date_column, embedding_column = (
        as_text(config.get(name)) or as_text(trained.get(name)) for name in _SINGLE_COLUMNS
    )
    groups = config.get("group_columns") or trained.get("group_columns") or []
    faults = []
    if not topic_columns.get("topic_id"):
        faults.append(
            "The dataset of the setting 'Documents with topics' has no column 'topic_id'. Select the dataset written "
            "by 'Discover topics'."
        )
    if not text_column:
        faults.append(
            "The setting 'Text column' of this webapp is empty and no model folder names it. Select the column that "
            "holds the documents' text."
        )
    faults += _unknown_columns(config, columns)
    if text_column and text_column not in columns and not config.get("text_column"):
        faults.append(
            f"The model was trained on the column '{text_column}', which the documents do not have. Select a "
            "'Text column' in the settings of this webapp."
        )
    if faults:
        raise SettingsError(faults)
    return ExplorerSettings(
        text_column=text_column,
        id_column=id_column if id_column in columns else None,
        date_column=date_column if date_column in columns else None,
        group_columns=tuple(name for name in map(as_text, groups) if name in columns),
        **_embedding_facts(embedding_column, columns, model),
        topic_columns=topic_columns,
        engine=as_text(model.get("engine")) or None,
        model=_model_facts(model, trained),
        quality=_quality(as_object(model.get("quality"))),
        notes=(*_note_of(guessed), *_warning_of(model)),
    )


def guess_columns(config: Mapping[str, Any], columns: Sequence[str], sample: Sample) -> dict[str, Any]:
    """Guess columns (text, date, groups, embeddings) that a form leaves empty, by the cells of all that are free."""
    named = {config.get(name) for name in _SINGLE_COLUMNS}
    named.update(config.get("group_columns") or ())
    free = [name for name in columns if name not in named and not OUR_COLUMN.fullmatch(name)]
    wanted = [name for name in _GUESSED if not config.get(name)]
    if not wanted or not free:
        return {}
    texts = {name: [text for text in map(_text_of, cells) if text.strip()] for name, cells in sample(free).items()}
    found: dict[str, Any] = {}
    embeddings = [name for name, values in texts.items() if values and all(map(_EMBEDDING.fullmatch, values))]
    texts = {name: values for name, values in texts.items() if name not in embeddings}
    if "text_column" in wanted and any(texts.values()):
        # The longest in the mean over all rows, so that a note in a few of them is not the text.
        found["text_column"] = max(texts, key=lambda name: sum(map(len, texts[name])))
        del texts[found["text_column"]]
    dates = [name for name, values in texts.items() if _are_dates(values)]
    groups = [name for name, values in texts.items() if name not in dates and _are_groups(values)]
    if "date_column" in wanted and dates:
        found["date_column"] = dates[0]
    if "group_columns" in wanted and groups:
        found["group_columns"] = groups
    if "embedding_column" in wanted and embeddings:
        found["embedding_column"] = embeddings[0]
    return found


def _embedding_facts(column: str, columns: Sequence[str], model: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of the column of embeddings; another one than that of the training is of any model."""
    from text_explorer.corpus.embeddings.parsing import source_column_of  # noqa: PLC0415 - loads numba, seconds

    if column not in columns:
        return {}
    source_column = source_column_of(column)
    is_trained = column == as_text(as_object(model.get("settings")).get("embedding_column"))
    model_id = as_text(as_object(model.get("meaning")).get("embedding_model"))
    return {
        "embedding_column": column,
        "embedding_source_column": source_column if source_column in columns else None,
        "embedding_is_trained": is_trained,
        "embedding_model": model_id if model_id and is_trained else None,
    }


def _text_of(cell: object) -> str:
    """Return a text or a date as text, nothing for a number: it may count anything."""
    return as_text(cell) if isinstance(cell, (str, date)) else ""


def _are_dates(values: Sequence[str]) -> bool:
    are_read = [max(read_date(value)[:2]) > 0 for value in values]
    return bool(values) and sum(are_read) >= _LEAST_DATES * len(values)


def _are_groups(values: Sequence[str]) -> bool:
    """Return whether the values repeat and are few."""
    return 2 <= len(set(values)) <= min(_MOST_GROUPS, len(values) - 1)


def _note_of(guessed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sentence on what was guessed, if anything was."""
    if not guessed:
        return ()
    found = "; ".join(
        f"{_LABELS[name]}: {', '.join([value] if isinstance(value, str) else value)}" for name, value in guessed.items()
    )
    return (
        f"Without a model folder, these columns were guessed from the data. {found}. To use others, select 'Model', or "
        "the columns under 'Show advanced settings', in the settings of this webapp.",
    )


def _warning_of(model: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the warning about the embeddings of the training, if there was one."""
    warning = as_text(as_object(model.get("meaning")).get("warning"))
    return (warning,) if warning else ()


def _topic_columns(model: Mapping[str, Any], columns: Sequence[str]) -> dict[str, str]:
    """Find the added columns: by the manifest's name when the dataset has it, else by the plain name."""
    in_use = as_object(as_object(model.get("columns")).get(DOCUMENT_TOPICS))
    found = {}
    for name in TOPIC_COLUMNS:
        for candidate in (name, as_text(in_use.get(name))):  # the last one wins
            if candidate in columns:
                found[name] = candidate
    if MODEL_TOPIC_ID in columns:  # by 'Assign topics': the edits are in the other columns, and made again by the page
        found = {**found, TOPIC_ID: MODEL_TOPIC_ID}
        found.pop(TOPIC_LABEL, None)
    return found


def _unknown_columns(config: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [
        f"The setting '{_LABELS[name]}' names the column '{config[name]}', which the documents do not have."
        for name in _SINGLE_COLUMNS
        if config.get(name) and config[name] not in columns
    ]


def _model_facts(model: Mapping[str, Any], trained: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what the page shows of the manifest, None where an older or foreign one lacks it."""
    facts: dict[str, Any] = {name: as_integer(model.get(name)) for name in _MODEL_COUNTS}
    seed = as_integer(trained.get("seed"))
    facts["seed"] = as_integer(model.get("seed")) if seed is None else seed
    for name in ("model_id", "engine_reason", "language"):
        facts[name] = as_text(model.get(name)) or None
    labels = model.get("super_topics")
    facts["super_topics"] = [as_text(label) for label in labels] if isinstance(labels, list) else []
    return facts


def _quality(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the figures of the whole model, None where they are not known."""
    return {
        **{name: as_number(stored.get(name)) for name in _QUALITY_FIGURES},
        "coherence_reference": as_text(stored.get("coherence_reference")) or None,
    }
