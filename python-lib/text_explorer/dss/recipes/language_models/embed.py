"""Run 'Embed texts': send the texts of a dataset to an embedding model, write every row with its embedding.

The texts are read twice: once to count what will be sent, before any of it is, and once to write the rows.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import names_of, schema_of
from text_explorer.corpus.embeddings.parsing import embedding_cell
from text_explorer.dss.forms.language_models.embed import EmbedSettings
from text_explorer.dss.io.datasets import InputDataset, write_rows
from text_explorer.dss.io.language_models.vector_folder import VectorFolder
from text_explorer.language_models.checked_answers import STATUS_OK
from text_explorer.language_models.embedding.answers import Embed
from text_explorer.language_models.embedding.columns import embedding_columns
from text_explorer.language_models.embedding.limited_embedder import LimitedEmbedder, RowEmbedding, TextCensus
from text_explorer.language_models.embedding.vector_store import VectorStore

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 1_000
"""Rows whose embeddings are in memory as text: some 40 MB for 3,072 numbers each."""


def write_embeddings(
    name: str, documents: InputDataset, embed: Embed, folder: VectorFolder, settings: EmbedSettings
) -> None:
    """Write every row with the embedding of its text, and a report into the folder, if anything was sent."""
    started = time.monotonic()
    store = VectorStore(f"{settings.embedding_model}, text overflow {settings.text_overflow}")
    folder.load(store)
    _log_plan(documents, store, settings)
    embedder = LimitedEmbedder(
        embed, store, settings.limits(), n_per_request=settings.texts_per_request, keep=folder.keep
    )
    added = embedding_columns(documents.columns)
    statuses: Counter[str] = Counter()

    def rows() -> Iterator[pd.DataFrame]:
        for chunk in documents.chunks():
            for first in range(0, len(chunk), ROWS_AT_ONCE):
                part = chunk.iloc[first : first + ROWS_AT_ONCE].reset_index(drop=True)
                found = embedder.embeddings(list(map(text_of, part[settings.text_column])))
                statuses.update(embedding.status for embedding in found)
                cells = [_cells(embedding, settings.embedding_model) for embedding in found]
                yield pd.concat([part, pd.DataFrame(cells, columns=names_of(added), dtype=object)], axis=1)

    try:
        write_rows(name, [*documents.schema, *schema_of(added)], rows())
    finally:
        embedder.keep_new()
    usage = embedder.usage.as_dict()
    if embedder.usage.texts_sent:  # a re-run from kept vectors changes nothing
        facts = {"embedding_model": settings.embedding_model, "text_overflow": settings.text_overflow}
        seconds = round(time.monotonic() - started, 1)
        numbers = {"n_numbers": store.n_numbers, "seconds": seconds, "rows_by_status": dict(statuses)}
        folder.write_report({**facts, **numbers, **usage})
    _log_result(statuses, usage)


def _log_plan(documents: InputDataset, store: VectorStore, settings: EmbedSettings) -> None:
    census = TextCensus()
    for chunk in documents.chunks([settings.text_column]):
        census.add(list(map(text_of, chunk[settings.text_column])))
    census.log(settings.embedding_model, store, settings.limits(), settings.texts_per_request)


def _cells(embedding: RowEmbedding, model_id: str) -> tuple[object, ...]:
    if embedding.vector is None:
        return None, None, embedding.status, embedding.reason or None
    return embedding_cell(embedding.vector), model_id, embedding.status, None


def _log_result(statuses: Counter[str], usage: dict[str, object]) -> None:
    logger.info(
        "%s of %s rows have an embedding (%s); %s texts sent in %s requests, with about %s tokens",
        f"{statuses[STATUS_OK]:,}", f"{sum(statuses.values()):,}",
        ", ".join(f"{status} {n:,}" for status, n in sorted(statuses.items())) or "none",
        f"{usage['texts_sent']:,}", f"{usage['requests']:,}", f"{usage['tokens']:,}",
    )  # fmt: skip
    if statuses and not statuses[STATUS_OK]:
        logger.warning("no row has an embedding: the columns of status and reason say why")
