"""What is printed, to a terminal and to a file, and how the tool ends."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest

from instance.__main__ import main
from instance.report import Report
from tests.python.conftest import ROOT

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_a_file_gets_one_line_a_row_however_long_it_is():
    stream = io.StringIO()
    Report(stream).table(("Name", "What"), [("a" * 300, "b" * 300), ("c", None)])
    lines = [line.split() for line in stream.getvalue().splitlines() if line.strip()]
    assert [lines[0], *lines[2:]] == [["Name", "What"], ["a" * 300, "b" * 300], ["c"]]


def test_a_terminal_gets_a_table_of_its_width(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    stream = Terminal()
    Report(stream).table(("Name", "What"), [("x", "word " * 30)])
    lines = ESCAPES.sub("", stream.getvalue()).splitlines()
    assert max(map(len, lines)) == 40
    assert sum(line.count("word") for line in lines) == 30


def test_a_terminal_shows_what_is_waited_for_on_one_line_that_goes_away(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    report = Report(stream)
    with report.waiting("Build"):
        report.progress("Installing [red]gensim")
    report.line("done")
    shown, _, after = stream.getvalue().partition("\x1b[2K")  # erases the line
    assert "Installing [red]gensim" in shown
    assert after == "done\n"


def test_a_table_without_rows_and_a_state_that_is_the_same_print_nothing():
    stream = io.StringIO()
    report = Report(stream)
    report.table(("Name",), [])
    with report.waiting("Build"):
        for state in ("", "Build", "half", "half"):
            report.progress(state)
    assert stream.getvalue() == "Build ...\n  half\n"


def test_the_key_is_replaced_wherever_an_answer_holds_it():
    stream = io.StringIO()
    report = Report(stream)
    report.secrets.add("abc-secret")
    report.line("the key abc-secret is unknown")
    report.table(("abc-secret",), [("xabc-secretx",)])
    assert "abc-secret" not in stream.getvalue()
    assert stream.getvalue().count("(key)") == 3


def test_an_interruption_says_how_to_go_on(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("instance.__main__.find_target", interrupt)
    stream = io.StringIO()
    assert main(["check"], Report(stream)) == 130
    assert "run the same command again to continue" in stream.getvalue()


@pytest.mark.parametrize("package", ["dataikuapi", "six", "rich"])
def test_a_missing_package_is_named_with_the_file_that_lists_it(package):
    code = f"import sys, runpy; sys.modules[{package!r}] = None; runpy.run_module('instance', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"The package {package} is missing: pip install -r instance/requirements.txt"
    )
