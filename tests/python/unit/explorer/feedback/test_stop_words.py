import json
from datetime import datetime, timedelta, timezone

import pytest

from text_explorer.errors import DataError
from text_explorer.explorer.feedback.stop_words import StopWordLog
from text_explorer.explorer.shared.source import Visitor
from text_explorer.topics.files.append_only_log import new_path, to_bytes, write_time

ANN = Visitor("ann", "Ann")
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log(source, writing, clock):
    return StopWordLog(source, writing, clock)


def listed(log):
    return [entry.word for entry in log.words()[0]]


def add_elsewhere(source, ahead, **changes):
    """Add a file as a machine whose clock is ahead does."""
    entry = {"author": "bo", "time": write_time(NOON + ahead), **changes}
    source.files[new_path("stop_words", NOON + ahead, None)] = to_bytes(entry)


@pytest.mark.parametrize(
    "ahead", [timedelta(0), timedelta(hours=2), timedelta(days=9), timedelta(days=365 * 30)], ids=str
)
def test_a_word_that_is_taken_off_stays_off_however_far_the_other_clock_was_ahead(log, source, writing, ahead):
    add_elsewhere(source, ahead, add=["cats", "dogs"])
    log.change({"remove": ["cats"]}, ANN)
    assert listed(log) == ["dogs"]
    log.change({"add": ["cats"]}, ANN)
    assert listed(log) == ["cats", "dogs"]
    log.change({"remove": ["DOGS", "cats"]}, ANN)
    assert listed(log) == listed(StopWordLog(source, writing)) == []


def test_a_clock_that_is_set_back_changes_no_order(log, clock):
    log.change({"add": ["cats"]}, ANN)
    clock.now = NOON - timedelta(days=2)
    log.change({"remove": ["cats"], "add": ["dogs"]}, ANN)
    log.change({"add": ["birds"]}, ANN)
    assert listed(log) == ["birds", "dogs"]
    assert log.words()[0][0].time == write_time(clock.now)


def test_a_word_taken_off_and_put_on_at_once_is_on_the_list(log):
    log.change({"add": ["cats"]}, ANN)
    log.change({"remove": ["cats"], "add": ["Cats"]}, ANN)
    assert listed(log) == ["Cats"]


@pytest.mark.parametrize(
    "changes",
    [
        {"author": 7}, {"author": "\ud800"}, {"author": "x" * 1_000}, {"time": "soon"}, {"time": None},
        {"time": "9999-01-01T00:00:00.000000Z"}, {"add": "cats"}, {"add": [7]}, {"add": ["x"] * 501},
        {"add": ["a\x1bb"]},
        {"add": ["x" * 101]}, {"remove": [None]}, {"format_version": True}, {"format_version": 99},
    ],
)  # fmt: skip
def test_a_forged_file_is_passed_over_with_a_sentence(log, source, changes):
    log.change({"add": ["dogs"]}, ANN)
    entry = {"format_version": 1, "author": "bo", "time": write_time(NOON), "add": ["cats"], "remove": [], **changes}
    path = new_path("stop_words", NOON, None)
    source.files[path] = json.dumps(entry).encode()
    words, (warning,) = log.words()
    assert [entry.word for entry in words] == ["dogs"]
    assert path in warning
    assert warning.isprintable()


def test_what_could_forge_lines_is_taken_out(log, source):
    add_elsewhere(source, timedelta(0), author="bo\nERROR", add=["\u202ecats"])
    ((entry,), warnings) = log.words()
    assert (entry.word, entry.author, warnings) == ("cats", "bo ERROR", ())


def test_nothing_is_written_that_could_not_be_read(log, source):
    with pytest.raises(DataError, match="author must be a text"):
        log.change({"add": ["cats"]}, Visitor("x" * 1_000, "X"))
    assert source.files == {}
