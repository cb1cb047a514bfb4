"""Topics of this model and those of the one it goes on from, from the dataset 'Topic changes'."""

from __future__ import annotations

import json

import pytest

from tests.python.unit.explorer.findings.findings_source import by
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.columns import names_of
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.changes import changes
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.topics.previous.columns import TOPIC_CHANGES

EVERYTHING = Selection()


def row(topic, change, before, now, related=(), terms=("a", "b")):
    cells = (
        topic, change, f"now {topic}", None if change == "new" else f"then {topic}", before, now, None, None, 0.5,
        json.dumps(related), json.dumps(terms), json.dumps(["b", "c"]),
    )  # fmt: skip
    return dict(zip(names_of(TOPIC_CHANGES), cells))


ROWS = [
    row(0, "shrunk", 50, 10), row(1, "grown", 10, 50), row(2, "kept", 20, 20), row(3, "new", None, 20, [1]),
    row(4, "gone", 20, 0, [2]), row(5, "merged", 7, 0, [1]),
]  # fmt: skip


def with_changes(rows=None):
    source = theme_source()
    source.tables["topic_changes"] = ROWS if rows is None else rows
    return source


def changed(index, selection=EVERYTHING):
    return changes(index, selection, "previous", None)


def test_topics_are_kept_new_or_gone_since_the_previous_model(indexed):
    found = changed(indexed(with_changes()))
    assert {topic["topic"]: topic["change"] for topic in found["topics"]} == {
        0: "shrunk", 1: "grown", 2: "same", 3: "new", None: "vanished",
    }  # fmt: skip
    assert (found["then"]["n"], found["now"]["n"]) == (100, 100)
    grown, gone = by(found["topics"], "topic")[1], by(found["topics"], "topic")[None]
    assert (grown["share_then"], grown["share_now"], grown["similarity"]) == (0.1, 0.5, 0.5)
    assert (gone["other"], gone["other_label"], gone["related"]) == (4, "then 4", [2])


def test_terms_come_go_and_stay(indexed):
    topic = by(changed(indexed(with_changes()))["topics"], "topic")[1]
    assert (topic["shared_terms"], topic["new_terms"], topic["gone_terms"]) == (["b"], ["c"], ["a"])


def test_topics_merged_since_are_counted_together_and_hidden_ones_left_out(indexed):
    edits = edited({"topic_id": 1, "merged_into": 2}, {"topic_id": 0, "hidden": True}, {"topic_id": 4, "hidden": True})
    found = by(changed(indexed(with_changes(), edits=edits))["topics"], "topic")
    assert set(found) == {2, 3, None}
    assert (found[2]["n_then"], found[2]["n_now"]) == (30, 70)


def test_filters_do_not_apply(indexed):
    notes = changed(indexed(with_changes()), Selection(topic=0))["notes"]
    assert notes == ["Filters do not apply to the comparison with the previous model."]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (ROWS[:2], "is about the topics of another model"),
        ([row(topic, "new", None, 10) for topic in range(6)], "are new: its model has no previous one"),
    ],
)
def test_a_dataset_that_says_nothing_on_this_model_is_named(indexed, rows, sentence):
    with pytest.raises(NotFoundError, match=sentence):
        changed(indexed(with_changes(rows)))


def test_without_a_dataset_the_reason_is_given(indexed):
    with pytest.raises(NotFoundError, match="No previous model is known"):
        changed(indexed(theme_source()))
