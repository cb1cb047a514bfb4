"""One index for each state of the data, however many ask at once."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone

import pytest

from tests.python.conftest import ROOT
from tests.python.unit.explorer.memory_source import small_source
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared import files
from text_explorer.explorer.shared.errors import NotReadyError
from text_explorer.explorer.shared.files import private_folder
from text_explorer.explorer.shared.roles import ROLE_LABELS
from text_explorer.explorer.topic_answers.overview import overview


def make_store(source, folder):
    return IndexStore(source, folder, check_every=0)


def join_builds():
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)


def wait(store):
    """Ask for the status until nothing is being built."""
    for _ in range(20):
        status = store.status()
        if status["state"] != "building":
            return status
        join_builds()
    raise AssertionError("The index was never finished.")


def try_again(store):
    """Wait until what is being tried has ended, ask for the status, and wait for what that starts."""
    join_builds()
    store.status()
    join_builds()


def count_documents(store):
    with store.open() as index:
        return overview(index)["counts"]["documents"]


def test_the_first_question_starts_the_building_and_does_not_wait(tmp_path):
    source = small_source()
    source.gate = threading.Event()
    store = make_store(source, tmp_path)
    status = store.status()
    assert status.pop("dataset") in ROLE_LABELS.values()
    assert status.pop("rows_read") >= 0
    assert status == {
        "state": "building",
        "usable": False,
        "version": None,
        "edits_version": None,
        "error": None,
    }
    with pytest.raises(NotReadyError, match="still being read"), store.open():
        pass
    source.gate.set()
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7


def test_the_overview_says_when_the_reading_began(tmp_path, monkeypatch):
    nine = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)
    monkeypatch.setattr("text_explorer.explorer.loading.build.utc_now", lambda: nine)
    store = make_store(small_source(), tmp_path)
    wait(store)
    with store.open() as index:
        assert overview(index)["read_at"] == "2026-03-01T09:00:00+00:00"


def test_the_overview_names_the_same_version_as_the_status(tmp_path):
    store = make_store(small_source(), tmp_path)
    status = wait(store)
    with store.open() as index:
        answer = overview(index)
    assert (answer["version"], answer["edits"]["version"]) == (status["version"], status["edits_version"])


def test_many_threads_asking_at_once_read_the_data_once(tmp_path):
    source = small_source()
    source.gate = threading.Event()
    stores = [make_store(source, tmp_path) for _ in range(4)]
    threads = [threading.Thread(target=store.status) for store in stores for _ in range(4)]
    for thread in threads:
        thread.start()
    source.gate.set()
    for thread in threads:
        thread.join(10)
    assert [wait(store)["state"] for store in stores] == ["ready"] * 4
    assert source.n_readings == 1


def test_several_processes_asking_at_once_all_get_the_whole_index(tmp_path):
    program = (
        "import sys, pathlib\n"
        "from tests.python.unit.explorer.test_index_store import count_documents, make_store, small_source, wait\n"
        "store = make_store(small_source(), pathlib.Path(sys.argv[1]))\n"
        "wait(store)\n"
        "sys.stdout.write(str(count_documents(store)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "python-lib"), str(ROOT)])}
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=60)[0] for process in running] == ["7", "7", "7"]
    assert len(list(tmp_path.glob("*.sqlite"))) == 1


def test_a_change_of_the_data_gives_a_new_index_and_removes_the_old(tmp_path):
    source = small_source()
    store = make_store(source, tmp_path)
    first = wait(store)
    source.tables["document_topics"].append({**source.tables["document_topics"][0], "id": "h"})
    source.version = "2"
    second = wait(store)
    assert second["version"] != first["version"]
    assert count_documents(store) == 8
    assert len(list(tmp_path.glob("*.sqlite"))) == 1


def test_indexes_of_other_settings_are_kept(tmp_path):
    wait(make_store(small_source(), tmp_path))
    wait(make_store(small_source(id_column=""), tmp_path))
    assert len(list(tmp_path.glob("*.sqlite"))) == 2


def test_an_index_of_other_settings_goes_once_it_was_unused_for_a_week(tmp_path):
    old, fresh = tmp_path / "gone-state.sqlite", tmp_path / "other-state.sqlite"
    for path in (old, fresh):
        path.write_bytes(b"")
    eight_days_ago = time.time() - 8 * 24 * 3600
    os.utime(old, (eight_days_ago, eight_days_ago))
    wait(make_store(small_source(), tmp_path))
    assert (old.exists(), fresh.exists()) == (False, True)


def unused(folder, *names):
    """Make files of an index unused for eight days."""
    eight_days_ago = time.time() - 8 * 24 * 3600
    for name in names:
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (eight_days_ago, eight_days_ago))


def test_all_files_of_an_unused_index_go_with_it(tmp_path):
    unused(tmp_path, "gone-state.sqlite", "gone-state.lock", "half-state.part", "half-state.lock")
    wait(make_store(small_source(), tmp_path))
    assert list(tmp_path.glob("gone-*")) + list(tmp_path.glob("half-*")) == []


def test_an_unused_index_goes_though_nothing_is_to_be_built(tmp_path):
    wait(make_store(small_source(), tmp_path))
    unused(tmp_path, "gone-state.sqlite")
    assert make_store(small_source(), tmp_path).status()["state"] == "ready"
    assert list(tmp_path.glob("gone-*")) == []


def test_an_index_being_written_is_never_removed(tmp_path):
    path = tmp_path / "slow-state.sqlite"
    with files.exclusive(path):
        unused(tmp_path, "slow-state.sqlite", "slow-state.part", "slow-state.lock")
        wait(make_store(small_source(), tmp_path))
        assert len(list(tmp_path.glob("slow-state.*"))) == 3
    files.remove_unused(tmp_path / "other-state.sqlite")
    assert list(tmp_path.glob("slow-state.*")) == []


def test_who_waited_for_a_lock_that_was_removed_takes_the_next_one(tmp_path, monkeypatch):
    path, lock = tmp_path / "one-state.sqlite", files.fcntl.flock
    waits = []

    def lock_after_removal(handle, operation):
        waits.append(handle)
        if len(waits) == 1:
            path.with_suffix(".lock").unlink()
        lock(handle, operation)

    monkeypatch.setattr(files.fcntl, "flock", lock_after_removal)
    with files.exclusive(path):
        assert len(waits) == 2
        assert path.with_suffix(".lock").exists()


@pytest.mark.parametrize("suffix", ["sqlite", "columns"])
def test_a_used_index_is_kept_fresh(tmp_path, suffix):
    store = make_store(small_source(), tmp_path)
    wait(store)
    file = next(tmp_path.glob(f"*.{suffix}"))
    os.utime(file, (0, 0))
    count_documents(store)
    assert file.stat().st_mtime > 0


def test_an_index_of_which_a_file_was_cleared_is_built_again(tmp_path):
    store = make_store(small_source(), tmp_path)
    wait(store)
    next(tmp_path.glob("*.columns")).unlink()
    assert store.status()["state"] == "building"
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7


@pytest.mark.parametrize("name", ["text_explorer.__version__", "text_explorer.explorer.index_store.INDEX_FORMAT"])
def test_an_index_of_another_version_or_format_is_not_read(tmp_path, monkeypatch, name):
    source = small_source()
    before = wait(make_store(source, tmp_path))["version"]
    monkeypatch.setattr(name, "another")
    assert wait(make_store(source, tmp_path))["version"] != before
    assert source.n_readings == 2


def test_the_state_of_the_data_is_not_asked_for_at_every_request(tmp_path):
    source, now = small_source(), [0.0]
    store = IndexStore(source, tmp_path, check_every=10, clock=lambda: now[0])
    first = wait(store)
    source.version = "2"
    assert store.status() == first
    now[0] = 10.0
    assert wait(store)["version"] != first["version"]


def read(status):
    return status["state"], status["usable"], status["error"]


def test_an_unbuilt_dataset_fails_with_its_sentence_until_it_is_built(tmp_path):
    source = small_source()
    source.unreadable.add("topics")
    store = make_store(source, tmp_path)
    expected = ("failed", False, "The dataset 'my_topics' cannot be read. Build it, then try again.")
    assert read(wait(store)) == expected
    with pytest.raises(NotReadyError, match="my_topics"), store.open():
        pass
    source.unreadable.clear()
    assert read(store.status()) == expected
    store.read_again()
    assert wait(store)["state"] == "ready"


def test_an_unexpected_fault_is_described_in_the_log_only(tmp_path, caplog):
    source = small_source()
    source.rows = lambda role, columns: 1 / 0
    status = wait(make_store(source, tmp_path))
    assert status["state"] == "failed"
    assert "unexpected error" in status["error"]
    assert "division" not in status["error"]
    assert "ZeroDivisionError" in caplog.text


def test_reading_again_reads_again_though_nothing_seems_changed(tmp_path):
    source = small_source()
    store = make_store(source, tmp_path)
    wait(store)
    store.read_again()
    wait(store)
    assert source.n_readings == 2


def test_a_half_written_file_of_a_killed_process_does_no_harm(tmp_path):
    store = make_store(small_source(), tmp_path)
    version = wait(store)["version"]
    store.read_again()
    (tmp_path / f"{version}.part").write_bytes(b"half a file")
    assert wait(store)["state"] == "ready"


def test_a_folder_that_is_missing_is_made(tmp_path):
    store = make_store(small_source(), tmp_path / "gone")
    assert wait(store)["state"] == "ready"


def test_the_documents_lie_in_a_folder_only_their_owner_can_read(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = private_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    assert private_folder() != folder
