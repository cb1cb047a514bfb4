"""Addresses of the findings: the story, two sets of documents compared, what changed, drivers, and the report."""

from __future__ import annotations

from flask import Blueprint, Response, request

from text_explorer.explorer.api.http_answers import kept_answer
from text_explorer.explorer.documents.selection import parse_day, parse_selection
from text_explorer.explorer.findings.changes import AGAINST, changes
from text_explorer.explorer.findings.compare import compare, parse_sides
from text_explorer.explorer.findings.drivers import drivers
from text_explorer.explorer.findings.report import report
from text_explorer.explorer.findings.story.telling import story
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared.parameters import choice, place


def add_finding_routes(routes: Blueprint, store: IndexStore) -> None:
    """Add the routes over a store of indexes."""

    @routes.get("/story")
    def get_story() -> Response:
        return kept_answer(store, story, parse_selection(request.args))

    @routes.get("/report")
    def get_report() -> Response:
        return kept_answer(store, report, parse_selection(request.args))

    @routes.get("/compare")
    def get_compare() -> Response:
        return kept_answer(store, compare, parse_sides(request.args))

    @routes.get("/changes")
    def get_changes() -> Response:
        against = choice("against", request.args.get("against", ""), AGAINST) or None
        selection, since = parse_selection(request.args), parse_day("since", request.args.get("since", ""))
        return kept_answer(store, changes, selection, against, since)

    @routes.get("/drivers")
    def get_drivers() -> Response:
        column = place("column", request.args.get("column", "0"))
        selection, since = parse_selection(request.args), parse_day("since", request.args.get("since", ""))
        return kept_answer(store, drivers, selection, column, since)
