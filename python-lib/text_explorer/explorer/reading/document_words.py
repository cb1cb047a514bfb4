"""Read documents of the index as bags of the model's words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus, joined
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages
from text_explorer.explorer.index.reader import IndexReader, read_fact
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.topics.assignment.scoring import read_bags

ROWS_AT_ONCE = 900
"""Older versions of SQLite take at most 999 values in a question."""


def bags_of_rows(index: IndexReader, rows: np.ndarray, model: LoadedModel) -> Corpus:
    """Read documents in the languages and by the preparation of the model, in the order of the rows."""
    parts = [rows[first : first + ROWS_AT_ONCE].tolist() for first in range(0, max(len(rows), 1), ROWS_AT_ONCE)]
    return joined([read_bags(list(_documents(index, part, model)), model.topics)[0] for part in parts])


def _documents(index: IndexReader, rows: list[int], model: LoadedModel) -> Iterator[DocumentText]:
    languages, columns = languages_of(model), read_fact(index.connection, "columns") or []
    found = index.rows(rows, "text, columns")
    for row in rows:
        code = language_code(found[row]["columns"], columns, model)
        yield languages.with_language(languages.text_of(found[row]["text"]), code)


def language_code(cells: str, columns: list[str], model: LoadedModel) -> str | None:
    """Return the language that the language column of the training names; None where it has to be detected."""
    column = model.language_column
    return json.loads(cells)[columns.index(column)] or None if column in columns else None


def languages_of(model: LoadedModel) -> TextLanguages:
    """Return the language of texts, or its detector, as at training."""
    topics = model.topics
    return TextLanguages(
        topics.main_language, detect=topics.detects_languages, placeholders_as_empty=topics.placeholders_as_empty
    )
