"""What processes that share the folder of the indexes do to each other: nothing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time

import pytest

from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.test_index_store import ROOT, count_documents, make_store, unused, wait
from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared import files

USER = """
import pathlib, sys
from tests.python.unit.explorer.test_index_store import make_store, small_source, wait
store = make_store(small_source(), pathlib.Path(sys.argv[1]))
print(wait(store)["version"], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path):
    """Start a process that uses an index of the small source and return it with the version of that index."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "python-lib"), str(ROOT)])}
    command = [sys.executable, "-c", USER, str(tmp_path)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process, process.stdout.readline().strip()
        process.kill()


def source_of_version(version):
    source = small_source()
    source.version = version
    return source


def test_an_index_that_another_process_uses_is_not_removed_by_a_newer_one(tmp_path, other_process):
    process, version = other_process
    store = make_store(source_of_version("2"), tmp_path)
    assert wait(store)["state"] == "ready"
    assert (tmp_path / f"{version}.sqlite").exists()
    process.stdin.close()
    process.wait(10)
    wait(make_store(source_of_version("3"), tmp_path))
    assert not list(tmp_path.glob(f"{version}.*"))


def test_an_index_that_another_process_uses_is_not_removed_as_unused(tmp_path, other_process):
    _, version = other_process
    names = [path.name for path in tmp_path.glob(f"{version}.*")]
    assert f"{version}.sqlite" in names
    eight_days_ago = time.time() - 8 * 24 * 3600
    for name in names:
        os.utime(tmp_path / name, (eight_days_ago, eight_days_ago))
    wait(make_store(small_source(id_column=""), tmp_path))
    assert (tmp_path / f"{version}.sqlite").exists()


def test_an_index_let_go_by_the_last_who_used_it_is_removed_by_them(tmp_path):
    source = small_source()
    slow, quick = make_store(source, tmp_path), make_store(source, tmp_path)
    old = wait(slow)["version"]
    wait(quick)
    source.version = "2"
    wait(quick)
    assert (tmp_path / f"{old}.sqlite").exists()
    wait(slow)
    assert not list(tmp_path.glob(f"{old}.*"))


@pytest.mark.parametrize("attribute", ["place", "version"])
def test_two_webapps_that_differ_in_one_thing_have_an_index_each(tmp_path, attribute):
    sources = [small_source(), small_source()]
    setattr(sources[1], attribute, "elsewhere")
    stores = [make_store(source, tmp_path) for source in sources]
    versions = {wait(store)["version"] for _ in range(3) for store in stores}
    assert len(versions) == 2
    assert [source.n_readings for source in sources] == [1, 1]


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_files_cannot_be_locked_each_process_keeps_an_index_of_its_own(tmp_path, monkeypatch, code):
    def no_lock(handle, operation):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(files.fcntl, "flock", no_lock)
    store = IndexStore(small_source(), check_every=0)
    assert wait(store)["state"] == "ready"
    assert count_documents(store) == 7
    (found,) = tmp_path.rglob("*.sqlite")
    assert found.parent.name.startswith("alone-")


def test_folders_of_processes_that_ended_are_removed_after_a_week(tmp_path):
    left = tmp_path / "alone-gone"
    left.mkdir()
    unused(left, "a-b.sqlite")
    eight_days_ago = time.time() - 8 * 24 * 3600
    os.utime(left, (eight_days_ago, eight_days_ago))
    wait(make_store(small_source(), tmp_path))
    assert not left.exists()
