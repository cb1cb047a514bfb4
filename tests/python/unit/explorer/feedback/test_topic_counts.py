"""Counts of the review beside the topics."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.errors import DataError
from text_explorer.explorer.feedback.topic_counts import ReviewCounts


class Answers:
    """A log with the same answers, and how often it was asked."""

    def __init__(self):
        self.asked_for = []
        self.fault = None

    def results(self, model_id, final_topic):
        self.asked_for.append((model_id, list(final_topic)))
        if self.fault:
            raise self.fault
        return {"topics": [{"topic": 0, "asked": 4, "right": 3}]}


@pytest.fixture
def log():
    return Answers()


@pytest.fixture
def clock():
    return [0.0]


@pytest.fixture
def counts(log, clock):
    return ReviewCounts(log, lambda index: "model", kept_seconds=5, clock=lambda: clock[0])


def test_answers_are_reported_by_topic(indexed, counts, log):
    assert counts(indexed(theme_source())) == {0: {"asked": 4, "right": 3}}
    assert log.asked_for == [("model", [0, 1, 2, 3, 4, 5])]


def test_answers_are_cached_for_some_seconds(indexed, counts, log, clock):
    index = indexed(theme_source())
    for clock[0] in (0.0, 4.9, 5.0):
        counts(index)
    assert len(log.asked_for) == 2


def test_a_new_merge_counts_at_once(indexed, counts, log):
    counts(indexed(theme_source()))
    counts(indexed(theme_source(), edits=edited({"topic_id": 1, "merged_into": 0})))
    assert [final_topic[1] for _, final_topic in log.asked_for] == [1, 0]


def test_a_fault_of_the_folder_does_not_hide_the_topics(indexed, counts, log, caplog):
    log.fault = DataError("The folder cannot be read.")
    assert counts(indexed(theme_source())) == {}
    assert "The folder cannot be read." in caplog.text
