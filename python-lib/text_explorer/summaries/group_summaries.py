"""Summarize the documents of each group together, and find the keyphrases that distinguish the groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Optional

import pandas as pd

from text_explorer.columns import names_of
from text_explorer.errors import caught
from text_explorer.summaries.groups import GroupedDocuments, GroupKey, KeptDocument
from text_explorer.summaries.keyphrases import Candidates, candidates, keyphrases_of_groups
from text_explorer.summaries.sentences import columns
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import Summary, failed_summary, summarize_texts
from text_explorer.summaries.tables import RowKey, sentence_rows, to_json

_DTYPES = {"tinyint": "Int64", "smallint": "Int64", "int": "Int64", "bigint": "Int64"}


class GroupOfTexts(NamedTuple):
    """A group to summarize: its key, the number of all its documents, and those kept."""

    key: GroupKey
    n_documents: int
    kept: list[KeptDocument]


class GroupSummary(NamedTuple):
    """The result of a group: the values of ``columns.GROUP_SUMMARIES`` except keyphrases, and the error if it failed.

    Keyphrases are chosen among the candidates once all groups are known; rows of sentences are there where requested.
    """

    key: GroupKey
    values: dict[str, Any]
    candidates: Candidates
    sentences: list[tuple[Any, ...]]
    fault: Optional[str]


@dataclass(frozen=True)
class GroupSummarizer:
    """Summarizes groups; one that fails gets an error status and does not affect the others."""

    words: TextSettings
    settings: SummarySettings
    with_keyphrases: bool = True
    with_sentences: bool = False

    def __call__(self, group: GroupOfTexts) -> GroupSummary:
        """Summarize a group."""
        row_keys = [entry.row_key for entry in group.kept]
        phrases = Candidates({}, {})
        sentences: list[tuple[Any, ...]] = []
        with caught() as fault:
            summary = summarize_texts([entry.document for entry in group.kept], self.words, self.settings)
            if self.with_keyphrases:
                phrases = candidates(summary.document)
            if self.with_sentences:
                sentences = list(sentence_rows(summary, row_keys))
        if fault.error is not None:
            summary, phrases, sentences = failed_summary(self.words), Candidates({}, {}), []
        name = type(fault.error).__name__ if fault.error else None
        return GroupSummary(group.key, _values(group.n_documents, summary, row_keys), phrases, sentences, name)


def groups_of_texts(grouped: GroupedDocuments) -> Iterator[GroupOfTexts]:
    """Yield the groups in the order of their keys."""
    for key in grouped.sorted_keys():
        yield GroupOfTexts(key, grouped.groups[key].n_documents, grouped.documents(key))


def _values(n_documents: int, summary: Summary, row_keys: Sequence[RowKey]) -> dict[str, Any]:
    return {
        columns.N_DOCUMENTS: n_documents,
        columns.N_SENTENCES: summary.document.n_sentences,
        columns.SUMMARY: summary.text,
        columns.SUMMARY_SOURCES: to_json(
            {"row_key": row_keys[s.source], "start": s.start, "end": s.end, "score": s.score} for s in summary.chosen
        ),
        columns.SUMMARY_STATUS: summary.status,
    }


class GroupSummariesTable:
    """The columns ``columns.GROUP_SUMMARIES``, one row per group; stores only what these need of a group."""

    def __init__(self, n_keyphrases: int) -> None:
        self.keys: list[GroupKey] = []
        self._n_keyphrases = n_keyphrases
        self._rows: list[dict[str, Any]] = []
        self._candidates: list[Candidates] = []

    def add(self, group: GroupSummary) -> None:
        """Add the next group."""
        self.keys.append(group.key)
        self._candidates.append(group.candidates)
        self._rows.append(group.values)

    def table(self) -> pd.DataFrame:
        """Return the rows with their keyphrases."""
        table = pd.DataFrame(self._rows, columns=names_of(columns.GROUP_SUMMARIES), dtype=object)
        phrases = keyphrases_of_groups(self._candidates, self._n_keyphrases)
        table[columns.KEYPHRASES] = pd.Series([to_json(of_group) for of_group in phrases], dtype=object)
        return table.astype({columns.N_DOCUMENTS: "int64", columns.N_SENTENCES: "int64"})


def key_columns(keys: Sequence[GroupKey], names: Sequence[str], types: Sequence[str]) -> pd.DataFrame:
    """Build the group columns, of these names and storage types, from the keys of groups."""
    table = {}
    for position, (name, storage_type) in enumerate(zip(names, types)):
        table[name] = pd.Series([key[position] for key in keys], dtype=_DTYPES.get(storage_type, object))
    return pd.DataFrame(table)
