"""What ``make test`` does about programs the machine lacks."""

from __future__ import annotations

import pytest

from tests import set_up
from tests.set_up import Program


def program(name, *, works):
    """Return a program that is missing until its second way installs it, or for ever."""
    tried = []

    def first():
        """Try what fails."""
        tried.append("first")
        return False

    def second():
        """Try what may work."""
        tried.append("second")
        return works

    def find():
        return f"/somewhere/{name}" if works and "second" in tried else None

    return Program(name, find, (first, second), f"Get {name}."), tried


def test_each_way_is_tried_until_the_program_is_found(monkeypatch, capsys):
    chromium, tried = program("Chromium", works=True)
    monkeypatch.setattr(set_up, "PROGRAMS", (chromium,))
    assert set_up.main({}) == 0
    assert tried == ["first", "second"]
    assert capsys.readouterr().out.splitlines()[-1] == "Chromium: /somewhere/Chromium"


def test_a_program_that_is_there_is_not_installed(monkeypatch):
    there = Program("Chromium", lambda: "/usr/bin/chromium", (lambda: pytest.fail("installed all the same"),), "")
    monkeypatch.setattr(set_up, "PROGRAMS", (there,))
    assert set_up.main({}) == 0


@pytest.mark.parametrize(
    ("name", "environment", "code"),
    [
        ("Chromium", {}, 1),
        ("Chromium", {"SKIP_BROWSER": "1"}, 0),
        ("Chromium", {"SKIP_BROWSER": "0"}, 1),
        ("Node.js with npm", {"SKIP_BROWSER": "1"}, 1),
    ],
)
def test_tests_do_not_run_without_a_program_unless_browser_tests_may_be_skipped(
    monkeypatch, capsys, name, environment, code
):
    missing, _ = program(name, works=False)
    monkeypatch.setattr(set_up, "PROGRAMS", (missing,))
    assert set_up.main(environment) == code
    assert (f"{name} is missing and could not be installed. Get {name}." in capsys.readouterr().err) == bool(code)


@pytest.mark.parametrize(("version", "accepted"), [("v18.19.0", False), ("v20.0.0", True), ("v24.1.0", True)])
def test_an_old_node_counts_as_missing(monkeypatch, tmp_path, version, accepted):
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(set_up.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert set_up.find_node() == (str(tmp_path / "node") if accepted else None)


@pytest.mark.parametrize(
    ("version", "accepted"), [("1.8.0_402", False), ("11.0.2", False), ("17.0.15", True), ("21", True)]
)
def test_an_old_java_counts_as_missing(monkeypatch, tmp_path, version, accepted):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n", "utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert set_up.find_java() == (str(java) if accepted else None)
