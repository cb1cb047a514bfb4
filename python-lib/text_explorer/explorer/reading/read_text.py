"""Read a text with the trained model: one typed into the page, or a document of the data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.corpus.words.boilerplate.units import repeated_spans
from text_explorer.corpus.words.character_classes import characters
from text_explorer.corpus.words.languages import language_name
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.reading import without_markup
from text_explorer.explorer.index.reader import read_fact
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.explorer.reading.word_topics import read_with_model
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.errors import NotFoundError


def try_text(text: str, model: LoadedModel, final_topic: Sequence[int]) -> dict[str, Any]:
    """Read a new text: its language, detected as in Assign topics, and the result of `read_with_model`."""
    languages = _languages(model)
    document = languages.with_language(languages.text_of(text))
    return {
        "language": language_name(document.language),
        **read_with_model(document, model, final_topic),
        "engine": roles.engine_wording(model.topics.model.engine),
    }


def words_of_document(
    connection: sqlite3.Connection, row: int, model: LoadedModel, final_topic: Sequence[int]
) -> dict[str, Any]:
    """Read the shown part of a document with the model; raise `NotFoundError` when there is no such row."""
    found = connection.execute(
        "SELECT substr(text, 1, ?) AS text, columns FROM documents WHERE row = ?", (roles.MAX_TEXT, row)
    ).fetchone()
    if found is None:
        raise NotFoundError(f"There is no document in row {row} of the data.")
    columns, column = read_fact(connection, "columns") or [], model.language_column
    # Else the language is detected.
    code = json.loads(found["columns"])[columns.index(column)] or None if column in columns else None
    languages = _languages(model)
    document = languages.with_language(languages.text_of(found["text"]), code)
    read = read_with_model(document, model, final_topic)
    return {
        **{name: read[name] for name in ("spans", "n_words", "n_known", "unknown")},
        "boilerplate": spans_of_repeated_lines(found["text"], model.topics.preparation),
    }


def spans_of_repeated_lines(text: str, preparation: Preparation) -> list[list[int]]:
    """Return the starts and ends (code points) of the lines that the model leaves out since they repeat."""
    if not preparation.repeated_lines:
        return []
    read = characters(without_markup(text, preparation))
    starts, ends = repeated_spans(read, np.array([0, len(read)]), preparation.repeated_lines)
    return [list(span) for span in zip(starts.tolist(), ends.tolist())]


def _languages(model: LoadedModel) -> TextLanguages:
    topics = model.topics
    return TextLanguages(
        topics.main_language, detect=topics.detects_languages, placeholders_as_empty=topics.placeholders_as_empty
    )
