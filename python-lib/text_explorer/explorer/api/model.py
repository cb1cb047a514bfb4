"""Addresses of what needs the model or changes something: edits, merges, words, texts to try, what people add."""

from __future__ import annotations

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import index_answer, json_answer
from text_explorer.explorer.api.request_guard import json_body, visitor_of
from text_explorer.explorer.edits.answer import edits_answer
from text_explorer.explorer.edits.log import AppliedEdits
from text_explorer.explorer.edits.saving import EditConflictError, save_edits, why_not_writable
from text_explorer.explorer.feedback.intrusion_questions import TopicWords
from text_explorer.explorer.feedback.label_suggestions import label_suggestions_answer, stored_suggestions
from text_explorer.explorer.feedback.review import (
    judge_answers,
    judged_answer,
    number_of,
    questions_answer,
    results_answer,
    round_of,
    why_not_stored,
    words_of_topics,
)
from text_explorer.explorer.feedback.saved_views import saved_views_answer
from text_explorer.explorer.feedback.stop_words import stop_words_answer
from text_explorer.explorer.feedback.story_edits import story_edits_answer
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.services import AppServices
from text_explorer.explorer.shared.errors import ForbiddenError
from text_explorer.explorer.shared.parameters import place, split_request, text_to_try
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, Visitor
from text_explorer.explorer.topic_answers.merge_preview import merge_preview, merge_request


def add_model_routes(routes: Blueprint, store: IndexStore, services: AppServices) -> None:
    """Add the routes over a store of indexes and the services of the same source."""
    _add_edit_routes(routes, store, services)
    _add_reading_routes(routes, store, services)
    _add_review_routes(routes, store, services)
    _add_stop_word_routes(routes, services)
    _add_view_routes(routes, services)
    _add_story_routes(routes, services)
    _add_label_routes(routes, store, services)


def _add_edit_routes(routes: Blueprint, store: IndexStore, services: AppServices) -> None:
    source, reader = services.source, services.edits

    def applied() -> AppliedEdits:
        with store.open() as index:
            labels = index.edits.trained_labels
        return reader.applied(labels)

    @routes.get("/edits")
    def get_edits() -> Response:
        return json_answer(edits_answer(source, applied(), visitor_of(request, source)))

    @routes.post("/edits")
    def post_edits() -> Response:
        visitor = visitor_of(request, source)
        reason = why_not_writable(applied(), visitor)
        if visitor is None or reason is not None:
            raise ForbiddenError(reason or NOT_SIGNED_IN)
        return json_answer(save_edits(source, reader, services.writing, json_body(request), visitor))

    @routes.errorhandler(EditConflictError)
    def answer_conflict(conflict: EditConflictError) -> Response:
        answer = {"error": str(conflict), "conflicts": conflict.conflicts, "version": conflict.version}
        return json_answer(answer, conflict.status_code)

    @routes.get("/merge")
    def get_merge() -> Response:
        return index_answer(store, merge_preview, merge_request(request.args))

    @routes.get("/split")
    def get_split() -> Response:
        wanted = split_request(request.args)
        with services.opened_with_model(store) as (index, model):
            from text_explorer.explorer.reading.split_preview import split_preview  # noqa: PLC0415 - see load_model

            return json_answer(split_preview(index, model, wanted))


def _add_reading_routes(routes: Blueprint, store: IndexStore, services: AppServices) -> None:
    @routes.get("/documents/<row>/words")
    def get_words(row: str) -> Response:
        row_number = place("row", row)
        with services.opened_with_model(store) as (index, model):
            from text_explorer.explorer.reading.read_text import words_of_document  # noqa: PLC0415 - see load_model

            topic = index.topic_of(row_number) if row_number < index.documents.n_rows else None
            finals = index.edits.finals_seen_from(topic)
            return json_answer(words_of_document(index.connection, row_number, model, finals))

    @routes.post("/try")
    def post_try() -> Response:
        text = text_to_try(json_body(request))
        with services.opened_with_model(store) as (index, model):
            edits = index.edits
        from text_explorer.explorer.reading.read_text import finals_of_text, try_text  # noqa: PLC0415 - see load_model

        return json_answer(try_text(text, model, finals_of_text(text, model, edits)))


