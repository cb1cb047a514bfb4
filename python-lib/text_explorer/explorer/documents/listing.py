"""Questions to the index about documents: pages of them, chosen and ordered, and one with all that is known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Callable, NamedTuple, Optional

import numpy as np

from text_explorer.explorer.documents.coverage import coverage, explained
from text_explorer.explorer.documents.excerpts import excerpts, matches
from text_explorer.explorer.documents.search import ranked, search_of
from text_explorer.explorer.documents.selection import Selection, rows_or_all
from text_explorer.explorer.index.document_columns import NO_DAY, NO_VALUE, ORDINAL_OF_1970, DocumentColumns
from text_explorer.explorer.index.document_vectors import SIMILARITY_DIGITS
from text_explorer.explorer.index.reader import ROW, IndexReader, read_fact
from text_explorer.explorer.index.topic_shares import SHARE_DIGITS, unpack_shares
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.parameters import BY_EXPLAINED, BY_FALLING_PROBABILITY, BY_MATCH, BY_ROW, Page
from text_explorer.explorer.shared.spans import sentence_spans
from text_explorer.topics.prevalence.periods import iso_date

_MIXTURE_IN_LIST = 3


class Ranking(NamedTuple):
    """Documents by falling similarity to something."""

    rows: np.ndarray  # int32 of shape (n,)
    similarities: np.ndarray  # float32 of shape (n,), falling
    facts: dict[str, Any]  # what they are similar to, and how that was found out


Rank = Callable[[IndexReader], Ranking]


def list_documents(
    index: IndexReader, selection: Selection, page: Page, sort: Optional[str] = None, rank: Optional[Rank] = None
) -> dict[str, Any]:
    """Return one page of the documents that meet all filters, and how many there are in all.

    With ``rank``, these are the documents it ranks, each with its ``similarity``; ``ranking`` has its facts.
    """
    ranking = None if rank is None else rank(index)
    rows = ordered_rows(index, selection, sort) if ranking is None else ranking.rows
    here = rows[page.stretch].tolist()
    similarities = [] if ranking is None else np.round(ranking.similarities[page.stretch], SIMILARITY_DIGITS).tolist()
    similarity_of = dict(zip(here, similarities))
    search = search_of(index, selection.typed)
    stored = index.rows(here, "key, shares, digest")
    shown = excerpts(index, here, search)
    summaries, titles = summary_texts(index, here), titles_of(index, here)
    return {
        **page.of(len(rows)),
        "of": index.documents.n_rows,
        "coverage": coverage(index) if sort == BY_EXPLAINED else None,
        "ranking": None if ranking is None else ranking.facts,
        "documents": [
            {
                "row": row,
                "key": stored[row]["key"],
                "digest": stored[row]["digest"].hex(),
                "title": titles.get(row),
                **shown[row],
                **facts_of_document(index, row),
                "mixture": mixture(index, row, stored[row]["shares"])[:_MIXTURE_IN_LIST],
                "summary": summaries.get(row),
                "similarity": similarity_of.get(row),
            }
            for row in here
        ],
    }


def ordered_rows(index: IndexReader, selection: Selection, sort: Optional[str] = None) -> np.ndarray:
    """Return the row numbers, not to be changed, of the documents that meet all filters, in order.

    By default that is the best match first of a search, else falling probability within a topic, else the order of the
    dataset. Equal ones stay in the order of the dataset, those without the number come last.
    """
    is_search = bool(selection.typed.strip())
    usual = BY_MATCH if is_search else BY_FALLING_PROBABILITY if isinstance(selection.topic, int) else BY_ROW
    sort = usual if sort is None or (sort == BY_MATCH and not is_search) else sort
    rows = rows_or_all(index, selection)
    if sort == BY_ROW:
        return rows
    return index.rows_cache.get(
        (index.edits.version, selection, sort), lambda: _sorted(index, rows, sort, selection.typed)
    )


def _sorted(index: IndexReader, rows: np.ndarray, sort: str, typed: str) -> np.ndarray:
    if sort == BY_MATCH:
        return ranked(index, rows, typed)
    falling = sort.startswith("-")
    if sort == BY_EXPLAINED or sort.endswith("probability"):
        values = explained(index, rows) if sort == BY_EXPLAINED else index.documents.probability[rows]
        # Of floats that are not negative, the bits are in the order of the numbers.
        numbers = np.maximum(values, 0).view(np.int32).astype(np.int64)
        is_missing = np.isnan(values)
    else:
        if index.documents.day is None:
            raise BadRequestError("These documents have no date column, so they cannot be sorted by date.")
        days = index.documents.day[rows]
        numbers, is_missing = days.astype(np.int64), days == NO_DAY
    numbers = np.where(is_missing, 2**32, -numbers if falling else numbers)
    if index.documents.n_rows >= 2**30:
        return rows[np.argsort(numbers, kind="stable")]
    # One number of order and row: those sort several times as fast as pairs, and no two are equal.
    pairs = (numbers << 30) | rows
    pairs.sort()
    return (pairs & (2**30 - 1)).astype(ROW)


def summary_texts(index: IndexReader, rows: Sequence[int]) -> dict[int, str]:
    """Read the summaries of those of some documents that have one, by row number."""
    return {row: summary["text"] for row, summary in index.rows(rows, "text", "summaries").items() if summary["text"]}


def titles_of(index: IndexReader, rows: Sequence[int]) -> dict[int, str]:
    """Read the titles of documents that no column of ids names, by row number."""
    return {row: stored["title"] for row, stored in index.rows(rows, "title", "titles").items()}


def facts_of_document(index: IndexReader, row: int) -> dict[str, Any]:
    """Return what is known of one document besides its text; its topic is the final one."""
    documents = index.documents
    probability, status = float(documents.probability[row]), int(documents.status[row])
    day = NO_DAY if documents.day is None else int(documents.day[row])
    return {
        "topic": index.topic_of(row),
        "moved": row in index.moved_rows,
        "probability": None if np.isnan(probability) else round(probability, SHARE_DIGITS),
        "status": documents.statuses[status] if status < len(documents.statuses) else roles.OTHER_STATUS,
        "date": None if day == NO_DAY else iso_date(day + ORDINAL_OF_1970),
        "groups": [_group(documents, column, row) for column in range(len(documents.groups))],
    }


def _group(documents: DocumentColumns, column: int, row: int) -> str:
    code = int(documents.groups[column][row])
    if code == NO_VALUE:
        return ""
    return documents.group_values[column][code] if code >= 0 else roles.OTHER_VALUES


def mixture(index: IndexReader, row: int, shares: str) -> list[dict[str, Any]]:
    """Order a document's shares by size, those of merged topics under their target; a share of nothing is left out.

    The share of a split topic stands for the sub-topic of the document.
    """
    trained, final_topic = unpack_shares(shares), np.array(index.edits.finals_seen_from(index.topic_of(row)), np.int64)
    # A model may have topics that no document is in and no dataset names.
    final = np.concatenate([final_topic, np.arange(len(final_topic), len(trained))])[: len(trained)]
    summed = np.bincount(final, weights=trained, minlength=1)
    order = np.argsort(-summed, kind="stable")
    return [
        {"topic": int(topic), "share": round(float(summed[topic]), SHARE_DIGITS)}
        for topic in order[: np.count_nonzero(summed > 0)]
    ]


def document_detail(index: IndexReader, row: int, typed: str = "") -> dict[str, Any]:
    """Return one document: full text, mixture of topics, summary in place, further columns, places of a search.

    Raises `NotFoundError` when there is no such row.
    """
    index.check_row(row)
    wanted = f"key, shares, columns, digest, substr(text, 1, {roles.MAX_TEXT}) AS text, length(text) AS n_characters"
    document = index.rows([row], wanted)[row]
    columns = zip(read_fact(index.connection, "columns"), json.loads(document["columns"]))
    return {
        **{name: document[name] for name in ("row", "key", "text")},
        "digest": document["digest"].hex(),
        "title": titles_of(index, [row]).get(row),
        **facts_of_document(index, row),
        "is_cut": document["n_characters"] > roles.MAX_TEXT,
        "mixture": mixture(index, row, document["shares"]),
        "summary": _summary(index.rows([row], "text, spans, status", "summaries").get(row), document["text"]),
        "columns": [{"name": name, "value": value} for name, value in columns if value != ""],
        "matches": matches({row: document["text"]}, search_of(index, typed))[row],
    }


def _summary(summary: Optional[sqlite3.Row], text: str) -> Optional[dict[str, Any]]:
    if summary is None:
        return None
    spans = sentence_spans(json.loads(summary["spans"]), len(text))
    # Places in another column than the one shown would mark what the summary does not hold.
    is_of_text = all(text[span["start"] : span["end"]] in summary["text"] for span in spans)
    return {"text": summary["text"], "status": summary["status"], "spans": spans if is_of_text else []}
