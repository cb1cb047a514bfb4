"""Each route through Flask's test client: what it answers, and how it refuses."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from tests.python.unit.explorer.memory_source import SCRIPT_LABEL, SCRIPT_TEXT, small_source
from text_explorer.explorer.blueprint import register


@pytest.fixture
def source():
    return small_source()


@pytest.fixture
def client(source, tmp_path):
    app = Flask("webapp")
    register(app, source, folder=tmp_path, check_every=0)
    return app.test_client()


@pytest.fixture
def ready(client):
    """Wait until the index is built."""
    client.get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)
    assert client.get("/api/status").json["state"] == "ready"
    return client


def test_the_status_tells_the_progress_first(client, source):
    source.gate = threading.Event()
    status = client.get("/api/status")
    assert status.json["state"] == "building"
    assert status.json["rows_read"] == 0
    source.gate.set()


def test_data_asked_for_too_early_are_refused_in_a_sentence(client, source):
    source.gate = threading.Event()
    answer = client.get("/api/overview")
    assert answer.status_code == 503
    assert answer.json == {"error": "The documents are still being read. Please wait a moment."}
    source.gate.set()


def test_the_overview_is_told(ready):
    answer = ready.get("/api/overview")
    assert answer.json["counts"]["documents"] == 7
    assert answer.json["topics"][1]["label"] == SCRIPT_LABEL


def test_a_topic_is_told(ready):
    assert ready.get("/api/topics/0").json["terms"][0]["term"] == "cats"


def test_documents_are_listed(ready):
    answer = ready.get("/api/documents?topic=1&q=dogs&page=1&size=5")
    assert [entry["key"] for entry in answer.json["documents"]] == ["c"]


def test_a_document_is_told(ready):
    assert ready.get("/api/documents/2?q=bold").json["text"] == SCRIPT_TEXT


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("topics/99", 404, "There is no topic 99 in the data."),
        ("topics/x", 400, "'topic' must be a whole number from 0 to 99999999999. Got 'x'."),
        ("documents/99", 404, "There is no document in row 99 of the data."),
        ("documents/-1", 400, "'row' must be a whole number from 0 to 99999999999. Got '-1'."),
        ("documents/0?q=" + "x" * 201, 400, "A search may have at most 200 characters. Got 201."),
        ("documents?page=0", 400, "'page' must be a whole number from 1 to 99999999999. Got '0'."),
        ("documents?size=1000", 400, "'size' must be a whole number from 1 to 100. Got '1000'."),
        ("documents?topic=all", 400, "'topic' must be a whole number from 0 to 99999999999. Got 'all'."),
        ("nothing/here", 404, "There is nothing at 'api/nothing/here'."),
    ],
)
def test_a_wrong_address_is_answered_by_one_sentence(ready, address, code, sentence):
    answer = ready.get(f"/api/{address}")
    assert (answer.status_code, answer.json) == (code, {"error": sentence})


def test_the_deepest_page_is_empty_rather_than_a_fault(ready):
    assert ready.get("/api/documents?page=99999999999").json["documents"] == []


def test_an_unforeseen_fault_keeps_its_traceback_in_the_log(ready, monkeypatch, caplog):
    def fail(*arguments):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("text_explorer.explorer.topic_routes.overview", fail)
    answer = ready.get("/api/overview")
    assert answer.status_code == 500
    assert answer.json["error"].startswith("Something unexpected went wrong.")
    assert "secret" not in answer.text
    assert "secret detail" in caplog.text


def test_a_failed_reading_is_told_and_can_be_tried_again(client, source):
    source.unreadable.add("document_topics")
    client.get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)
    assert client.get("/api/status").json["error"].startswith("The dataset 'my_document_topics' cannot be read.")
    source.unreadable.clear()
    answer = client.post("/api/read-again", json={}, headers={"X-Text-Explorer": "1"})
    assert answer.json["state"] in ("building", "ready")


def test_no_answer_may_be_kept_by_the_browser(ready):
    assert ready.get("/api/overview").headers["Cache-Control"] == "no-store"


def test_reading_again_cannot_be_caused_by_a_mere_link(ready):
    assert ready.get("/api/read-again").status_code == 404


def test_a_nul_in_a_search_counts_as_a_space(ready):
    assert (
        ready.get("/api/documents?q=cats%00").get_json()["total"]
        == ready.get("/api/documents?q=cats").get_json()["total"]
    )
