"""Put chosen documents into the order of a list."""

from __future__ import annotations

from typing import Optional

import numpy as np

from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.index.document_columns import NO_DAY
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.parameters import BY_FALLING_PROBABILITY, BY_ROW


def ordered_rows(index: IndexReader, selection: Selection, sort: Optional[str] = None) -> np.ndarray:
    """Find the documents that meet all filters, in order.

    Parameters
    ----------
    index
        The index.
    selection
        The filters.
    sort
        One of `paging.SORTS`; by default falling probability within a topic, else the order of the dataset. Equal
        ones stay in the order of the dataset, those without the number come last.

    Returns
    -------
    ndarray of int
        Row numbers. Not to be changed.

    Raises
    ------
    BadRequestError
        When there is no date to sort by.
    """
    sort = sort or (BY_FALLING_PROBABILITY if isinstance(selection.topic, int) else BY_ROW)
    rows = selected_rows(index, selection)
    if rows is None:
        rows = index.rows_cache.get("all", lambda: np.arange(index.documents.n_rows))
    if sort == BY_ROW:
        return rows
    return index.rows_cache.get((index.edits.version, selection, sort), lambda: _sorted(index, rows, sort))


def _sorted(index: IndexReader, rows: np.ndarray, sort: str) -> np.ndarray:
    falling = sort.startswith("-")
    if sort.endswith("probability"):
        values = index.documents.probability[rows]
        # Of floats that are not negative, the bits are in the order of the numbers.
        numbers = np.maximum(values, 0).view(np.int32).astype(np.int64)
        is_missing = np.isnan(values)
    else:
        if index.documents.day is None:
            raise BadRequestError("These documents have no date column, so they cannot be sorted by date.")
        days = index.documents.day[rows]
        numbers, is_missing = days.astype(np.int64), days == NO_DAY
    numbers = np.where(is_missing, 2**32, -numbers if falling else numbers)
    # One number of order and row: those sort several times as fast as pairs, and no two are equal.
    keys = (numbers << 30) | rows if index.documents.n_rows < 2**30 else None
    return np.sort(keys) & (2**30 - 1) if keys is not None else rows[np.argsort(numbers, kind="stable")]
