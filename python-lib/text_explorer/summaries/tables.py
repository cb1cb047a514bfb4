"""Turn texts into the columns of the datasets the summary recipes write."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Union

import numpy as np
import pandas as pd

from text_explorer.corpus.text_languages import DocumentText
from text_explorer.summaries import columns
from text_explorer.summaries.document import Document
from text_explorer.summaries.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import Summary, significant, summarize_text

logger = logging.getLogger(__name__)


def summarize_rows(
    texts: Iterable[DocumentText], words: TextSettings, settings: SummarySettings, *, first_row: int = 0
) -> Iterator[Summary]:
    """Summarize texts one by one; a text that cannot be summarized gets a status and a line in the log.

    Parameters
    ----------
    texts
        Texts of consecutive rows with their languages.
    words
        How the texts are cut.
    settings
        Method, budget, order.
    first_row
        Number of the first row, for the log.

    Yields
    ------
    Summary
    """
    for row, text in enumerate(texts, start=first_row):
        try:
            yield summarize_text(text, words, settings)
        except Exception as error:  # noqa: BLE001 - one bad row must not cost the others their summaries
            logger.warning("row %s could not be summarized (%s)", row, type(error).__name__)
            yield failed_summary(words)


def failed_summary(words: TextSettings) -> Summary:
    """Give what stands for a summary that could not be made."""
    return Summary(None, (), columns.STATUS_ERROR, Document((), (), (), words), np.empty(0))


def summaries_table(summaries: Iterable[Summary]) -> pd.DataFrame:
    """Make the columns ``columns.SUMMARIES``, one row a summary; each summary is let go before the next is made."""
    rows = [(summary.text, _sentences_json(summary), summary.status) for summary in summaries]
    return pd.DataFrame(rows, columns=[column["name"] for column in columns.SUMMARIES], dtype=object)


def _sentences_json(summary: Summary) -> str:
    return to_json({"start": s.start, "end": s.end, "score": s.score, "rank": s.rank} for s in summary.chosen)


def sentence_rows(summary: Summary, row_keys: Sequence[Union[str, int]]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of the columns ``columns.SENTENCES`` for each sentence that could be chosen.

    Parameters
    ----------
    summary
        Any summary.
    row_keys
        Keys of the texts it was made from.
    """
    ranks = {sentence.index: sentence.rank for sentence in summary.chosen}
    place, source = 0, -1
    for index, sentence in enumerate(summary.document.sentences):
        place = place + 1 if sentence.source == source else 0
        source = sentence.source
        score, rank = significant(summary.scores[index]), ranks.get(index)
        text = summary.document.text_of(index)
        yield str(row_keys[source]), place, sentence.start, sentence.end, text, score, rank, rank is not None


def sentences_table(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Make a frame of the rows of sentences."""
    table = pd.DataFrame(rows, columns=[column["name"] for column in columns.SENTENCES], dtype=object)
    integers = [columns.SENTENCE_INDEX, columns.START, columns.END, columns.RANK]
    return table.astype(dict.fromkeys(integers, "Int64") | {columns.SCORE: "float64", columns.CHOSEN: "bool"})


def to_json(values: Iterable[Any]) -> str:
    """Write a JSON array on one line."""
    return json.dumps(list(values), ensure_ascii=False, allow_nan=False)
