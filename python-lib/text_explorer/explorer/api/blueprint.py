"""The webapp's addresses: each parses, asks, and answers in JSON; every fault becomes a sentence and a status code."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from flask import Blueprint, Flask, Response, request

from text_explorer.explorer.api.documents import add_document_routes
from text_explorer.explorer.api.findings import add_finding_routes
from text_explorer.explorer.api.http_answers import PREFIX, add_headers, fault_answer, json_answer, unrouted_answer
from text_explorer.explorer.api.model import add_model_routes
from text_explorer.explorer.api.request_guard import check_request, visitor_of
from text_explorer.explorer.api.topics import add_topic_routes, overview_of
from text_explorer.explorer.findings.distinctive_words.comparison import warm_up
from text_explorer.explorer.index_store import CHECK_EVERY_SECONDS, IndexStore
from text_explorer.explorer.reading.query_embedding import Embed
from text_explorer.explorer.services import AppServices
from text_explorer.explorer.shared.errors import NotReadyError
from text_explorer.explorer.shared.source import Source

WARM_UP_AFTER_SECONDS = 3.0
"""From the first time the index is ready, so that the first view is not slower."""


def register(
    app: Flask,
    source: Source,
    *,
    folder: Path | None = None,
    check_every: float = CHECK_EVERY_SECONDS,
    embed: Embed | None = None,
) -> IndexStore:
    """Add the webapp's routes to a Flask application.

    Parameters
    ----------
    app
        The application, in DSS the one it made itself.
    source
        Where the datasets come from.
    folder, check_every
        See `IndexStore`.
    embed
        Embeds what is searched for; None where no language model can be asked.

    Returns
    -------
    IndexStore
        The store behind the routes.
    """
    services = AppServices.of(source, folder, embed)
    store = IndexStore(source, folder, check_every=check_every, edits=services.edits, place=services.place)
    app.register_blueprint(make_blueprint(store, services))
    return store


def make_blueprint(store: IndexStore, services: AppServices) -> Blueprint:
    """Build the routes over a store of indexes and the services of the same source."""
    routes = Blueprint("text_explorer", __name__, url_prefix=PREFIX)
    source = services.source
    routes.before_request(lambda: check_request(request))
    warming = threading.Timer(WARM_UP_AFTER_SECONDS, warm_up)
    warming.daemon = True
    once = threading.Lock()

    @routes.get("/status")
    def get_status() -> Response:
        status = store.status()
        if status["state"] == "ready" and once.acquire(blocking=False):
            warming.start()
        if request.args.get("with") != "overview":
            return json_answer(status)
        overview = None
        if status["usable"]:
            with suppress(NotReadyError):  # restarted since; the page asks again
                overview = overview_of(store, services.review)
        return json_answer({**status, "overview": overview})

    @routes.post("/read-again")
    def post_read_again() -> Response:
        # Reading is work: a visitor who is not signed in may start it only where there is nothing to read yet.
        store.read_again(keep_finished=visitor_of(request, source) is None)
        return json_answer(store.status())

    add_topic_routes(routes, store, services.review)
    add_document_routes(routes, store, services)
    add_finding_routes(routes, store)
    add_model_routes(routes, store, services)

    routes.register_error_handler(Exception, fault_answer)
    routes.before_app_request(unrouted_answer)
    routes.after_app_request(add_headers)
    return routes
