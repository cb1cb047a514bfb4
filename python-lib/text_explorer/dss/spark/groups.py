"""Summarize groups of rows in Spark's workers: each collects documents, then summarizes whole groups."""

from __future__ import annotations

from operator import itemgetter
from zlib import crc32

from pyspark import StorageLevel

from text_explorer.concurrency.sending import unpack
from text_explorer.dss.batches import on_spark
from text_explorer.dss.batches.groups import GroupedCounts
from text_explorer.dss.forms.summarize import SummarizeGroupsSettings
from text_explorer.dss.spark.rows import SparkRows
from text_explorer.summaries.group_summaries import GroupSummary


def summarize_groups(
    rows: SparkRows, settings: SummarizeGroupsSettings, counts: GroupedCounts, *, with_sentences: bool
) -> list[GroupSummary]:
    """Return the summary of each group, in the order of their keys, and add the counts of all rows to `counts`."""
    row_format = rows.row_format(settings.columns, ())
    collect = rows.shipment.task(on_spark.collect_groups, row_format, settings, counts.languages)
    parts = rows.rdd().mapPartitions(collect).persist(StorageLevel.MEMORY_AND_DISK)
    for content in parts.map(itemgetter(on_spark.COUNTS)).collect():
        counts.merge(unpack(content))
    summarize = rows.shipment.task(on_spark.summarize_groups, settings, with_sentences)
    groups = parts.flatMap(itemgetter(on_spark.GROUPS)).groupByKey(parts.getNumPartitions(), crc32)
    summaries: list[GroupSummary] = [unpack(content) for content in groups.mapPartitions(summarize).collect()]
    parts.unpersist()
    return sorted(summaries, key=lambda summary: [(value is None, value) for value in summary.key])
