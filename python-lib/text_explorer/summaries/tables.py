"""Turn summaries into the rows of the datasets of the summary recipes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Union

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.summaries.representation import representatives
from text_explorer.summaries.sentences import columns
from text_explorer.summaries.summarize import Summary, significant

RowKey = Union[str, int]


def summary_row(summary: Summary) -> tuple[Any, ...]:
    """Return the values of the columns ``columns.SUMMARIES``."""
    sentences = to_json({"start": s.start, "end": s.end, "score": s.score, "rank": s.rank} for s in summary.chosen)
    return summary.text, sentences, summary.status


def summaries_table(rows: Sequence[tuple[Any, ...]], *, keyphrases: bool = False) -> pd.DataFrame:
    """Build a frame of the rows of summaries, with keyphrases as the last value or without."""
    names = names_of(columns.SUMMARIES) + [columns.KEYPHRASES] * keyphrases
    return pd.DataFrame(rows, columns=names, dtype=object)


def sentence_rows(summary: Summary, row_keys: Sequence[RowKey]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of the columns ``columns.SENTENCES`` for each sentence of the document."""
    by_rank = sorted(summary.chosen, key=lambda sentence: sentence.rank)
    ranks = {sentence.sentence_index: sentence.rank for sentence in by_rank}
    represented_by = representatives(summary.document, [sentence.sentence_index for sentence in by_rank])
    n_represented = np.bincount(represented_by[represented_by >= 0], minlength=len(by_rank)).tolist()
    position, source = 0, -1
    for index, sentence in enumerate(summary.document.sentences):
        position = position + 1 if sentence.source == source else 0
        source = sentence.source
        rank, nearest = ranks.get(index), int(represented_by[index])
        yield (
            str(row_keys[source]), position, sentence.start, sentence.end, summary.document.text_of(index),
            significant(summary.scores[index]), rank, rank is not None,
            None if rank is None else n_represented[rank - 1],
            None if nearest < 0 else nearest + 1,
        )  # fmt: skip


def sentences_table(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Build a frame of the rows of sentences."""
    table = pd.DataFrame(rows, columns=names_of(columns.SENTENCES), dtype=object)
    integers = [column.name for column in columns.SENTENCES if column.type == "bigint"]
    return table.astype(dict.fromkeys(integers, "Int64") | {columns.SCORE: "float64", columns.CHOSEN: "bool"})


def to_json(values: Iterable[Any]) -> str:
    """Write a JSON array on one line."""
    return json.dumps(list(values), ensure_ascii=False, allow_nan=False)
