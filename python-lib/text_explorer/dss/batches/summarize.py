"""Summarize a batch of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from text_explorer.columns import Column
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches.texts import row_keys, texts_in_languages
from text_explorer.dss.forms.summarize import SummarizeSettings
from text_explorer.summaries.rows import Batch, RowSummarizer, SummarizedBatch, batches
from text_explorer.summaries.sentences import columns
from text_explorer.summaries.tables import summaries_table


class SummarizedCounts:
    """What the log needs of rows: their languages, their statuses, and the errors of those that failed."""

    def __init__(self, languages: TextLanguages):
        self.languages = languages
        self.n_statuses: Counter[str] = Counter()
        self.n_faults: Counter[str] = Counter()

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return sum(self.n_statuses.values())

    def merge(self, other: SummarizedCounts) -> None:
        """Add the counts of other rows."""
        self.languages.merge(other.languages)
        self.n_statuses += other.n_statuses
        self.n_faults += other.n_faults


def added_columns(settings: SummarizeSettings) -> list[Column]:
    """Return the columns that each row gets."""
    return [*columns.SUMMARIES, *[columns.KEYPHRASES_OF_TEXTS] * (settings.keyphrases > 0)]


def row_summarizer(settings: SummarizeSettings, *, with_sentences: bool) -> RowSummarizer:
    """Return what summarizes batches of texts."""
    return RowSummarizer(
        settings.for_words(), settings.for_summaries(), n_keyphrases=settings.keyphrases, with_sentences=with_sentences
    )


def text_batches(
    chunk: pd.DataFrame, settings: SummarizeSettings, languages: TextLanguages, first_row: int = 0
) -> Iterator[Batch]:
    """Yield the texts of rows, numbered from `first_row` on, in batches of about the same amount of work."""
    texts = texts_in_languages(chunk, settings, languages)
    return batches(texts, row_keys(chunk, settings.id_column, first_row), first_row)


def summarized_table(done: SummarizedBatch, settings: SummarizeSettings, counts: SummarizedCounts) -> pd.DataFrame:
    """Return the `added_columns` of summarized rows, and count the rows."""
    table = summaries_table(done.rows, keyphrases=settings.keyphrases > 0)
    counts.n_statuses.update(table[columns.SUMMARY_STATUS])
    counts.n_faults.update(fault for _, fault in done.faults)
    return table
