"""Addresses of the documents: pages and counts of those that meet all filters, and one with all that is known of it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import csv_answer, csv_pieces, index_answer, json_answer, kept_answer
from text_explorer.explorer.documents.counts import count_by_group, count_documents
from text_explorer.explorer.documents.counts_over_time import AUTO, CHOICES, count_by_time
from text_explorer.explorer.documents.csv_export import documents_csv
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.selection import parse_selection
from text_explorer.explorer.documents.similar import similar_documents
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared.parameters import choice, integer, parse_page, parse_sort, place, search_text
from text_explorer.explorer.topic_answers.statistics import filtered_trend


def add_document_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/documents")
    def get_documents() -> Response:
        selection, page, sort = parse_selection(request.args), parse_page(request.args), parse_sort(request.args)
        return index_answer(store, list_documents, selection, page, sort)

    @routes.get("/documents.csv")
    def get_documents_csv() -> Response:
        selection, sort = parse_selection(request.args), parse_sort(request.args)
        return csv_answer(csv_pieces(store, documents_csv, selection, sort), "documents.csv")

    @routes.get("/counts")
    def get_counts() -> Response:
        selection = parse_selection(request.args)
        with store.open() as index:
            return json_answer({**count_documents(index, selection), "trend": filtered_trend(index, selection)})

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

    @routes.get("/documents/<row>/similar")
    def get_similar(row: str) -> Response:
        return index_answer(store, similar_documents, place("row", row))

    @routes.get("/documents/<row>/summaries")
    def get_summaries(row: str) -> Response:
        from text_explorer.explorer.reading.method_summaries import (  # noqa: PLC0415 - see load_model
            MOST_SENTENCES,
            summaries_by_method,
            text_and_language,
        )

        row_number, n = place("row", row), integer("n", request.args.get("n", "3"), 1, MOST_SENTENCES)
        with store.open() as index:
            text, language = text_and_language(index, row_number)
        return json_answer(summaries_by_method(text, language, n))
