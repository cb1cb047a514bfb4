import json

import numpy as np
import pandas as pd
import pytest

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.assignment.assigned_columns import assigned_columns, merged_shares, unknown_word_shares
from text_explorer.topics.assignment.columns import ASSIGNED_TOPICS, MODEL_TOPIC_ID, SUPER_TOPIC, UNKNOWN_WORD_SHARE
from text_explorer.topics.edits.edit_log import TopicEdits, no_edits

LABELS = ("war", "money", "school", "law")
NONE = [np.nan] * 4
SHARES = np.array([[0.7, 0.1, 0.1, 0.1], [0.3, 0.4, 0.25, 0.05], [0.0, 0.1, 0.2, 0.7], NONE, NONE])
IS_EMPTY = np.array([False, False, False, True, False])
UNKNOWN = np.array([0.0, 0.5, 1 / 3, np.nan, 1.0])


def assigned(edits, threshold=0.0, shares=SHARES):
    return assigned_columns(IS_EMPTY[: len(shares)], shares, UNKNOWN[: len(shares)], edits, threshold)


def edited(labels=LABELS, belongs_to=(0, 1, 2, 3), hidden=(False,) * 4):
    return TopicEdits(labels, belongs_to, hidden, (None,) * 4)


def as_lists(table, *names):
    return [[None if pd.isna(value) else value for value in table[name]] for name in names]


def ids(table, name=columns.TOPIC_ID):
    return [None if missing else int(value) for value, missing in zip(table[name].fillna(-1), table[name].isna())]


def test_its_columns_are_those_of_the_schema():
    assert list(assigned(no_edits(LABELS))) == names_of(ASSIGNED_TOPICS)


def test_without_edits_the_models_own_topic_is_given():
    table = assigned(no_edits(LABELS))
    assert ids(table) == ids(table, MODEL_TOPIC_ID) == [0, 1, 3, None, None]
    assert table[columns.TOPIC_ID].dtype == table[MODEL_TOPIC_ID].dtype == "Int64"
    label, probability, status = as_lists(
        table, columns.TOPIC_LABEL, columns.TOPIC_PROBABILITY, columns.TOPIC_STATUS
    )  # fmt: skip
    assert label == ["war", "money", "law", None, None]
    assert probability == [0.7, 0.4, 0.7, None, None]
    assert status == ["ok", "ok", "ok", "empty text", "no known term"]
    assert as_lists(table, UNKNOWN_WORD_SHARE) == [[0.0, 0.5, 0.333333, None, 1.0]]


def test_the_super_topic_is_that_of_the_final_topic_and_missing_where_the_model_has_none():
    super_topics = {"super_topics": (0, 0, 1, 1), "super_labels": ("Conflict", "State")}
    edits = TopicEdits(LABELS, (0, 3, 2, 3), (False,) * 4, (None,) * 4, **super_topics)
    assert as_lists(assigned(edits), SUPER_TOPIC) == [["Conflict", "State", "State", None, None]]
    assert as_lists(assigned(no_edits(LABELS)), SUPER_TOPIC) == [[None] * 5]


def test_merged_topics_win_together_under_the_label_of_the_one_they_belong_to():
    table = assigned(edited(labels=("war", "money", "Public life", "law"), belongs_to=(2, 1, 2, 3)))
    assert ids(table) == [2, 2, 3, None, None]
    assert ids(table, MODEL_TOPIC_ID) == [0, 1, 3, None, None]
    assert table[columns.TOPIC_LABEL].tolist()[:3] == ["Public life", "Public life", "law"]
    assert table[columns.TOPIC_PROBABILITY].tolist()[:3] == [0.8, 0.55, 0.7]


def test_the_distribution_stays_that_of_the_models_own_topics():
    written = assigned(edited(belongs_to=(2, 2, 2, 2)))[columns.TOPIC_DISTRIBUTION]
    assert json.loads(written[1]) == [0.3, 0.4, 0.25, 0.05]
    assert written[3] is None


def test_a_hidden_topic_is_not_given_and_no_other_takes_its_place():
    table = assigned(edited(hidden=(True, False, False, False)))
    assert ids(table) == [None, 1, 3, None, None]
    assert ids(table, MODEL_TOPIC_ID) == [0, 1, 3, None, None]
    assert table[columns.TOPIC_STATUS].tolist()[0] == "hidden topic"
    assert table[columns.TOPIC_LABEL][0] is None
    assert table[columns.TOPIC_PROBABILITY][0] == 0.7


def test_of_a_merged_topic_the_one_it_belongs_to_decides_whether_it_is_hidden():
    into_visible = edited(belongs_to=(1, 1, 2, 3), hidden=(True, False, False, False))
    into_hidden = edited(belongs_to=(1, 1, 2, 3), hidden=(False, True, False, False))
    assert ids(assigned(into_visible))[:2] == [1, 1]
    assert assigned(into_hidden)[columns.TOPIC_STATUS].tolist()[:3] == ["hidden topic", "hidden topic", "ok"]


@pytest.mark.parametrize(
    ("threshold", "statuses"),
    [
        (0.4, ["ok", "ok", "ok"]),
        (0.400001, ["ok", "below threshold", "ok"]),
        (0.7, ["ok", "below threshold", "ok"]),
        (1.0, ["below threshold"] * 3),
    ],
)
def test_a_share_below_the_threshold_gives_no_topic_but_is_written(threshold, statuses):
    table = assigned(no_edits(LABELS), threshold)
    assert table[columns.TOPIC_STATUS].tolist() == [*statuses, "empty text", "no known term"]
    assert [topic is not None for topic in ids(table)[:3]] == [status == "ok" for status in statuses]
    assert table[columns.TOPIC_PROBABILITY].tolist()[:3] == [0.7, 0.4, 0.7]


def test_the_threshold_is_met_by_merged_topics_together():
    assert ids(assigned(edited(belongs_to=(1, 1, 2, 3)), 0.65))[1] == 1


def test_a_hidden_topic_below_the_threshold_is_below_the_threshold():
    table = assigned(edited(hidden=(True,) * 4), 0.5)
    assert table[columns.TOPIC_STATUS].tolist()[:3] == ["hidden topic", "below threshold", "hidden topic"]


def test_of_equal_shares_the_lower_topic_is_given():
    assert ids(assigned(no_edits(LABELS), shares=np.array([[0.2, 0.4, 0.4, 0.0]]))) == [1]


def test_no_row_gives_no_row_with_all_columns():
    table = assigned(no_edits(LABELS), shares=SHARES[:0])
    assert (len(table), len(table.columns)) == (0, len(ASSIGNED_TOPICS))


def test_merged_shares_sum_to_one_and_do_not_hang_on_the_other_rows():
    shares = np.random.default_rng(3).dirichlet(np.full(6, 0.2), size=500)
    together = merged_shares(shares, (4, 1, 4, 1, 4, 5))
    assert together.sum(axis=1) == pytest.approx(1)
    assert (together[:, [0, 2, 3]] == 0).all()
    alone = np.concatenate([merged_shares(row[None], (4, 1, 4, 1, 4, 5)) for row in shares])
    assert alone.tobytes() == together.tobytes()


def test_unknown_words_have_no_share_where_there_is_no_word():
    shares = unknown_word_shares(np.array([4, 3, 0]), np.array([1, 3, 0]))
    assert shares.tolist() == pytest.approx([0.75, 0.0, np.nan], nan_ok=True)
