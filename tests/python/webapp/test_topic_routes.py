"""The addresses of topics, terms and other models through Flask's test client: what they answer, how they refuse."""

from __future__ import annotations

import json
import threading

import pytest
from flask import Flask

from tests.python.unit.explorer.memory_source import SCRIPT_LABEL, small_source
from tests.python.unit.explorer.theme_source import theme_source
from text_explorer.explorer.api.blueprint import register


def serve(source, folder):
    """Register the routes over a source and wait until its index is built."""
    app = Flask("webapp")
    register(app, source, folder=folder, check_every=0)
    client = app.test_client()
    client.get("/api/status")
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(60)
    assert client.get("/api/status").json["state"] == "ready"
    return client


@pytest.fixture
def client(tmp_path):
    source = theme_source()
    source.tables["other_topics"] = [
        {"topic_id": 0, "label": "ours", "n_documents": 1, "top_terms": json.dumps(["army", "navy"])}
    ]
    source.tables["comparison"] = [{"engine": "gsdmm", "n_topics": 6, "seed": 1, "seconds": float("nan")}]
    return serve(source, tmp_path)


def test_the_overview_is_reported(client):
    told = client.get("/api/overview").json
    assert [topic["label"] for topic in told["topics"]] == ["war", "money", "school", "law", "sea", "food"]
    assert (told["building"], told["capabilities"]["words"]["on"]) == (False, True)


def test_a_topic_is_reported_with_its_terms(client):
    told = client.get("/api/topics/0").json
    assert [term["term"] for term in told["terms"]] == ["army", "battle", "navy", "soldier"]


def test_similarity_is_reported(client):
    told = client.get("/api/similarity").json
    assert sorted(told["order"]) == told["ids"] == [0, 1, 2, 3, 4, 5]


def test_terms_are_listed(client):
    told = client.get("/api/terms?q=a&topic=0&sort=term&page=1").json
    assert [term["term"] for term in told["terms"]] == ["army", "battle", "navy"]


def test_a_term_is_reported(client):
    assert client.get("/api/term?term=army").json["topics"][0]["topic"] == 0


def test_a_term_is_shown_in_its_context(client):
    (line,) = client.get("/api/kwic?term=navy&topic=0&g=0:land").json["lines"]
    assert (line["left"], line["match"], line["right"]) == ("The army ", "navy", " battle soldier of war.")


def test_compared_models_are_reported(client):
    told = client.get("/api/models").json
    assert [(row["n_topics"], row["seed"], row["seconds"]) for row in told["comparison"]] == [(6, 1, None)]
    assert told["other"] == {"name": "my_other_topics", "n_topics": 1}


def test_the_other_model_is_reported(client):
    told = client.get("/api/models/other").json
    assert told["pairs"] == [{"topic": 0, "other": 0, "similarity": 0.5, "shared_terms": ["army", "navy"]}]


@pytest.mark.parametrize(
    "address", ["overview", "topics/0", "similarity", "terms", "term?term=x", "kwic?term=x", "models"]
)
def test_no_answer_is_kept_by_the_browser(client, address):
    answer = client.get(f"/api/{address}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("topics/99", 404, "There is no topic 99 in the data."),
        ("topics/-1", 400, "'topic' must be a whole number from 0 to 99999999999. Got '-1'."),
        ("terms?topic=none", 400, "'topic' must be a whole number from 0 to 99999999999. Got 'none'."),
        ("terms?sort=size;", 400, "'sort' must be one of saliency, count, term. Got 'size;'."),
        ("terms?page=0", 400, "'page' must be a whole number from 1 to 99999999999. Got '0'."),
        ("terms?q=" + "x" * 201, 400, "A search may have at most 200 characters. Got 201."),
        ("term", 400, "'term' must be a term, such as one of api/terms. Got none."),
        ("term?term=%20%00", 400, "'term' must be a term, such as one of api/terms. Got none."),
        ("kwic?term=" + "x" * 201, 400, "A term may have at most 200 characters. Got 201."),
        ("kwic?term=army&from=2024", 400, "'from' must be a day written YYYY-MM-DD. Got '2024'."),
        ("kwic?term=army&page=x", 400, "'page' must be a whole number from 1 to 99999999999. Got 'x'."),
    ],
)
def test_a_wrong_parameter_is_refused_in_a_sentence(client, address, code, sentence):
    answer = client.get(f"/api/{address}")
    assert (answer.status_code, answer.json) == (code, {"error": sentence})


@pytest.mark.parametrize(
    "term", ["%22%20OR%20%22", "%F0%9F%98%80", "a%00b", "%D7%A9%D7%9C%D7%95%D7%9D", "%ED%A0%80", "%27--"]
)
def test_odd_terms_are_answered(client, term):
    assert client.get(f"/api/term?term={term}").json["known"] is False
    assert client.get(f"/api/kwic?term={term}").json["total"] == 0


def test_without_other_models_the_page_gets_a_sentence_on_what_to_do(tmp_path):
    client = serve(small_source(), tmp_path)
    answer = client.get("/api/models/other")
    assert answer.status_code == 404
    assert answer.json["error"].startswith("No other model is set. Run 'Discover topics' once more")
    assert client.get("/api/models").json["comparison"] is None


def test_labels_come_as_they_are(tmp_path):
    assert serve(small_source(), tmp_path).get("/api/topics/1").json["label"] == SCRIPT_LABEL


def test_topics_are_reported_while_documents_are_still_being_read(tmp_path):
    source = theme_source(n_repeated=400)
    rows, gate, begun = source.rows, threading.Event(), threading.Event()

    def slowly(role, columns):
        for number, row in enumerate(rows(role, columns)):
            if role == "document_topics" and number == 1_500:
                begun.set()
                gate.wait(20)
            yield row

    source.rows = slowly
    app = Flask("webapp")
    register(app, source, folder=tmp_path, check_every=0)
    client = app.test_client()
    client.get("/api/status")
    assert begun.wait(60)
    try:
        told = client.get("/api/overview").json
        assert (told["building"], told["counts"]["documents"]) == (True, 1_000)
        assert client.get("/api/topics/0").json["representatives"][0]["row"] is None
        assert client.get("/api/term?term=army").json["known"] is True
        assert client.get("/api/kwic?term=army").json["total"] == 167
    finally:
        gate.set()
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(60)
    assert client.get("/api/topics/0").json["representatives"][0]["row"] == 0
