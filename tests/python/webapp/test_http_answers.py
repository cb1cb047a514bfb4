"""What Flask itself would answer under the webapp's address: JSON sentences, no redirects, headers on every answer."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.api import documents
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.api.request_guard import LONGEST_BODY

GUARD = {"X-Text-Explorer": "1"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Make the application as DSS does, with its readiness probe and an address of its own that forwards."""
    app = Flask("dss_webapp")
    app.add_url_rule("/__ping", "ping", lambda: "pong")
    app.add_url_rule("/own/", "own", lambda: "DSS's own")
    register(app, filterable_source(), folder=tmp_path_factory.mktemp("index"), check_every=60)
    app.test_client().get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


def ask_raw(app, path, **environ):
    """Ask for a path as it stands, which the test client would mend, and return status, headers and text."""
    body, status, headers = run_wsgi_app(app.wsgi_app, {**EnvironBuilder().get_environ(), "PATH_INFO": path, **environ})
    return int(status.split()[0]), headers, b"".join(body).decode()


@pytest.mark.parametrize(
    "address", ["", "/", "/nothing", "/nothing/here", "/status/", "/documents/0/", "/topics/", "/.."]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_what_is_not_there_is_answered_in_json(client, address, method):
    answer = client.open(f"/api{address}", method=method, headers=GUARD, json={})
    assert (answer.status_code, answer.json) == (404, {"error": f"There is nothing at 'api{address}'."})


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("POST", "overview", "GET, HEAD, OPTIONS"),
        ("DELETE", "documents/0", "GET, HEAD, OPTIONS"),
        ("PUT", "edits", "GET, HEAD, OPTIONS, POST"),
        ("GET", "read-again", "OPTIONS, POST"),
        ("GET", "try", "OPTIONS, POST"),
        ("TRACE", "documents.csv", "GET, HEAD, OPTIONS"),
        ("FOO", "status", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_method_that_is_not_allowed_is_reported_with_those_that_are(client, method, address, allowed):
    answer = client.open(f"/api/{address}", method=method, headers=GUARD)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert answer.json == {"error": f"'api/{address}' does not allow the method {method}. Use {allowed}."}


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [(b"{", "application/json", 400), (b" " * (LONGEST_BODY + 1), "application/json", 413), (b"{}", "text/plain", 415)],
)
def test_what_cannot_be_read_is_reported_with_its_status(client, body, content_type, code):
    answer = client.post("/api/try", data=body, content_type=content_type, headers=GUARD)
    assert (answer.status_code, list(answer.json)) == (code, ["error"])


def test_a_limit_of_the_application_is_answered_in_json_too(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10)
    answer = client.post("/api/try", json={"text": "longer than ten bytes"}, headers=GUARD)
    assert (answer.status_code, list(answer.json)) == (413, ["error"])


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example", "//evil.example/", "//evil.example/api/status", "/\\evil.example", "/api//evil.example",
        "/api///evil.example/..", "/api//status", "/api/documents//0", "/api/\\evil.example", "//api//status",
        "/api/http://evil.example", "/static//evil.example", "/api/topics//evil.example/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("host", ["dss.example", "evil.example", "evil.example@dss", ""])
def test_no_address_leads_elsewhere(app, path, host):
    status, headers, text = ask_raw(app, path, HTTP_HOST=host)
    assert status == 404
    assert "Location" not in headers
    assert "href" not in text


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("GET", "status", 200),
        ("HEAD", "overview", 200),
        ("GET", "documents.csv", 200),
        ("GET", "documents?page=x", 400),
        ("POST", "try", 403),
        ("GET", "nothing", 404),
        ("GET", "/nothing", 404),
        ("DELETE", "status", 405),
        ("OPTIONS", "edits", 200),
    ],
)
def test_every_answer_keeps_the_browser_from_guessing_and_keeping(client, method, address, code):
    answer = client.open(f"/api/{address}", method=method)
    assert answer.status_code == code
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "X-Frame-Options" not in answer.headers  # DSS shows webapps in a frame


def test_an_unexpected_fault_has_the_headers_too(client, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.api.topics.overview", lambda *arguments: 1 / 0)
    answer = client.get("/api/overview")
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (500, "nosniff")


def test_what_is_not_finite_is_null_in_an_answer(client, monkeypatch, caplog):
    told = {"a": float("nan"), "b": [1.5, (float("inf"), {"c": -float("inf")})]}
    monkeypatch.setattr("text_explorer.explorer.api.topics.overview", lambda *arguments: told)
    answer = client.get("/api/overview")
    assert answer.text == '{"a":null,"b":[1.5,[null,{"c":null}]]}\n'
    assert "not finite" in caplog.text


def test_the_addresses_of_the_host_are_left_alone(app, client):
    ping = client.get("/__ping")
    assert (ping.status_code, ping.text) == (200, "pong")
    assert "Content-Security-Policy" not in ping.headers
    assert client.get("/nothing").mimetype == "text/html"
    assert client.post("/__ping").mimetype == "text/html"
    assert client.get("/apinothing").mimetype == "text/html"
    assert client.get("/own/").text == "DSS's own"


def test_handlers_of_the_host_stay_its_own_and_are_not_asked_about_the_webapp(tmp_path):
    app = Flask("dss_webapp")
    app.register_error_handler(404, lambda error: ("DSS's own page", 404))
    app.register_error_handler(Exception, lambda error: ("DSS's own fault", 500))
    register(app, filterable_source(), folder=tmp_path)
    client = app.test_client()
    assert client.get("/nothing").text == "DSS's own page"
    assert client.post("/static/x").text == "DSS's own fault"
    assert client.get("/api/nothing").json == {"error": "There is nothing at 'api/nothing'."}
    assert client.delete("/api/status").status_code == 405
    assert client.get("/api/topics/x").status_code == 400


def test_the_same_question_about_all_documents_is_computed_once(app, monkeypatch):
    asked = []

    def count_by_time(_index, *question):
        asked.append(question)
        return {"n": len(asked)}

    monkeypatch.setattr(documents, "count_by_time", count_by_time)
    answers = [app.test_client().get(f"/api/time?{query}").json for query in ("topic=0", "topic=0&by=auto", "topic=1")]
    assert answers == [{"n": 1}, {"n": 1}, {"n": 2}]
    assert len(asked) == 2


def test_the_overview_comes_with_the_status_on_request(client):
    overview = client.get("/api/overview").json
    assert client.get("/api/status?with=overview").json == {**client.get("/api/status").json, "overview": overview}
