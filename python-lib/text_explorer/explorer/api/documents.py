"""Addresses of the documents: pages and counts of those that meet all filters, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import chain

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import json_answer
from text_explorer.explorer.documents.counts import count_by_group, count_documents
from text_explorer.explorer.documents.counts_over_time import AUTO, CHOICES, count_by_time
from text_explorer.explorer.documents.csv_export import documents_csv
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.selection import parse_selection
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared.parameters import choice, parse_page, parse_sort, place, search_text


def add_document_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/documents")
    def get_documents() -> Response:
        selection, page, sort = parse_selection(request.args), parse_page(request.args), parse_sort(request.args)
        with store.open() as index:
            return json_answer(list_documents(index, selection, page, sort))

    @routes.get("/documents.csv")
    def get_documents_csv() -> Response:
        selection, sort = parse_selection(request.args), parse_sort(request.args)
        opened = ExitStack()
        try:
            pieces = documents_csv(opened.enter_context(store.open()), selection, sort)
            first = next(pieces)  # faults of the filters are raised before the answer begins
        except BaseException:
            opened.close()
            raise
        return _download(chain([first], pieces), opened)

    @routes.get("/counts")
    def get_counts() -> Response:
        selection = parse_selection(request.args)
        with store.open() as index:
            return json_answer(count_documents(index, selection))

    @routes.get("/time")
    def get_time() -> Response:
        selection, by = parse_selection(request.args), choice("by", request.args.get("by", ""), CHOICES) or AUTO
        with store.open() as index:
            return json_answer(count_by_time(index, selection, by))

    @routes.get("/groups")
    def get_groups() -> Response:
        selection, column = parse_selection(request.args), place("column", request.args.get("column", "0"))
        with store.open() as index:
            return json_answer(count_by_group(index, selection, column))

    @routes.get("/documents/<row>")
    def get_document(row: str) -> Response:
        row_number, typed = place("row", row), search_text(request.args)
        with store.open() as index:
            return json_answer(document_detail(index, row_number, typed))


def _download(pieces: Iterable[str], opened: ExitStack) -> Response:
    """Send pieces of a file as they come, and close the index after the last one or when the visitor goes."""
    answer = Response(pieces, mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="documents.csv"'
    answer.call_on_close(opened.close)
    return answer
