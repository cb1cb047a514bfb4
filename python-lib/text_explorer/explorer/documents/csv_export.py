"""The chosen documents as CSV, in pieces, so that a million of them need no more memory than a page."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.listing import Rank, facts_of_document, ordered_rows, summary_texts
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.index.reader import IndexReader

_NAMES = ("row", "id", "text", "topic_id", "topic_label", "topic_probability", "topic_status")
# Rows read at one go; in between nothing is held, so that a slow visitor keeps no building of an index waiting.
_PIECE = 500
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes the file for one of an older encoding."""
# Spreadsheets run as a formula what begins with such a sign, full-width or small too, behind white space or quotes, and
# drop a tab or a line end at the beginning. `resource/explorer/charts/chart-csv.js` has the same rule.
_BEFORE = r"\s\x00-\x20\x7f-\xa0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"'`"
_FORMULA = re.compile(rf"[\t\r\n]|[{_BEFORE}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]")
_NEGATIVE_NUMBER = re.compile(r"-\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def neutral(cell: str) -> str:
    """Put a quote before what a spreadsheet would run as a formula; a negative number stays one.

    References
    ----------
    OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NEGATIVE_NUMBER.fullmatch(cell) else cell


def documents_csv(
    index: IndexReader, selection: Selection, sort: Optional[str] = None, rank: Optional[Rank] = None
) -> Iterator[str]:
    """Write the documents that meet all filters; with ``rank``, those it ranks, with their similarity.

    Yields
    ------
    str
        Stretches of the file: a byte order mark and a row of names, then a row for each document.
    """
    ranking = None if rank is None else rank(index)
    rows = ordered_rows(index, selection, sort) if ranking is None else ranking.rows
    dates = ["date"] if index.documents.day is not None else []
    ranked = [] if ranking is None else ["similarity"]
    yield BYTE_ORDER_MARK + csv_lines([[*_NAMES, *dates, *index.documents.group_names, "summary", *ranked]])
    for start in range(0, len(rows), _PIECE):
        here = rows[start : start + _PIECE].tolist()
        stored = index.rows(here, "key, text")
        summaries = summary_texts(index, here)
        if index.connection.in_transaction:
            index.connection.rollback()
        similarities = [] if ranking is None else np.round(ranking.similarities[start : start + _PIECE], 5).tolist()
        yield csv_lines(
            [*_cells(index, row, stored[row], summaries.get(row, "")), *similarities[place : place + 1]]
            for place, row in enumerate(here)
        )


def _cells(index: IndexReader, row: int, stored: sqlite3.Row, summary: str) -> list[Any]:
    facts = facts_of_document(index, row)
    topic, label = facts["topic"], index.edits.label_of(facts["topic"])
    dates = [facts["date"]] if index.documents.day is not None else []
    known = [row, stored["key"], stored["text"], topic, label, facts["probability"], facts["status"]]
    return [*known, *dates, *facts["groups"], summary]


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Write rows of a file that a spreadsheet opens without running formulas."""
    written = io.StringIO()
    csv.writer(written).writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return written.getvalue()
