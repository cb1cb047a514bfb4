"""Searches are embedded by the model of the documents, once each, and only for visitors who are signed in."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from flask import Flask

from tests.python.unit.explorer.embedded_source import N_NUMBERS, embedded_source, topic_of
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.reading.query_embedding import (
    MOST_A_MINUTE,
    NO_MODEL,
    NOT_SIGNED_IN,
    TOO_MANY,
    QueryEmbedder,
    QueryModel,
)
from text_explorer.explorer.shared.source import Visitor

ANN = Visitor("ann", "Ann Example")


LLM = QueryModel("llm", None)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def embed(asked):
    def embed(text, model_id, n_numbers):
        asked.append((text, model_id, n_numbers))
        if text == "refused":
            return SimpleNamespace(vector=None, error="The cost quota is used up.")
        return SimpleNamespace(vector=np.ones(2 if text == "short" else 3), error="")

    return embed


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def queries(embed, now):
    return QueryEmbedder(embed, clock=lambda: now[0])


def test_a_search_is_embedded_once(queries, asked):
    for visitor in (ANN, None):
        vector, why = queries.vector_of("harbour", LLM, 3, visitor)
        assert (vector.tolist(), why) == ([1, 1, 1], None)
    assert asked == [("harbour", "llm", 3)]


@pytest.mark.parametrize(
    ("text", "model", "visitor", "sentence"),
    [
        ("harbour", QueryModel(None, None), ANN, NO_MODEL),
        ("harbour", QueryModel(None, "own"), ANN, "The documents were embedded by own. Select it as 'Embedding model'"),
        ("harbour", QueryModel("llm", "own"), ANN, "embedded by own, but 'Embedding model' in the settings of this"),
        ("harbour", LLM, None, NOT_SIGNED_IN),
    ],
)
def test_no_model_is_asked_unless_the_setting_names_that_of_the_documents(
    queries, asked, text, model, visitor, sentence
):
    vector, why = queries.vector_of(text, model, 3, visitor)
    assert vector is None
    assert sentence in why
    assert asked == []


@pytest.mark.parametrize(("text", "sentence"), [("refused", "cost quota"), ("short", "no vector")])
def test_an_answer_without_a_vector_is_kept_for_a_minute(queries, asked, now, text, sentence):
    for at, n_asked in ((0.0, 1), (59.0, 1), (60.0, 2)):
        now[0] = at
        assert sentence in queries.vector_of(text, LLM, 3, ANN)[1]
        assert len(asked) == n_asked


def test_at_most_sixty_questions_a_minute_are_asked(queries, asked, now):
    for number in range(MOST_A_MINUTE):
        now[0] = number / 10
        assert queries.vector_of(f"text {number}", LLM, 3, ANN)[1] is None
    now[0] = 59.9
    assert queries.vector_of("one more", LLM, 3, ANN) == (None, TOO_MANY)
    assert queries.vector_of("text 0", LLM, 3, ANN)[1] is None  # kept
    now[0] = 60.0
    assert queries.vector_of("one more", LLM, 3, ANN)[1] is None
    assert queries.vector_of("and another", LLM, 3, ANN) == (None, TOO_MANY)
    assert len(asked) == MOST_A_MINUTE + 1


def test_a_text_is_asked_once_while_others_wait_for_the_same_and_other_texts_do_not_wait(asked):
    answer, is_asked = threading.Event(), threading.Event()

    def slow(text, model_id, n_numbers):
        asked.append(text)
        if text == "slow":
            is_asked.set()
            assert answer.wait(30)
        return SimpleNamespace(vector=np.ones(3), error="")

    queries = QueryEmbedder(slow)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(queries.vector_of, "slow", LLM, 3, ANN)
        assert is_asked.wait(30)
        others = [threads.submit(queries.vector_of, "slow", LLM, 3, ANN) for _ in range(2)]
        assert queries.vector_of("quick", LLM, 3, ANN)[1] is None
        answer.set()
        assert all(one.result(30)[0].tolist() == [1, 1, 1] for one in (first, *others))
    assert asked == ["slow", "quick"]


def test_a_model_that_breaks_may_be_asked_again(asked):
    def broken(text, model_id, n_numbers):
        asked.append(text)
        raise RuntimeError("gone")

    queries = QueryEmbedder(broken)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="gone"):
            queries.vector_of("harbour", LLM, 3, ANN)
    assert len(asked) == 2


def test_documents_are_ranked_over_http(tmp_path, asked):
    def embed(text, model_id, n_numbers):
        asked.append(model_id)
        return SimpleNamespace(vector=np.eye(N_NUMBERS)[1], error="")

    app = Flask("test")
    source = embedded_source(embedding_model="embedding-model")
    store = register(app, source, folder=tmp_path, embed=embed)
    store.status()
    while store.status()["state"] == "building":
        pass
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    elsewhere = client.get("/api/documents?near=orchard", headers={"Sec-Fetch-Site": "cross-site"}).get_json()
    assert elsewhere["ranking"]["why"] == NOT_SIGNED_IN
    assert asked == []
    for page in (1, 2):
        answer = client.get(f"/api/documents?near=ships&page={page}&size=15&g=0:peru").get_json()
        assert {topic_of(entry["row"]) for entry in answer["documents"]} == {1}
        assert answer["ranking"]["by"] == "meaning"
    assert asked == ["embedding-model"]
    lines = client.get("/api/documents.csv?near=ships").get_data(as_text=True).splitlines()
    assert lines[0].endswith(",summary,similarity")
    assert len(lines) == 271
    assert client.get("/api/documents?near=" + "x" * 201).status_code == 400
    assert client.get("/api/map").get_json()["n_placed"] == 270
    assert client.get("/api/map?box=0,0,x,1").status_code == 400
    assert client.get("/api/map/3").get_json()["key"] == "d3"
    assert client.get("/api/documents/3/similar?g=0:peru").get_json()["among"] == 150
    capability = client.get("/api/overview").get_json()["capabilities"]["meaning"]
    assert capability == {"on": True, "reason": None}


def test_without_the_setting_no_model_is_asked_though_the_documents_name_theirs(tmp_path, asked):
    source = embedded_source()
    for document in source.tables["document_topics"]:
        document["embedding_model"] = "own"
    app = Flask("test")
    store = register(app, source, folder=tmp_path, embed=lambda *arguments: asked.append(arguments))
    store.status()
    while store.status()["state"] == "building":
        pass
    ranking = app.test_client().get("/api/documents?near=orchard").get_json()["ranking"]
    assert ranking["by"] == "matches"
    assert ranking["why"].startswith("The documents were embedded by own. Select it as 'Embedding model'")
    assert asked == []
