"""The DSS side of 'Summarize texts': stream rows in, write them out with their summaries."""

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
from text_explorer.columns import names_of, schema_of
from text_explorer.concurrency.processes import LEAST_CHARACTERS, Share, number_of_processes, sharing
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.forms.summarize import SummarizeSettings
from text_explorer.dss.io.datasets import CHUNK_ROWS, InputDataset, names_in_use, row_keys, rows_writer
from text_explorer.dss.io.text_reader import text_languages, texts_in_languages, warn_of_useless_texts
from text_explorer.summaries.rows import Batch, RowSummarizer, batches
from text_explorer.summaries.sentences import columns
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
    in_use = names_in_use(names_of(added), documents.columns)
    schema = [*documents.schema, *schema_of(added, in_use)]
    languages = text_languages(documents, settings)
    started, n_rows, statuses = time.monotonic(), 0, Counter()
    with ExitStack() as opened:
        write_rows = opened.enter_context(rows_writer(name, schema))
        write_sentences = (
            opened.enter_context(rows_writer(sentences_name, schema_of(columns.SENTENCES))) if sentences_name else None
        )
        chunks = documents.chunks()
        first = list(itertools.islice(chunks, 1))
        share = opened.enter_context(_sharing(first, settings, with_sentences=bool(sentences_name)))
        chunks = itertools.chain(iter(first), chunks)
        del first  # or it would be held to the end
        for chunk, rows in _summarized(chunks, settings, languages, share, write_sentences):
            table = summaries_table(rows, keyphrases=settings.keyphrases > 0)
            write_rows(pd.concat([chunk.reset_index(drop=True), table.rename(columns=in_use)], axis=1))
            n_rows += len(chunk)
            statuses.update(table[columns.SUMMARY_STATUS])
            logger.info("%s rows summarized after %.0f s", f"{n_rows:,}", time.monotonic() - started)
    languages.log()
    logger.info("statuses: %s", ", ".join(f"{status} {statuses[status]:,}" for status in sorted(statuses)) or "no row")
    n_empty, n_without_word = statuses[columns.STATUS_EMPTY], statuses[columns.STATUS_NO_WORD]
    warn_of_useless_texts(n_rows, n_empty, n_without_word, settings.text_column, languages)


def _sharing(
    first_chunk: Sequence[pd.DataFrame], settings: SummarizeSettings, *, with_sentences: bool
) -> AbstractContextManager[Share]:
    """Open as many processes as the first chunk, if there is one, makes worth while."""
    n_rows = sum(map(len, first_chunk))
    n_characters = sum(len(text_of(cell) or "") for chunk in first_chunk for cell in chunk[settings.text_column])
    # Of a full chunk nobody knows how many more follow.
    much = n_characters >= LEAST_CHARACTERS or n_rows == CHUNK_ROWS
    n_processes = number_of_processes(settings.n_processes, much=much) if n_rows else 1
    if n_processes > 1:
        logger.info("%s processes share the work", n_processes)
    work = RowSummarizer(
        settings.for_words(), settings.for_summaries(), n_keyphrases=settings.keyphrases, with_sentences=with_sentences
    )
    return sharing(work, n_processes, items_at_once=2)  # batches are about the same work


def _summarized(
    chunks: Iterable[pd.DataFrame],
    settings: SummarizeSettings,
    languages: TextLanguages,
    share: Share,
    write_sentences: Optional[Write],
) -> Iterator[tuple[pd.DataFrame, list[tuple[Any, ...]]]]:
    """Yield each chunk with its rows of summaries; those of sentences are written on the way, and faults logged.

    All chunks are one stream of work, so that the processes have some of the next chunk while this one is written.
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
    for batch in share(work()):
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
