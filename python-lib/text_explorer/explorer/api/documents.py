"""Addresses of the documents: pages and counts of those that meet all filters, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Generator
from itertools import chain

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import index_answer, kept_answer
from text_explorer.explorer.documents.counts import count_by_group, count_documents
from text_explorer.explorer.documents.counts_over_time import AUTO, CHOICES, count_by_time
from text_explorer.explorer.documents.csv_export import documents_csv
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.selection import Selection, parse_selection
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared.parameters import choice, parse_page, parse_sort, place, search_text


def add_document_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/documents")
    def get_documents() -> Response:
        selection, page, sort = parse_selection(request.args), parse_page(request.args), parse_sort(request.args)
        return index_answer(store, list_documents, selection, page, sort)

    @routes.get("/documents.csv")
    def get_documents_csv() -> Response:
        selection, sort = parse_selection(request.args), parse_sort(request.args)
        pieces = _pieces(store, selection, sort)
        first = next(pieces)  # faults of the filters are raised before the answer begins
        answer = Response(chain([first], pieces), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="documents.csv"'
        answer.call_on_close(pieces.close)
        return answer

    @routes.get("/counts")
    def get_counts() -> Response:
        return index_answer(store, count_documents, parse_selection(request.args))

    @routes.get("/time")
    def get_time() -> Response:
        selection, by = parse_selection(request.args), choice("by", request.args.get("by", ""), CHOICES) or AUTO
        return kept_answer(store, count_by_time, selection, by)

    @routes.get("/groups")
    def get_groups() -> Response:
        selection, column = parse_selection(request.args), place("column", request.args.get("column", "0"))
        return kept_answer(store, count_by_group, selection, column)

    @routes.get("/documents/<row>")
    def get_document(row: str) -> Response:
        return index_answer(store, document_detail, place("row", row), search_text(request.args))


def _pieces(store: IndexStore, selection: Selection, sort: str | None) -> Generator[str, None, None]:
    """Yield the pieces of the file; the index is closed after the last one, or when the visitor goes.

    Where the index turns out to be damaged half way, the store learns of it, and the error cuts the connection: the
    browser reports a download that failed, and no file that lacks rows.
    """
    with store.open() as index:
        yield from documents_csv(index, selection, sort)
