"""While one request waits for DSS the others are answered with what is known."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.test_index_store import wait
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.edits.log import EditLogReader
from text_explorer.explorer.feedback.answer_log import ReviewLog
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.services import AppServices
from text_explorer.explorer.shared import write_lock
from text_explorer.explorer.shared.errors import BusyError

ADDRESSES = ["status", "overview", "documents", "topics/0", "edits", "counts"]


class Blocked:
    """A question to a source that is not answered before it may be; the questions before it were."""

    def __init__(self, source, name):
        self._answer = getattr(source, name)
        self.begun, self.may_answer = threading.Event(), threading.Event()
        setattr(source, name, self)

    def __call__(self, *arguments):
        self.begun.set()
        assert self.may_answer.wait(20)
        return self._answer(*arguments)


@pytest.fixture
def threads():
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def blocked():
    """Block questions until the end of the test."""
    made = []

    def block(source, name):
        made.append(Blocked(source, name))
        return made[-1]

    yield block
    for question in made:
        question.may_answer.set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_requests_are_answered_while_one_waits_for_dss(tmp_path, threads, blocked, address):
    app, source = Flask(__name__), small_source()
    wait(register(app, source, folder=tmp_path, check_every=0))

    def ask():
        return app.test_client().get(f"/api/{address}").get_json()

    known = ask()
    now = blocked(source, "state")
    waiting = threads.submit(ask)
    assert now.begun.wait(10)
    assert threads.submit(ask).result(10) == known
    assert not waiting.done()
    now.may_answer.set()
    assert waiting.result(10) == known


@pytest.mark.parametrize("question", ["manifest", "model_paths"])
def test_edits_that_are_known_hold_while_the_log_is_looked_at(threads, blocked, question):
    source = small_source()
    reader = EditLogReader(source, kept_seconds=0)
    known = reader.found()
    now = blocked(source, question)
    looking = threads.submit(reader.found)
    assert now.begun.wait(10)
    assert reader.found() is known
    assert not looking.done()


def test_answers_of_the_review_that_are_known_hold_while_they_are_looked_at(threads, blocked, writing):
    source = small_source()
    log = ReviewLog(source, writing, kept_seconds=0)
    log.add("m", source.guest, 0, [])
    known = log.answered_if_readable()
    assert len(known) == 1
    now = blocked(source, "model_paths")
    looking = threads.submit(log.answered_if_readable)
    assert now.begun.wait(10)
    assert log.answered_if_readable() == known
    assert not looking.done()


@pytest.mark.parametrize(
    "write",
    [
        lambda services, guest: services.review.add("m", guest, 0, []),
        lambda services, guest: services.stop_words.change({"add": ["cats"]}, guest),
        lambda services, guest: services.views.change({"name": "Cats", "address": "#q=cats"}, "m", guest),
    ],
    ids=["review", "stop words", "views"],
)
def test_while_dss_stores_a_file_no_other_writer_waits_without_limit(threads, blocked, tmp_path, monkeypatch, write):
    monkeypatch.setattr(write_lock, "LONGEST_WAIT", 0)
    source = small_source()
    services = AppServices.of(source, tmp_path)
    now = blocked(source, "add_model_file")
    storing = threads.submit(write, services, source.guest)
    assert now.begun.wait(10)
    with pytest.raises(BusyError, match="Save them again in a minute"):
        write(services, source.guest)
    now.may_answer.set()
    storing.result(10)
    write(services, source.guest)


def test_the_loaded_model_answers_while_the_folder_is_looked_at(threads, blocked, monkeypatch):
    source, clock = small_source(), [0.0]
    model = object()
    monkeypatch.setattr("text_explorer.explorer.reading.model_cache.load_model", lambda read_file, manifest: model)
    keeper = ModelCache(source, clock=lambda: clock[0])
    assert keeper.get() is model
    clock[0] = 60.0
    now = blocked(source, "manifest")
    looking = threads.submit(keeper.get)
    assert now.begun.wait(10)
    assert keeper.get() is model
    assert not looking.done()
