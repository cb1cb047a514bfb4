"""Run 'Summarize groups of texts': collect documents by group in one pass, write one row per group."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Callable, Optional

import pandas as pd

from text_explorer.columns import Column
from text_explorer.concurrency.processes import MIN_CHARACTERS, MapOrdered, number_of_processes, worker_pool
from text_explorer.dss.batches.texts import row_keys, texts_in_languages
from text_explorer.dss.forms.summarize import SummarizeGroupsSettings
from text_explorer.dss.io.dataset_rows import plain_values
from text_explorer.dss.io.datasets import CHUNK_ROWS, AddedColumns, InputDataset, rows_writer, write_rows
from text_explorer.dss.io.text_reader import text_languages, warn_of_useless_texts
from text_explorer.summaries.group_summaries import (
    GroupSummariesTable,
    GroupSummarizer,
    GroupSummary,
    groups_of_texts,
    key_columns,
)
from text_explorer.summaries.groups import GroupedDocuments, GroupKey
from text_explorer.summaries.sentences import columns
from text_explorer.summaries.tables import sentences_table

logger = logging.getLogger(__name__)

PROGRESS_GROUPS = 100


def read_groups(documents: InputDataset, settings: SummarizeGroupsSettings) -> GroupedDocuments:
    """Read the documents once and keep those to summarize in each group."""
    languages = text_languages(documents, settings)
    weighted = settings.weight_column is not None
    named = settings.id_column is not None
    grouped = GroupedDocuments(
        settings.max_documents, weighted=weighted, seed=settings.seed, named=named,
        strip_html=settings.for_words().preparation.strip_html,
    )  # fmt: skip
    types = {column["name"]: column for column in documents.schema}
    n_rows = n_without_weight = 0
    for chunk in documents.chunks(settings.columns):
        keys = _keys(chunk, [types[column] for column in settings.group_columns])
        texts = texts_in_languages(chunk, settings, languages)
        weights = [_weight(cell) for cell in chunk[settings.weight_column]] if weighted else [None] * len(chunk)
        rows = zip(keys, row_keys(chunk, settings.id_column, n_rows), texts, weights)
        for row, (key, row_key, text, weight) in enumerate(rows, start=n_rows):
            grouped.add(key, row, row_key, text, weight)
        n_rows += len(chunk)
        n_without_weight += sum(not (weight and weight > 0) for weight in weights) if weighted else 0
    logger.info("%s rows read in %s groups", f"{n_rows:,}", f"{len(grouped.groups):,}")
    languages.log()
    n_documents = sum(group.n_documents for group in grouped.groups.values())
    warn_of_useless_texts(n_rows, n_rows - n_documents, 0, settings.text_column, languages)
    if n_without_weight:
        logger.warning(
            "%s rows have no number above 0 in the weight column; they are drawn after all others",
            f"{n_without_weight:,}",
        )
    return grouped


def write_group_summaries(
    name: str,
    sentences_name: Optional[str],
    documents: InputDataset,
    grouped: GroupedDocuments,
    settings: SummarizeGroupsSettings,
) -> None:
    """Summarize each group and write it, and all sentences with their scores where requested."""
    types = {column["name"]: column for column in documents.schema}
    group_schema = [types[column] for column in settings.group_columns]
    started, groups = time.monotonic(), GroupSummariesTable(settings.keyphrases)
    with ExitStack() as opened:
        sentences = opened.enter_context(_sentences_writer(sentences_name, group_schema)) if sentences_name else None
        map_ordered = opened.enter_context(_worker_pool(grouped, settings, with_sentences=bool(sentences_name)))
        for group in map_ordered(groups_of_texts(grouped)):
            groups.add(group)
            if group.fault:
                logger.warning("group %s of the output could not be summarized (%s)", len(groups.keys), group.fault)
            if sentences:
                sentences.add(group)
            if len(groups.keys) % PROGRESS_GROUPS == 0:
                logger.info("%s groups summarized after %.0f s", f"{len(groups.keys):,}", time.monotonic() - started)
    table = _joined(group_schema, groups.keys, groups.table())
    write_rows(name, AddedColumns(group_schema, columns.GROUP_SUMMARIES).schema, [table])
    logger.info("%s groups written after %.0f s", f"{len(table):,}", time.monotonic() - started)


class _Sentences:
    """Collect the sentences of groups and write many at once: a table for each group would be slow."""

    def __init__(self, write: Callable[[pd.DataFrame], None], group_schema: list[dict[str, Any]]):
        self._write = write
        self._group_schema = group_schema
        self._keys: list[GroupKey] = []
        self._rows: list[tuple[Any, ...]] = []

    def add(self, group: GroupSummary) -> None:
        """Add the sentences of a group; write all collected ones once they fill a chunk."""
        self._keys += [group.key] * len(group.sentences)
        self._rows += group.sentences
        if len(self._rows) >= CHUNK_ROWS:
            self.write()

    def write(self) -> None:
        """Write the collected sentences."""
        if self._rows:
            self._write(_joined(self._group_schema, self._keys, sentences_table(self._rows)))
        self._keys, self._rows = [], []


@contextmanager
def _sentences_writer(name: str, group_schema: list[dict[str, Any]]) -> Iterator[_Sentences]:
    """Open the dataset of sentences; write the remaining ones at the end."""
    with rows_writer(name, AddedColumns(group_schema, columns.SENTENCES).schema) as write:
        sentences = _Sentences(write, group_schema)
        yield sentences
        sentences.write()


def _worker_pool(
    grouped: GroupedDocuments, settings: SummarizeGroupsSettings, *, with_sentences: bool
) -> AbstractContextManager[MapOrdered[Any, Any]]:
    """Open as many worker processes as the size of the kept texts justifies, at most one per group."""
    n_characters = sum(len(kept.document.text or "") for group in grouped.groups.values() for kept in group.kept)
    wanted = number_of_processes(settings.n_processes, large=n_characters >= MIN_CHARACTERS)
    n_processes = max(1, min(wanted, len(grouped.groups)))
    if n_processes > 1:
        logger.info("%s processes share the work", n_processes)
    work = GroupSummarizer(
        settings.for_words(), settings.for_summaries(),
        with_keyphrases=settings.keyphrases > 0, with_sentences=with_sentences,
    )  # fmt: skip
    return worker_pool(work, n_processes)


def _joined(group_schema: list[dict[str, Any]], keys: list[GroupKey], table: pd.DataFrame) -> pd.DataFrame:
    """Return the group columns before the others, which get a suffix if a group column has the same name."""
    group_names = [column["name"] for column in group_schema]
    key_table = key_columns(keys, group_names, [column["type"] for column in group_schema])
    return AddedColumns(group_schema, [Column(name, "string", "") for name in table.columns]).join(key_table, table)


def _keys(chunk: pd.DataFrame, group_schema: list[dict[str, Any]]) -> Iterator[GroupKey]:
    """Yield the values of the group columns of each row, as plain Python values; None for an empty cell."""
    columns = (plain_values(chunk[column["name"]], column["type"]) for column in group_schema)
    return zip(*([None if value == "" else value for value in values] for values in columns))


def _weight(cell: Any) -> Optional[float]:
    """Return a weight, or None if the cell is no number."""
    try:
        weight = float(cell)
    except (TypeError, ValueError):
        return None
    return weight if math.isfinite(weight) else None
