"""The real client asks fake language models: answers, vectors, and each of their ways to fail."""

from __future__ import annotations

import math

import pytest
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance_support.running_instance import RunningInstance

BEHAVIOURS = ("schema", "echo", "slow", "bad_json", "refuse_pii", "rate_limit", "quota", "partial", "no_usage")
SCHEMA = {
    "type": "object",
    "properties": {
        "label": {"type": "string", "maxLength": 40},
        "words": {"type": "array", "items": {"$ref": "#/$defs/word"}, "minItems": 2},
        "kind": {"enum": ["topic", "other"]},
        "note": {"type": "string"},
    },
    "required": ["label", "words", "kind"],
    "$defs": {"word": {"type": "string"}},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    StoredDataset(home, "LOCAL", "reviews").create([])
    models = [
        {"id": f"fake:local:{name}", "type": "FAKE", "friendlyName": name, "behaviour": name, "delay_s": 0.01}
        for name in (*BEHAVIOURS, "html", "5xx")
    ]
    answers = [
        {"match": r"call it (\w+)", "text": '{"label": "\\1"}'},
        {"match": "secret", "errorMessage": "The query was blocked."},
    ]
    models.append({"id": "fake:local:scripted", "answers": answers})
    vectors = {"id": "fake:local:vectors", "type": "FAKE", "purpose": ["TEXT_EMBEDDING_EXTRACTION"]}
    odd = [{"match": "odd", "embedding": [0.5]}, {"match": "secret", "errorMessage": "The text was blocked."}]
    purpose = vectors["purpose"]
    models.append({"id": "fake:local:odd", "purpose": purpose, "answers": odd})
    models.append({"id": "fake:local:few", "purpose": purpose, "behaviour": "wrong_count"})
    running = RunningInstance(home, llms=[*models, vectors]).start()
    yield running.client().get_project("LOCAL")
    running.stop()


def ask(project, behaviour, *prompts, schema=None):
    completions = project.get_llm(f"fake:local:{behaviour}").new_completions()
    for prompt in prompts:
        completions.new_completion().with_message(prompt)
    if schema is not None:
        completions.with_json_output(schema=schema)
    return completions.execute().responses


def test_models_are_listed_by_purpose(project):
    assert project.list_llms()[0].description == "schema"
    embedding = [item.id for item in project.list_llms("TEXT_EMBEDDING_EXTRACTION")]
    assert embedding == ["fake:local:odd", "fake:local:few", "fake:local:vectors"]


def test_an_unknown_model_is_refused(project):
    with pytest.raises(DataikuException, match="LLM not found or not available in this project: fake:local:gone"):
        ask(project, "gone", "Hello")


@pytest.mark.parametrize("behaviour", ["schema", "slow", "refuse_pii", "no_usage"])
def test_an_answer_is_the_smallest_document_of_its_schema_from_terms_of_the_prompt(project, behaviour):
    (answer,) = ask(project, behaviour, "hotel room, hotel breakfast: the hotel room", schema=SCHEMA)
    assert answer.json == {"label": "hotel", "words": ["room", "breakfast"], "kind": "topic"}


def test_answers_come_in_the_order_of_the_prompts_with_their_usage(project):
    first, second = ask(project, "echo", "one two", "three")
    assert (first.text, second.text) == ("one two", "three")
    assert (first._raw["promptTokens"], first._raw["totalTokens"], first._raw["estimatedCost"]) == (2, 4, 4e-06)
    assert "totalTokens" not in ask(project, "no_usage", "one two")[0]._raw


def test_a_cut_answer_is_no_json(project):
    (answer,) = ask(project, "bad_json", "hotel room", schema=SCHEMA)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|Invalid"):
        _ = answer.json


@pytest.mark.parametrize(
    ("behaviour", "prompts", "success"),
    [
        ("partial", ["first", "second", "third"], [True, False, True]),
        ("quota", ["first"], [False]),
        (
            "refuse_pii",
            ["write to a.person@example.org", "call +49 30 1234567", "nothing personal"],
            [False, False, True],
        ),
    ],
)
def test_queries_fail_one_by_one_with_a_message(project, behaviour, prompts, success):
    answers = ask(project, behaviour, *prompts)
    assert [answer.success for answer in answers] == success
    assert all(answer._raw["errorMessage"] for answer in answers if not answer.success)


def test_a_rate_limit_passes_when_the_prompt_is_asked_again(project):
    assert [ask(project, "rate_limit", "hotel")[0].success for _ in range(2)] == [False, True]


@pytest.mark.parametrize(
    ("behaviour", "message"), [("html", "Unknown error.*502 Bad Gateway"), ("5xx", "not available")]
)
def test_a_failing_gateway_fails_the_request(project, behaviour, message):
    with pytest.raises(DataikuException, match=message):
        ask(project, behaviour, "hotel")


def test_vectors_have_unit_length_and_depend_on_the_words_alone(project):
    query = project.get_llm("fake:local:vectors").new_embeddings()
    for text in ("Hotel room", "room, hotel!", "breakfast", ""):
        query.add_text(text)
    vectors = query.execute().get_embeddings()
    assert [math.hypot(*vector) for vector in vectors] == pytest.approx([1.0] * 4)
    assert vectors[0] == vectors[1] != vectors[2]


@pytest.mark.parametrize(("mode", "n_vectors"), [("FAIL", 1), ("TRUNCATE", 2)])
def test_a_text_that_is_too_long_fails_alone_unless_it_is_to_be_cut(project, mode, n_vectors):
    query = project.get_llm("fake:local:vectors").new_embeddings(mode)
    query.add_text("word " * 513).add_text("short")
    assert len([answer for answer in query.execute()._raw["responses"] if "embedding" in answer]) == n_vectors


def test_a_model_with_a_script_answers_with_the_first_expression_that_it_finds(project):
    answers = ask(project, "scripted", "please call it harbour, in secret", "a secret", "hello")
    assert answers[0].json == {"label": "harbour"}
    assert [answer._raw.get("errorMessage") for answer in answers[1:]] == [
        "The query was blocked.",
        "The script of the model has no answer to this query.",
    ]


def embedded(project, name, *texts):
    query = project.get_llm(f"fake:local:{name}").new_embeddings()
    for text in texts:
        query.add_text(text)
    return query.execute()._raw["responses"]


def test_the_script_of_an_embedding_model_answers_for_texts_it_finds(project):
    odd, blocked, plain = embedded(project, "odd", "an odd text", "a secret", "hotel")
    assert (odd, blocked) == ({"embedding": [0.5]}, {"errorMessage": "The text was blocked."})
    assert plain == embedded(project, "vectors", "hotel")[0]


def test_a_model_may_send_too_few_vectors(project):
    assert len(embedded(project, "few", "hotel", "room")) == 1


def test_an_instance_without_llm_mesh_has_no_routes_for_models(tmp_path):
    StoredDataset(tmp_path, "LOCAL", "reviews").create([])
    running = RunningInstance(tmp_path, llm_mesh=False).start()
    try:
        project = running.client().get_project("LOCAL")
        with pytest.raises(DataikuException, match="This instance has no LLM Mesh"):
            project.list_llms()
        with pytest.raises(DataikuException, match="This instance has no LLM Mesh"):
            embedded(project, "vectors", "hotel")
    finally:
        running.stop()
