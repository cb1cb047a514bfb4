"""Ask one at a time; let the others go on with what is known."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from text_explorer.errors import DataError
from text_explorer.explorer.shared.remembered import Remembered


class Slow:
    """Answers with the number of the question, once it may; the latest questions wait in `asked`."""

    def __init__(self):
        self.n_asked = 0
        self.asked, self.may_answer = threading.Semaphore(0), threading.Semaphore(0)
        self.faults: dict[int, Exception] = {}

    def __call__(self):
        self.n_asked += 1
        number = self.n_asked
        self.asked.release()
        assert self.may_answer.acquire(timeout=10)
        if number in self.faults:
            raise self.faults[number]
        return number


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def threads(slow):
    with ThreadPoolExecutor(8) as pool:
        yield pool
        slow.may_answer.release(100)


def test_the_first_answer_is_waited_for_by_all_and_asked_for_once(slow, threads):
    value = Remembered(slow, 60)
    waiting = [threads.submit(value.get) for _ in range(4)]
    assert slow.asked.acquire(timeout=10)
    slow.may_answer.release()
    assert [asked.result(10) for asked in waiting] == [1, 1, 1, 1]


def test_while_one_asks_the_others_get_what_is_known(slow, threads):
    value = Remembered(slow, 0)
    slow.may_answer.release()
    assert value.get() == 1
    asking = threads.submit(value.get)
    assert slow.asked.acquire(timeout=10)
    assert slow.asked.acquire(timeout=10)
    assert [value.get() for _ in range(3)] == [1, 1, 1]
    slow.may_answer.release()
    assert asking.result(10) == 2


def test_a_fresh_value_is_one_asked_for_since(slow, threads):
    value = Remembered(slow, 60)
    first = threads.submit(value.get)
    assert slow.asked.acquire(timeout=10)
    fresh = [threads.submit(value.get, fresh=True) for _ in range(3)]
    assert wait(fresh, timeout=0).done == set()
    slow.may_answer.release(2)
    assert first.result(10) == 1
    assert {asked.result(10) for asked in fresh} <= {2, 3, 4}
    slow.may_answer.release(10)
    assert value.get() == slow.n_asked


def test_a_value_is_kept_for_some_seconds():
    now, answers = [0.0], iter("ab")
    value = Remembered(lambda: next(answers), 10, lambda: now[0])
    assert value.get() == value.get() == "a"
    now[0] = 10.0
    assert value.get() == "b"


def test_a_fault_is_reported_to_all_who_waited_and_asked_about_again(slow, threads):
    slow.faults[1] = DataError("It is not built.")
    value = Remembered(slow, 60)
    waiting = [threads.submit(value.get) for _ in range(3)]
    assert slow.asked.acquire(timeout=10)
    slow.may_answer.release(10)
    faults = [str(asked.exception(10) or asked.result()) for asked in waiting]
    assert "It is not built." in faults
    assert set(faults) <= {"It is not built.", "2"}
    assert value.get() == 2


def test_an_unexpected_fault_leaves_no_thread_waiting(slow, threads):
    slow.faults[1] = RuntimeError("gone")
    value = Remembered(slow, 60)
    waiting = [threads.submit(value.get) for _ in range(2)]
    slow.may_answer.release(10)
    results = [str(asked.exception(10) or asked.result()) for asked in waiting]
    assert sorted(results) == ["2", "gone"]
