"""Run 'Summarize texts (extractive)': read rows chunk by chunk, write them with their summaries."""

from __future__ import annotations

import itertools
import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Callable, Optional

import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import schema_of
from text_explorer.concurrency.processes import MIN_CHARACTERS, MapOrdered, number_of_processes, worker_pool
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches.summarize import (
    SummarizedCounts,
    added_columns,
    row_summarizer,
    summarized_table,
    text_batches,
)
from text_explorer.dss.forms.summarize import SummarizeSettings
from text_explorer.dss.io.datasets import CHUNK_ROWS, AddedColumns, InputDataset, rows_writer
from text_explorer.dss.io.text_reader import (
    text_languages,
    warn_of_useless_texts,
    without_repeated_lines,
)
from text_explorer.summaries.rows import Batch, SummarizedBatch
from text_explorer.summaries.sentences import columns
from text_explorer.summaries.tables import sentences_table

logger = logging.getLogger(__name__)

Write = Callable[[pd.DataFrame], None]


def write_summaries(
    name: str, sentences_name: Optional[str], documents: InputDataset, settings: SummarizeSettings
) -> None:
    """Write every row with its summary, once and in the order read, and all sentences with scores where requested."""
    output = AddedColumns(documents.schema, added_columns(settings))
    settings = without_repeated_lines(documents, settings)
    counts = SummarizedCounts(text_languages(documents, settings))
    started = time.monotonic()
    with ExitStack() as opened:
        write_rows = opened.enter_context(rows_writer(name, output.schema))
        write_sentences = (
            opened.enter_context(rows_writer(sentences_name, schema_of(columns.SENTENCES))) if sentences_name else None
        )
        chunks = documents.chunks()
        first = list(itertools.islice(chunks, 1))
        map_ordered = opened.enter_context(_worker_pool(first, settings, with_sentences=bool(sentences_name)))
        chunks = itertools.chain(iter(first), chunks)
        del first  # otherwise it would stay in memory to the end
        for chunk, done in _summarized(chunks, settings, counts.languages, map_ordered, write_sentences):
            write_rows(output.join(chunk, summarized_table(done, settings, counts)))
            logger.info("%s rows summarized after %.0f s", f"{counts.n_rows:,}", time.monotonic() - started)
    log_summaries(counts, settings)


def log_summaries(counts: SummarizedCounts, settings: SummarizeSettings) -> None:
    """Log the languages and statuses of all rows, and warn if no text is usable."""
    counts.languages.log()
    statuses = (f"{status} {n_rows:,}" for status, n_rows in sorted(counts.n_statuses.items()))
    logger.info("statuses: %s", ", ".join(statuses) or "no row")
    n_empty, n_without_word = counts.n_statuses[columns.STATUS_EMPTY], counts.n_statuses[columns.STATUS_NO_WORD]
    warn_of_useless_texts(counts.n_rows, n_empty, n_without_word, settings.text_column, counts.languages)


def _worker_pool(
    first_chunk: Sequence[pd.DataFrame], settings: SummarizeSettings, *, with_sentences: bool
) -> AbstractContextManager[MapOrdered[Any, Any]]:
    """Open as many worker processes as the size of the first chunk, if any, justifies."""
    n_rows = sum(map(len, first_chunk))
    n_characters = sum(len(text_of(cell) or "") for chunk in first_chunk for cell in chunk[settings.text_column])
    # After a full chunk, any number of rows may follow.
    large = n_characters >= MIN_CHARACTERS or n_rows == CHUNK_ROWS
    n_processes = number_of_processes(settings.n_processes, large=large) if n_rows else 1
    if n_processes > 1:
        logger.info("%s processes share the work", n_processes)
    work = row_summarizer(settings, with_sentences=with_sentences)
    return worker_pool(work, n_processes, items_at_once=2)  # batches are about the same work


def _summarized(
    chunks: Iterable[pd.DataFrame],
    settings: SummarizeSettings,
    languages: TextLanguages,
    map_ordered: MapOrdered[Any, Any],
    write_sentences: Optional[Write],
) -> Iterator[tuple[pd.DataFrame, SummarizedBatch]]:
    """Yield each chunk with its summaries; write its sentences and log faults on the way.

    All chunks are one stream of work: the processes already read the next chunk while this one is written.
    """
    taken: deque[pd.DataFrame] = deque()

    def work() -> Iterator[Batch]:
        first_row = 0
        for chunk in chunks:
            if len(chunk):
                taken.append(chunk)
                yield from text_batches(chunk, settings, languages, first_row)
                first_row += len(chunk)

    done = SummarizedBatch([], [], [])
    for batch in map_ordered(work()):
        done.rows.extend(batch.rows)
        done.faults.extend(batch.faults)
        for row, fault in batch.faults:
            logger.warning("row %s could not be summarized (%s)", row, fault)
        if write_sentences and batch.sentences:
            write_sentences(sentences_table(batch.sentences))
        if len(done.rows) == len(taken[0]):  # no batch spans two chunks
            yield taken.popleft(), done
            done = SummarizedBatch([], [], [])
