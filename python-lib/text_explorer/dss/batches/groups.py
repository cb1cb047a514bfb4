"""Collect the documents of groups from a batch of rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Optional, Union

import pandas as pd

from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches.texts import texts_in_languages
from text_explorer.dss.forms.summarize import SummarizeGroupsSettings
from text_explorer.summaries.group_summaries import GroupSummarizer
from text_explorer.summaries.groups import GroupedDocuments, GroupKey


class GroupedCounts:
    """What the log needs of rows: their languages, their number, that of blank texts and of rows without a weight."""

    def __init__(self, languages: TextLanguages):
        self.languages = languages
        self.n_rows = self.n_documents = self.n_without_weight = 0

    def merge(self, other: GroupedCounts) -> None:
        """Add the counts of other rows."""
        self.languages.merge(other.languages)
        self.n_rows += other.n_rows
        self.n_documents += other.n_documents
        self.n_without_weight += other.n_without_weight


def new_groups(settings: SummarizeGroupsSettings) -> GroupedDocuments:
    """Return groups without documents."""
    return GroupedDocuments(
        settings.max_documents, weighted=settings.weight_column is not None, seed=settings.seed,
        named=settings.id_column is not None, strip_html=settings.for_words().preparation.strip_html,
    )  # fmt: skip


def group_summarizer(settings: SummarizeGroupsSettings, *, with_sentences: bool) -> GroupSummarizer:
    """Return what summarizes groups."""
    return GroupSummarizer(
        settings.for_words(), settings.for_summaries(),
        with_keyphrases=settings.keyphrases > 0, with_sentences=with_sentences,
    )  # fmt: skip


def add_to_groups(
    grouped: GroupedDocuments,
    chunk: pd.DataFrame,
    keys: Iterable[Sequence[Any]],
    row_keys: Sequence[Union[str, int]],
    settings: SummarizeGroupsSettings,
    counts: GroupedCounts,
) -> None:
    """Add a batch of rows to their groups, and count the rows.

    `keys` are the plain values of the group columns of each row, empty texts for empty cells.
    """
    weighted = settings.weight_column is not None
    texts = texts_in_languages(chunk, settings, counts.languages)
    weights = [_weight(cell) for cell in chunk[settings.weight_column]] if weighted else [None] * len(chunk)
    rows = zip(keys, row_keys, texts, weights)
    for row, (key, row_key, text, weight) in enumerate(rows, start=counts.n_rows):
        named: GroupKey = tuple(None if value == "" else value for value in key)
        grouped.add(named, row, row_key, text, weight)
    counts.n_rows += len(chunk)
    counts.n_without_weight += sum(not (weight and weight > 0) for weight in weights) if weighted else 0


def _weight(cell: Any) -> Optional[float]:
    """Return a weight, or None if the cell is no number."""
    try:
        weight = float(cell)
    except (TypeError, ValueError):
        return None
    return weight if math.isfinite(weight) else None
