"""Which names and topics of super-topics go on, on six topics of the same size whose groups are known."""

from __future__ import annotations

import numpy as np

from tests.python.unit.topics.previous.previous_models import ARMY, NAVY, previous_topics, split_of
from text_explorer.topics.previous.carried_edits import carried_edits
from text_explorer.topics.previous.carried_super_topics import carried_super_topics

WAR, FOOD = 0, 1
BEFORE = [WAR, WAR, WAR, FOOD, FOOD, FOOD]


def carried(parents, *edits, in_use=None, n_documents=None):
    previous = previous_topics(
        [[5, 1, 1]] * len(BEFORE), *edits, parents=BEFORE, super_labels=["army, navy, fleet", "bread, cheese, oven"]
    )
    in_use = np.ones(len(parents), dtype=bool) if in_use is None else np.array(in_use)
    n_documents = np.full(len(parents), 10) if n_documents is None else np.array(n_documents)
    return carried_super_topics(previous, in_use, np.array(parents), n_documents)


def test_a_name_goes_on_with_the_topics_of_its_super_topic():
    renamed = {"topic_id": 3, "parent_label": "Food"}
    assert carried([0, 0, 1, 1, 2, 2], renamed) == {4: {"parent_label": "Food"}}
    assert carried([1, 1, 1, 0, 0, 0], renamed) == {3: {"parent_label": "Food"}}


def test_the_name_of_a_super_topic_that_fell_apart_is_left_out(caplog):
    assert carried([0, 1, 2, 0, 1, 2], {"topic_id": 3, "parent_label": "Food"}) == {}
    assert "'Food'" in caplog.text


def test_a_topic_moved_by_hand_is_moved_again_wherever_it_was_trained():
    moved = {"topic_id": 0, "parent": FOOD}
    assert carried(BEFORE, moved) == {0: {"parent": 1}}
    assert carried([1, 1, 1, 0, 0, 0], moved) == {0: {"parent": 0}}
    assert carried([0, 1, 1, 0, 0, 0], moved) == {0: {"parent": 0}}


def test_a_move_that_was_taken_back_does_not_go_on():
    assert carried(BEFORE, {"topic_id": 0, "parent": FOOD}, {"topic_id": 0, "parent": None}) == {}


def test_topics_moved_to_a_super_topic_are_among_those_by_which_it_is_known():
    # Topic 3 alone is left in its group by training; with the two that people moved there it is the same again.
    edits = [{"topic_id": topic, "parent": FOOD} for topic in (1, 2)]
    renamed = {"topic_id": 3, "parent_label": "Food"}
    alone = [0, 0, 0, 1, 2, 2]
    assert carried(alone, renamed) == {4: {"parent_label": "Food"}}
    found = carried([0, 0, 0, 1, 1, 2], *edits, renamed)
    assert found == {1: {"parent": 1}, 2: {"parent": 1}, 3: {"parent_label": "Food"}}


def test_sub_topics_go_where_the_topic_that_was_split_was_moved():
    split = split_of([ARMY, NAVY], (6, [0.9, 0.1], 0.5), (7, [0.1, 0.9], 0.5))
    edits = {"topic_id": 0, "parent": FOOD}, {"topic_id": 0, "split": split}
    parents, in_use = [0, 0, 0, 1, 1, 1, 0, 0], [False, *[True] * 7]
    assert carried(parents, *edits, in_use=in_use) == {6: {"parent": 1}, 7: {"parent": 1}}


def test_a_topic_that_is_gone_is_not_moved():
    in_use = [False, *[True] * 5]
    assert carried(BEFORE, {"topic_id": 0, "parent": FOOD}, in_use=in_use) == {}


def test_without_super_topics_of_the_new_model_nothing_goes_on():
    assert carried([-1] * 6, {"topic_id": 3, "parent_label": "Food"}) == {}


def test_super_topics_stand_beside_other_edits_of_a_topic():
    previous = previous_topics([[5, 1, 1]], {"topic_id": 0, "note": "old"})
    edits = carried_edits(previous, np.array([True, True]), {}, {0: {"parent": 1}, 1: {"parent_label": "War"}})
    assert {edit.topic_id: dict(edit.changes) for edit in edits} == {
        0: {"note": "old", "parent": 1}, 1: {"parent_label": "War"},
    }  # fmt: skip
