"""Evaluate the summaries of a batch of rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pandas as pd

from text_explorer.cells import cells_in, text_of
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.forms.evaluate import EvaluateSettings
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.overall import OverallEvaluation
from text_explorer.summaries.evaluation.rows import EvaluatedRow, evaluate_rows, row_key
from text_explorer.summaries.evaluation.tables import evaluation_table


class EvaluatedCounts:
    """What the log and the overall figures need of rows: their languages, and their figures by content."""

    def __init__(self, languages: TextLanguages, settings: EvaluateSettings):
        self.languages = languages
        self.overall = OverallEvaluation(columns.measures(with_references=bool(settings.reference_columns)))

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return sum(self.overall.status_counts().values())

    def merge(self, other: EvaluatedCounts) -> None:
        """Add the counts of other rows."""
        self.languages.merge(other.languages)
        self.overall.merge(other.overall)


def columns_read(settings: EvaluateSettings) -> list[str]:
    """Return the columns of a batch that are read."""
    given = [settings.text_column, settings.summary_column, settings.language_column, *settings.reference_columns]
    return list(dict.fromkeys(filter(None, given)))


def evaluate_batch(
    chunk: pd.DataFrame, settings: EvaluateSettings, counts: EvaluatedCounts, first_row: int = 0
) -> pd.DataFrame:
    """Return the columns that each row gets, and count the rows. The log names them by number, from `first_row` on."""
    rows = list(_rows(chunk, settings, counts.languages))
    evaluations = list(evaluate_rows(rows, settings.for_evaluation(), first_row=first_row))
    counts.overall.add(map(row_key, rows), evaluations)
    return evaluation_table(evaluations, with_references=bool(settings.reference_columns))


def _rows(chunk: pd.DataFrame, settings: EvaluateSettings, languages: TextLanguages) -> Iterator[EvaluatedRow]:
    """Yield text, summary and references of each row; without a text, the language is that of the summary."""
    codes = [None] * len(chunk) if settings.language_column is None else chunk[settings.language_column]
    references = zip(*(chunk[column] for column in settings.reference_columns))
    without = [()] * len(chunk)
    for text_cell, summary_cell, reference_cells, code in zip(
        chunk[settings.text_column],
        chunk[settings.summary_column],
        references if settings.reference_columns else without,
        codes,
    ):
        text, summary = languages.text_of(text_cell), languages.text_of(summary_cell)
        language = languages.with_language(summary if text is None else text, text_of(code)).language
        references_of_row = map(languages.text_of, chain.from_iterable(map(cells_in, reference_cells)))
        yield EvaluatedRow(text, language, summary, tuple(filter(None, references_of_row)))
