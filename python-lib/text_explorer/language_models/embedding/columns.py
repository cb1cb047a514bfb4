"""Names, types and descriptions of the columns that 'Embed texts' adds."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from text_explorer.columns import Column
from text_explorer.corpus.embeddings.parsing import source_column_of
from text_explorer.language_models.checked_answers import STATUS_FAILED, STATUS_NOT_ASKED, STATUS_OK, STATUS_REFUSED
from text_explorer.language_models.embedding.limited_embedder import STATUS_EMPTY

EMBEDDING = "embedding"


def embedding_columns(taken: Collection[str]) -> list[Column]:
    """Return the columns to add, under names that no column of the input has, whatever the case.

    The column of the model's id is found by the name of that of embeddings, so all of them get the same number.
    """
    used = {name.lower() for name in taken}
    candidates = (_columns(EMBEDDING if number == 0 else f"{EMBEDDING}_{number}") for number in count())
    return next(columns for columns in candidates if used.isdisjoint(column.name.lower() for column in columns))


def _columns(name: str) -> list[Column]:
    return [
        Column(name, "string", "Embedding of the text, a JSON array of numbers; empty where there is none"),
        Column(source_column_of(name), "string", "Id of the embedding model; empty without an embedding"),
        Column(
            f"{name}_status",
            "string",
            f"'{STATUS_OK}', '{STATUS_EMPTY}', '{STATUS_REFUSED}' (a vector that cannot be used), '{STATUS_FAILED}' "
            f"(the model failed) or '{STATUS_NOT_ASKED}' (a limit was reached)",
        ),
        Column(
            f"{name}_reason", "string", "Why there is no embedding, such as the message of the instance; else empty"
        ),
    ]
