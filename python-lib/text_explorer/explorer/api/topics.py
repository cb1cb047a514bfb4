"""Addresses of the topics, their terms and other models: all in one view, each by itself, and beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import csv_answer, csv_pieces, index_answer, json_answer
from text_explorer.explorer.documents.selection import parse_selection
from text_explorer.explorer.feedback.answer_log import ReviewLog, count_answers
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.parameters import Page, choice, parse_page, place, search_text
from text_explorer.explorer.shared.roles import MAX_QUERY
from text_explorer.explorer.terms.kwic import PAGE_SIZE as KWIC_SIZE
from text_explorer.explorer.terms.kwic import keyword_in_context
from text_explorer.explorer.terms.listing import DEFAULT_ORDER, ORDERS, TermsRequest, list_terms, term_detail, terms_csv
from text_explorer.explorer.terms.listing import PAGE_SIZE as TERMS_SIZE
from text_explorer.explorer.terms.proposed_stop_words import proposed_stop_words
from text_explorer.explorer.topic_answers.detail import topic_detail
from text_explorer.explorer.topic_answers.model_match import compared_models, other_model
from text_explorer.explorer.topic_answers.overview import overview
from text_explorer.explorer.topic_answers.similarity import topic_similarity


def overview_of(store: IndexStore, review: ReviewLog) -> dict[str, Any]:
    """Return the overview; see `topic_answers.overview`."""
    answered = review.answered_if_readable()  # asks DSS: an open index would keep a build from writing meanwhile
    with store.open() as index:
        return overview(index, count_answers(answered, index.edits).by_topic)


def add_topic_routes(routes: Blueprint, store: IndexStore, review: ReviewLog) -> None:
    """Add the routes over a store of indexes and the answers of the review."""

    @routes.get("/overview")
    def get_overview() -> Response:
        return json_answer(overview_of(store, review))

    @routes.get("/similarity")
    def get_similarity() -> Response:
        return index_answer(store, topic_similarity)

    @routes.get("/topics/<topic>")
    def get_topic(topic: str) -> Response:
        topic_id, answered = place("topic", topic), review.answered_if_readable()
        with store.open() as index:
            return json_answer(topic_detail(index, topic_id, count_answers(answered, index.edits).by_topic))

    _add_term_routes(routes, store)
    _add_other_model_routes(routes, store)


def _add_term_routes(routes: Blueprint, store: IndexStore) -> None:
    @routes.get("/terms")
    def get_terms() -> Response:
        return index_answer(store, list_terms, _terms_request(request.args))

    @routes.get("/terms.csv")
    def get_terms_csv() -> Response:
        wanted = _terms_request(request.args)
        return csv_answer(csv_pieces(store, terms_csv, wanted), "terms.csv")

    @routes.get("/stop-words/proposed")
    def get_proposed_stop_words() -> Response:
        with store.open() as index:
            return json_answer(proposed_stop_words(index))

    @routes.get("/term")
    def get_term() -> Response:
        return index_answer(store, term_detail, _term(request.args))

    @routes.get("/kwic")
    def get_kwic() -> Response:
        term, selection, page = _term(request.args), parse_selection(request.args), _page(request.args, KWIC_SIZE)
        return index_answer(store, keyword_in_context, term, selection, page)


def _add_other_model_routes(routes: Blueprint, store: IndexStore) -> None:
    @routes.get("/models")
    def get_models() -> Response:
        return index_answer(store, compared_models)

    @routes.get("/models/other")
    def get_other_model() -> Response:
        return index_answer(store, other_model)


def _terms_request(arguments: Mapping[str, str]) -> TermsRequest:
    topic = arguments.get("topic", "")
    return TermsRequest(
        typed=search_text(arguments),
        topic=place("topic", topic) if topic else None,
        sort=choice("sort", arguments.get("sort", ""), tuple(ORDERS)) or DEFAULT_ORDER,
        page=_page(arguments, TERMS_SIZE),
    )


def _term(arguments: Mapping[str, str]) -> str:
    term = arguments.get("term", "").replace("\0", " ").strip()
    if not term:
        raise BadRequestError("'term' must be a term, such as one of api/terms. Got none.")
    if len(term) > MAX_QUERY:
        raise BadRequestError(f"A term may have at most {MAX_QUERY} characters. Got {len(term)}.")
    return term


def _page(arguments: Mapping[str, str], size: int) -> Page:
    return Page(parse_page(arguments).number, size)
