"""One writer at a time, and a limit to the waiting of the next one."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.python.conftest import ROOT
from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.test_index_store import wait
from text_explorer.explorer.api.blueprint import make_blueprint
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.services import AppServices
from text_explorer.explorer.shared import write_lock
from text_explorer.explorer.shared.errors import BusyError
from text_explorer.explorer.shared.write_lock import WriteLock

WRITER = """
import sys, pathlib
sys.path.insert(0, "python-lib")
from text_explorer.explorer.shared.write_lock import WriteLock
with WriteLock("tables", pathlib.Path(sys.argv[1])).held():
    print("writes", flush=True)
    sys.stdin.read()
"""
GUARD = {"X-Text-Explorer": "1"}
REQUESTS = {
    "edits": {"changes": [{"topic_id": 0, "label": "Pets"}]},
    "stop-words": {"add": ["cats"]},
    "views": {"name": "Cats", "address": "#q=cats"},
}


@pytest.fixture
def lock(tmp_path):
    return WriteLock("tables", tmp_path, longest_wait=0.1)


@pytest.fixture
def another_process(tmp_path):
    """Start a process that holds the lock until its standard input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"writes\n"
        yield process
        process.kill()


def test_a_writer_does_not_wait_for_ever_for_another_process(lock, another_process):
    with pytest.raises(BusyError, match="Save them again in a minute"), lock.held():
        pass


@pytest.mark.parametrize("end", ["close", "kill"])
def test_a_writer_goes_on_once_another_process_has_ended(tmp_path, another_process, end):
    if end == "close":
        another_process.stdin.close()
    else:
        another_process.kill()
    with WriteLock("tables", tmp_path, longest_wait=60).held():
        assert another_process.wait(60) is not None


def test_a_writer_does_not_wait_for_ever_for_another_thread(lock):
    with lock.held(), ThreadPoolExecutor(1) as threads, pytest.raises(BusyError):
        threads.submit(lock.held().__enter__).result(60)
    with lock.held():
        pass


@pytest.mark.parametrize("address", REQUESTS)
def test_a_request_that_meets_another_writer_changes_nothing_and_can_be_sent_again(tmp_path, monkeypatch, address):
    monkeypatch.setattr(write_lock, "LONGEST_WAIT", 0)
    source = small_source()
    services, elsewhere = AppServices.of(source, tmp_path), AppServices.of(source, tmp_path)
    app, store = Flask(__name__), IndexStore(source, tmp_path, check_every=0, edits=services.edits)
    app.register_blueprint(make_blueprint(store, services))
    wait(store)
    client, body = app.test_client(), {"seen": services.edits.version(), **REQUESTS[address]}
    with elsewhere.writing.held():
        refused = client.post(f"/api/{address}", json=body, headers=GUARD)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert "Save them again in a minute" in refused.get_json()["error"]
    assert source.files == {}
    assert client.post(f"/api/{address}", json=body, headers=GUARD).status_code == 200
    assert len(source.files) == 1
