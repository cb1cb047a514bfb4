import threading
from datetime import datetime, timezone

import pytest

from tests.python.unit.explorer.edit_files import edit_file
from tests.python.unit.explorer.memory_source import LABELS, small_source
from text_explorer.errors import DataError
from text_explorer.explorer.edits.answer import edits_answer
from text_explorer.explorer.edits.log import EditLogReader
from text_explorer.explorer.edits.saving import EditConflictError, save_edits
from text_explorer.explorer.shared.errors import BadRequestError, ForbiddenError
from text_explorer.explorer.shared.source import Visitor
from text_explorer.explorer.shared.write_lock import WriteLock

ANN, BO = Visitor("ann", "Ann"), Visitor("bo", "Bo")
TRAINED = tuple(LABELS.values())
SAME_SUPER_TOPIC = {"parent": None, "parent_label": None}
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)


class Desk:
    """The webapp's process that answers one person."""

    def __init__(self, source, folder):
        self.source, self.reader, self.lock = source, EditLogReader(source), WriteLock("edits", folder)
        self.seen = self.reader.version()

    def save(self, *changes, author=ANN, seen=None):
        request = {"seen": seen or self.seen, "changes": list(changes)}
        return save_edits(self.source, self.reader, self.lock, request, author)

    def shown(self, visitor=ANN):
        self.reader.found(fresh=True)
        return edits_answer(self.source, self.reader.applied(TRAINED), visitor)


@pytest.fixture
def source():
    return small_source(edits="my_edits")


@pytest.fixture
def desk(source, tmp_path):
    return Desk(source, tmp_path)


@pytest.fixture
def other_desk(source, tmp_path):
    return Desk(source, tmp_path)


def test_saved_edits_hold_and_are_seen_by_everybody(desk, other_desk):
    saved = desk.save({"topic_id": 0, "label": "Pets"}, {"topic_id": 1, "note": "look"})
    assert (saved["written"], saved["warnings"]) == (2, [])
    assert desk.reader(TRAINED).labels[0] == "Pets"
    shown = other_desk.shown(BO)
    assert shown["version"] == saved["version"]
    assert shown["in_force"] == [
        {"topic_id": 0, "label": "Pets", "merged_into": None, "hidden": False, "note": None, **SAME_SUPER_TOPIC},
        {"topic_id": 1, "label": None, "merged_into": None, "hidden": False, "note": "look", **SAME_SUPER_TOPIC},
    ]
    assert [(entry["author"], entry["changes"]) for entry in shown["log"]] == [
        ("ann", {"note": "look"}),
        ("ann", {"label": "Pets"}),
    ]
    assert shown["writable"] == {"on": True, "reason": None}
    assert shown["visitor"] == {"login": "bo", "name": "Bo"}


def test_an_edit_taken_back_is_no_longer_in_force_but_stays_in_the_log(desk):
    seen = desk.save({"topic_id": 0, "hidden": True})["version"]
    desk.save({"topic_id": 0, "hidden": False}, seen=seen)
    assert desk.shown()["in_force"] == []
    assert desk.shown()["n_log"] == 2


def test_an_edit_of_a_topic_another_person_has_edited_since_is_refused_with_what_they_did(desk, other_desk):
    other_desk.save({"topic_id": 0, "label": "Beasts"}, author=BO)
    with pytest.raises(EditConflictError, match="In the meantime, bo edited topic 0 too") as refused:
        desk.save({"topic_id": 0, "label": "Pets"})
    (conflict,) = refused.value.conflicts
    assert (conflict["topic_id"], conflict["author"], conflict["changes"]) == (0, "bo", {"label": "Beasts"})
    assert datetime.fromisoformat(conflict["time"].replace("Z", "+00:00")) > NOON
    assert desk.reader(TRAINED).labels[0] == "Beasts"
    desk.save({"topic_id": 0, "label": "Pets"}, seen=refused.value.version)
    assert desk.reader(TRAINED).labels[0] == "Pets"


def test_edits_of_other_topics_go_through(desk, other_desk):
    other_desk.save({"topic_id": 1, "label": "Beasts"}, author=BO)
    desk.save({"topic_id": 0, "label": "Pets"})
    assert desk.reader(TRAINED).labels == ("Pets", "Beasts")


