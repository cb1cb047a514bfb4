"""Asking language models by the real client of the instance, and by those of other versions."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance_support.running_instance import RunningInstance
from text_explorer.errors import DataError
from text_explorer.language_models.questions import Message, Question, Usage

SCHEMA = {"type": "object", "properties": {"label": {"type": "string"}}, "required": ["label"]}


def question(text):
    return Question((Message("system", "Name it."), Message("user", text)), SCHEMA)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    StoredDataset(home, "LOCAL", "reviews").create([])
    behaviours = ("schema", "partial", "no_usage", "html", "5xx")
    llms = [{"id": name, "friendlyName": f"The {name}", "behaviour": name} for name in behaviours]
    running = RunningInstance(home, llms=llms).start()
    yield running.client().get_project("LOCAL")
    running.stop()


@pytest.fixture
def opened(load_adapter):
    """Open a model of a project."""

    def open_model(project, llm_id):
        client = SimpleNamespace(get_default_project=lambda: project)
        module = load_adapter(SimpleNamespace(api_client=lambda: client), "io.language_models.asking")
        return module.open_language_model(llm_id)

    return open_model


def test_answers_come_in_order_with_their_usage(opened, project):
    first, second = opened(project, "schema")([question("harbour"), question("whale")], False)
    assert (first.text, second.text) == ('{"label": "harbour"}', '{"label": "whale"}')
    assert first.usage == Usage(1, 2, 3e-06)


def test_asked_plainly_the_model_gets_no_schema(opened, project):
    (answer,) = opened(project, "schema")([question("harbour")], True)
    assert answer.text == "harbour"


def test_usage_that_is_not_reported_is_not_known(opened, project):
    (answer,) = opened(project, "no_usage")([question("harbour")], False)
    assert answer.usage == Usage(None, None, None)


def test_a_query_that_fails_has_the_message_of_the_instance(opened, project):
    first, second = opened(project, "partial")([question("harbour"), question("whale")], False)
    assert first.text is not None
    assert (second.text, second.error) == (None, "The model did not answer.")


@pytest.mark.parametrize(("name", "message"), [("html", "502 Bad Gateway"), ("5xx", "The model is not available.")])
def test_a_request_that_fails_fails_all_its_questions(opened, project, name, message):
    answers = opened(project, name)([question("harbour"), question("whale")], False)
    assert [answer.text for answer in answers] == [None, None]
    assert message in answers[0].error
    assert "\n" not in answers[0].error


def test_a_model_that_is_not_offered_is_named_with_those_that_are(opened, project):
    with pytest.raises(DataError, match=r"'Language model' is gone, .* Select one of: The schema \(schema\), The"):
        opened(project, "gone")


def test_a_dss_without_llm_mesh_says_so(opened):
    with pytest.raises(DataError, match="This DSS has no LLM Mesh, which this recipe needs"):
        opened(SimpleNamespace(), "any")


class OldQuery:
    """A query of the first versions of LLM Mesh, which knew no JSON; it answers with what is given."""

    def __init__(self, responses):
        self.settings, self.responses = {}, responses

    def new_completion(self):
        return SimpleNamespace(with_message=lambda content, role: None)

    def execute(self):
        return self


def old_project(*responses):
    def list_llms(purpose):
        raise RuntimeError("not allowed")

    query = OldQuery(list(responses))
    llm = SimpleNamespace(new_completions=lambda: query)
    return SimpleNamespace(list_llms=list_llms, get_llm=lambda llm_id: llm), query


def test_where_models_cannot_be_listed_or_asked_for_json_the_model_is_asked_all_the_same(opened):
    project, query = old_project(SimpleNamespace(text='{"label": "harbour"}'))
    (answer,) = opened(project, "any")([question("harbour")], False)
    assert answer.text == '{"label": "harbour"}'
    assert query.settings == {"maxOutputTokens": 2_000, "temperature": 0}


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_an_answer_without_text_names_why_it_ended(opened, text):
    project, _ = old_project(SimpleNamespace(text=text, _raw={"finishReason": "LENGTH", "promptTokens": 7}))
    (answer,) = opened(project, "any")([question("harbour")], False)
    assert answer.error == "The model sent no text (finish reason: LENGTH)."
    assert answer.usage.prompt_tokens == 7


def test_a_wrong_number_of_answers_fails_all(opened):
    project, _ = old_project(SimpleNamespace(text="one"))
    answers = opened(project, "any")([question("harbour"), question("whale")], False)
    assert [answer.error for answer in answers] == ["The model sent 1 answers to 2 questions."] * 2
