"""Run 'Evaluate summaries (Spark)': the workers read, evaluate and write the rows."""

from __future__ import annotations

from contextlib import closing

from text_explorer.dss.batches import on_spark
from text_explorer.dss.batches.evaluate import EvaluatedCounts, columns_read
from text_explorer.dss.forms.evaluate import EvaluateSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.dss.recipes.evaluate import log_evaluation
from text_explorer.dss.recipes.on_spark.summarize import SUMMARY_LIBRARIES
from text_explorer.dss.spark.rows import WorkedRows, rows_on_spark
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.overall import OverallEvaluation


def evaluate_on_spark(name: str, summaries: InputDataset, settings: EvaluateSettings) -> OverallEvaluation:
    """Write every row with its figures, in no particular order; return the figures of all rows."""
    languages = text_languages(summaries, settings)
    added = columns.evaluation_columns(with_references=bool(settings.reference_columns))
    with rows_on_spark(summaries.name, summaries.schema, libraries=SUMMARY_LIBRARIES) as rows:
        row_format = rows.row_format(columns_read(settings), added)
        task = rows.shipment.task(on_spark.evaluate, row_format, settings, languages)
        with closing(WorkedRows(rows, task)) as worked:
            counts = worked.merge_counts(EvaluatedCounts(languages, settings))
            worked.write(name, AddedColumns(summaries.schema, added))
    log_evaluation(counts)
    return counts.overall
