"""Run 'Evaluate summaries': read rows chunk by chunk, write them with their measures, then the overall figures."""

from __future__ import annotations

import logging
import time

from text_explorer.columns import schema_of
from text_explorer.dss.batches.evaluate import EvaluatedCounts, evaluate_batch
from text_explorer.dss.forms.evaluate import EvaluateSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, rows_writer, write_rows
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.overall import OverallEvaluation

logger = logging.getLogger(__name__)


def write_evaluation(name: str, summaries: InputDataset, settings: EvaluateSettings) -> OverallEvaluation:
    """Write every row with its figures, once and in the order read; return the figures of all rows."""
    with_references = bool(settings.reference_columns)
    output = AddedColumns(summaries.schema, columns.evaluation_columns(with_references=with_references))
    counts = EvaluatedCounts(text_languages(summaries, settings), settings)
    started, n_rows = time.monotonic(), 0
    with rows_writer(name, output.schema) as write:
        for chunk in summaries.chunks():
            write(output.join(chunk, evaluate_batch(chunk, settings, counts, n_rows)))
            n_rows += len(chunk)
            logger.info("%s rows evaluated after %.0f s", f"{n_rows:,}", time.monotonic() - started)
    log_evaluation(counts)
    return counts.overall


def log_evaluation(counts: EvaluatedCounts) -> None:
    """Log the languages and statuses of all rows."""
    counts.languages.log()
    statuses = (f"{status} {count:,}" for status, count in counts.overall.status_counts().items())
    logger.info("statuses: %s", ", ".join(statuses) or "no row")


def write_overall(name: str, overall: OverallEvaluation, seed: int) -> None:
    """Write the dataset ``evaluation_overall``, and the means to the log."""
    table = overall.table(seed)
    for measure, rows in table.groupby(columns.MEASURE, sort=False):
        means = (f"{system} {mean:.4f}" for system, mean in zip(rows[columns.SYSTEM], rows[columns.MEAN]))
        logger.info("%s: %s", measure, ", ".join(means))
    write_rows(name, schema_of(columns.OVERALL), [table])
