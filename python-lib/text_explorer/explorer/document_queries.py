"""Questions to the index about documents: pages of them, found or not by a search, and one with all that is known."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

from text_explorer.explorer import names
from text_explorer.explorer.errors import NotFoundError
from text_explorer.explorer.index_tables import TOKENIZER
from text_explorer.explorer.paging import NO_TOPIC, DocumentsRequest
from text_explorer.explorer.queries import read_facts
from text_explorer.explorer.search import Search, parse_search
from text_explorer.explorer.spans import MARK_END, MARK_START, sentence_spans, shorten, split_marked

_MIXTURE_IN_LIST = 3


def list_documents(connection: sqlite3.Connection, request: DocumentsRequest) -> dict[str, Any]:
    """Return one page of documents and how many there are in all.

    Those of one topic come by falling probability, others in the order of the dataset.
    """
    search = _prepare(connection, request.typed)
    tables, conditions, values = _selection(request, search)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    total = connection.execute(f"SELECT count(*) FROM {tables} {where}", values).fetchone()[0]
    order = "d.probability DESC, d.row" if isinstance(request.topic, int) else "d.row"
    excerpt = _excerpt_column(search)
    rows = connection.execute(
        f"SELECT d.row, d.key, d.topic, d.probability, d.status, d.shares, {excerpt} AS excerpt "
        f"FROM {tables} {where} ORDER BY {order} LIMIT :size OFFSET :offset",
        {**values, "size": request.size, "offset": (request.page - 1) * request.size},
    )
    return {
        "total": total,
        "page": request.page,
        "size": request.size,
        "pages": max(1, -(-total // request.size)),
        "documents": [_entry(row, search) for row in rows],
    }


def _prepare(connection: sqlite3.Connection, typed: str) -> Search | None:
    """Read a search and, where it is literal, give this connection the function that looks for it."""
    full_text = connection.execute("SELECT value FROM facts WHERE name = 'full_text'").fetchone()["value"] == "true"
    search = parse_search(typed, full_text=full_text)
    if search and search.literal:
        pattern = search.literal
        connection.create_function("is_found", 1, lambda text: pattern.search(text) is not None)
    return search


def _selection(request: DocumentsRequest, search: Search | None) -> tuple[str, list[str], dict[str, Any]]:
    """Give the tables, the conditions and the bound values of a request."""
    tables, conditions, values = "documents d", [], {"match": None, "topic": None}
    if request.topic == NO_TOPIC:
        conditions.append("d.topic IS NULL")
    elif request.topic is not None:
        conditions.append("d.topic = :topic")
        values["topic"] = request.topic
    if search and search.match:
        # A cross join fixes the order: the search is run once, not once for each document of the topic.
        tables = "documents_text CROSS JOIN documents d ON d.row = documents_text.rowid"
        conditions.append("documents_text MATCH :match")
        values["match"] = search.match
    elif search:
        conditions.append("is_found(d.text)")
    return tables, conditions, values


def _excerpt_column(search: Search | None) -> str:
    if search and search.match:
        return f"snippet(documents_text, 0, '{MARK_START}', '{MARK_END}', '…', 28)"
    # A literal match may stand anywhere; without a search the beginning is enough.
    return "d.text" if search else f"substr(d.text, 1, {names.EXCERPT_LENGTH * 2 + 1})"


def _entry(row: sqlite3.Row, search: Search | None) -> dict[str, Any]:
    excerpt, marks = _excerpt(row["excerpt"], search)
    return {
        "row": row["row"],
        "key": row["key"],
        "excerpt": excerpt,
        "marks": marks,
        "topic": row["topic"],
        "probability": row["probability"],
        "status": row["status"],
        "mixture": _mixture(row["shares"])[:_MIXTURE_IN_LIST],
    }


def _excerpt(text: str, search: Search | None) -> tuple[str, list[list[int]]]:
    """Cut out what the list shows of a text, with the places of what was searched."""
    if search is None:
        return shorten(text, names.EXCERPT_LENGTH), []
    if search.match:
        return split_marked(" ".join(text.split()))
    found = search.literal.search(text) if search.literal else None
    start = max(0, found.start() - names.EXCERPT_LENGTH // 3) if found else 0
    piece = ("…" if start else "") + shorten(text[start:], names.EXCERPT_LENGTH)
    return piece, [list(match.span()) for match in search.literal.finditer(piece)] if search.literal else []


def _mixture(shares: str) -> list[dict[str, Any]]:
    """Order a document's shares by size; a share of nothing is left out."""
    numbered = sorted(enumerate(json.loads(shares)), key=lambda pair: (-pair[1], pair[0]))
    return [{"topic": topic, "share": share} for topic, share in numbered if share > 0]


def document_detail(connection: sqlite3.Connection, row: int, typed: str = "") -> dict[str, Any]:
    """Return one document: full text, mixture of topics, summary in place, further columns, places of a search.

    Raises
    ------
    NotFoundError
        When there is no such row.
    """
    document = connection.execute(
        "SELECT row, key, topic, probability, status, shares, columns, substr(text, 1, ?) AS text, "
        "length(text) AS n_characters FROM documents WHERE row = ?",
        (names.MAX_TEXT, row),
    ).fetchone()
    if document is None:
        raise NotFoundError(f"There is no document in row {row} of the data.")
    column_names = read_facts(connection)["columns"]
    return {
        **{name: document[name] for name in ("row", "key", "topic", "probability", "status", "text")},
        "is_cut": document["n_characters"] > names.MAX_TEXT,
        "mixture": _mixture(document["shares"]),
        "summary": _summary(connection, row, document["text"]),
        "columns": [
            {"name": name, "value": value}
            for name, value in zip(column_names, json.loads(document["columns"]))
            if value != ""
        ],
        "matches": _matches(document["text"], _prepare(connection, typed)),
    }


def _summary(connection: sqlite3.Connection, row: int, text: str) -> dict[str, Any] | None:
    summary = connection.execute("SELECT text, spans, status FROM summaries WHERE row = ?", (row,)).fetchone()
    if summary is None:
        return None
    spans = sentence_spans(json.loads(summary["spans"]), len(text))
    # Places in another column than the one shown would mark what the summary does not hold.
    is_of_text = all(text[span["start"] : span["end"]] in summary["text"] for span in spans)
    return {"text": summary["text"], "status": summary["status"], "spans": spans if is_of_text else []}


def _matches(text: str, search: Search | None) -> list[list[int]]:
    """Find the places of a search in one text.

    The text is indexed anew, alone: marking it in the index of all documents would first collect every document with
    a word of the same beginning.
    """
    if search is None:
        return []
    if search.literal:
        return [list(match.span()) for match in search.literal.finditer(text)]
    with closing(sqlite3.connect(":memory:")) as alone:
        alone.execute(f"CREATE VIRTUAL TABLE one USING fts5(text, tokenize='{TOKENIZER}')")
        alone.execute("INSERT INTO one VALUES (?)", (text,))
        marked = "SELECT highlight(one, 0, ?, ?) FROM one WHERE one MATCH ?"
        found = alone.execute(marked, (MARK_START, MARK_END, search.match)).fetchone()
    return split_marked(found[0])[1] if found else []
