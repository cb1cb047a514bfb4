"""Searches are embedded by the model of the documents, once each, and only for visitors who are signed in."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from flask import Flask

from tests.python.unit.explorer.embedded_source import N_NUMBERS, embedded_source, topic_of
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.reading.query_embedding import NO_MODEL, NOT_SIGNED_IN, QueryEmbedder
from text_explorer.explorer.shared.source import Visitor

ANN = Visitor("ann", "Ann Example")


@pytest.fixture
def asked():
    return []


@pytest.fixture
def embedder(asked):
    def embed(text, model_id, n_numbers):
        asked.append((text, model_id, n_numbers))
        if text == "refused":
            return SimpleNamespace(vector=None, error="The cost quota is used up.")
        return SimpleNamespace(vector=np.ones(2 if text == "short" else 3), error="")

    return embed


def test_a_search_is_embedded_once(embedder, asked):
    queries = QueryEmbedder(embedder)
    for visitor in (ANN, None):
        vector, why = queries.vector_of("harbour", "llm", 3, visitor)
        assert (vector.tolist(), why) == ([1, 1, 1], None)
    assert asked == [("harbour", "llm", 3)]


@pytest.mark.parametrize(
    ("text", "model_id", "visitor", "sentence"),
    [
        ("harbour", None, ANN, NO_MODEL),
        ("harbour", "llm", None, NOT_SIGNED_IN),
        ("refused", "llm", ANN, "cost quota"),
        ("short", "llm", ANN, "no vector"),
    ],
)
def test_why_a_search_has_no_embedding(embedder, text, model_id, visitor, sentence):
    vector, why = QueryEmbedder(embedder).vector_of(text, model_id, 3, visitor)
    assert vector is None
    assert sentence in why


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
