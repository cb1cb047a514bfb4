import numpy as np
import pytest

from text_explorer.topics.models.parts.statistics import CountsError, Statistics, checked_sum


def statistics_of(words, changes):
    return Statistics({"words": np.array(words)}, {"table": np.array(changes, dtype=np.int32)})


@pytest.fixture
def one():
    return statistics_of([7], [[1, -1], [0, 2]])


@pytest.fixture
def other():
    return statistics_of([5], [[-3, 1], [2, 2]])


def test_sums_add_each_array(one, other):
    total = one + other
    assert total.counts["words"].tolist() == [12]
    assert total.changes["table"].tolist() == [[-2, 0], [2, 4]]
    assert one.counts["words"].tolist() == [7]


def test_the_order_of_additions_does_not_show():
    generator = np.random.default_rng(1)
    parts = [statistics_of([n], generator.integers(-50, 50, (4, 6))) for n in range(20)]
    forward, backward = parts[0].zero(), parts[0].zero()
    for part in parts:
        forward += part
    for part in reversed(parts):
        backward += part
    pairs = [left + right for left, right in zip(parts[::2], parts[1::2])]
    tree = pairs[0].zero()
    for pair in pairs:
        tree += pair
    assert forward.to_bytes() == backward.to_bytes() == tree.to_bytes()


def test_zero_changes_nothing(one):
    assert (one + one.zero()).to_bytes() == one.to_bytes()
    assert one.zero().nbytes == one.nbytes == 8 + 16


def test_statistics_survive_their_bytes(one):
    read = Statistics.from_bytes(one.to_bytes(), one.zero())
    assert read.to_bytes() == one.to_bytes()
    assert read.changes["table"].dtype == np.int32


def test_statistics_of_different_shapes_are_not_added(one):
    with pytest.raises(CountsError, match=r"^Statistics of words 1, table 1×2 cannot be added to those of words 1, "):
        one + statistics_of([1], [[0, 0]])


@pytest.mark.parametrize(
    "forged",
    [
        statistics_of([1], [[0, 0]]),
        statistics_of([1, 2], [[0, 0], [0, 0]]),
        Statistics({"words": np.array([1.0])}, {"table": np.zeros((2, 2), dtype=np.int32)}),
        Statistics({"words": np.array([1]), "table": np.zeros((2, 2), dtype=np.int32)}, {}),
    ],
    ids=["another shape", "more counts", "floats", "changes as counts"],
)
def test_statistics_of_another_layout_are_refused(one, forged):
    with pytest.raises(CountsError, match=r"not those expected, words 1, table 2×2\. A part of the documents was lost"):
        Statistics.from_bytes(forged.to_bytes(), one)


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b + b"\0", lambda _: b"", lambda b: b"X" + b[1:]])
def test_damaged_bytes_are_refused(one, damage):
    with pytest.raises(CountsError, match="not those expected"):
        Statistics.from_bytes(damage(one.to_bytes()), one)


def test_negative_counts_are_refused_and_negative_changes_are_not(one):
    with pytest.raises(CountsError, match="negative counts of words"):
        Statistics.from_bytes(statistics_of([-1], [[0, 0], [0, 0]]).to_bytes(), one)


# Sums with the counts before


def test_a_sum_comes_with_the_totals_of_its_columns():
    sums, totals = checked_sum(np.array([[3, 0], [1, 2]], dtype=np.uint16), np.array([[-2, 1], [1, 0]]), 6, "words")
    assert (sums.tolist(), sums.dtype, totals.tolist()) == ([[1, 1], [2, 2]], np.uint16, [3, 3])


@pytest.mark.parametrize("dtype", [np.uint16, np.int32])
def test_a_negative_cell_stops_the_run_even_if_the_total_is_right(dtype):
    counts = np.array([[1, 3]], dtype=dtype)
    with pytest.raises(CountsError, match=r"^The counts of words do not add up: 1 of 2 are impossible\. A part of the"):
        checked_sum(counts, np.array([[-2, 2]]), 4, "words")


def test_a_cell_too_large_for_its_type_stops_the_run():
    with pytest.raises(CountsError, match="1 of 2 are impossible"):
        checked_sum(np.array([[65_535, 3]], dtype=np.uint16), np.array([[1, -1]]), 65_538, "words")


def test_another_total_stops_the_run():
    with pytest.raises(CountsError, match=r"^The counts of words do not add up: 5 instead of 4\."):
        checked_sum(np.array([[1, 3]]), np.array([[0, 1]]), 4, "words")
