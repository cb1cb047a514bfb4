"""Run 'Summarize groups of texts (Spark)': the workers collect the documents of groups, then summarize the groups."""

from __future__ import annotations

from typing import Optional

from text_explorer.dss.batches.groups import GroupedCounts
from text_explorer.dss.forms.shared import ID_COLUMN
from text_explorer.dss.forms.summarize import SummarizeGroupsSettings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.dss.recipes.on_spark.summarize import SUMMARY_LIBRARIES
from text_explorer.dss.recipes.summarize_groups import log_groups, write_groups
from text_explorer.dss.spark.corpus.reading import without_repeated_lines
from text_explorer.dss.spark.groups import summarize_groups
from text_explorer.dss.spark.rows import rows_on_spark
from text_explorer.errors import SettingsError


def summarize_groups_on_spark(
    name: str, sentences_name: Optional[str], documents: InputDataset, settings: SummarizeGroupsSettings
) -> None:
    """Write one summary per group, in the order of their keys, and all sentences with scores where requested."""
    if settings.id_column is None:
        raise SettingsError([
            f"'{ID_COLUMN.label}' must name a column, by which summaries name their documents: on Spark, rows have no "
            "number. Select a column, or use the recipe without '(Spark)'."
        ])  # fmt: skip
    counts = GroupedCounts(text_languages(documents, settings))
    with rows_on_spark(documents.name, documents.schema, libraries=SUMMARY_LIBRARIES) as rows:
        settings = without_repeated_lines(rows.shipment, rows.column(settings.text_column), settings)
        summaries = summarize_groups(rows, settings, counts, with_sentences=bool(sentences_name))
    log_groups(len(summaries), counts, settings)
    write_groups(name, sentences_name, documents.schema, summaries, settings)
