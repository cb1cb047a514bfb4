"""Each route through Flask's test client: what it answers, and how it refuses."""

from __future__ import annotations

import csv
import threading

import pytest
from flask import Flask

from tests.python.unit.explorer.filterable_source import filterable_source
from tests.python.unit.explorer.memory_source import SCRIPT_LABEL, SCRIPT_TEXT, small_source
from text_explorer.explorer.api.blueprint import register


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


def test_the_status_has_the_progress_first(client, source):
    source.gate = threading.Event()
    status = client.get("/api/status").json
    assert (status["state"], status["usable"]) == ("building", False)
    for _ in range(500):
        status = client.get("/api/status").json
        if (status["dataset"], status["rows_read"]) == ("Documents with topics", 0):
            break
        threading.Event().wait(0.01)
    assert (status["dataset"], status["rows_read"]) == ("Documents with topics", 0)
    source.gate.set()


def test_data_asked_for_too_early_are_refused_in_a_sentence(client, source):
    source.gate = threading.Event()
    answer = client.get("/api/overview")
    assert answer.status_code == 503
    assert answer.json == {"error": "The documents are still being read. Please wait a moment."}
    source.gate.set()


def test_the_overview_is_reported(ready):
    answer = ready.get("/api/overview")
    assert answer.json["counts"]["documents"] == 7
    assert answer.json["topics"][1]["label"] == SCRIPT_LABEL


def test_a_topic_is_reported(ready):
    assert ready.get("/api/topics/0").json["terms"][0]["term"] == "cats"


def test_documents_are_listed(ready):
    answer = ready.get("/api/documents?topic=1&q=dogs&page=1&size=5")
    assert [entry["key"] for entry in answer.json["documents"]] == ["c"]


def test_a_document_is_reported(ready):
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


def test_an_unexpected_fault_keeps_its_traceback_in_the_log(ready, monkeypatch, caplog):
    def fail(*arguments):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("text_explorer.explorer.api.topics.overview", fail)
    answer = ready.get("/api/overview")
    assert answer.status_code == 500
    assert answer.json["error"].startswith("An unexpected error occurred.")
    assert "secret" not in answer.text
    assert "secret detail" in caplog.text


def test_a_failed_reading_is_reported_and_can_be_tried_again(client, source):
    source.unreadable.add("document_topics")
    client.get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)
    assert client.get("/api/status").json["error"].startswith("The dataset 'my_document_topics' cannot be read.")
    source.unreadable.clear()
    answer = client.post("/api/read-again", json={}, headers={"X-Text-Explorer": "1"})
    assert answer.json["state"] in ("building", "ready")


def test_only_a_visitor_dss_knows_causes_data_that_are_there_to_be_read_again(ready, source):
    own_page = {"X-Text-Explorer": "1"}
    source.guest = None
    assert ready.post("/api/read-again", json={}, headers=own_page).json["state"] == "ready"
    known = {**own_page, "Visitor": "ann"}
    source.gate = threading.Event()
    assert ready.post("/api/read-again", json={}, headers=known).json["state"] == "building"
    source.gate.set()


def test_no_answer_may_be_kept_by_the_browser(ready):
    assert ready.get("/api/overview").headers["Cache-Control"] == "no-store"


def test_reading_again_cannot_be_caused_by_a_mere_link(ready):
    assert ready.get("/api/read-again").status_code == 405


def test_a_nul_in_a_search_counts_as_a_space(ready):
    assert (
        ready.get("/api/documents?q=cats%00").get_json()["total"]
        == ready.get("/api/documents?q=cats").get_json()["total"]
    )


@pytest.fixture(scope="module")
def filterable(tmp_path_factory):
    """Serve the corpus with dates and groups."""
    app = Flask("webapp")
    register(app, filterable_source(), folder=tmp_path_factory.mktemp("index"), check_every=60)
    client = app.test_client()
    client.get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)
    return client


FILTERS = "q=tea&g=0:chile&g=0:peru&g=1:tea&from=2024-01-01&to=2024-12-31&min=0.5&max=1&status=ok"


