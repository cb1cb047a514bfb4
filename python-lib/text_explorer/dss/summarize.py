"""The DSS side of 'Summarize texts': stream rows in, write them out with their summaries."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Callable, Optional

import pandas as pd

from text_explorer.corpus.cells import text_of
from text_explorer.corpus.text_languages import TextLanguages
from text_explorer.dss.datasets import CHUNK_ROWS, InputDataset, names_in_use, row_keys, rows_writer
from text_explorer.dss.language import text_languages, texts_in_languages
from text_explorer.dss.summarize_settings import SummarizeSettings
from text_explorer.processes import LEAST_CHARACTERS, Share, number_of_processes, sharing
from text_explorer.summaries import columns
from text_explorer.summaries.row_summaries import Batch, RowSummarizer, SummarizedBatch, batches
from text_explorer.summaries.tables import sentences_table, summaries_table

logger = logging.getLogger(__name__)

Write = Callable[[pd.DataFrame], None]


def write_summaries(
    name: str, sentences_name: Optional[str], documents: InputDataset, settings: SummarizeSettings
) -> None:
    """Write every row with its summary, once and in the order read.

    Parameters
    ----------
    name
        Dataset of the summaries.
    sentences_name
        Dataset of all sentences with their scores, if wanted.
    documents
        Rows to summarize.
    settings
        How.

    Raises
    ------
    ProcessDiedError
        Where a process that shares the work is killed.
    """
    added = [*columns.SUMMARIES, *[columns.KEYPHRASES_OF_TEXTS] * (settings.keyphrases > 0)]
    in_use = names_in_use([column["name"] for column in added], documents.columns)
    schema = [*documents.schema, *({**column, "name": in_use[column["name"]]} for column in added)]
    languages = text_languages(documents, settings)
    started, n_rows, statuses = time.monotonic(), 0, Counter()
    with ExitStack() as opened:
        write_rows = opened.enter_context(rows_writer(name, schema))
        write_sentences = (
            opened.enter_context(rows_writer(sentences_name, columns.SENTENCES)) if sentences_name else None
        )
        share: Optional[Share] = None
        for chunk in documents.chunks():
            share = share or opened.enter_context(_sharing(chunk, settings, with_sentences=bool(sentences_name)))
            done = share(_batches(chunk, settings, languages, n_rows))
            table = summaries_table(_rows(done, write_sentences), keyphrases=settings.keyphrases > 0)
            write_rows(pd.concat([chunk.reset_index(drop=True), table.rename(columns=in_use)], axis=1))
            n_rows += len(chunk)
            statuses.update(table[columns.SUMMARY_STATUS])
            logger.info("%s rows summarized after %.0f s", f"{n_rows:,}", time.monotonic() - started)
    languages.log()
    logger.info("statuses: %s", ", ".join(f"{status} {statuses[status]:,}" for status in sorted(statuses)) or "no row")


def _sharing(
    first_chunk: pd.DataFrame, settings: SummarizeSettings, *, with_sentences: bool
) -> AbstractContextManager[Share]:
    """Open as many processes as the first rows make worth while."""
    # Of a full chunk nobody knows how many more follow.
    n_characters = sum(len(text_of(cell) or "") for cell in first_chunk[settings.text_column])
    much = n_characters >= LEAST_CHARACTERS or len(first_chunk) == CHUNK_ROWS
    n_processes = number_of_processes(settings.n_processes, much=much)
    if n_processes > 1:
        logger.info("%s processes share the work", n_processes)
    work = RowSummarizer(
        settings.for_words(), settings.for_summaries(), n_keyphrases=settings.keyphrases, with_sentences=with_sentences
    )
    return sharing(work, n_processes)


def _batches(
    chunk: pd.DataFrame, settings: SummarizeSettings, languages: TextLanguages, first_row: int
) -> Iterator[Batch]:
    texts = texts_in_languages(chunk, settings, languages)
    return batches(texts, row_keys(chunk, settings.id_column, first_row), first_row)


def _rows(done: Iterator[SummarizedBatch], write_sentences: Optional[Write]) -> list[tuple[Any, ...]]:
    """Gather the rows of summaries, and write those of sentences and the log on the way."""
    rows = []
    for batch in done:
        rows += batch.rows
        for row, fault in batch.faults:
            logger.warning("row %s could not be summarized (%s)", row, fault)
        if write_sentences and batch.sentences:
            write_sentences(sentences_table(batch.sentences))
    return rows
