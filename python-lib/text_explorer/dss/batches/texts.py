"""Read the texts of a batch of rows with their languages and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Optional, Union

import numpy as np
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages
from text_explorer.dss.forms.shared import ColumnSettings
from text_explorer.topics.edits.moves import MovedDocument, id_columns, moved_topics


def texts_in_languages(
    chunk: pd.DataFrame, settings: ColumnSettings, languages: TextLanguages
) -> Iterator[DocumentText]:
    """Yield the text of each row with its language."""
    codes = [None] * len(chunk) if settings.language_column is None else chunk[settings.language_column]
    for cell, code in zip(chunk[settings.text_column], codes):
        yield languages.with_language(languages.text_of(cell), text_of(code))


def text_columns(settings: ColumnSettings) -> list[str]:
    """Return the columns to read for the texts and their languages."""
    return list(dict.fromkeys(filter(None, [settings.text_column, settings.language_column])))


def row_ids(chunk: pd.DataFrame, id_column: Optional[str]) -> list[Optional[str]]:
    """Return the user's id of each row, None if it has none."""
    return [None] * len(chunk) if id_column is None else list(map(text_of, chunk[id_column]))


def row_keys(chunk: pd.DataFrame, id_column: Optional[str], first_row: int) -> list[Union[str, int]]:
    """Return the user's id of each row, or its number from `first_row` on if it has none."""
    numbers = range(first_row, first_row + len(chunk))
    if id_column is None:
        return list(numbers)
    ids = row_ids(chunk, id_column)
    return [number if row_id is None else row_id for number, row_id in zip(numbers, ids)]


def moved_by_hand(chunk: pd.DataFrame, text_column: str, moves: Mapping[MovedDocument, int]) -> np.ndarray:
    """Return the topic that each row was moved to by hand, -1 for the others: int64 array of shape (n_rows,)."""
    if not moves:
        return np.full(len(chunk), -1, dtype=np.int64)
    texts = [text_of(cell) or "" for cell in chunk[text_column]]
    ids = {name: list(map(text_of, chunk[name])) for name in id_columns(moves) if name in chunk}
    return np.array(moved_topics(moves, texts, ids), dtype=np.int64)
