"""What can be seen of documents that are still being read."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.python.unit.explorer.filterable_source import COUNTRIES, filterable_source
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.documents.counts import count_by_group, count_documents
from text_explorer.explorer.documents.listing import document_detail, list_documents
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.story.telling import story
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.loading import documents
from text_explorer.explorer.shared.current_edits import no_edits
from text_explorer.explorer.shared.errors import NotReadyError
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.topic_answers.overview import overview


class SlowSource:
    """A source that hands over the rows of the documents one batch after the other, on request."""

    def __init__(self, source, batch):
        self._source, self._batch = source, batch
        self.allowed = threading.Semaphore(0)
        self.fails = False

    def __getattr__(self, name):
        return getattr(self._source, name)

    def rows(self, role, columns):
        for number, row in enumerate(self._source.rows(role, columns)):
            if role == "document_topics" and number % self._batch == 0:
                self.allowed.acquire(timeout=10)
                if self.fails:
                    raise RuntimeError("gone")
            yield row


@pytest.fixture
def building(tmp_path, monkeypatch):
    """Return a store that has read four of seven documents, and its source."""
    monkeypatch.setattr(documents, "BATCH", 2)
    monkeypatch.setattr(documents, "COMMIT_ROWS", 2)
    source = SlowSource(filterable_source(), 2)
    store = IndexStore(source, tmp_path, check_every=0)
    store.status()
    source.allowed.release(2)
    wait_until(lambda: rows_of(store) == 4)
    yield store, source
    source.allowed.release(10)
    finish(store)


def wait_until(is_so):
    for _ in range(500):
        if is_so():
            return
        threading.Event().wait(0.01)
    raise AssertionError("It did not come so far.")


def rows_of(store):
    try:
        with store.open() as index:
            return index.documents.n_rows
    except NotReadyError:
        return 0


def finish(store):
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)


def test_before_the_first_documents_there_is_nothing_to_use(tmp_path):
    source = SlowSource(filterable_source(), 2)
    store = IndexStore(source, tmp_path, check_every=0)
    assert (store.status()["usable"], store.status()["state"]) == (False, "building")
    with pytest.raises(NotReadyError, match="still being read"), store.open():
        pass
    source.allowed.release(10)
    finish(store)


def test_the_status_says_that_what_was_read_can_be_used(building):
    store, _ = building
    status = store.status()
    assert (status["state"], status["usable"], status["rows_read"]) == ("building", True, 4)
    assert status["version"].endswith("-building")
    assert status["edits_version"] is not None


def test_documents_read_so_far_are_listed_counted_and_shown(building):
    store, _ = building
    with store.open() as index:
        assert not index.is_complete
        found = list_documents(index, Selection(typed="tea"), Page())
        assert sorted(entry["row"] for entry in found["documents"]) == [0, 1, 2]
        assert (found["total"], found["of"]) == (3, 4)
        assert count_documents(index, Selection())["topics"] == {0: 2, 1: 2, 2: 0}
        values = count_by_group(index, Selection(), COUNTRIES)["values"]
        assert [value["value"] for value in values] == ["chile", "peru"]
        assert document_detail(index, 3)["groups"] == ["peru", "tea"]


def test_one_request_sees_one_state_while_more_is_read(building):
    store, source = building
    with store.open() as index:
        source.allowed.release(10)
        threading.Event().wait(0.2)
        assert index.connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 4
        assert count_documents(index, Selection(typed="tea"))["n"] == 3
    finish(store)
    with store.open() as index:
        assert index.is_complete
        assert count_documents(index, Selection(typed="tea"))["n"] == 4


def test_the_finished_index_has_another_version_and_leaves_nothing_half_read(building, tmp_path):
    store, source = building
    before = store.status()["version"]
    source.allowed.release(10)
    finish(store)
    after = store.status()
    assert (after["state"], after["usable"]) == ("ready", True)
    assert after["version"] != before
    assert {path.suffix for path in tmp_path.iterdir()} == {
        ".sqlite",
        ".columns",
        ".vectors",
        ".seal",
        ".lock",
        ".used",
    }


def test_other_stores_see_what_one_has_read(building, tmp_path):
    _, source = building
    other = IndexStore(source, tmp_path, check_every=0)
    assert other.status()["usable"]
    assert rows_of(other) == 4


def test_entries_cut_off_while_they_are_used_are_no_longer_read(building, tmp_path):
    store, _ = building
    (records,) = tmp_path.glob("*.records")
    records.write_bytes(b"")
    with pytest.raises(NotReadyError, match="read again"), store.open():
        pass


def test_reading_again_does_not_restart_what_is_being_read(building):
    store, source = building
    store.read_again()
    source.allowed.release(10)
    finish(store)
    assert store.status()["state"] == "ready"
    assert source.n_readings == 1


def test_a_reading_that_fails_half_way_is_reported_and_keeps_no_document(building, tmp_path):
    store, source = building
    source.fails = True
    source.allowed.release(10)
    finish(store)
    status = store.status()
    assert (status["state"], status["usable"]) == ("failed", False)
    with pytest.raises(NotReadyError, match="unexpected error"), store.open():
        pass
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix in (".part", ".records")] == []


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("overview", "model_paths"),
        ("topics/0", "model_paths"),
        ("review/results", "model_paths"),
        ("edits", "visitor"),
    ],
)
def test_a_build_goes_on_while_a_request_waits_for_dss(building, tmp_path, address, question):
    store, source = building
    answer_now, asked, may_answer = getattr(source, question), threading.Event(), threading.Event()

    def slow(argument):
        asked.set()
        assert may_answer.wait(30)
        return answer_now(argument)

    setattr(source, question, slow)
    app = Flask(__name__)
    register(app, source, folder=tmp_path, check_every=0)
    with ThreadPoolExecutor(1) as threads:
        request = threads.submit(app.test_client().get, f"/api/{address}")
        assert asked.wait(30)
        source.allowed.release(10)
        wait_until(lambda: store.status()["state"] == "ready")
        assert not request.done()
        may_answer.set()
        assert request.result(30).status_code == 200


def test_a_build_goes_on_while_a_request_asks_for_the_edits(building, tmp_path):
    """A request that held a transaction meanwhile would keep the build from writing."""
    store, source = building
    asked, answer, in_time = threading.Event(), threading.Event(), []

    def slow_edits(labels):
        asked.set()
        in_time.append(answer.wait(10))
        return no_edits(labels)

    slow = IndexStore(source, tmp_path, check_every=0, edits=slow_edits)
    request = threading.Thread(target=rows_of, args=(slow,))
    request.start()
    assert asked.wait(10)
    source.allowed.release(10)
    wait_until(lambda: store.status()["state"] == "ready")
    answer.set()
    request.join()
    assert in_time[0] is True


def test_numbers_are_compared_once_all_documents_are_read(building):
    store, _ = building
    with store.open() as index:
        told = overview(index)["capabilities"]["drivers"]
        assert (told["on"], told["reason"].startswith("The documents are still being read")) == (False, True)
        assert story(index, Selection())["building"] is True
