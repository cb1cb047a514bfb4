import pytest

from tests.python.unit.explorer.memory_source import LABELS, SCRIPT_LABEL, small_source
from text_explorer.explorer.feedback.label_suggestions import (
    NO_FOLDER,
    NO_LABELS,
    RefusedLabelLog,
    label_suggestions_answer,
    stored_suggestions,
    why_no_suggestions,
)
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, Visitor
from text_explorer.explorer.topic_answers.overview import overview

ANN = Visitor("ann", "Ann")
SUGGESTED = {
    "topic_id": 0, "label": "Pets", "description": "Cats and dogs.", "coherent": "false", "evidence": '["cats"]',
    "label_source": "llm", "trained_label": LABELS[0],
}  # fmt: skip
READ = {"topic": 0, "label": "Pets", "description": "Cats and dogs.", "coherent": False, "evidence": ["cats"]}


@pytest.fixture
def log(source, writing):
    return RefusedLabelLog(source, writing)


def with_labels(*rows):
    source = small_source()
    source.tables["topic_labels"] = list(rows)
    return source


def test_labels_of_the_language_model_are_read(indexed):
    of_training = {**SUGGESTED, "topic_id": 1, "label_source": "terms", "trained_label": SCRIPT_LABEL}
    index = indexed(with_labels(SUGGESTED, of_training))
    assert stored_suggestions(index) == [READ]
    assert why_no_suggestions(index) is None


def test_without_their_dataset_there_are_none(indexed):
    index = indexed()
    assert (stored_suggestions(index), why_no_suggestions(index)) == ([], NO_LABELS)


@pytest.mark.parametrize("changes", [{"trained_label": "other"}, {"topic_id": 7}, {"topic_id": None}])
def test_labels_of_another_model_are_not_shown_and_the_page_opens(indexed, changes):
    index = indexed(with_labels({**SUGGESTED, **changes}))
    assert stored_suggestions(index) == []
    sentence = why_no_suggestions(index)
    assert "has labels for the topics of another model. Run 'Label topics'" in sentence
    assert overview(index)["notes"] == [sentence]


@pytest.mark.parametrize("label", ["", "x" * 201, "two\nlines"])
def test_a_label_that_no_topic_may_have_is_left_out(indexed, label):
    assert stored_suggestions(indexed(with_labels({**SUGGESTED, "label": label}))) == []


def test_a_label_is_refused_until_that_is_taken_back(log, source):
    log.decide({"topic": 0, "label": "Pets", "refused": True}, "m", ANN)
    assert log.refused("m")[0] == {(0, "Pets")}
    assert log.refused("another")[0] == set()
    (answered,) = label_suggestions_answer(source, log, ANN, "m", [READ])["suggestions"]
    assert answered == {**READ, "refused": True}
    log.decide({"topic": 0, "label": "Pets", "refused": False}, "m", ANN)
    assert log.refused("m")[0] == set()


def test_another_label_of_a_later_run_is_not_refused(log, source):
    log.decide({"topic": 0, "label": "Pets", "refused": True}, "m", ANN)
    (answered,) = label_suggestions_answer(source, log, ANN, "m", [{**READ, "label": "Animals"}])["suggestions"]
    assert answered["refused"] is False


@pytest.mark.parametrize(
    ("request_body", "sentence"),
    [
        ({}, "'topic' must be the number of a topic"),
        ({"topic": True, "label": "Pets", "refused": True}, "'topic' must be the number of a topic"),
        ({"topic": 0, "label": "", "refused": True}, "'label' must be the label that is suggested"),
        ({"topic": 0, "label": "Pets", "refused": 1}, "'refused' must be true or false"),
    ],
)
def test_a_decision_that_cannot_be_saved_is_refused_in_a_sentence(log, source, request_body, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        log.decide(request_body, "m", ANN)
    assert [path for path in source.files if path.startswith("labels/")] == []


def test_a_damaged_file_is_passed_over_with_a_sentence(log, source):
    log.decide({"topic": 0, "label": "Pets", "refused": True}, "m", ANN)
    source.files["labels/20260131T120000000000Z-" + "0" * 32 + ".json"] = b"{"
    refused, warnings = log.refused("m")
    assert refused == {(0, "Pets")}
    assert [sentence.startswith("The refused labels in labels/20260131T120000000000Z") for sentence in warnings] == [
        True
    ]


def test_the_answer_says_who_may_refuse(log, source, monkeypatch):
    assert label_suggestions_answer(source, log, ANN, "m", [])["writable"] == {"on": True, "reason": None}
    assert label_suggestions_answer(source, log, None, "m", [])["writable"] == {"on": False, "reason": NOT_SIGNED_IN}
    monkeypatch.setattr(source, "manifest", lambda: None)
    assert label_suggestions_answer(source, log, ANN, "", [])["writable"] == {"on": False, "reason": NO_FOLDER}
