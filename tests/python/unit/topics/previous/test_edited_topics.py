"""The topics of a previous model after the edits people made, on topics whose words are known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.python.unit.topics.previous.previous_models import ARMY, NAVY, previous_topics, split_of


def test_without_edits_topics_are_as_trained():
    previous = previous_topics([[4, 0, 0], [0, 2, 6]], documents=[3, 5])
    assert previous.ids.tolist() == [0, 1]
    assert previous.counts.tolist() == [[4, 0, 0], [0, 2, 6]]
    assert previous.n_documents.tolist() == [3, 5]
    assert (previous.n_ids, previous.n_trained, previous.successors) == (2, 2, {})


def test_a_merge_is_one_topic():
    previous = previous_topics(
        [[4, 0, 0], [0, 2, 6], [1, 0, 0]], {"topic_id": 0, "merged_into": 2}, documents=[3, 5, 1]
    )
    assert previous.ids.tolist() == [1, 2]
    assert previous.counts.tolist() == [[0, 2, 6], [5, 0, 0]]
    assert previous.n_documents.tolist() == [5, 4]
    assert previous.successors == {0: [2]}
    assert previous.last_counts.tolist() == [[4, 0, 0], [0, 2, 6], [1, 0, 0]]


def test_words_and_documents_of_a_split_topic_belong_to_its_sub_topics():
    split = split_of([ARMY, NAVY], (2, [0.9, 0.1], 0.5), (3, [0.1, 0.9], 0.5))
    previous = previous_topics([[10, 10, 4], [0, 0, 7]], {"topic_id": 0, "split": split}, documents=[8, 2])
    assert previous.ids.tolist() == [1, 2, 3]
    # The third term is none of the split: it is divided as the documents are.
    assert previous.counts == pytest.approx(np.array([[0, 0, 7], [9, 1, 2], [1, 9, 2]]))
    assert previous.n_documents.tolist() == [2, 4, 4]
    assert previous.successors == {0: [2, 3]}
    assert previous.n_trained == 2


def test_a_sub_topic_merged_into_another_topic_adds_to_it():
    split = split_of([ARMY, NAVY], (2, [0.9, 0.1], 0.5), (3, [0.1, 0.9], 0.5))
    edits = [{"topic_id": 0, "split": split}, {"topic_id": 3, "merged_into": 1}]
    previous = previous_topics([[10, 10, 4], [0, 0, 7]], *edits, documents=[8, 2])
    assert previous.ids.tolist() == [1, 2]
    assert previous.counts == pytest.approx(np.array([[1, 9, 9], [9, 1, 2]]))
    assert previous.successors == {0: [1, 2], 3: [1]}


def test_a_split_taken_back_leaves_one_topic_and_used_ids():
    split = split_of([ARMY, NAVY], (2, [0.9, 0.1], 0.5), (3, [0.1, 0.9], 0.5))
    previous = previous_topics(
        [[10, 10, 4], [0, 0, 7]], {"topic_id": 0, "split": split}, {"topic_id": 0, "split": None}
    )
    assert previous.ids.tolist() == [0, 1]
    assert previous.n_ids == 4


def test_retired_topics_take_no_part():
    previous = previous_topics([[4, 0, 0], [0, 2, 6], [0, 0, 3]], documents=[3, 5, 1], retired=[1])
    assert previous.ids.tolist() == [0, 2]
    assert previous.n_trained == 2
    assert previous.last_counts[1].tolist() == [0, 2, 6]


def test_known_topics_keep_their_labels_and_new_ones_get_others():
    previous = previous_topics([[4, 0, 0], [0, 2, 6]], {"topic_id": 1, "label": "War"})
    assert previous.keep_labels(["x", "y", "war", "bread"]) == ["topic 0", "War", "war (2)", "bread"]