def test_edits_of_the_same_login_in_another_window_are_asked_about_like_those_of_others(desk, other_desk):
    other_desk.save({"topic_id": 0, "label": "Beasts"})
    with pytest.raises(EditConflictError, match="you, in another window, edited topic 0 too") as refused:
        desk.save({"topic_id": 0, "label": "Pets"})
    assert desk.reader(TRAINED).labels[0] == "Beasts"
    desk.save({"topic_id": 0, "label": "Pets"}, seen=refused.value.version)
    assert desk.reader(TRAINED).labels[0] == "Pets"


def test_what_a_page_has_saved_itself_is_no_conflict(desk):
    version = desk.save({"topic_id": 0, "label": "Beasts"})["version"]
    assert desk.save({"topic_id": 0, "label": "Pets"}, seen=version)["warnings"] == []


@pytest.mark.parametrize("change", [{"hidden": True}, {"merged_into": 0}])
def test_a_merge_into_a_topic_another_person_hid_or_merged_since_is_a_conflict(desk, other_desk, change):
    other_desk.save({"topic_id": 1, **change}, author=BO)
    with pytest.raises(EditConflictError):
        desk.save({"topic_id": 0, "merged_into": 1})


def test_a_merge_into_a_topic_another_person_renamed_since_goes_through(desk, other_desk):
    other_desk.save({"topic_id": 1, "label": "Beasts"}, author=BO)
    desk.save({"topic_id": 0, "merged_into": 1})
    assert desk.reader(TRAINED).final_topic.tolist() == [1, 1]


def test_an_edit_saved_late_by_another_machine_is_a_conflict_all_the_same(desk, source):
    first, content = edit_file({"topic_id": 0, "label": "Late"}, minutes=0)
    newest = edit_file({"topic_id": 1, "hidden": True}, minutes=1)
    source.files.update([newest])
    seen = EditLogReader(source).version()
    source.files[first] = content
    with pytest.raises(EditConflictError) as refused:
        desk.save({"topic_id": 0, "label": "Pets"}, seen=seen)
    assert [conflict["changes"] for conflict in refused.value.conflicts] == [{"label": "Late"}]


def test_an_edit_that_came_between_the_look_and_the_saving_is_reported(desk, source, monkeypatch):
    add = source.add_model_file

    def add_after_another(path, content):
        source.files.update([edit_file({"topic_id": 0, "label": "Beasts"})])
        add(path, content)

    monkeypatch.setattr(source, "add_model_file", add_after_another)
    assert desk.save({"topic_id": 0, "label": "Pets"})["warnings"] == ["In the meantime, bo edited topic 0 too."]


def test_edits_of_topics_of_a_model_trained_since_are_refused(desk, source):
    source.model = {**source.model, "model_id": "f" * 32}
    with pytest.raises(EditConflictError, match="retrained since this page was loaded"):
        desk.save({"topic_id": 0, "label": "Pets"})
    assert source.files == {}


def test_what_many_write_at_once_is_all_kept(source, tmp_path):
    desks = [Desk(source, tmp_path) for _ in range(6)]
    start, answers = threading.Barrier(6), [None] * 6

    def save(number):
        start.wait()
        change, seen = {"topic_id": number % 2, "note": f"note {number}"}, None
        while answers[number] is None:
            try:
                answers[number] = desks[number].save(change, seen=seen)
            except EditConflictError as conflict:  # asked, and answered: keep mine
                seen = conflict.version

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert None not in answers
    assert len(source.files) == 6
    assert desks[0].shown()["n_log"] == 6
    assert len(source.written["edits"]) == 6


def test_the_dataset_holds_the_whole_history_the_last_row_of_a_topic_being_what_holds(desk, source):
    seen = desk.save({"topic_id": 0, "label": "Pets"})["version"]
    saved = desk.save({"topic_id": 0, "merged_into": 1}, {"topic_id": 1, "note": "x"}, seen=seen)
    assert saved["dataset"] == {"name": "my_edits", "rows": 3}
    rows = [[row[name] for name in ("topic_id", "label", "merged_into", "hidden", "note", "author")]
            for row in source.written["edits"]]  # fmt: skip
    assert rows == [
        [0, "Pets", None, False, None, "ann"],
        [0, "Pets", 1, False, None, "ann"],
        [1, LABELS[1], None, False, "x", "ann"],
    ]


def test_a_dataset_that_cannot_be_written_loses_nothing(desk, source):
    source.unwritable.add("edits")
    saved = desk.save({"topic_id": 0, "label": "Pets"})
    assert saved["dataset"] is None
    assert saved["dataset_error"].startswith("The edits are saved in the model folder, but not in the dataset.")
    assert desk.reader(TRAINED).labels[0] == "Pets"
    source.unwritable.clear()
    assert desk.save({"topic_id": 1, "hidden": True}, seen=saved["version"])["dataset"]["rows"] == 2


