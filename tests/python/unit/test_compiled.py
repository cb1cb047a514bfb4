"""Compiled kernels are cached on disk, and compiled again after a change in any of their files."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import text_explorer.compiled

CALLED = "from text_explorer.compiled import compiled\n\n\n@compiled\ndef step(x):\n    return x + {}\n"
CALLER = """
from text_explorer.compiled import compiled
from text_explorer._called_kernels import step


@compiled
def twice(x):
    return step(step(x))
"""


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "library" / "text_explorer"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    shutil.copy(text_explorer.compiled.__file__, folder / "compiled.py")
    (folder / "_called_kernels.py").write_text(CALLED.format(1))
    (folder / "_caller_kernels.py").write_text(CALLER)
    return folder


def twice_of_ten(package, tmp_path, largest_file=-1, **environment):
    """Call the caller in a process of its own; return its result and the number of kernels loaded from disk.

    Writing more than `largest_file` bytes to a file fails, as on a full disk.
    """
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file}, {largest_file}))\n"
    code += "from text_explorer._caller_kernels import twice\nprint(twice(10), sum(twice.stats.cache_hits.values()))"
    inherited = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**inherited, "PYTHONPATH": str(package.parent), "XDG_CACHE_HOME": str(tmp_path / "cache"), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    result, hits = done.stdout.split()
    return int(result), int(hits)


def cached(tmp_path, pattern):
    return list((tmp_path / "cache" / "text-explorer").glob(f"kernels-*/*/{pattern}"))


def test_a_second_process_loads_what_the_first_compiled(package, tmp_path):
    assert twice_of_ten(package, tmp_path) == (12, 0)
    assert twice_of_ten(package, tmp_path) == (12, 1)


def test_a_change_in_a_called_kernel_of_another_file_compiles_the_caller_again(package, tmp_path):
    assert twice_of_ten(package, tmp_path) == (12, 0)
    (package / "_called_kernels.py").write_text(CALLED.format(5))
    assert twice_of_ten(package, tmp_path) == (20, 0)


def test_kernels_are_cached_for_the_user(package, tmp_path):
    twice_of_ten(package, tmp_path)
    assert cached(tmp_path, "*.nbi")
    assert not list(package.rglob("*.nbi"))


def test_a_copy_of_the_package_loads_what_the_first_compiled(package, tmp_path):
    assert twice_of_ten(package, tmp_path) == (12, 0)
    copy = tmp_path / "another" / package.name
    shutil.copytree(package, copy)
    assert twice_of_ten(copy, tmp_path) == (12, 1)


def test_kernels_of_versions_that_nobody_has_used_for_a_month_are_removed(package, tmp_path):
    month_ago = time.time() - 31 * 86_400
    for name, used in (("kernels-old", month_ago), ("kernels-recent", time.time()), ("text_explorer-old", month_ago)):
        (tmp_path / "cache" / "text-explorer" / name).mkdir(parents=True)
        os.utime(tmp_path / "cache" / "text-explorer" / name, (used, used))
    twice_of_ten(package, tmp_path)
    left = {folder.name for folder in (tmp_path / "cache" / "text-explorer").iterdir()}
    assert left > {"kernels-recent", "text_explorer-old"}
    assert "kernels-old" not in left


def blocked(path: Path) -> None:
    """Put a file in place of the folder, which stops root too, unlike permissions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")


def test_kernels_are_cached_in_the_package_if_the_user_has_no_writable_cache(package, tmp_path):
    blocked(tmp_path / "cache")
    assert twice_of_ten(package, tmp_path) == (12, 0)
    assert twice_of_ten(package, tmp_path) == (12, 1)
    assert list((package / "__pycache__").rglob("*.nbi"))


def test_kernels_are_cached_in_numba_s_cache_dir_if_set(package, tmp_path):
    twice_of_ten(package, tmp_path, NUMBA_CACHE_DIR=str(tmp_path / "wanted"))
    assert list((tmp_path / "wanted").rglob("*.nbi"))
    assert not list(package.rglob("*.nbi"))


def test_kernels_work_without_a_writable_folder(package, tmp_path):
    blocked(package / "__pycache__")
    blocked(tmp_path / "cache")
    assert twice_of_ten(package, tmp_path) == (12, 0)
    assert twice_of_ten(package, tmp_path) == (12, 0)


@pytest.mark.parametrize("largest_file", [0, 2_000], ids=["nothing fits", "the index fits, the code does not"])
def test_kernels_work_on_a_full_disk(package, tmp_path, largest_file):
    assert twice_of_ten(package, tmp_path, largest_file) == (12, 0)
    assert not cached(tmp_path, "*.nbc")
    assert twice_of_ten(package, tmp_path) == (12, 0)
    assert twice_of_ten(package, tmp_path) == (12, 1)


@pytest.mark.parametrize(
    ("pattern", "content"), [("*.nbi", b""), ("*.nbi", b"garbage"), ("*.nbc", b""), ("*.nbc", None)],
    ids=["empty index", "garbage index", "empty code", "truncated code"],
)  # fmt: skip
def test_a_damaged_cache_file_is_replaced(package, tmp_path, pattern, content):
    assert twice_of_ten(package, tmp_path) == (12, 0)
    files = cached(tmp_path, pattern)
    assert files
    for file in files:
        file.write_bytes(file.read_bytes()[:-40] if content is None else content)
    assert twice_of_ten(package, tmp_path) == (12, 0)
    assert twice_of_ten(package, tmp_path) == (12, 1)
