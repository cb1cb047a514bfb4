"""Run 'Summarize texts (extractive) (Spark)': the workers read, summarize and write the rows."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import Optional

from text_explorer.dss.batches import on_spark
from text_explorer.dss.batches.summarize import SummarizedCounts, added_columns
from text_explorer.dss.batches.texts import text_columns
from text_explorer.dss.forms.shared import ID_COLUMN
from text_explorer.dss.forms.summarize import SummarizeSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.dss.recipes.summarize import log_summaries
from text_explorer.dss.spark.corpus.reading import without_repeated_lines
from text_explorer.dss.spark.preflight import LIBRARIES
from text_explorer.dss.spark.rows import WorkedRows, rows_on_spark
from text_explorer.errors import SettingsError
from text_explorer.summaries.sentences import columns

logger = logging.getLogger(__name__)

SUMMARY_LIBRARIES = (*LIBRARIES, "pandas", "sumy", "sentencex")


def summarize_on_spark(
    name: str, sentences_name: Optional[str], documents: InputDataset, settings: SummarizeSettings
) -> None:
    """Write every row with its summary, in no particular order, and all sentences with scores where requested."""
    if sentences_name and settings.id_column is None:
        raise SettingsError([
            f"'{ID_COLUMN.label}' must name a column where the output 'Sentences' is used: on Spark, rows have no "
            "number. Select a column, or remove the output."
        ])  # fmt: skip
    languages = text_languages(documents, settings)
    added = added_columns(settings)
    further = columns.SENTENCES if sentences_name else []
    with rows_on_spark(documents.name, documents.schema, libraries=SUMMARY_LIBRARIES) as rows:
        settings = without_repeated_lines(rows.shipment, rows.column(settings.text_column), settings)
        row_format = rows.row_format([*text_columns(settings), *filter(None, [settings.id_column])], added, further)
        task = rows.shipment.task(on_spark.summarize, row_format, settings, languages)
        with closing(WorkedRows(rows, task)) as worked:
            counts = worked.merge_counts(SummarizedCounts(languages))
            worked.write(name, AddedColumns(documents.schema, added))
            if sentences_name:
                worked.write_further(sentences_name, further)
    for fault, n_rows in counts.n_faults.items():
        logger.warning("%s rows could not be summarized (%s)", f"{n_rows:,}", fault)
    log_summaries(counts, settings)