def test_without_a_dataset_the_log_alone_is_written(tmp_path):
    source = small_source()
    saved = Desk(source, tmp_path).save({"topic_id": 0, "label": "Pets"})
    assert (saved["dataset"], saved["dataset_error"], source.written) == (None, None, {})


def test_a_folder_that_refuses_is_reported(desk, source):
    source.unwritable.add("model")
    with pytest.raises(DataError, match="cannot be written"):
        desk.save({"topic_id": 0, "label": "Pets"})


def test_an_edit_that_is_not_found_after_it_was_saved_is_reported(desk, source, monkeypatch):
    monkeypatch.setattr(source, "add_model_file", lambda path, content: None)
    with pytest.raises(DataError, match="not found in the model folder after they were saved"):
        desk.save({"topic_id": 0, "label": "Pets"})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([], "'changes' must be a list"),
        ("x", "'changes' must be a list"),
        ([1], "'changes' must be a list"),
        (None, "'changes' must be a list"),
        ([{"topic_id": 0, "hidden": True}] * 1001, "At most 1,000 edits"),
        ([{"topic_id": 0, "author": "bo", "hidden": True}], "Got 'author'"),
        ([{"topic_id": 0, "<b>" * 40: 1}], "Got '<b><b>"),
        ([{"topic_id": 0, "label": "x" * 201}], "at most 200 characters"),
        ([{"topic_id": 0, "label": "a\x00b"}], "label must be one line"),
        ([{"topic_id": 0, "label": "a\u2028b"}], "label must be one line"),
        ([{"topic_id": 0, "label": 5}], "label must be one line"),
        ([{"topic_id": "0", "hidden": True}], "topic_id must be a whole number"),
        ([{"topic_id": True, "hidden": True}], "topic_id must be a whole number"),
        ([{"topic_id": 0, "hidden": 1}], "hidden must be true or false"),
        ([{"topic_id": 0, "note": "x" * 5001}], "note must be a text of at most 5,000"),
        ([{"topic_id": 2, "hidden": True}], "Topic 2 cannot be edited"),
        ([{"topic_id": -1, "hidden": True}], "Topic -1 cannot be edited"),
        ([{"topic_id": 0, "merged_into": 0}], "it is the same topic"),
        ([{"topic_id": 0, "merged_into": 99}], "the model has topics 0 to 1"),
        ([{"topic_id": 0, "merged_into": 1}, {"topic_id": 1, "merged_into": 0}], "already merged into it"),
        ([{"topic_id": 0, "merged_into": [1]}], "merged_into must be the number of a topic"),
        ([{"hidden": True}], "topic_id must be a whole number"),
        ([{"topic_id": 0}], "must change one of"),
    ],
)
def test_what_cannot_be_an_edit_is_refused_and_nothing_saved(desk, source, changes, sentence):
    request = {"seen": desk.seen, "changes": changes}
    with pytest.raises(BadRequestError) as refused:
        save_edits(source, desk.reader, desk.lock, request, ANN)
    assert sentence in str(refused.value)
    assert source.files == {}


def test_without_a_model_folder_nothing_can_be_edited_and_the_page_gets_the_reason(source, tmp_path):
    seen = EditLogReader(source).version()
    source.model = None
    desk = Desk(source, tmp_path)
    with pytest.raises(ForbiddenError, match="Select 'Model' in the settings"):
        desk.save({"topic_id": 0, "hidden": True}, seen=seen)
    assert desk.shown()["writable"]["reason"].startswith("Topics cannot be edited without a model folder.")
    assert desk.shown()["writable"]["on"] is False


def test_an_anonymous_visitor_sees_the_edits_and_why_none_can_be_made(desk):
    desk.save({"topic_id": 0, "label": "Pets"})
    shown = desk.shown(None)
    assert shown["visitor"] is None
    assert shown["in_force"][0]["label"] == "Pets"
    assert shown["writable"] == {
        "on": False,
        "reason": "You are not signed in, so nothing can be saved. Sign in to DSS, then load the page again.",
    }


def test_topics_of_another_run_cannot_be_edited(desk, source):
    shown = edits_answer(source, desk.reader.applied(("sun", "rain")), ANN)
    assert "different runs" in shown["writable"]["reason"]
