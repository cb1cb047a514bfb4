"""No test asserts how long something took: it would fail on a busy machine. Count operations, or n against 2n."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
MODULES = {"time", "timeit", "datetime", "date"}
CLOCKS = {
    *("perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time", "process_time_ns"),
    *("thread_time", "thread_time_ns", "time", "time_ns", "clock_gettime", "default_timer", "timeit", "repeat"),
    *("now", "utcnow", "today"),
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def timed_assertions(source: str) -> list[int]:
    """Return the lines of assertions on a clock, or on a value that was computed from one."""
    tree = ast.parse(source)
    imported = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module in MODULES)
        for name in node.names
    }
    outside = ast.Module([node for node in tree.body if not isinstance(node, (*FUNCTIONS, ast.ClassDef))], [])
    of_all = _timed_names(outside, set(), imported)
    lines = set()
    for scope in [outside, *(node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))]:
        timed = _timed_names(scope, of_all, imported)
        asserts = [node for node in ast.walk(scope) if isinstance(node, ast.Assert)]
        lines |= {node.lineno for node in asserts if _is_timed(node.test, timed, imported)}
    return sorted(lines)


def _timed_names(scope: ast.AST, known: set[str], imported: dict[str, str]) -> set[str]:
    """Return the names given to what a clock says, or to what is computed from it, at any remove."""
    assignments = list(_assignments(scope))
    timed, n_before = set(known), -1
    while len(timed) > n_before:
        n_before = len(timed)
        for target, value in assignments:
            if _is_timed(value, timed, imported):
                timed |= {name.id for name in ast.walk(target) if isinstance(name, ast.Name)}
    return timed


def _assignments(scope: ast.AST) -> Iterator[tuple[ast.expr, ast.AST]]:
    """Yield what takes a value, and the value."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value) for target in node.targets)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value is not None:
            yield node.target, node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            yield node.func.value, ast.Tuple(node.args, ast.Load())


def _is_timed(expression: ast.AST, timed: set[str], imported: dict[str, str]) -> bool:
    for node in ast.walk(expression):
        if isinstance(node, ast.Name) and node.id in timed:
            return True
        if isinstance(node, ast.Call) and _reads_clock(node.func, imported):
            return True
    return False


def _reads_clock(function: ast.expr, imported: dict[str, str]) -> bool:
    if isinstance(function, ast.Name):
        return imported.get(function.id) in CLOCKS
    if not isinstance(function, ast.Attribute) or function.attr not in CLOCKS:
        return False
    owner = function.value.attr if isinstance(function.value, ast.Attribute) else getattr(function.value, "id", "")
    return imported.get(owner, owner) in MODULES


def lines_of(head: str, *body: str) -> str:
    """Return the source of a test with a body."""
    return "\n".join([head, "def test():", *(f"    {line}" for line in body)])


TIMED = [
    lines_of("import time", "start = time.monotonic()", "assert time.monotonic() - start < 5"),
    lines_of("import time", "start = time.time()", "took = time.time() - start", "assert took < 5"),
    lines_of("import time as clock", "a = clock.perf_counter()", "b = clock.perf_counter()", "assert b - a < 1"),
    lines_of("from time import perf_counter as now", "a = now()", "run()", "b = now() - a", "assert 2 * b < 1"),
    lines_of("from time import time", "assert time() > 3"),
    lines_of("import time", "took = []", "took.append(time.process_time())", "assert max(took) < 3"),
    lines_of("import time", "took: float = 0", "took += time.time()", "assert took < 3"),
    lines_of("import timeit", "assert timeit.timeit('run()', number=1) < 3"),
    lines_of("from datetime import datetime", "a = datetime.now()", "assert (datetime.now() - a).seconds < 3"),
    lines_of("import datetime", "start = datetime.datetime.utcnow()", "end: object = start - 1", "assert end"),
    lines_of("import time", "if (took := time.monotonic_ns()) > 3:", "    assert took < 5"),
    lines_of("import time\nSTART = time.monotonic()", "assert START < 5"),
    "import time\nSTART = time.monotonic()\nassert time.monotonic() - START < 5",
]
NOT_TIMED = [
    lines_of("import time", "end = time.monotonic() + 5", "while time.monotonic() < end:", "    assert poll()"),
    lines_of("import time", "old = time.time() - 86400", "os.utime(path, (old, old))", "assert not path.exists()"),
    lines_of("", "assert progress.time(3) == 'x'"),
    lines_of("from datetime import date", "assert date(2020, 1, 1).year == 2020"),
    lines_of("import time", "took = time.time()", "print(took)") + "\ndef other():\n    took = 3\n    assert took == 3",
]


@pytest.mark.parametrize("source", TIMED)
def test_an_assertion_on_a_clock_is_found(source):
    assert timed_assertions(source) == [source.count("\n") + 1]


@pytest.mark.parametrize("source", NOT_TIMED)
def test_deadlines_and_moments_are_no_assertions_on_a_clock(source):
    assert timed_assertions(source) == []


def test_no_test_in_python_asserts_how_long_something_took():
    files = sorted(TESTS.rglob("*.py"))
    assert len(files) > 100
    found = {str(path.relative_to(TESTS)): timed_assertions(path.read_text(encoding="utf-8")) for path in files}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_test_reads_a_clock_of_javascript():
    files = [path for path in TESTS.rglob("*") if path.suffix in (".py", ".js", ".mjs") and path != Path(__file__)]
    assert len([path for path in files if path.suffix == ".mjs"]) > 20
    clocks = ("performance.now", "performance.measure", "Date.now", "hrtime", "console.time")
    texts = {str(path.relative_to(TESTS)): path.read_text(encoding="utf-8") for path in files}
    assert [(path, clock) for path, text in texts.items() for clock in clocks if clock in text] == []
