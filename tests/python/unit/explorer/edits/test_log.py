import threading

import pytest

from tests.python.unit.explorer.edit_files import NOON, edit_file
from tests.python.unit.explorer.memory_source import LABELS
from text_explorer.errors import DataError
from text_explorer.explorer.edits.log import EditLogReader
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.edits import edit_log
from text_explorer.topics.edits.edit_log import new_edit_file

TRAINED = tuple(LABELS.values())


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def reader(source, clock):
    return EditLogReader(source, clock=clock)


def add(source, *changes, **options):
    path, content = edit_file(*changes, **options)
    source.files[path] = content
    return path


def test_without_a_log_topics_are_as_trained(reader):
    edits = reader(TRAINED)
    assert edits.labels == TRAINED
    assert edits.final_topic.tolist() == [0, 1]
    assert (edits.n_edits, edits.last, edits.warnings) == (0, None, ())


def test_edits_hold_for_the_labels_of_each_call(reader, source):
    add(source, {"topic_id": 1, "merged_into": 0})
    assert [reader(labels).labels for labels in (TRAINED, ("A", "B"), TRAINED)] == [TRAINED, ("A", "B"), TRAINED]


def test_edits_of_the_log_hold(reader, source):
    add(source, {"topic_id": 0, "label": "Pets", "note": "nice"})
    add(source, {"topic_id": 1, "merged_into": 0}, author="cy", minutes=1)
    edits = reader(TRAINED)
    assert edits.labels == ("Pets", LABELS[1])
    assert edits.final_topic.tolist() == [0, 0]
    assert edits.notes == ("nice", None)
    assert edits.n_edits == 2
    assert edits.last == {"author": "cy", "time": "2026-01-31T12:01:00.000000Z"}


def test_edits_of_others_are_seen_after_some_seconds_and_at_once_when_read_again(reader, source, clock):
    before = reader.version()
    add(source, {"topic_id": 0, "label": "Pets"})
    clock.now = 4.9
    assert (reader.version(), reader(TRAINED).labels) == (before, TRAINED)
    clock.now = 5.1
    assert reader.version() != before
    assert reader(TRAINED).labels[0] == "Pets"
    add(source, {"topic_id": 0, "label": "Animals"}, minutes=1)
    reader.found(fresh=True)
    assert reader(TRAINED).labels[0] == "Animals"


def test_each_file_is_read_once(reader, source, clock):
    path = add(source, {"topic_id": 0, "label": "Pets"})
    reader(TRAINED)
    source.files[path] = b"damaged since"
    clock.now = 10
    assert reader(TRAINED).labels[0] == "Pets"


def test_a_damaged_file_is_a_warning_and_the_others_hold(reader, source):
    add(source, {"topic_id": 0, "label": "Pets"})
    source.files["edits/notes.txt"] = b"hello"
    source.files[edit_file({"topic_id": 0, "hidden": True}, minutes=1)[0]] = b"{"
    edits = reader(TRAINED)
    assert edits.labels[0] == "Pets"
    assert len(edits.warnings) == 2
    assert "edits/notes.txt, which is not a file of topic edits" in edits.warnings[1]


def test_an_unreadable_folder_is_a_warning(source, clock, monkeypatch):
    def refuse(prefix):
        raise DataError("The folder of the setting 'Model' cannot be read.")

    monkeypatch.setattr(source, "model_paths", refuse)
    edits = EditLogReader(source, clock=clock)(TRAINED)
    assert edits.labels == TRAINED
    assert edits.warnings == ("The folder of the setting 'Model' cannot be read.",)


def test_edits_of_another_model_are_counted_and_not_applied(reader, source):
    add(source, {"topic_id": 0, "label": "Old"}, {"topic_id": 1, "label": "Old too"}, model_id="older")
    edits = reader(TRAINED)
    assert edits.labels == TRAINED
    assert edits.n_of_other_models == 2


@pytest.mark.parametrize("labels", [("cats, dogs",), ("sun", "rain")])
def test_datasets_of_another_run_get_no_edits_and_a_warning(reader, source, labels):
    add(source, {"topic_id": 0, "label": "Pets"})
    edits = reader(labels)
    assert edits.labels == labels
    assert "come from different runs" in edits.warnings[0]


def test_an_edit_that_cannot_be_applied_is_a_warning(reader, source):
    add(source, {"topic_id": 7, "label": "Nowhere"})
    assert reader(TRAINED).warnings[0].startswith("Topic 7 cannot be edited: the model has topics 0 to 1")


@pytest.mark.parametrize("manifest", [None, {"format_version": 1}, {"format_version": 1, "model_id": 7}])
def test_without_a_named_model_there_are_no_edits(source, manifest):
    source.model = manifest
    found = EditLogReader(source).found()
    assert (found.version, found.log.edits) == ("none", ())
    assert "Model" in found.reason or "model" in found.reason


def test_a_log_comes_with_the_edits_of_the_same_version_though_more_are_written_meanwhile(reader, source, clock):
    add(source, {"topic_id": 0, "label": "Pets"})
    before = reader(TRAINED)
    add(source, {"topic_id": 1, "label": "Tags"}, minutes=1)
    clock.now += 60
    found, current = reader.applied(before.trained_labels)
    assert (found.version, len(found.log.edits)) == (current.version, current.n_edits) == (current.version, 2)
    assert current.labels == ("Pets", "Tags")
    assert (before.labels, before.version != current.version) == (("Pets", LABELS[1]), True)


def test_several_threads_get_the_same_edits(reader, source):
    add(source, {"topic_id": 0, "label": "Pets"})
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(reader(TRAINED))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {edits.labels for edits in answers} == {("Pets", LABELS[1])}
    assert len(answers) == 8


def test_edits_of_another_process_of_this_machine_are_seen_at_once(source, clock, tmp_path):
    mine, theirs = WriteLock("edits", tmp_path), WriteLock("edits", tmp_path)
    reader = EditLogReader(source, mine.sign, clock=clock)
    assert reader(TRAINED).labels == TRAINED
    for label in ("Pets", "Animals"):
        add(source, {"topic_id": 0, "label": label}, minutes=len(label))
        assert reader(TRAINED).labels[0] != label
        with theirs.held():
            theirs.tell_others()
        assert reader(TRAINED).labels[0] == label


@pytest.mark.parametrize("content", [b"", b'{"format_version": 1', b"\xff"])
def test_an_edit_comes_after_a_file_that_cannot_be_read_yet(reader, source, content):
    ahead, whole = edit_file({"topic_id": 0, "label": "Too early"}, minutes=60 * 24 * 365 * 20)
    source.files[ahead] = content
    log = reader.found(fresh=True).log
    path, written = new_edit_file([{"topic_id": 0, "label": "Mine"}], log, 2, author="ann", written=NOON)
    assert path > ahead
    source.files |= {path: written, ahead: whole}
    reader.found(fresh=True)
    assert reader(TRAINED).labels[0] == "Mine"


def test_more_edits_than_can_be_kept_are_a_reason_and_no_crash(reader, source, monkeypatch):
    monkeypatch.setattr(edit_log, "MOST_EDITS", 2)
    for minute in range(3):
        add(source, {"topic_id": 0, "label": "Pets"}, minutes=minute)
    found = reader.found(fresh=True)
    assert "holds more than 2 topic edits" in found.reason
    assert reader(TRAINED).labels == TRAINED
