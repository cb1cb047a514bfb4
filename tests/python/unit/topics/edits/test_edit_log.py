import itertools
from datetime import datetime, timedelta, timezone

import pytest

from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.edits.edit_files import Edit, parse_file
from text_explorer.topics.edits.edit_log import (
    EditedTopic,
    EditLog,
    edit_history,
    log_of_files,
    new_edit_file,
    no_edits,
    resolve_edits,
)

LABELS = ("war", "money", "school", "law", "sea")
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
EMPTY = EditLog("m")
TIME = "2026-01-31T12:00:00.000000Z"


def edit(topic_id, **changes):
    return Edit(topic_id, changes, "ann", TIME)


def saved(*changes, log=EMPTY, minutes=0):
    """One file with these edits, as a mapping of its path to its content."""
    written = NOON + timedelta(minutes=minutes)
    return dict([new_edit_file(changes, log, 5, author="ann", written=written)])


def log_of(files):
    return log_of_files((parse_file(path, content) for path, content in files.items()), "m")


def test_without_edits_topics_are_as_trained():
    edits = no_edits(LABELS)
    assert edits.labels == LABELS
    assert edits.belongs_to == (0, 1, 2, 3, 4)
    assert edits.hidden == (False,) * 5
    assert edits.notes == (None,) * 5


def test_the_later_edit_holds_and_what_it_does_not_name_stays():
    edits = resolve_edits(
        [edit(1, label="Finance", hidden=True), edit(1, label="Economy"), edit(1, note="ask Bo")], LABELS
    )
    assert edits.labels == ("war", "Economy", "school", "law", "sea")
    assert edits.hidden == (False, True, False, False, False)
    assert edits.notes[1] == "ask Bo"


def test_null_takes_an_edit_back():
    first = edit(1, label="Finance", merged_into=0, hidden=True, note="x")
    taken_back = edit(1, label=None, merged_into=None, hidden=None, note=None)
    assert resolve_edits([first, taken_back], LABELS) == no_edits(LABELS)


def test_chains_of_merges_are_followed_in_whichever_order_they_were_made():
    merges = [edit(4, merged_into=3), edit(3, merged_into=1), edit(1, merged_into=0)]
    for order in itertools.permutations(merges):
        edits = resolve_edits(order, LABELS)
        assert edits.belongs_to == (0, 0, 2, 0, 0)
        assert edits.warnings == ()


def test_a_merge_taken_back_frees_those_behind_it_too():
    edits = resolve_edits([edit(4, merged_into=3), edit(3, merged_into=0), edit(3, merged_into=None)], LABELS)
    assert edits.belongs_to == (0, 1, 2, 3, 3)


def test_a_merge_that_would_close_a_circle_is_passed_over_and_the_rest_of_the_edit_holds():
    circle = [edit(0, merged_into=1), edit(1, merged_into=2), edit(2, merged_into=0, label="all")]
    edits = resolve_edits(circle, LABELS)
    assert edits.belongs_to == (2, 2, 2, 3, 4)
    assert edits.labels[2] == "all"
    assert edits.warnings == (
        f"Topic 2 cannot be merged into topic 0: that one is already merged into it (ann, {TIME}).",
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (edit(5, label="x"), "Topic 5 cannot be edited: the model has topics 0 to 4"),
        (edit(-1, hidden=True), "Topic -1 cannot be edited"),
        (edit(0, merged_into=5), "Topic 0 cannot be merged into topic 5: the model has topics 0 to 4"),
        (edit(0, merged_into=-1), "Topic 0 cannot be merged into topic -1"),
        (edit(0, merged_into=0), "Topic 0 cannot be merged into topic 0: it is the same topic"),
    ],
)
def test_edits_of_topics_the_model_lacks_are_passed_over_with_a_warning(wrong, sentence):
    edits = resolve_edits([wrong, edit(2, label="classes")], LABELS)
    assert len(edits.warnings) == 1
    assert edits.warnings[0].startswith(sentence)
    assert (edits.labels, edits.belongs_to) == (("war", "money", "classes", "law", "sea"), (0, 1, 2, 3, 4))


