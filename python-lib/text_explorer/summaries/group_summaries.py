"""Summarize the documents of each group together, and tell by which words the groups differ."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Union

import pandas as pd

from text_explorer.summaries import columns
from text_explorer.summaries.groups import GroupedDocuments, GroupKey
from text_explorer.summaries.keyphrases import Candidates, candidates, keyphrases
from text_explorer.summaries.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import Summary, summarize_texts
from text_explorer.summaries.tables import failed_summary, to_json

logger = logging.getLogger(__name__)

# A 32-bit float as a Python number shows digits it never had: 0.1 would become 0.10000000149011612.
_DTYPES = {"tinyint": "Int64", "smallint": "Int64", "int": "Int64", "bigint": "Int64", "float": "float32"}


@dataclass(frozen=True)
class GroupSummary:
    """A group with its summary.

    Attributes
    ----------
    key
        Values of the group columns.
    n_documents
        Its documents, those left out included.
    summary
        Summary of those kept.
    row_keys
        Their row keys.
    candidates
        Phrases its keyphrases are chosen from once all groups are known.
    """

    key: GroupKey
    n_documents: int
    summary: Summary
    row_keys: tuple[Union[str, int], ...]
    candidates: Candidates

    @property
    def sources(self) -> str:
        """Where the sentences of the summary come from, as JSON."""
        return to_json(
            {"row_key": self.row_keys[s.source], "start": s.start, "end": s.end, "score": s.score}
            for s in self.summary.chosen
        )


def summarize_groups(
    grouped: GroupedDocuments, words: TextSettings, settings: SummarySettings
) -> Iterator[GroupSummary]:
    """Summarize the groups one after the other, in the order of their keys.

    Parameters
    ----------
    grouped
        Documents by group.
    words
        How texts are cut.
    settings
        Method, budget, order.

    Yields
    ------
    GroupSummary
        A group that cannot be summarized gets a status and a line in the log.
    """
    for number, key in enumerate(grouped.sorted_keys(), start=1):
        kept = grouped.documents(key)
        summary, phrases = failed_summary(words), Candidates({}, {})
        try:
            summary = summarize_texts([entry.document for entry in kept], words, settings)
            phrases = candidates(summary.document)
        except Exception as error:  # noqa: BLE001 - one bad group must not cost the others their summaries
            logger.warning("group %s of the output could not be summarized (%s)", number, type(error).__name__)
        row_keys = tuple(entry.row_key for entry in kept)
        yield GroupSummary(key, grouped.groups[key].n_documents, summary, row_keys, phrases)


class GroupSummariesTable:
    """The columns ``columns.GROUP_SUMMARIES``, one row a group; takes what it needs of a group and lets the rest go."""

    def __init__(self) -> None:
        self.keys: list[GroupKey] = []
        self._rows: list[dict[str, object]] = []
        self._candidates: list[Candidates] = []

    def add(self, group: GroupSummary) -> None:
        """Take in the next group."""
        self.keys.append(group.key)
        self._candidates.append(group.candidates)
        self._rows.append(
            {
                columns.N_DOCUMENTS: group.n_documents,
                columns.N_SENTENCES: group.summary.document.n_sentences,
                columns.SUMMARY: group.summary.text,
                columns.SUMMARY_SOURCES: group.sources,
                columns.SUMMARY_STATUS: group.summary.status,
            }
        )

    def table(self) -> pd.DataFrame:
        """Give the rows with their keyphrases."""
        table = pd.DataFrame(self._rows, columns=[column["name"] for column in columns.GROUP_SUMMARIES], dtype=object)
        table[columns.KEYPHRASES] = pd.Series(
            [to_json(phrases) for phrases in keyphrases(self._candidates)], dtype=object
        )
        return table.astype({columns.N_DOCUMENTS: "int64", columns.N_SENTENCES: "int64"})


def key_columns(keys: Sequence[GroupKey], names: Sequence[str], types: Sequence[str]) -> pd.DataFrame:
    """Make the group columns again from the keys of groups.

    Parameters
    ----------
    keys
        One value a column, None for an empty one.
    names, types
        Names and storage types of the columns.
    """
    table = {}
    for position, (name, storage_type) in enumerate(zip(names, types)):
        table[name] = pd.Series([key[position] for key in keys], dtype=_DTYPES.get(storage_type, object))
    return pd.DataFrame(table)
