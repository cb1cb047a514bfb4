"""Columns that hold embeddings, and the ids of their models."""

from __future__ import annotations

from collections.abc import Collection
from typing import Optional

import pandas as pd

from text_explorer.cells import text_of
from text_explorer.corpus.embeddings.parsing import source_column_of


def columns_of_embeddings(column: Optional[str], columns: Collection[str]) -> list[str]:
    """Return the columns to read for the embeddings in a column: itself, and that of their models if there is one."""
    return [] if column is None else [column, *({source_column_of(column)} & set(columns))]


def sources_of(chunk: pd.DataFrame, column: Optional[str]) -> list[Optional[str]]:
    """Return the id of the model of each row's embedding, None where it is unknown."""
    source_column = None if column is None else source_column_of(column)
    return list(map(text_of, chunk[source_column])) if source_column in chunk else [None] * len(chunk)