def test_a_log_is_read_in_the_order_of_its_names_whatever_the_order_of_the_files():
    first = saved({"topic_id": 0, "label": "a"})
    second = saved({"topic_id": 0, "label": "b"}, minutes=1)
    for files in ({**first, **second}, {**second, **first}):
        log = log_of(files)
        assert [edit.changes["label"] for edit in log.edits] == ["a", "b"]
        assert log.last_path == next(iter(second))


def test_what_was_saved_is_what_is_read():
    files = saved({"topic_id": 0, "label": " War "}, {"topic_id": 4, "merged_into": 0, "note": None})
    log = log_of(files)
    assert log.edits == (edit(0, label="War"), edit(4, merged_into=0, note=None))


def test_edits_of_another_model_are_counted_and_not_applied():
    files = {**saved({"topic_id": 0, "label": "a"}), **saved({"topic_id": 0, "label": "b"}, log=EditLog("old"))}
    log = log_of(files)
    assert [edit.changes["label"] for edit in log.edits] == ["a"]
    assert [(file.model_id, len(file.edits)) for file in log.others] == [("old", 1)]


def test_edits_of_a_model_that_this_one_goes_on_from_are_not_those_of_another():
    files = {**saved({"topic_id": 0, "label": "a"}), **saved({"topic_id": 0, "label": "b"}, log=EditLog("old"))}
    log = log_of_files((parse_file(path, content) for path, content in files.items()), "m", ["old"])
    assert [edit.changes["label"] for edit in log.edits] == ["a"]
    assert log.others == ()


def test_a_foreign_file_in_the_log_is_refused():
    with pytest.raises(DataError, match=r"edits/readme\.md, which is not a file of topic edits"):
        log_of({"/edits/readme.md": b"hello"})


def test_no_file_is_no_edit():
    assert log_of({}) == EditLog("m")


def test_a_new_file_sorts_behind_the_log_it_follows():
    ahead = saved({"topic_id": 0, "label": "a"}, minutes=60)
    behind = saved({"topic_id": 0, "label": "b"}, log=log_of(ahead))
    log = log_of({**behind, **ahead})
    assert [edit.changes["label"] for edit in log.edits] == ["a", "b"]


@pytest.mark.parametrize(
    ("before", "changes", "faults"),
    [
        ((), [], ["There is no edit to save."]),
        ((), [{"topic_id": 9, "label": "x"}], ["Topic 9 cannot be edited: the model has topics 0 to 4"]),
        ((), [{"topic_id": 0, "merged_into": 7}], ["Topic 0 cannot be merged into topic 7"]),
        ((), [{"topic_id": 0, "merged_into": 0}], ["it is the same topic"]),
        ((), [{"topic_id": 0, "merged_into": 1}, {"topic_id": 1, "merged_into": 0}], ["already merged into it"]),
        ((edit(0, merged_into=1),), [{"topic_id": 1, "merged_into": 0}], ["Topic 1 cannot be merged into topic 0"]),
        (
            (),
            [{"topic_id": 0, "label": ""}, {"topic_id": "1", "hidden": 1}],
            ["Edit 1: label must be", "Edit 2: topic_id must be", "Edit 2: hidden must be"],
        ),
        ((), [{"topic_id": 0}], ["Edit 1: must change one of label"]),
    ],
)
def test_edits_that_cannot_be_are_refused_before_they_are_saved_all_at_once(before, changes, faults):
    with pytest.raises(SettingsError) as refused:
        new_edit_file(changes, EditLog("m", before), 5, author="ann", written=NOON)
    assert len(refused.value.faults) == len(faults)
    assert [fault for fault, told in zip(faults, refused.value.faults) if fault not in told] == []


