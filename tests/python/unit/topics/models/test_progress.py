import time

import pytest

from text_explorer.topics.models.progress import Progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until its first item is changed."""
    now = [time.monotonic()]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def lines(caplog):
    caplog.set_level("INFO")
    return lambda: [record.message for record in caplog.records]


def test_the_listener_gets_each_iteration():
    received = []
    progress = Progress(lambda *iteration: received.append(iteration))
    for iteration in (1, 2, 3):
        progress.report("LDA", iteration, 3)
    assert received == [(1, 3), (2, 3), (3, 3)]


def test_the_log_has_the_first_iteration_the_last_and_one_every_five_seconds(clock, lines):
    progress = Progress()
    for iteration in range(1, 13):
        clock[0] += 1.0
        progress.report("LDA", iteration, 12)
    assert [line.split(",")[0] for line in lines()] == [f"LDA: iteration {i} of 12" for i in (1, 6, 11, 12)]


def test_the_time_left_is_that_of_the_iterations_left(clock, lines):
    progress = Progress()
    clock[0] += 30.0
    progress.report("GSDMM", 10, 40, ", 7 topics")
    assert lines() == ["GSDMM: iteration 10 of 40, about 90 s left, 7 topics"]


def test_without_a_listener_only_the_log_gets_lines(lines):
    Progress().report("LDA", 1, 1)
    assert lines() == ["LDA: iteration 1 of 1, about 0 s left"]
