"""Count the selected documents by topic, in total and by the values of a group column."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.index.document_columns import NO_VALUE
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.topics.columns import KIND_VALUE

MOST_VALUES = 40
"""Values shown each for itself; more rows of a heatmap are not read at a glance."""


def count_documents(index: IndexReader, selection: Selection) -> dict[str, Any]:
    """Count the documents that meet all filters.

    Returns
    -------
    dict
        ``n``, ``of`` (all documents), ``n_assigned`` (those of ``n`` with a topic) and ``topics``: documents by trained
        topic. The page puts them together by final topic, for it knows merges that are not written yet.
    """
    rows = selected_rows(index, selection)
    counts = index.trained_counts(rows)
    n_rows = index.documents.n_rows
    return {
        "n": n_rows if rows is None else len(rows),
        "of": n_rows,
        "n_assigned": int(counts.sum()),
        "topics": {topic: int(counts[topic]) for topic in index.topic_ids},
    }


def count_by_group(index: IndexReader, selection: Selection, column: int) -> dict[str, Any]:
    """Count the documents that meet all filters and have a topic, by the values of a group column and trained topic.

    Returns
    -------
    dict
        ``values``: the `MOST_VALUES` most frequent of the chosen documents, then all others together and documents
        without a value, where there are any, each with its ``kind`` and ``n``; ``counts``: for each value the
        documents of each topic in ``ids``; ``totals``: the same of all values; ``n``: their sum.
    """
    documents = index.documents
    if column >= len(documents.groups):
        raise BadRequestError(
            f"There is no group column {column}: this webapp has {len(documents.groups)}, counted from 0. Select them "
            "in the setting 'Group columns' of this webapp."
        )
    rows = selected_rows(index, selection)
    chosen = slice(None) if rows is None else rows
    topics, codes = documents.topic[chosen], documents.groups[column][chosen]
    is_assigned = topics >= 0
    if not is_assigned.all():
        topics, codes = topics[is_assigned], codes[is_assigned]
    values, places = _shown(documents.group_values[column], codes)
    ids = list(index.topic_ids)
    counts = _count(places[codes], topics, len(values), index.edits.n_topics)[:, ids]
    n_of_value = counts.sum(axis=1)
    return {
        "column": column,
        "name": documents.group_names[column],
        "values": [{**value, "n": int(n)} for value, n in zip(values, n_of_value)],
        "ids": ids,
        "counts": counts.tolist(),
        "totals": counts.sum(axis=0).tolist(),
        "n": int(counts.sum()),
    }


def _shown(texts: list[str], codes: np.ndarray) -> tuple[list[dict[str, str]], np.ndarray]:
    """Choose the values that are shown, and return the index of each code among them.

    The places are looked up by code from both ends: those of ``OTHER_VALUE`` and ``NO_VALUE`` are the last two.
    """
    # Codes are shifted by two, so that the negative ones have a place too.
    counts = np.bincount(codes + 2, minlength=len(texts) + 2)
    of_value = counts[2:]
    order = np.argsort(-of_value, kind="stable")[: np.count_nonzero(of_value)]
    shown, others = order[:MOST_VALUES], order[MOST_VALUES:]
    values = [{"value": texts[code], "kind": KIND_VALUE} for code in shown]
    places = np.full(len(texts) + 2, -1)
    places[shown] = np.arange(len(shown))
    if len(others) or counts[0]:
        places[[*others, -2]] = len(values)
        # The number of values that are not distinguished is unknown.
        n_others = "other values" if counts[0] else f"{len(others):,} other values"
        values.append({"value": n_others, "kind": roles.OTHER_VALUES})
    if counts[2 + NO_VALUE]:
        places[NO_VALUE] = len(values)
        values.append({"value": "", "kind": roles.NO_VALUE})
    return values, places


def count_cells(index: IndexReader, rows: Optional[np.ndarray], cells: np.ndarray, n_cells: int) -> np.ndarray:
    """Count documents, all where ``rows`` is None, by cell and trained topic.

    Parameters
    ----------
    cells
        int array of shape (n_docs,): cell of each document, -1 for none.

    Returns
    -------
    ndarray of int64, shape (n_cells, n_topics)
        A column for each topic id.
    """
    topics = index.documents.topic if rows is None else index.documents.topic[rows]
    is_counted = (topics >= 0) & (cells >= 0)
    if not is_counted.all():
        topics, cells = topics[is_counted], cells[is_counted]
    return _count(cells.astype(np.int64), topics, n_cells, index.edits.n_topics)


def _count(cells: np.ndarray, topics: np.ndarray, n_cells: int, n_topics: int) -> np.ndarray:
    """Count by cell and topic; ``cells`` is overwritten, as of ten million documents each copy takes 80 MB."""
    cells *= n_topics
    cells += topics
    return np.bincount(cells, minlength=n_cells * n_topics).reshape(n_cells, n_topics)