def test_a_merge_is_allowed_where_the_one_against_it_was_taken_back():
    log = EditLog("m", (edit(0, merged_into=1), edit(0, merged_into=None)))
    path, _ = new_edit_file([{"topic_id": 1, "merged_into": 0}], log, 5, author="ann", written=NOON)
    assert path.startswith("edits/20260131T120000000000Z-")


def test_the_history_has_the_whole_state_of_a_topic_after_each_edit_of_it():
    edits = [edit(1, label="Finance"), edit(0, hidden=True), edit(1, merged_into=0, note="x"), edit(1, label=None)]
    assert edit_history(edits, 5) == [
        EditedTopic(1, "Finance", None, False, None, "ann", TIME),
        EditedTopic(0, None, None, True, None, "ann", TIME),
        EditedTopic(1, "Finance", 0, False, "x", "ann", TIME),
        EditedTopic(1, None, 0, False, "x", "ann", TIME),
    ]


def test_the_history_passes_over_what_cannot_be():
    edits = [edit(9, label="x"), edit(0, merged_into=1), edit(1, merged_into=0, label="all")]
    assert [(entry.topic_id, entry.merged_into) for entry in edit_history(edits, 5)] == [(0, 1), (1, None)]


PARENTS, SUPER_LABELS = (0, 1, 0, 1, 0), ("conflict", "state")


def test_topics_move_to_other_super_topics_and_return():
    moved = [edit(2, parent=1), edit(4, parent=1)]
    assert resolve_edits(moved, LABELS, PARENTS, SUPER_LABELS).super_topics == (0, 1, 1, 1, 1)
    taken_back = [*moved, edit(2, parent=None)]
    assert resolve_edits(taken_back, LABELS, PARENTS, SUPER_LABELS).super_topics == (0, 1, 0, 1, 1)


def test_a_name_is_that_of_the_super_topic_the_topic_was_trained_in_wherever_the_topic_is():
    named = [edit(0, parent_label="War and sea"), edit(0, parent=1)]
    edits = resolve_edits(named, LABELS, PARENTS, SUPER_LABELS)
    assert (edits.super_labels, edits.super_topics[0]) == (("War and sea", "state"), 1)
    assert (
        resolve_edits([*named, edit(0, parent_label=None)], LABELS, PARENTS, SUPER_LABELS).super_labels == SUPER_LABELS
    )


def test_a_super_topic_the_model_does_not_have_is_refused_when_saved_and_ignored_when_read():
    with pytest.raises(
        SettingsError, match="Topic 2 cannot be moved to super-topic 2: the model has super-topics 0 to 1"
    ):
        new_edit_file([{"topic_id": 2, "parent": 2}], EMPTY, 5, 2, author="ann", written=NOON)
    edits = resolve_edits([edit(2, parent=7, label="Schools")], LABELS, PARENTS, SUPER_LABELS)
    assert (edits.super_topics, edits.labels[2], len(edits.warnings)) == (PARENTS, "Schools", 1)


def test_without_super_topics_in_the_folder_they_cannot_be_edited():
    edits = resolve_edits([edit(2, parent=0, parent_label="x")], LABELS)
    assert (edits.super_topics, edits.super_labels) == ((), ())
    assert [warning.split(": ")[1].split(" (")[0] for warning in edits.warnings] == [
        "the model folder has no super-topics"
    ] * 2


@pytest.mark.parametrize(
    "change", [{"parent": "1"}, {"parent": True}, {"parent_label": "two\nlines"}, {"parent_label": 3}]
)
def test_a_super_topic_is_a_number_and_its_name_one_line(change):
    with pytest.raises(SettingsError, match=next(iter(change))):
        new_edit_file([{"topic_id": 2, **change}], EMPTY, 5, 2, author="ann", written=NOON)


def test_the_history_has_the_super_topic_after_each_edit():
    history = edit_history([edit(1, parent=0), edit(1, parent_label="State")], 5, 2)
    assert [(topic.parent, topic.parent_label) for topic in history] == [(0, None), (0, "State")]
