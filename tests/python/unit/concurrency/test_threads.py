import threading

import pytest

from text_explorer.concurrency.threads import map_ordered


@pytest.mark.parametrize("n_workers", [1, 2, 4])
def test_results_come_in_the_order_of_the_items(n_workers):
    assert list(map_ordered(lambda item: item * item, range(50), n_workers)) == [item * item for item in range(50)]


def test_one_item_per_thread_is_taken_ahead():
    taken = []

    def items():
        for item in range(30):
            taken.append(item)
            yield item

    ahead = [len(taken) - done for done, _ in enumerate(map_ordered(lambda item: item, items(), 2), start=1)]
    assert len(ahead) == 30
    assert max(ahead) <= 2


def test_threads_work_at_the_same_time():
    both_are_here = threading.Barrier(2, timeout=10)
    assert sorted(map_ordered(lambda _: both_are_here.wait(), range(2), 2)) == [0, 1]


def test_an_error_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(map_ordered(lambda item: 1 // item, [1, 0], 2))
