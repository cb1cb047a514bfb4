"""The DSS side of 'Summarize texts': stream rows in, write them out with their summaries."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Callable, Optional, Union

import pandas as pd

from text_explorer.dss.datasets import InputDataset, names_in_use, row_keys, rows_writer
from text_explorer.dss.language import text_languages, texts_in_languages
from text_explorer.dss.summarize_settings import SummarizeSettings
from text_explorer.summaries import columns
from text_explorer.summaries.summarize import Summary
from text_explorer.summaries.tables import sentence_rows, sentences_table, summaries_table, summarize_rows

logger = logging.getLogger(__name__)

SENTENCES_AT_ONCE = 5_000
"""A write costs a millisecond, a sentence a kilobyte."""


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
    """
    in_use = names_in_use([column["name"] for column in columns.SUMMARIES], documents.columns)
    schema = [*documents.schema, *({**column, "name": in_use[column["name"]]} for column in columns.SUMMARIES)]
    languages, words = text_languages(documents, settings), settings.for_words()
    started, n_rows = time.monotonic(), 0
    statuses: pd.Series = pd.Series(dtype="int64")
    with ExitStack() as outputs:
        write_rows = outputs.enter_context(rows_writer(name, schema))
        write_sentences = (
            outputs.enter_context(rows_writer(sentences_name, columns.SENTENCES)) if sentences_name else None
        )
        for chunk in documents.chunks():
            texts = texts_in_languages(chunk, settings, languages)
            summaries = summarize_rows(texts, words, settings.for_summaries(), first_row=n_rows)
            if write_sentences:
                keys = row_keys(chunk, settings.id_column, n_rows)
                summaries = _writing_sentences(summaries, keys, write_sentences)
            table = summaries_table(summaries)
            write_rows(pd.concat([chunk.reset_index(drop=True), table.rename(columns=in_use)], axis=1))
            n_rows += len(chunk)
            statuses = statuses.add(table[columns.SUMMARY_STATUS].value_counts(), fill_value=0)
            logger.info("%s rows summarized after %.0f s", f"{n_rows:,}", time.monotonic() - started)
    languages.log()
    logger.info("statuses: %s", ", ".join(f"{status} {count:,.0f}" for status, count in statuses.items()) or "no row")


def _writing_sentences(
    summaries: Iterable[Summary], keys: Sequence[Union[str, int]], write: Callable[[pd.DataFrame], None]
) -> Iterator[Summary]:
    """Pass summaries on, and write their sentences on the way."""
    rows: list[tuple[Any, ...]] = []
    for summary, key in zip(summaries, keys):
        rows.extend(sentence_rows(summary, [key]))
        if len(rows) >= SENTENCES_AT_ONCE:
            write(sentences_table(rows))
            rows = []
        yield summary
    write(sentences_table(rows))
