import json

import pytest

from text_explorer.explorer.feedback.answer_log import ReviewLog
from text_explorer.explorer.feedback.intrusion_questions import Question
from text_explorer.explorer.shared.source import Visitor

ANN, BO = Visitor("ann", "Ann"), Visitor("bo", "Bo")
FIRST = Question(0, ("a", "b", "c", "d", "e", "x"), "x", "0.0.11111111")
SECOND = Question(1, ("f", "g", "h", "i", "j", "y"), "y", "1.0.22222222")


@pytest.fixture
def log(source):
    return ReviewLog(source)


def test_right_and_wrong_answers_are_counted_by_topic(log):
    log.add("m", ANN, 0, [(FIRST, "x"), (SECOND, "f")])
    log.add("m", BO, 0, [(FIRST, "a")])
    assert log.results("m", [0, 1]) == {
        "topics": [{"topic": 0, "asked": 2, "right": 1}, {"topic": 1, "asked": 1, "right": 0}],
        "n_answers": 3,
        "n_people": 2,
        "warnings": [],
    }


def test_the_first_answer_of_a_person_to_a_question_counts(log):
    log.add("m", ANN, 0, [(FIRST, "a")])
    log.add("m", ANN, 0, [(FIRST, "x")])
    assert log.results("m", [0, 1])["topics"] == [{"topic": 0, "asked": 1, "right": 0}]
    log.add("m", ANN, 1, [(FIRST, "x")])
    assert log.results("m", [0, 1])["topics"] == [{"topic": 0, "asked": 2, "right": 1}]


def test_answers_on_a_merged_topic_count_for_the_one_it_belongs_to(log):
    log.add("m", ANN, 0, [(FIRST, "x"), (SECOND, "f")])
    assert log.results("m", [1, 1])["topics"] == [{"topic": 1, "asked": 2, "right": 1}]


def test_answers_on_another_model_or_on_topics_that_are_gone_do_not_count(log):
    log.add("older", ANN, 0, [(FIRST, "x")])
    log.add("m", ANN, 0, [(SECOND, "f")])
    assert log.results("m", [0])["n_answers"] == 0


def test_what_was_asked_and_chosen_is_kept_for_readers_of_the_folder(log, source):
    log.add("m", ANN, 3, [(FIRST, "a")])
    ((path, content),) = source.files.items()
    entry = json.loads(content)
    assert path.startswith("review/")
    assert (entry["author"], entry["round"], entry["model_id"]) == ("ann", 3, "m")
    assert entry["answers"] == [
        {"question": FIRST.id, "topic": 0, "words": list(FIRST.words), "intruder": "x", "chosen": "a", "right": False}
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format_version": 1}',
        b'{"format_version": 1, "model_id": "m", "author": "a", "round": 0, "answers": [7]}',
        b'{"format_version": 1, "model_id": "m", "author": "a", "round": 0, "answers": [{"topic": "0"}]}',
        b'{"format_version": 2}',
    ],
)
def test_a_damaged_file_is_reported_and_the_others_count(log, source, content):
    log.add("m", ANN, 0, [(FIRST, "x")])
    source.files["review/strange.json"] = content
    results = log.results("m", [0, 1])
    assert results["n_answers"] == 1
    assert "review/strange.json" in results["warnings"][0]
