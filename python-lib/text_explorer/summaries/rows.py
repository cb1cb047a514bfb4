"""Summarize rows in batches, which several processes can do in parallel since rows are independent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.errors import caught
from text_explorer.summaries.keyphrases import keyphrases_of_text
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import Summary, failed_summary, summarize_text
from text_explorer.summaries.tables import RowKey, sentence_rows, summary_row, to_json

BATCH_CHARACTERS = 300_000
"""A tenth of a second of work or more, so that the few milliseconds of handing it to a process do not matter."""

BATCH_ROWS = 500


class Batch(NamedTuple):
    """Consecutive rows: the number of the first, the texts, and the row keys."""

    first_row: int
    texts: list[DocumentText]
    row_keys: list[RowKey]


class SummarizedBatch(NamedTuple):
    """The results of a batch: rows of summaries, each followed by its keyphrases where requested, and of sentences.

    A fault is the number of a row that failed, with the type of its error.
    """

    rows: list[tuple[Any, ...]]
    sentences: list[tuple[Any, ...]]
    faults: list[tuple[int, str]]


@dataclass(frozen=True)
class RowSummarizer:
    """Summarizes batches of rows; a text that fails gets an error status and does not affect the others.

    Without a number of keyphrases, there is no column of keyphrases.
    """

    words: TextSettings
    settings: SummarySettings
    n_keyphrases: int = 0
    with_sentences: bool = False

    def __call__(self, batch: Batch) -> SummarizedBatch:
        """Summarize a batch."""
        done = SummarizedBatch([], [], [])
        for row, (text, row_key) in enumerate(zip(batch.texts, batch.row_keys), start=batch.first_row):
            with caught() as fault:
                values, sentences = self._summarize(text, row_key)
            if fault.error is not None:
                values, sentences = self._values(failed_summary(self.words)), []
                done.faults.append((row, type(fault.error).__name__))
            done.rows.append(values)
            done.sentences.extend(sentences)
        return done

    def _summarize(self, text: DocumentText, row_key: RowKey) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
        summary = summarize_text(text, self.words, self.settings)
        return self._values(summary), list(sentence_rows(summary, [row_key])) if self.with_sentences else []

    def _values(self, summary: Summary) -> tuple[Any, ...]:
        if self.n_keyphrases == 0:
            return summary_row(summary)
        return (*summary_row(summary), to_json(keyphrases_of_text(summary.document, self.n_keyphrases)))


def batches(texts: Iterable[DocumentText], row_keys: Iterable[RowKey], first_row: int) -> Iterator[Batch]:
    """Group consecutive rows into batches of about the same amount of work."""
    batch, n_characters = Batch(first_row, [], []), 0
    for text, row_key in zip(texts, row_keys):
        batch.texts.append(text)
        batch.row_keys.append(row_key)
        n_characters += len(text.text or "")
        if n_characters >= BATCH_CHARACTERS or len(batch.texts) == BATCH_ROWS:
            yield batch
            batch, n_characters = Batch(batch.first_row + len(batch.texts), [], []), 0
    if batch.texts:
        yield batch
