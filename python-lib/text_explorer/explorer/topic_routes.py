"""Addresses of the topics: all in one view, and each with its terms, documents and summary."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.paging import place
from text_explorer.explorer.queries import overview, topic_detail


def add_topic_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/overview")
    def get_overview() -> Response:
        with store.open() as index:
            return jsonify(overview(index))

    @routes.get("/topics/<topic>")
    def get_topic(topic: str) -> Response:
        topic_id = place("topic", topic)
        with store.open() as index:
            return jsonify(topic_detail(index, topic_id))
