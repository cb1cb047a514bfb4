import numpy as np
import pytest

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.models.training import best_topics
from text_explorer.topics.prevalence import by_group
from text_explorer.topics.prevalence.by_group import GroupCounts

NO_TOPIC = [np.nan, np.nan]


def counted(shares, cells, chunk=10**6):
    shares = np.array(shares, dtype=float)
    counts = GroupCounts("country", shares.shape[1])
    for first in range(0, len(shares), chunk):
        counts.add(
            shares[first : first + chunk], best_topics(shares[first : first + chunk]), cells[first : first + chunk]
        )
    return counts.table()


def groups(table):
    names = [columns.GROUP_VALUE, columns.GROUP_KIND, columns.N_DOCUMENTS]
    return list(table.loc[table[columns.TOPIC_ID] == 0, names].itertuples(index=False, name=None))


def test_each_value_has_its_documents_best_topics_mean_shares_and_lift():
    table = counted([[0.8, 0.2], [0.2, 0.8], [0.2, 0.8]], ["fr", "de", "fr"])
    assert table.columns.tolist() == names_of(columns.TOPICS_BY_GROUP)
    assert list(table.drop(columns=columns.LOG2_LIFT).itertuples(index=False, name=None)) == [
        ("country", "fr", "value", 0, 2, 0.5, 0.5),
        ("country", "fr", "value", 1, 2, 0.5, 0.5),
        ("country", "de", "value", 0, 1, 0.0, 0.2),
        ("country", "de", "value", 1, 1, 1.0, 0.8),
    ]
    assert table[columns.LOG2_LIFT].tolist() == pytest.approx(np.log2([5 / 4, 5 / 6, 1 / 2, 4 / 3]), abs=1e-6)


def test_groups_go_by_falling_number_of_documents_then_by_the_alphabet_and_empty_ones_come_last():
    table = counted([[0.8, 0.2]] * 7, ["b", None, "a", "c", "c", "", None])
    assert groups(table) == [
        ("c", "value", 2),
        ("a", "value", 1),
        ("b", "value", 1),
        ("no value", "no value", 3),
    ]


def test_a_value_that_reads_like_no_value_is_another_group():
    assert groups(counted([[0.8, 0.2]] * 2, ["no value", None])) == [
        ("no value", "value", 1),
        ("no value", "no value", 1),
    ]


def test_the_rarest_values_are_one_named_group(monkeypatch):
    monkeypatch.setattr(by_group, "MOST_GROUPS", 2)
    table = counted([[0.8, 0.2]] * 4 + [[0.2, 0.8]] * 2, ["a", "a", "b", "b", "c", "d"])
    assert groups(table) == [("a", "value", 2), ("b", "value", 2), ("2 other values", "other values", 2)]
    assert table[columns.MEAN_SHARE].tolist()[-2:] == [0.2, 0.8]


def test_a_hundred_values_are_shown_and_no_more():
    assert len(groups(counted([[1, 0]] * 100, [f"v{i}" for i in range(100)]))) == 100
    found = groups(counted([[1, 0]] * 130, [f"v{i}" for i in range(130)]))
    assert (len(found), found[-1]) == (101, ("30 other values", "other values", 30))


def test_a_column_of_keys_keeps_its_first_values_and_counts_all(monkeypatch):
    monkeypatch.setattr(by_group, "MOST_GROUPS", 2)
    monkeypatch.setattr(by_group, "MOST_VALUES", 3)
    found = groups(counted([[1, 0]] * 6, list("abcdef")))
    assert found[2:] == [("more than 1 other values", "other values", 4)]


def test_numbers_and_texts_that_look_the_same_are_one_value():
    assert groups(counted([[1, 0]] * 4, [17, 17.0, "17", True])) == [("17", "value", 3), ("true", "value", 1)]


def test_documents_without_a_topic_count_nowhere():
    assert groups(counted([[0.8, 0.2], NO_TOPIC, NO_TOPIC], ["a", "a", "b"])) == [("a", "value", 1)]


def test_a_topic_no_document_has_a_share_of_has_no_lift():
    table = counted([[1, 0], [1, 0]], ["a", "b"])
    assert table[columns.LOG2_LIFT].isna().tolist() == [False, True, False, True]


@pytest.mark.parametrize("shares", [np.zeros((0, 2)), [NO_TOPIC]])
def test_without_documents_there_is_no_group(shares):
    table = counted(shares, ["a"] * len(shares))
    assert table.columns.tolist() == names_of(columns.TOPICS_BY_GROUP)
    assert len(table) == 0


def test_counts_of_parts_in_any_order_are_those_of_the_whole():
    generator = np.random.default_rng(3)
    shares = generator.dirichlet(np.ones(3), 120)
    shares[::10] = np.nan
    cells = [*generator.choice(["north", "south", "west"], 110), *([None] * 10)]
    parts = GroupCounts("country", 3)
    for rows in np.array_split(generator.permutation(120), 5):
        part = GroupCounts("country", 3)
        part.add(shares[rows], best_topics(shares[rows]), [cells[row] for row in rows])
        parts.merge(part)
    assert len(groups(parts.table())) == 4
    assert parts.table().equals(counted(shares, cells))


def test_values_beyond_those_counted_apart_are_counted_together_when_parts_are_added(monkeypatch):
    monkeypatch.setattr(by_group, "MOST_GROUPS", 2)
    monkeypatch.setattr(by_group, "MOST_VALUES", 2)
    first, second = GroupCounts("group", 1), GroupCounts("group", 1)
    first.add(np.ones((3, 1)), np.zeros(3, dtype=np.int64), ["a", "b", "a"])
    second.add(np.ones((3, 1)), np.zeros(3, dtype=np.int64), ["c", "b", None])
    first.merge(second)
    assert groups(first.table()) == [
        ("a", "value", 2), ("b", "value", 2), ("more than 0 other values", "other values", 1),
        (columns.KIND_EMPTY, columns.KIND_EMPTY, 1),
    ]  # fmt: skip


def test_a_value_that_one_part_did_not_count_apart_is_counted_apart_no_longer(monkeypatch):
    monkeypatch.setattr(by_group, "MOST_GROUPS", 2)
    monkeypatch.setattr(by_group, "MOST_VALUES", 2)
    parts = []
    for cells in (["a", "b"], ["c", "d", "b"], ["b", "d", "a"]):
        counts = GroupCounts("group", 1)
        counts.add(np.ones((len(cells), 1)), np.zeros(len(cells), dtype=np.int64), cells)
        parts.append(counts)
    first, second, third = parts
    first.merge(second)  # it has counted b among the others
    assert groups(first.table()) == [("more than 0 other values", "other values", 5)]
    first.merge(third)
    assert groups(first.table()) == [("more than 0 other values", "other values", 8)]


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_chunks_do_not_show(monkeypatch, chunk):
    monkeypatch.setattr(by_group, "MOST_GROUPS", 5)
    monkeypatch.setattr(by_group, "MOST_VALUES", 12)
    generator = np.random.default_rng(0)
    shares = generator.dirichlet(np.ones(4), 400)
    shares[::9] = np.nan
    cells = generator.choice([*"abcdefghijklmnop", ""], 400).tolist()
    assert counted(shares, cells, chunk).equals(counted(shares, cells))


def test_a_moved_document_counts_for_its_topic_by_the_proportions_the_model_finds():
    counts = GroupCounts("country", 2)
    counts.add(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 1]), ["a", "a"])
    table = counts.table()
    assert table[columns.DOCUMENT_SHARE].tolist() == [0.5, 0.5]
    assert table[columns.MEAN_SHARE].tolist() == pytest.approx([0.85, 0.15])
