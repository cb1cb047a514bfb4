"""Embedding one text by the real client of the instance, and by clients that fail."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance_support.running_instance import RunningInstance

EMBEDS = {"purpose": ["TEXT_EMBEDDING_EXTRACTION"]}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    StoredDataset(home, "LOCAL", "reviews").create([])
    llms = [{"id": name, "behaviour": name, **EMBEDS} for name in ("schema", "quota", "html", "5xx")]
    running = RunningInstance(home, llms=llms).start()
    yield running.client().get_project("LOCAL")
    running.stop()


@pytest.fixture
def embed_query(load_adapter):
    """Embed a text in a project."""

    def embed(project, text, model_id="any", n_numbers=None):
        client = SimpleNamespace(get_default_project=lambda: project)
        module = load_adapter(SimpleNamespace(api_client=lambda: client), "io.language_models.embedding")
        return module.embed_query(text, model_id, n_numbers)

    return embed


def project_that_sends(responses):
    """A project whose models send the same responses to any texts."""
    query = SimpleNamespace(add_text=lambda text: None, execute=lambda: SimpleNamespace(_raw={"responses": responses}))
    return SimpleNamespace(get_llm=lambda llm_id: SimpleNamespace(new_embeddings=lambda text_overflow_mode: query))


def test_a_text_is_embedded(embed_query, project):
    found = embed_query(project, "harbour", "schema", n_numbers=64)
    assert (found.vector.dtype, found.vector.shape, found.error) == (np.float32, (64,), "")
    assert np.array_equal(found.vector, embed_query(project, "Harbour!", "schema").vector)


def test_a_long_text_is_cut(embed_query, project):
    assert embed_query(project, "word " * 5_000, "schema").vector is not None


@pytest.mark.parametrize(
    ("model_id", "reason"),
    [
        ("quota", "The cost quota of this connection is used up."),
        ("html", "502 Bad Gateway"),
        ("5xx", "The model is not available."),
        ("gone", "LLM not found or not available in this project: gone"),
    ],
)
def test_a_refusal_is_the_sentence_of_the_instance(embed_query, project, model_id, reason):
    found = embed_query(project, "harbour", model_id)
    assert found.vector is None
    assert reason in found.error
    assert "\n" not in found.error


def test_a_vector_of_another_length_is_refused(embed_query, project):
    found = embed_query(project, "harbour", "schema", n_numbers=384)
    assert (found.vector, found.error) == (None, "The model schema now sends vectors of 64 numbers, not 384.")


@pytest.mark.parametrize(
    ("responses", "reason"),
    [
        ([], "The model did not send as many vectors as it was sent texts."),
        (None, "The model did not send as many vectors as it was sent texts."),
        (["<html>"], "The model sent no vector."),
        ([{}], "The model sent no vector."),
        ([{"embedding": [0.0, 0.0]}], "The model sent a vector that cannot be used (all zeros)."),
        ([{"embedding": [float("nan"), 1.0]}], "The model sent a vector that cannot be used (with NaN or infinite"),
        ([{"embedding": "0.5"}], "The model sent a vector that cannot be used (no JSON array of numbers)."),
    ],
)
def test_a_response_without_a_vector_says_why(embed_query, responses, reason):
    found = embed_query(project_that_sends(responses), "harbour")
    assert found.vector is None
    assert reason in found.error


def test_without_a_text_nothing_is_asked(embed_query):
    assert embed_query(None, " \n").error == "There is no text to search for."


def test_a_dss_without_llm_mesh_says_so(embed_query):
    assert "This DSS has no LLM Mesh" in embed_query(SimpleNamespace(), "harbour").error


def test_a_client_that_fails_says_why(load_adapter):
    def fail():
        raise RuntimeError("no ticket")

    module = load_adapter(SimpleNamespace(api_client=fail), "io.language_models.embedding")
    assert module.embed_query("harbour", "any").error == "no ticket"
