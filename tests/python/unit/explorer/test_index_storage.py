"""Where the index cannot be written the page says where and what to do, and comes back once it can."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile

import pytest
from flask import Flask

from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.test_index_store import count_documents, try_again, wait
from text_explorer.errors import DataError
from text_explorer.explorer import index_store
from text_explorer.explorer.api.blueprint import register
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared import files
from text_explorer.explorer.shared.errors import NotReadyError
from text_explorer.explorer.shared.files import private_folder
from text_explorer.explorer.shared.write_lock import WriteLock

NAME = f"text-explorer-{os.getuid()}"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Make a folder for temporary files and let it be the one."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def make_missing(folder):
    folder.rmdir()


def make_a_file(folder):
    folder.rmdir()
    folder.write_text("")


def mend(folder):
    if folder.is_file():
        folder.unlink()
    folder.mkdir(exist_ok=True)


@pytest.mark.parametrize(("spoil", "reason"), [(make_missing, "it is missing"), (make_a_file, "a file in its place")])
def test_a_folder_that_is_none_is_reported_by_every_address_and_heals(temporary, spoil, reason):
    spoil(temporary)
    app = Flask(__name__)
    store = register(app, small_source(), check_every=0)
    client = app.test_client()
    status = client.get("/api/status")
    assert (status.status_code, status.get_json()["state"]) == (200, "failed")
    for told in (status.get_json()["error"], client.get("/api/documents").get_json()["error"]):
        assert all(part in told for part in (str(temporary), reason, "TMPDIR"))
    codes = {client.get(f"/api/{address}").status_code for address in ("overview", "documents", "topics/0", "edits")}
    assert codes == {503}
    mend(temporary)
    assert wait(store)["state"] == "ready"
    assert client.get("/api/documents").status_code == 200


def test_no_folder_for_temporary_files_at_all_is_reported(monkeypatch):
    def none():
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setenv("TMPDIR", "/gone")
    monkeypatch.setattr(tempfile, "gettempdir", none)
    status = IndexStore(small_source(), check_every=0).status()
    assert (status["state"], "'/gone'" in status["error"], "TMPDIR" in status["error"]) == ("failed", True, True)


@pytest.mark.parametrize(("code", "reason"), [
    (errno.ENOSPC, "its disk is full. Free some space"), (errno.EDQUOT, "its disk is full"),
    (errno.EROFS, "read-only disk"), (errno.EACCES, "not allowed to write there"), (errno.EIO, "Check its disk"),
])  # fmt: skip
@pytest.mark.parametrize("step", ["mkdir", "build"])
def test_a_fault_of_the_disk_is_reported_and_the_next_try_heals(temporary, monkeypatch, code, reason, step):
    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    store = IndexStore(small_source(), check_every=0)
    with monkeypatch.context() as patch:
        if step == "mkdir":
            patch.setattr("pathlib.Path.mkdir", fail)
        else:
            patch.setattr(index_store, "build_index", fail)
        status = wait(store)
        assert (status["state"], status["usable"]) == ("failed", False)
        assert reason in status["error"]
        assert str(temporary) in status["error"]
    try_again(store)
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7


def test_a_disk_that_fills_up_is_reported_as_the_tables_report_it(temporary, monkeypatch):
    def fill_up(*_):
        raise sqlite3.OperationalError("database or disk is full")

    store = IndexStore(small_source(), check_every=0)
    monkeypatch.setattr(index_store, "build_index", fill_up)
    assert "its disk is full" in wait(store)["error"]


def test_a_disk_that_is_full_in_the_middle_of_a_request_is_reported(temporary):
    store = IndexStore(small_source(), check_every=0)
    wait(store)
    with pytest.raises(NotReadyError, match="its disk is full"), store.open():
        raise sqlite3.OperationalError("database or disk is full")
    assert store.status()["state"] == "ready"


def test_a_failed_build_is_tried_again_only_after_a_while(temporary, monkeypatch):
    now, source = [0.0], small_source()
    store = IndexStore(source, check_every=10, clock=lambda: now[0])
    with monkeypatch.context() as patch:
        patch.setattr(index_store, "write_progress", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        assert wait(store)["state"] == "failed"
    now[0] = 9.0
    assert wait(store)["state"] == "failed"
    now[0] = 10.0
    try_again(store)
    assert wait(store)["state"] == "ready"


def test_a_finished_index_is_read_though_nothing_can_be_written(temporary, monkeypatch):
    assert wait(IndexStore(small_source(), check_every=0))["state"] == "ready"

    def no_space(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    files._has_locks.cache_clear()
    monkeypatch.setattr(tempfile, "TemporaryFile", no_space)
    monkeypatch.setattr(files, "_locked", no_space)
    store = IndexStore(small_source(), check_every=0)
    assert store.status()["state"] == "ready"
    assert count_documents(store) == 7


def other_owner(folder):
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)


def link(folder):
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)


def dangling_link(folder):
    folder.symlink_to(folder.with_name("nowhere"))


def plain_file(folder):
    folder.write_text("")


def open_to_others(folder):
    folder.mkdir(mode=0o700)
    folder.chmod(0o755)


FORGED = [link, dangling_link, plain_file, open_to_others]
if os.getuid() == 0:  # nobody else may give a folder to another user
    FORGED.append(other_owner)


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_folder_is_never_written_to(temporary, forge):
    forge(temporary / NAME)
    store = IndexStore(small_source(), check_every=0)
    assert wait(store)["state"] == "ready"
    assert not list((temporary / NAME).glob("*"))
    (index,) = temporary.rglob("*.sqlite")
    assert index.parent.stat().st_mode & 0o077 == 0
    assert private_folder() == index.parent


def test_a_folder_forged_while_the_backend_runs_is_never_written_to(temporary):
    store = IndexStore(small_source(), check_every=0)
    wait(store)
    (temporary / NAME).rename(temporary / "away")
    link(temporary / NAME)
    assert wait(store)["state"] == "ready"
    assert not list((temporary / "elsewhere").iterdir())


def test_where_all_names_are_taken_it_is_reported(temporary):
    for number in range(10):
        plain_file(temporary / (f"{NAME}-{number}" if number else NAME))
    error = IndexStore(small_source(), check_every=0).status()["error"]
    assert f"'{NAME}'" in error
    assert "Remove them" in error


def test_edits_can_be_saved_though_processes_cannot_meet(temporary):
    make_a_file(temporary)
    lock = WriteLock("edits")
    with lock.held():
        lock.tell_others()
    assert lock.sign() is None
    with pytest.raises(DataError, match="file in its place"):
        private_folder()
