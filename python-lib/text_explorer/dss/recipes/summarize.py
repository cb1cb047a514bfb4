"""Run 'Summarize texts (extractive)': read rows chunk by chunk, write them with their summaries."""

from __future__ import annotations

import itertools
import logging
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Callable, Optional

import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import schema_of
from text_explorer.concurrency.processes import MIN_CHARACTERS, MapOrdered, number_of_processes, worker_pool
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.forms.summarize import SummarizeSettings
from text_explorer.dss.io.datasets import CHUNK_ROWS, AddedColumns, InputDataset, row_keys, rows_writer
from text_explorer.dss.io.text_reader import (
    text_languages,
    texts_in_languages,
    warn_of_useless_texts,
    without_repeated_lines,
)
from text_explorer.summaries.rows import Batch, RowSummarizer, batches
from text_explorer.summaries.sentences import columns
from text_explorer.summaries.tables import sentences_table, summaries_table

logger = logging.getLogger(__name__)

Write = Callable[[pd.DataFrame], None]


def write_summaries(
    name: str, sentences_name: Optional[str], documents: InputDataset, settings: SummarizeSettings
) -> None:
    """Write every row with its summary, once and in the order read, and all sentences with scores where requested."""
    added = [*columns.SUMMARIES, *[columns.KEYPHRASES_OF_TEXTS] * (settings.keyphrases > 0)]
    output = AddedColumns(documents.schema, added)
    settings = without_repeated_lines(documents, settings)
    languages = text_languages(documents, settings)
    started, n_rows = time.monotonic(), 0
    statuses: Counter[str] = Counter()
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
        for chunk, rows in _summarized(chunks, settings, languages, map_ordered, write_sentences):
            table = summaries_table(rows, keyphrases=settings.keyphrases > 0)
            write_rows(output.join(chunk, table))
            n_rows += len(chunk)
            statuses.update(table[columns.SUMMARY_STATUS])
            logger.info("%s rows summarized after %.0f s", f"{n_rows:,}", time.monotonic() - started)
    languages.log()
    logger.info("statuses: %s", ", ".join(f"{status} {statuses[status]:,}" for status in sorted(statuses)) or "no row")
    n_empty, n_without_word = statuses[columns.STATUS_EMPTY], statuses[columns.STATUS_NO_WORD]
    warn_of_useless_texts(n_rows, n_empty, n_without_word, settings.text_column, languages)


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
    work = RowSummarizer(
        settings.for_words(), settings.for_summaries(), n_keyphrases=settings.keyphrases, with_sentences=with_sentences
    )
    return worker_pool(work, n_processes, items_at_once=2)  # batches are about the same work


def _summarized(
    chunks: Iterable[pd.DataFrame],
    settings: SummarizeSettings,
    languages: TextLanguages,
    map_ordered: MapOrdered[Any, Any],
    write_sentences: Optional[Write],
) -> Iterator[tuple[pd.DataFrame, list[tuple[Any, ...]]]]:
    """Yield each chunk with its summaries; write its sentences and log faults on the way.

    All chunks are one stream of work: the processes already read the next chunk while this one is written.
    """
    taken: deque[pd.DataFrame] = deque()

    def work() -> Iterator[Batch]:
        first_row = 0
        for chunk in chunks:
            if len(chunk):
                taken.append(chunk)
                yield from _batches(chunk, settings, languages, first_row)
                first_row += len(chunk)

    rows: list[tuple[Any, ...]] = []
    for batch in map_ordered(work()):
        rows += batch.rows
        for row, fault in batch.faults:
            logger.warning("row %s could not be summarized (%s)", row, fault)
        if write_sentences and batch.sentences:
            write_sentences(sentences_table(batch.sentences))
        if len(rows) == len(taken[0]):  # no batch spans two chunks
            yield taken.popleft(), rows
            rows = []


def _batches(
    chunk: pd.DataFrame, settings: SummarizeSettings, languages: TextLanguages, first_row: int
) -> Iterator[Batch]:
    texts = texts_in_languages(chunk, settings, languages)
    return batches(texts, row_keys(chunk, settings.id_column, first_row), first_row)
