"""Run 'Evaluate summaries': read rows chunk by chunk, write them with their measures, then the overall figures."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from itertools import chain

import pandas as pd

from text_explorer.cells import cells_in, text_of
from text_explorer.columns import schema_of
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.forms.evaluate import EvaluateSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, rows_writer, write_rows
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.overall import OverallEvaluation
from text_explorer.summaries.evaluation.rows import EvaluatedRow, evaluate_rows, row_key
from text_explorer.summaries.evaluation.tables import evaluation_table

logger = logging.getLogger(__name__)


def write_evaluation(name: str, summaries: InputDataset, settings: EvaluateSettings) -> OverallEvaluation:
    """Write every row with its figures, once and in the order read; return the figures of all rows."""
    with_references = bool(settings.reference_columns)
    output = AddedColumns(summaries.schema, columns.evaluation_columns(with_references=with_references))
    languages = text_languages(summaries, settings)
    overall = OverallEvaluation(columns.measures(with_references=with_references))
    started, n_rows = time.monotonic(), 0
    with rows_writer(name, output.schema) as write:
        for chunk in summaries.chunks():
            rows = list(_rows(chunk, settings, languages))
            evaluations = list(evaluate_rows(rows, settings.for_evaluation(), first_row=n_rows))
            overall.add(map(row_key, rows), evaluations)
            write(output.join(chunk, evaluation_table(evaluations, with_references=with_references)))
            n_rows += len(chunk)
            logger.info("%s rows evaluated after %.0f s", f"{n_rows:,}", time.monotonic() - started)
    languages.log()
    statuses = (f"{status} {count:,}" for status, count in overall.status_counts().items())
    logger.info("statuses: %s", ", ".join(statuses) or "no row")
    return overall


def write_overall(name: str, overall: OverallEvaluation, seed: int) -> None:
    """Write the dataset ``evaluation_overall``, and the means to the log."""
    table = overall.table(seed)
    for measure, rows in table.groupby(columns.MEASURE, sort=False):
        means = (f"{system} {mean:.4f}" for system, mean in zip(rows[columns.SYSTEM], rows[columns.MEAN]))
        logger.info("%s: %s", measure, ", ".join(means))
    write_rows(name, schema_of(columns.OVERALL), [table])


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
