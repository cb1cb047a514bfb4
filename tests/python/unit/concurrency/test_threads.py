import threading

import pytest

from text_explorer.concurrency.threads import map_in_order


@pytest.mark.parametrize("n_workers", [1, 2, 4])
def test_results_come_in_the_order_of_the_items(n_workers):
    assert list(map_in_order(lambda item: item * item, range(50), n_workers)) == [item * item for item in range(50)]


def test_no_more_items_are_taken_than_the_threads_can_use():
    taken, most_ahead = 0, 0

    def items():
        nonlocal taken
        for item in range(30):
            taken += 1
            yield item

    for done, _ in enumerate(map_in_order(lambda item: item, items(), 2), start=1):
        most_ahead = max(most_ahead, taken - done)
    assert most_ahead <= 3


def test_work_is_done_side_by_side():
    both_are_here = threading.Barrier(2, timeout=10)
    assert sorted(map_in_order(lambda _: both_are_here.wait(), range(2), 2)) == [0, 1]


def test_a_fault_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(map_in_order(lambda item: 1 // item, [1, 0], 2))
