import json
from dataclasses import replace

import numpy as np
import pytest

from text_explorer.errors import DataError
from text_explorer.explorer.feedback.answer_log import ReviewLog, count_answers
from text_explorer.explorer.feedback.intrusion_questions import Question
from text_explorer.explorer.feedback.review import results_answer
from text_explorer.explorer.shared.current_edits import current_edits
from text_explorer.explorer.shared.source import Visitor
from text_explorer.topics.edits.edit_log import EditLog

ANN, BO = Visitor("ann", "Ann"), Visitor("bo", "Bo")
FIRST = Question(0, ("a", "b", "c", "d", "e", "x"), "x", "0.0.11111111")
SECOND = Question(1, ("f", "g", "h", "i", "j", "y"), "y", "1.0.22222222")


def edits_of(*finals):
    """Return the edits of the model "m" by which each topic is merged into the one at its place."""
    return replace(current_edits(EditLog("m"), ["a"] * len(finals), version="1"), final_topic=np.array(finals))


@pytest.fixture
def log(source, writing):
    return ReviewLog(source, writing)


def test_right_and_wrong_answers_are_counted_by_topic(log):
    log.add("m", ANN, 0, [(FIRST, "x"), (SECOND, "f")])
    log.add("m", BO, 0, [(FIRST, "a")])
    assert results_answer(log, edits_of(0, 1)) == {
        "topics": [{"topic": 0, "asked": 2, "right": 1}, {"topic": 1, "asked": 1, "right": 0}],
        "n_answers": 3,
        "n_people": 2,
        "warnings": [],
    }


def test_the_first_answer_of_a_person_to_a_question_counts(log):
    log.add("m", ANN, 0, [(FIRST, "a")])
    log.add("m", ANN, 0, [(FIRST, "x")])
    assert results_answer(log, edits_of(0, 1))["topics"] == [{"topic": 0, "asked": 1, "right": 0}]
    log.add("m", ANN, 1, [(FIRST, "x")])
    assert results_answer(log, edits_of(0, 1))["topics"] == [{"topic": 0, "asked": 2, "right": 1}]


def test_answers_on_a_merged_topic_count_for_the_one_it_belongs_to(log):
    log.add("m", ANN, 0, [(FIRST, "x"), (SECOND, "f")])
    assert results_answer(log, edits_of(1, 1))["topics"] == [{"topic": 1, "asked": 2, "right": 1}]


def test_answers_on_another_model_or_on_topics_that_are_gone_do_not_count(log):
    log.add("older", ANN, 0, [(FIRST, "x")])
    log.add("m", ANN, 0, [(SECOND, "f")])
    assert results_answer(log, edits_of(0))["n_answers"] == 0


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
    results = results_answer(log, edits_of(0, 1))
    assert results["n_answers"] == 1
    assert "review/strange.json" in results["warnings"][0]


def test_answers_on_topics_without_a_model_count_for_none(log):
    log.add("m", ANN, 0, [(FIRST, "x")])
    answered, _ = log.answered()
    assert count_answers(answered, replace(edits_of(0), model_id="")).by_topic == {}
    assert count_answers(answered, edits_of(0)).by_topic == {0: {"asked": 1, "right": 1}}


def test_answers_are_cached_for_some_seconds_unless_fresh_ones_are_asked_for(source, writing):
    clock = [0.0]
    reader, writer = ReviewLog(source, writing, kept_seconds=5, monotonic=lambda: clock[0]), ReviewLog(source, writing)
    assert reader.answered_if_readable() == []
    writer.add("m", ANN, 0, [(FIRST, "x")])
    clock[0] = 4.9
    assert reader.answered_if_readable() == []
    assert len(reader.answered(fresh=True)[0]) == 1
    writer.add("m", BO, 0, [(FIRST, "x")])
    clock[0] = 9.9
    assert len(reader.answered_if_readable()) == 2


def test_a_fault_of_the_folder_does_not_hide_the_topics(log, source, monkeypatch, caplog):
    def refuse(prefix):
        raise DataError("The folder cannot be read.")

    monkeypatch.setattr(source, "model_paths", refuse)
    assert log.answered_if_readable() == []
    assert "The folder cannot be read." in caplog.text
    with pytest.raises(DataError, match="cannot be read"):
        results_answer(log, edits_of(0))
