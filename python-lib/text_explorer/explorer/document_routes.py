"""Addresses of the documents: pages of them, one with all that is known of it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from text_explorer.explorer.document_queries import document_detail, list_documents
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.paging import documents_request, place, search_text


def add_document_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/documents")
    def get_documents() -> Response:
        wanted = documents_request(request.args)
        with store.connect() as connection:
            return jsonify(list_documents(connection, wanted))

    @routes.get("/documents/<row>")
    def get_document(row: str) -> Response:
        row_number, typed = place("row", row), search_text(request.args)
        with store.connect() as connection:
            return jsonify(document_detail(connection, row_number, typed))