def test_documents_are_chosen_by_all_filters_and_sorted(filterable):
    answer = filterable.get(f"/api/documents?{FILTERS}&sort=-date").json
    assert [entry["key"] for entry in answer["documents"]] == ["d1", "d0"]
    assert (answer["total"], answer["of"]) == (2, 7)
    assert len(answer["documents"][0].pop("digest")) == 32
    assert answer["documents"][0] == {
        "row": 1,
        "key": "d1",
        "moved": False,
        "title": None,
        "excerpt": "black tea",
        "similarity": None,
        "marks": [[6, 9]],
        "topic": 0,
        "probability": 0.5,
        "status": "ok",
        "mixture": [{"topic": 0, "share": 0.5}, {"topic": 1, "share": 0.25}, {"topic": 2, "share": 0.25}],
        "date": "2024-01-20",
        "groups": ["chile", "tea"],
        "summary": None,
    }


def test_counts_are_reported(filterable):
    expected = {"n": 2, "of": 7, "n_assigned": 2, "topics": {"0": 2, "1": 0, "2": 0}}
    answer = filterable.get(f"/api/counts?{FILTERS}").json
    trend = answer.pop("trend")
    assert answer == expected
    assert {topic: sum(counts) for topic, counts in trend.items()} == expected["topics"]


def test_time_is_reported(filterable):
    answer = filterable.get(f"/api/time?{FILTERS}&by=week").json
    assert [(period["start"], period["n"]) for period in answer["periods"]] == [
        ("2024-01-01", 1),
        ("2024-01-08", 0),
        ("2024-01-15", 1),
    ]


def test_groups_are_reported(filterable):
    answer = filterable.get("/api/groups?column=1&topic=2").json
    assert (answer["name"], [value["value"] for value in answer["values"]]) == ("product", ["tea", "coffee"])


def test_a_document_has_its_date(filterable):
    answer = filterable.get("/api/documents/3").json
    assert (answer["date"], answer["groups"], answer["probability"]) == ("2024-03-31", ["peru", "tea"], 0.7)


def test_documents_come_as_a_file_no_browser_shows(filterable):
    answer = filterable.get("/api/documents.csv?topic=2&sort=row")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="documents.csv"'
    assert [row[:3] for row in csv.reader(answer.text.removeprefix("\ufeff").splitlines())] == [
        ["row", "id", "text"],
        ["4", "d4", "'=cmd|' /C calc'!A0"],
        ["6", "d6", "cold tea"],
    ]


@pytest.mark.parametrize("address", ["documents", "documents.csv", "counts", "time", "groups"])
@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ("topic=all", "'topic' must be a whole number from 0 to 99999999999. Got 'all'."),
        ("g=9:x", "There is no group column 9: this webapp has 2, counted from 0."),
        ("from=today", "'from' must be a day written YYYY-MM-DD. Got 'today'."),
        ("min=2", "'min' must be a number from 0 to 1. Got '2'."),
    ],
)
def test_a_wrong_filter_is_refused_everywhere_before_the_answer_begins(filterable, address, filters, sentence):
    answer = filterable.get(f"/api/{address}?{filters}")
    assert (answer.status_code, answer.json) == (400, {"error": sentence})


SORT_REFUSED = "'sort' must be one of row, match, explained, probability, -probability, date, -date. Got 'text'."


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "time?by=hour",
            "'by' must be one of auto, day, week, month, quarter, year, 5-years, 10-years, 25-years. Got 'hour'.",
        ),
        ("groups?column=x", "'column' must be a whole number from 0 to 99999999999. Got 'x'."),
        ("documents?sort=text", SORT_REFUSED),
        ("documents.csv?sort=text", SORT_REFUSED),
    ],
)
def test_a_wrong_parameter_is_answered_by_what_is_allowed(filterable, address, sentence):
    assert filterable.get(f"/api/{address}").json == {"error": sentence}


@pytest.mark.parametrize("address", ["time", "documents?sort=date", "documents.csv?sort=date", "counts?to=2024-01-01"])
def test_without_a_date_column_one_is_asked_for(ready, address):
    answer = ready.get(f"/api/{address}")
    assert answer.status_code == 400
    assert answer.json["error"].startswith("These documents have no date column")


PAYLOADS = ["' OR 1=1 --", '"; DROP TABLE documents; --', "<script>alert(1)</script>", "\x00\x01", "%_\\", "😀" * 100]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", ["q", "g", "status", "topic", "from", "min", "sort", "page"])
def test_nothing_typed_is_a_command_or_a_fault(filterable, name, payload):
    value = f"0:{payload}" if name == "g" else payload
    for address in ("documents", "counts", "documents.csv"):
        answer = filterable.get(f"/api/{address}", query_string={name: value})
        assert answer.status_code in (200, 400)
        assert "Traceback" not in answer.text
    assert filterable.get("/api/counts").json["n"] == 7
