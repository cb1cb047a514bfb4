"""Addresses of the documents: pages of them, one with all that is known of it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from text_explorer.explorer.document_queries import document_detail, list_documents
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.paging import parse_page, parse_sort, place, search_text
from text_explorer.explorer.selection import parse_selection


def add_document_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/documents")
    def get_documents() -> Response:
        selection, page, sort = parse_selection(request.args), parse_page(request.args), parse_sort(request.args)
        with store.open() as index:
            return jsonify(list_documents(index, selection, page, sort))

    @routes.get("/documents/<row>")
    def get_document(row: str) -> Response:
        row_number, typed = place("row", row), search_text(request.args)
        with store.open() as index:
            return jsonify(document_detail(index, row_number, typed))
