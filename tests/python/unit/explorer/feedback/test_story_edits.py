from datetime import datetime, timezone

import pytest

from text_explorer.explorer.feedback.story_edits import (
    LONGEST_COMMENT,
    MOST_COMMENTS,
    NO_FOLDER,
    StoryLog,
    story_edits_answer,
)
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, Visitor
from text_explorer.topics.files.append_only_log import write_time

ANN, BO = Visitor("ann", "Ann"), Visitor("bo", "Bo")
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)


@pytest.fixture
def log(source, writing):
    return StoryLog(source, writing, lambda: NOON)


@pytest.fixture
def change(log):
    """Change the story of model "m"."""
    return lambda author=ANN, **parts: log.change(parts, "m", author)


def comments(log):
    return [(each["finding"], each["text"], each["author"]) for each in log.edits("m")[0].comments.values()]


def test_the_newest_order_applies(log, change):
    change(order=["rising", "largest"])
    change(BO, order=["group:1", "rising", "group:1"])
    assert log.edits("m")[0].order == ["group:1", "rising"]


def test_a_finding_is_hidden_until_it_is_shown_again(log, change):
    change(finding="rising", hidden=True)
    change(BO, finding="group:0", hidden=True)
    assert list(log.edits("m")[0].hidden) == ["rising", "group:0"]
    change(BO, finding="rising", hidden=False)
    assert list(log.edits("m")[0].hidden) == ["group:0"]


def test_comments_of_several_people_stand_beside_each_other_until_deleted(log, change):
    change(finding="rising", comment=" Since the war.\r\nSee page 3. ", about="“war” rose the most.")
    change(BO, finding="rising", comment="Agreed")
    assert comments(log) == [("rising", "Since the war.\nSee page 3.", "ann"), ("rising", "Agreed", "bo")]
    first = next(iter(log.edits("m")[0].comments.values()))
    assert (first["about"], first["time"]) == ("“war” rose the most.", write_time(NOON))
    change(BO, delete=first["id"])
    assert comments(log) == [("rising", "Agreed", "bo")]
    with pytest.raises(BadRequestError, match="This comment was deleted"):
        change(delete=first["id"])


def test_a_new_training_begins_a_story_of_its_own(log, change):
    change(finding="rising", comment="Since the war")
    change(finding="largest", hidden=True)
    edits, _ = log.edits("newer")
    assert (edits.order, list(edits.hidden), edits.comments) == ([], [], {})


@pytest.mark.parametrize(
    ("request_body", "sentence"),
    [
        ({}, "A change of the story is"),
        ({"order": [], "finding": "rising", "hidden": True}, "A change of the story is"),
        ({"order": "rising"}, "'order' must be a list"),
        ({"order": ["rising"] * 101}, "at most 100 findings"),
        ({"order": ["<b>"]}, "must be named by its id"),
        ({"finding": "rising", "hidden": 1}, "true or false"),
        ({"hidden": True}, "must be named by its id"),
        ({"finding": "rising", "comment": " \n"}, "must not be empty"),
        ({"finding": "rising", "comment": "x" * (LONGEST_COMMENT + 1)}, "at most 2,000 characters"),
        ({"finding": "rising", "comment": "\ud800"}, "comment must be a text"),
        ({"finding": "rising", "comment": "a", "about": ["a"]}, "sentence must be a text"),
        ({"delete": "7"}, "A comment must be named by its id"),
        ({"delete": "0123456789abcdef"}, "This comment was deleted"),
    ],
)
def test_a_change_that_cannot_be_saved_is_refused_in_a_sentence(change, source, request_body, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        change(**request_body)
    assert [path for path in source.files if path.startswith("story/")] == []


def test_a_damaged_file_is_passed_over_with_a_sentence(log, change, source):
    change(order=["rising"])
    source.files["story/20260131T120000000000Z-" + "0" * 32 + ".json"] = b"{"
    edits, warnings = log.edits("m")
    assert edits.order == ["rising"]
    assert len(warnings) == 1
    assert warnings[0].startswith("The changes of the story in story/20260131T120000000000Z")


def test_a_story_has_a_limited_number_of_comments(log, change, monkeypatch):
    assert MOST_COMMENTS == 1_000
    monkeypatch.setattr("text_explorer.explorer.feedback.story_edits.MOST_COMMENTS", 1)
    change(finding="rising", comment="Since the war")
    with pytest.raises(BadRequestError, match="at most 1 comments"):
        change(finding="rising", comment="Agreed")
    assert len(comments(log)) == 1


def test_the_answer_says_who_may_change_the_story(log, source, change, monkeypatch):
    change(finding="rising", hidden=True)
    answer = story_edits_answer(source, log, ANN, "m")
    assert (answer["hidden"], answer["writable"]) == (["rising"], {"on": True, "reason": None})
    assert story_edits_answer(source, log, None, "m")["writable"] == {"on": False, "reason": NOT_SIGNED_IN}
    monkeypatch.setattr(source, "manifest", lambda: None)
    assert story_edits_answer(source, log, ANN, "")["writable"] == {"on": False, "reason": NO_FOLDER}
