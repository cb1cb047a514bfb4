"""Addresses of the documents: pages and counts of those that meet all filters, and one with all that is known of it."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import csv_answer, csv_pieces, index_answer, json_answer, kept_answer
from text_explorer.explorer.api.request_guard import visitor_of_own_page
from text_explorer.explorer.documents.alike import documents_like
from text_explorer.explorer.documents.counts import count_by_group, count_documents
from text_explorer.explorer.documents.counts_over_time import AUTO, CHOICES, count_by_time
from text_explorer.explorer.documents.csv_export import documents_csv
from text_explorer.explorer.documents.document_map import document_map, document_on_map
from text_explorer.explorer.documents.listing import Rank, document_detail, list_documents
from text_explorer.explorer.documents.selection import Selection, parse_selection
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.services import AppServices
from text_explorer.explorer.shared.parameters import choice, integer, parse_page, parse_sort, place, search_text
from text_explorer.explorer.terms.meaning_search import rank_by_meaning
from text_explorer.explorer.topic_answers.statistics import filtered_trend


def add_document_routes(routes: Blueprint, store: IndexStore, services: AppServices) -> None:
    """Add the routes over a store of indexes and the services of the same source."""

    def ranking(selection: Selection) -> Rank | None:
        near = search_text(request.args, "near").strip()
        if not near:
            return None
        typed = services.typed_text(store, near, visitor_of_own_page(request, services.source))
        return partial(rank_by_meaning, selection=selection, typed=typed)

    @routes.get("/documents")
    def get_documents() -> Response:
        selection, page, sort = parse_selection(request.args), parse_page(request.args), parse_sort(request.args)
        return index_answer(store, list_documents, selection, page, sort, ranking(selection))

    @routes.get("/documents.csv")
    def get_documents_csv() -> Response:
        selection, sort = parse_selection(request.args), parse_sort(request.args)
        return csv_answer(csv_pieces(store, documents_csv, selection, sort, ranking(selection)), "documents.csv")

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

    _add_reader_and_map_routes(routes, store)


def _add_reader_and_map_routes(routes: Blueprint, store: IndexStore) -> None:
    @routes.get("/map")
    def get_map() -> Response:
        return kept_answer(store, document_map, parse_selection(request.args))

    @routes.get("/map/<row>")
    def get_document_on_map(row: str) -> Response:
        return index_answer(store, document_on_map, place("row", row))

    @routes.get("/documents/<row>")
    def get_document(row: str) -> Response:
        return index_answer(store, document_detail, place("row", row), search_text(request.args))

    @routes.get("/documents/<row>/similar")
    def get_similar(row: str) -> Response:
        return index_answer(store, documents_like, place("row", row), parse_selection(request.args))

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
