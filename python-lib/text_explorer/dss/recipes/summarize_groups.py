"""Run 'Summarize groups of texts': collect documents by group in one pass, write one row per group."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Callable, Optional

import pandas as pd

from text_explorer.columns import Column
from text_explorer.concurrency.processes import MIN_CHARACTERS, MapOrdered, number_of_processes, worker_pool
from text_explorer.dss.batches.groups import GroupedCounts, add_to_groups, group_summarizer, new_groups
from text_explorer.dss.batches.texts import row_keys
from text_explorer.dss.forms.summarize import SummarizeGroupsSettings
from text_explorer.dss.io.dataset_rows import plain_values
from text_explorer.dss.io.datasets import CHUNK_ROWS, AddedColumns, InputDataset, rows_writer, write_rows
from text_explorer.dss.io.text_reader import text_languages, warn_of_useless_texts
from text_explorer.summaries.group_summaries import (
    GroupSummariesTable,
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
    counts, grouped = GroupedCounts(text_languages(documents, settings)), new_groups(settings)
    types = {column["name"]: column["type"] for column in documents.schema}
    for chunk in documents.chunks(settings.columns):
        keys = zip(*(plain_values(chunk[column], types[column]) for column in settings.group_columns))
        add_to_groups(grouped, chunk, keys, row_keys(chunk, settings.id_column, counts.n_rows), settings, counts)
    counts.n_documents = sum(group.n_documents for group in grouped.groups.values())
    log_groups(len(grouped.groups), counts, settings)
    return grouped


def log_groups(n_groups: int, counts: GroupedCounts, settings: SummarizeGroupsSettings) -> None:
    """Log what was read, and warn of texts and weights that are of no use."""
    logger.info("%s rows read in %s groups", f"{counts.n_rows:,}", f"{n_groups:,}")
    counts.languages.log()
    n_empty = counts.n_rows - counts.n_documents
    warn_of_useless_texts(counts.n_rows, n_empty, 0, settings.text_column, counts.languages)
    if counts.n_without_weight:
        logger.warning(
            "%s rows have no number above 0 in the weight column; they are drawn after all others",
            f"{counts.n_without_weight:,}",
        )


def write_group_summaries(
    name: str,
    sentences_name: Optional[str],
    documents: InputDataset,
    grouped: GroupedDocuments,
    settings: SummarizeGroupsSettings,
) -> None:
    """Summarize each group and write it, and all sentences with their scores where requested."""
    with _worker_pool(grouped, settings, with_sentences=bool(sentences_name)) as map_ordered:
        write_groups(name, sentences_name, documents.schema, map_ordered(groups_of_texts(grouped)), settings)


def write_groups(
    name: str,
    sentences_name: Optional[str],
    schema: Sequence[Mapping[str, Any]],
    summaries: Iterable[GroupSummary],
    settings: SummarizeGroupsSettings,
) -> None:
    """Write summaries of groups, in the order of their keys, and all sentences where requested."""
    types = {column["name"]: dict(column) for column in schema}
    group_schema = [types[column] for column in settings.group_columns]
    started, groups = time.monotonic(), GroupSummariesTable(settings.keyphrases)
    with ExitStack() as opened:
        sentences = opened.enter_context(_sentences_writer(sentences_name, group_schema)) if sentences_name else None
        for group in summaries:
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
    work = group_summarizer(settings, with_sentences=with_sentences)
    return worker_pool(work, n_processes)


def _joined(group_schema: list[dict[str, Any]], keys: list[GroupKey], table: pd.DataFrame) -> pd.DataFrame:
    """Return the group columns before the others, which get a suffix if a group column has the same name."""
    group_names = [column["name"] for column in group_schema]
    key_table = key_columns(keys, group_names, [column["type"] for column in group_schema])
    return AddedColumns(group_schema, [Column(name, "string", "") for name in table.columns]).join(key_table, table)