def _add_review_routes(routes: Blueprint, store: IndexStore, services: AppServices) -> None:
    source = services.source

    def topics_asked() -> tuple[list[TopicWords], str]:
        with store.open() as index:
            return words_of_topics(index), index.edits.model_id

    @routes.get("/review")
    def get_review() -> Response:
        round_number, n_questions = number_of(request.args, "round"), number_of(request.args, "n")
        topics, model_id = topics_asked()
        not_stored = why_not_stored(model_id, visitor_of(request, source))
        return json_answer({**questions_answer(topics, model_id, round_number, n_questions), "not_stored": not_stored})

    @routes.post("/review")
    def post_review() -> Response:
        body = json_body(request)
        topics, model_id = topics_asked()
        judged = judge_answers(topics, model_id, body)
        visitor = visitor_of(request, source)
        return json_answer(judged_answer(services.review, model_id, visitor, round_of(body), judged))

    @routes.get("/review/results")
    def get_results() -> Response:
        with store.open() as index:
            edits = index.edits
        return json_answer(results_answer(services.review, edits))


def _add_stop_word_routes(routes: Blueprint, services: AppServices) -> None:
    source, stop_words = services.source, services.stop_words

    @routes.get("/stop-words")
    def get_stop_words() -> Response:
        return json_answer(stop_words_answer(source, stop_words, visitor_of(request, source)))

    @routes.post("/stop-words")
    def post_stop_words() -> Response:
        visitor = visitor_of(request, source)
        if visitor is None:
            raise ForbiddenError(NOT_SIGNED_IN)
        fault = stop_words.change(json_body(request), visitor)
        return json_answer({**stop_words_answer(source, stop_words, visitor), "dataset_error": fault})


def _add_view_routes(routes: Blueprint, services: AppServices) -> None:
    def answer(visitor: Visitor | None) -> Response:
        model_id = services.edits.found().log.model_id
        return json_answer(saved_views_answer(services.source, services.views, visitor, model_id))

    @routes.get("/views")
    def get_views() -> Response:
        return answer(visitor_of(request, services.source))

    @routes.post("/views")
    def post_views() -> Response:
        visitor = visitor_of(request, services.source)
        if visitor is None:
            raise ForbiddenError(NOT_SIGNED_IN)
        services.views.change(json_body(request), services.edits.found().log.model_id, visitor)
        return answer(visitor)


def _add_story_routes(routes: Blueprint, services: AppServices) -> None:
    def answer(visitor: Visitor | None) -> Response:
        model_id = services.edits.found().log.model_id
        return json_answer(story_edits_answer(services.source, services.story, visitor, model_id))

    @routes.get("/story/edits")
    def get_story_edits() -> Response:
        return answer(visitor_of(request, services.source))

    @routes.post("/story/edits")
    def post_story_edits() -> Response:
        visitor = visitor_of(request, services.source)
        if visitor is None:
            raise ForbiddenError(NOT_SIGNED_IN)
        services.story.change(json_body(request), services.edits.found().log.model_id, visitor)
        return answer(visitor)


def _add_label_routes(routes: Blueprint, store: IndexStore, services: AppServices) -> None:
    def answer(visitor: Visitor | None) -> Response:
        with store.open() as index:
            suggestions, model_id = stored_suggestions(index), index.edits.model_id
        return json_answer(label_suggestions_answer(services.source, services.labels, visitor, model_id, suggestions))

    @routes.get("/label-suggestions")
    def get_label_suggestions() -> Response:
        return answer(visitor_of(request, services.source))

    @routes.post("/label-suggestions")
    def post_label_suggestions() -> Response:
        visitor = visitor_of(request, services.source)
        if visitor is None:
            raise ForbiddenError(NOT_SIGNED_IN)
        with store.open() as index:
            model_id = index.edits.model_id
        services.labels.decide(json_body(request), model_id, visitor)
        return answer(visitor)
