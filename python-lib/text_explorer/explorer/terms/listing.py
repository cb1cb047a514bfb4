"""Questions about terms: lists of them, and one with its part in each topic."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from text_explorer.explorer.documents.csv_export import BYTE_ORDER_MARK, csv_lines
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.shared.search_syntax import fold
from text_explorer.explorer.terms.related import related_terms
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix

PAGE_SIZE = 50
TOPICS_IN_LIST = 3
LEAST_SHARE = 0.001
"""Smaller shares of a term come from the prior, not from the texts."""

MOST_NEAR = 10
_CSV_COLUMNS = ("term", "saliency", "count", "document_count", "topic_id", "topic_label", "topic_share")
_PIECE = 500
DIGITS = 6

ORDERS = {
    "saliency": "saliency DESC, term",
    "count": "count DESC, term",
    "term": "folded, term",
}
DEFAULT_ORDER = "saliency"


@dataclass(frozen=True)
class TermsRequest:
    """Which terms to list: those that hold what was typed, those of a topic; in which order; which page."""

    typed: str = ""
    topic: int | None = None
    sort: str = DEFAULT_ORDER
    page: Page = field(default_factory=lambda: Page(size=PAGE_SIZE))


def list_terms(index: IndexReader, request: TermsRequest) -> dict[str, Any]:
    """Return a page of terms, each with the topics that have most of it.

    The terms of a topic are those of which it, or a topic merged into it, has the largest part of all trained topics.
    """
    words = TopicWordMatrix(index)
    where, values = _condition(index, request)
    total = index.connection.execute(f"SELECT count(*) FROM vocabulary {where}", values).fetchone()[0]
    rows = index.connection.execute(
        f"SELECT * FROM vocabulary {where} ORDER BY {ORDERS[request.sort]} LIMIT ? OFFSET ?",
        [*values, request.page.size, request.page.stretch.start],
    ).fetchall()
    return {**request.page.of(total), "source": words.source, "terms": _entries(words, rows)}


def terms_csv(index: IndexReader, request: TermsRequest) -> Iterator[str]:
    """Write all terms of a list, on whatever page: a row for each of the topics that the list shows of a term.

    Yields
    ------
    str
        Stretches of the file: a byte order mark and a row of names, then the terms.
    """
    words = TopicWordMatrix(index)
    where, values = _condition(index, request)
    rows = index.connection.execute(
        f"SELECT * FROM vocabulary {where} ORDER BY {ORDERS[request.sort]}", values
    ).fetchall()
    yield BYTE_ORDER_MARK + csv_lines([_CSV_COLUMNS])
    for start in range(0, len(rows), _PIECE):
        entries = _entries(words, rows[start : start + _PIECE])
        yield csv_lines(cells for entry in entries for cells in _csv_rows(index, entry))


def _csv_rows(index: IndexReader, entry: dict[str, Any]) -> list[list[Any]]:
    own = [entry[name] for name in ("term", "saliency", "count", "document_count")]
    topics = entry["topics"] or [{"topic": None, "share": None}]
    return [[*own, each["topic"], index.edits.label_of(each["topic"]), each["share"]] for each in topics]


def _condition(index: IndexReader, request: TermsRequest) -> tuple[str, list[Any]]:
    where = "WHERE instr(folded, ?)"  # nothing typed stands in every term
    values: list[Any] = [fold(request.typed.strip())]
    if request.topic is not None:
        # Of a sub-topic, the words of the whole topic: a word's main topic is one of the model.
        members = index.edits.members_of(index.edits.whole_of(request.topic))
        where += f" AND main_topic IN ({', '.join('?' * len(members))})"
        values += members
    return where, values


def _entries(words: TopicWordMatrix, rows: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    shares = words.shares(words.probabilities([row["term_id"] for row in rows]), [row["weight"] for row in rows])
    return [
        {
            **{name: row[name] for name in ("term", "count", "document_count", "saliency")},
            "topics": [
                {"topic": words.final.ids[place], "share": round(float(of_term[place]), DIGITS)}
                for place in np.argsort(-of_term, kind="stable")[:TOPICS_IN_LIST].tolist()
                if of_term[place] >= LEAST_SHARE
            ],
        }
        for row, of_term in zip(rows, shares)
    ]


def term_detail(index: IndexReader, term: str) -> dict[str, Any]:
    """Describe a term, given as it is shown or in other case and accents.

    Returns
    -------
    dict
        Each of the ``topics`` has ``share`` p(topic|term), ``probability`` p(term|topic), ``lift`` p(term|topic) /
        p(term) and ``rank``, the term's place among those of the topic by probability, from 1.
    """
    row = _find(index, term)
    near = _near(index, term, row["term"] if row else None)
    if row is None:
        return {
            "term": term,
            "known": False,
            "count": None,
            "document_count": None,
            "topics": [],
            "near": near,
            "related": [],
        }
    words = TopicWordMatrix(index)
    known = {name: row[name] for name in ("term", "count", "document_count")}
    related = related_terms(index, words, row["term_id"])
    return {**known, "known": True, "topics": _topics(words, row), "near": near, "related": related}


def _topics(words: TopicWordMatrix, row: sqlite3.Row) -> list[dict[str, Any]]:
    final = words.final
    probabilities = words.probabilities([row["term_id"]])
    shares = words.shares(probabilities, [row["weight"]])[0]
    own = final.averaged(probabilities)[0]
    order = [place for place in np.argsort(-shares, kind="stable").tolist() if shares[place] >= LEAST_SHARE]
    everything = words.all_final_probabilities()[:, order]
    ranks = 1 + np.count_nonzero(everything > everything[row["term_id"]], axis=0)
    corpus_probability = row["corpus_probability"]
    return [
        {
            "topic": final.ids[place],
            "share": float(shares[place]),
            "probability": float(own[place]),
            "lift": float(own[place]) / corpus_probability if corpus_probability else None,
            "rank": int(rank),
        }
        for place, rank in zip(order, ranks)
    ]


def _find(index: IndexReader, term: str) -> sqlite3.Row | None:
    """Find a term as it is written, else the most frequent that differs in case and accents alone."""
    for condition, value in (("term = ?", term), ("folded = ?", fold(term.strip()))):
        row = index.connection.execute(
            f"SELECT * FROM vocabulary WHERE {condition} ORDER BY count DESC, term LIMIT 1", (value,)
        ).fetchone()
        if row is not None:
            return row
    return None


def _near(index: IndexReader, typed: str, found: str | None) -> list[str]:
    """Return the most frequent other terms of the same beginning: all of what was typed, or its first letters."""
    beginning = fold(typed.strip())
    for length in dict.fromkeys((len(beginning), len(beginning) * 2 // 3, 3)):
        if not 0 < length <= len(beginning):
            continue
        rows = index.connection.execute(
            "SELECT term FROM vocabulary WHERE folded >= ? AND folded < ? AND term IS NOT ? "
            "ORDER BY count DESC, term LIMIT ?",
            (beginning[:length], beginning[:length] + "\U0010ffff", found, MOST_NEAR),
        ).fetchall()
        if rows:
            return [row["term"] for row in rows]
    return []
