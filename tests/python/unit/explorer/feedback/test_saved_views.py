from datetime import datetime, timedelta, timezone

import pytest

from text_explorer.explorer.feedback.saved_views import (
    LONGEST_ADDRESS,
    MOST_VIEWS,
    NO_FOLDER,
    SavedViewLog,
    saved_views_answer,
)
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, Visitor
from text_explorer.topics.files.append_only_log import new_path, to_bytes, write_time

ANN, BO = Visitor("ann", "Ann"), Visitor("bo", "Bo")
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
AN_ID = "0123456789abcdef"


@pytest.fixture
def log(source, writing):
    return SavedViewLog(source, writing, lambda: NOON)


def save(log, name, address="#topic=1", author=ANN, **parts):
    """Save a view and return its id."""
    log.change({"name": name, "address": address, **parts}, "m", author)
    return log.views()[0][0].id


def listed(log):
    return [(view.name, view.note, view.address, view.author) for view in log.views()[0]]


def test_a_view_is_listed_with_its_name_note_and_author_the_newest_first(log):
    save(log, "Rise of oranges", "#topic=1&q=war", note="For Monday")
    save(log, " Ships ", "#topic=2", BO)
    assert listed(log) == [
        ("Ships", "", "#topic=2", "bo"),
        ("Rise of oranges", "For Monday", "#topic=1&q=war", "ann"),
    ]
    assert log.views()[0][0].time == write_time(NOON + timedelta(0))


def test_two_views_may_have_the_same_name(log):
    assert save(log, "Ships") != save(log, "Ships", "#topic=2")
    assert [view.address for view in log.views()[0]] == ["#topic=2", "#topic=1"]


def test_a_renamed_view_keeps_its_note_address_author_and_place(log):
    first = save(log, "Ships", note="see page 3")
    save(log, "Law")
    log.change({"id": first, "name": "Harbours", "address": "#topic=9"}, "m", BO)
    assert [entry[0] for entry in listed(log)] == ["Law", "Harbours"]
    assert listed(log)[1] == ("Harbours", "see page 3", "#topic=1", "ann")
    log.change({"id": first, "note": ""}, "m", BO)
    assert listed(log)[1] == ("Harbours", "", "#topic=1", "ann")


def test_a_deleted_view_stays_deleted_whatever_another_machine_writes_later(log, source):
    view = save(log, "Ships")
    log.change({"id": view, "deleted": True}, "m", BO)
    later = {"author": "ann", "time": write_time(NOON), "model_id": "m", "id": view, "name": "Boats", "address": "#"}
    source.files[new_path("views", NOON + timedelta(days=1), None)] = to_bytes(later)
    assert listed(log) == []
    with pytest.raises(BadRequestError, match="This view was deleted"):
        log.change({"id": view, "name": "Boats"}, "m", ANN)


@pytest.mark.parametrize(
    ("request_body", "sentence"),
    [
        ({}, "needs 'name' and 'address'"),
        ({"name": "Ships"}, "needs 'name' and 'address'"),
        ({"name": "Ships", "address": "#", "deleted": True}, "needs 'id'"),
        ({"name": "  ", "address": "#"}, "must not be empty"),
        ({"name": "x" * 101, "address": "#"}, "at most 100 characters"),
        ({"name": ["Ships"], "address": "#"}, "name of a view must be a text"),
        ({"name": "Ships", "address": "javascript:alert(1)"}, "must begin with #"),
        ({"name": "Ships", "address": "#" + "x" * LONGEST_ADDRESS}, "at most 8,000 characters"),
        ({"name": "Ships", "address": "#", "note": "\ud800"}, "note of a view must be a text"),
        ({"id": "7", "name": "Ships"}, "'id' must be the id of a saved view"),
        ({"id": AN_ID}, "nothing to change"),
        ({"id": AN_ID, "deleted": 1}, "true or false"),
        ({"id": AN_ID, "deleted": True}, "This view was deleted"),
    ],
)
def test_a_request_that_cannot_be_saved_is_refused_in_a_sentence(log, source, request_body, sentence):
    with pytest.raises(BadRequestError, match=sentence):
        log.change(request_body, "m", ANN)
    assert [path for path in source.files if path.startswith("views/")] == []


def test_what_could_forge_lines_is_taken_out_of_names_and_notes(log):
    save(log, "Ships\u202e\n2", note="one\r\ntwo\x00")
    assert listed(log)[0][:2] == ("Ships 2", "one\ntwo")


def test_a_damaged_file_is_passed_over_with_a_sentence(log, source):
    save(log, "Ships")
    source.files["views/20260131T120000000000Z-" + "0" * 32 + ".json"] = b"{"
    views, warnings = log.views()
    assert [view.name for view in views] == ["Ships"]
    assert len(warnings) == 1
    assert warnings[0].startswith("The saved views in views/20260131T120000000000Z")


def test_only_so_many_views_are_kept(log, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.feedback.saved_views.MOST_VIEWS", 1)
    assert MOST_VIEWS == 500
    view = save(log, "Ships")
    with pytest.raises(BadRequestError, match="At most 1 views"):
        save(log, "Law")
    log.change({"id": view, "deleted": True}, "m", ANN)
    save(log, "Law")
    assert [entry[0] for entry in listed(log)] == ["Law"]


def test_the_answer_names_who_may_save_and_views_of_an_earlier_model(log, source, monkeypatch):
    save(log, "Ships")
    answer = saved_views_answer(source, log, ANN, "newer")
    assert answer["writable"] == {"on": True, "reason": None}
    assert [(view["name"], view["is_of_this_model"]) for view in answer["views"]] == [("Ships", False)]
    assert saved_views_answer(source, log, ANN, "m")["views"][0]["is_of_this_model"]
    assert saved_views_answer(source, log, None, "m")["writable"] == {"on": False, "reason": NOT_SIGNED_IN}
    monkeypatch.setattr(source, "manifest", lambda: None)
    assert saved_views_answer(source, log, ANN, "")["writable"] == {"on": False, "reason": NO_FOLDER}
