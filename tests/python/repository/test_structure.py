"""The plan of the code: folders to see at a glance, files short enough to read, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.python.conftest import ROOT

MODULES_A_FOLDER = 12
LINES_A_FILE = 400
# Names that are DSS's own, and libraries as published.
NOT_OURS = ("local_dss/site/dataiku/", "resource/explorer/vendor/")


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the repository that match, without those whose layout is not ours."""
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in done.stdout.splitlines() if not name.startswith(NOT_OURS) and (ROOT / name).is_file()]
    assert names
    return [Path(name) for name in names]


def crowded(paths: list[Path]) -> dict[str, int]:
    """Return the folders with more modules than may stand in one."""
    counts = Counter(path.parent.as_posix() for path in paths if path.name != "__init__.py")
    return {folder: n for folder, n in counts.items() if n > MODULES_A_FOLDER}


@pytest.mark.parametrize("n", [MODULES_A_FOLDER, MODULES_A_FOLDER + 1])
def test_one_module_too_many_is_found(n):
    modules = [Path("package", f"module_{number}.py") for number in range(n)]
    assert crowded([Path("package/__init__.py"), *modules]) == ({} if n == MODULES_A_FOLDER else {"package": n})


def test_no_folder_holds_more_modules_than_fit_at_a_glance():
    assert crowded(tracked("python-lib/*.py", "local_dss/*.py", "instance/*.py", "resource/explorer/*.js")) == {}


def test_files_are_short_enough_to_read():
    lengths = {
        path: (ROOT / path).read_text("utf-8").count("\n")
        for path in tracked("python-lib/*.py", "local_dss/*.py", "instance/*.py")
    }
    assert {path.as_posix(): n for path, n in lengths.items() if n > LINES_A_FILE} == {}


def test_every_package_says_in_one_sentence_what_it_is_for():
    packages = tracked("python-lib/text_explorer/*__init__.py", "local_dss/*__init__.py", "instance/*__init__.py")
    first_lines = {path: (ROOT / path).read_text("utf-8").split("\n", 1)[0] for path in packages}
    assert [path.as_posix() for path, line in first_lines.items() if not re.match(r'""".+\S', line)] == []


def test_links_of_the_docs_lead_to_files():
    pages = tracked("*.md")
    links = [
        (page.as_posix(), link)
        for page in pages
        for link in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", (ROOT / page).read_text("utf-8"))
    ]
    assert len(links) > 10
    assert [(page, link) for page, link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_files_named_in_the_docs_exist():
    prefixes = (
        "python-lib/",
        "local_dss/",
        "instance/",
        "resource/",
        "tests/",
        "packaging/",
        "benchmarks/",
        "docs/",
        "demo/",
    )
    named = [
        (page.as_posix(), name)
        for page in tracked("*.md")
        for name in re.findall(r"`([\w./-]+/[\w.-]+\.\w+)`", (ROOT / page).read_text("utf-8"))
        if name.startswith(prefixes)
    ]
    assert named
    assert [(page, name) for page, name in named if not (ROOT / name).exists()] == []
