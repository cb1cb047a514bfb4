"""The chosen documents as CSV, in pieces, so that a million of them need no more memory than a page."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

from text_explorer.explorer.document_order import ordered_rows
from text_explorer.explorer.document_queries import facts_of_document, stored_documents, summary_texts
from text_explorer.explorer.open_index import OpenIndex
from text_explorer.explorer.selection import Selection

_NAMES = ("row", "id", "text", "topic_id", "topic_label", "topic_probability", "topic_status")
# Rows read at one go; in between nothing is held, so that a slow visitor keeps no building of an index waiting.
_PIECE = 500
# Spreadsheets run what begins so as a formula, also behind a tab or a return.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """Put a quote before what a spreadsheet would run as a formula.

    References
    ----------
    OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def documents_csv(index: OpenIndex, selection: Selection, sort: Optional[str] = None) -> Iterator[str]:
    """Write the documents that meet all filters.

    Yields
    ------
    str
        Stretches of the file: a row of names, then a row for each document.
    """
    rows = ordered_rows(index, selection, sort)
    dates = ["date"] if index.documents.day is not None else []
    yield _lines([[*_NAMES, *dates, *index.documents.group_names, "summary"]])
    for start in range(0, len(rows), _PIECE):
        here = rows[start : start + _PIECE].tolist()
        stored = stored_documents(index, here, "key, text")
        summaries = summary_texts(index, here)
        if index.connection.in_transaction:
            index.connection.rollback()
        yield _lines(_cells(index, row, stored[row], summaries.get(row, "")) for row in here)


def _cells(index: OpenIndex, row: int, stored: sqlite3.Row, summary: str) -> list[Any]:
    facts = facts_of_document(index, row)
    topic = facts["topic"]
    label = "" if topic is None else index.edits.labels[topic]
    dates = [facts["date"]] if index.documents.day is not None else []
    known = [row, stored["key"], stored["text"], topic, label, facts["probability"], facts["status"]]
    return [*known, *dates, *facts["groups"], summary]


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return written.getvalue()
