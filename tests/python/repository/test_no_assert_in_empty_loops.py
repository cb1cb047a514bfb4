"""No test asserts in a loop over what may be empty: such a test would pass on nothing at all.

Assert on a list of all results, or assert before the loop that there is something to go through.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
KEEP_LENGTH = {"enumerate", "zip", "sorted", "reversed", "list", "tuple", "set", "items", "values", "keys", "split"}
KEEP_LENGTH |= {"product", "permutations", "tolist"}
FILLED_WHEN_ASSERTED = (ast.Eq, ast.Gt, ast.GtE)


def asserts_in_empty_loops(source: str) -> list[int]:
    """Return the lines of loops that assert over what may be empty."""
    tree = ast.parse(source)
    lines = set()
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        loops = [node for node in ast.walk(function) if isinstance(node, ast.For)]
        for loop in loops:
            filled = {*_filled_names(function, loop.lineno)}
            if any(isinstance(node, ast.Assert) for node in ast.walk(loop)) and not _is_filled(loop.iter, filled):
                lines.add(loop.lineno)
    return sorted(lines)


def _is_filled(node: ast.expr, filled: set[str]) -> bool:
    """Return whether an expression is a literal, a constant or known by name to be filled, or keeps such a length."""
    check = _CHECKS.get(type(node))
    return isinstance(node, ast.Constant) if check is None else check(node, filled)


def _has_item(node: ast.List | ast.Tuple | ast.Set, filled: set[str]) -> bool:
    return any(not isinstance(item, ast.Starred) or _is_filled(item.value, filled) for item in node.elts)


def _goes_through_all(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, filled: set[str]) -> bool:
    return all(not loop.ifs and _is_filled(loop.iter, filled) for loop in node.generators)


def _is_filled_call(node: ast.Call, filled: set[str]) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name == "range":
        return all(_is_filled(argument, filled) for argument in node.args)
    if name not in KEEP_LENGTH:
        return False
    is_method = isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name) and node.func.value.id == "itertools"
    )
    sources = [node.func.value] if is_method else node.args
    return all(_is_filled(item.value if isinstance(item, ast.Starred) else item, filled) for item in sources)


_CHECKS: dict[type, Callable[[Any, set[str]], bool]] = {
    ast.Name: lambda node, filled: node.id.isupper() or node.id in filled,
    **dict.fromkeys((ast.List, ast.Tuple, ast.Set), _has_item),
    ast.Dict: lambda node, filled: any(key or _is_filled(value, filled) for key, value in zip(node.keys, node.values)),
    ast.Call: _is_filled_call,
    ast.Attribute: lambda node, filled: ast.unparse(node) in filled,
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _goes_through_all),
    ast.Subscript: lambda node, filled: _is_filled(node.value, filled),  # CONSTANT[:2]
    ast.BinOp: lambda node, filled: _is_filled(node.left, filled) or _is_filled(node.right, filled),
}


def _filled_names(function: ast.FunctionDef, before_line: int) -> Iterator[str]:
    """Yield the names that were given something, or were asserted to hold it, before a line of a function."""
    earlier = [node for node in ast.walk(function) if getattr(node, "lineno", before_line) < before_line]
    assignments = [node for node in earlier if isinstance(node, ast.Assign)]
    known: set[str] = set()
    for node in sorted(assignments, key=lambda node: node.lineno):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        known = known | names if _is_filled(node.value, known) else known - names
    yield from known
    for node in earlier:
        if isinstance(node, ast.Assert):
            yield from _asserted_names(node.test)


def _asserted_names(test: ast.expr) -> Iterator[str]:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for value in test.values:
            yield from _asserted_names(value)
    elif isinstance(test, (ast.Name, ast.Attribute)):
        yield ast.unparse(test)
    elif isinstance(test, ast.Compare) and all(isinstance(sign, FILLED_WHEN_ASSERTED) for sign in test.ops):
        yield from (node.id for node in ast.walk(test) if isinstance(node, ast.Name))


MAY_BE_EMPTY = [
    "for row in read():\n        assert row",
    "rows = read()\n    for row in rows:\n        assert row",
    "rows = read()\n    assert set(rows) <= {1}\n    for row in rows:\n        assert row",
    "rows = [1]\n    rows = read()\n    for row in rows:\n        assert row",
    "for row, name in zip(read(), 'ab'):\n        assert row",
    "for row in (row for row in [1, 2] if row > 3):\n        assert row",
    "for number in range(len(read())):\n        assert number",
    "for row in read():\n        if row:\n            for cell in 'ab':\n                assert cell",
]
FILLED = [
    "for row in (1, 2):\n        assert row",
    "for row in enumerate(ROWS):\n        assert row",
    "for name, row in {'a': 1}.items():\n        assert row",
    "for row in range(3):\n        assert row",
    "rows = read()\n    assert rows\n    for row in rows:\n        assert row",
    "rows = read()\n    assert len(rows) == 3\n    for row in rows[:2]:\n        assert row",
    "names = 'a b'.split()\n    for name in sorted(names):\n        assert name",
    "assert found.rows\n    for row in found.rows:\n        assert row",
    "rows = {name: 1 for name in 'ab'}\n    for name, row in rows.items():\n        assert row",
    "for row in read():\n        print(row)",
]


@pytest.mark.parametrize("body", MAY_BE_EMPTY)
def test_an_assert_in_a_loop_that_may_be_empty_is_found(body):
    assert len(asserts_in_empty_loops(f"def test():\n    {body}")) == 1


@pytest.mark.parametrize("body", FILLED)
def test_a_loop_that_is_never_empty_may_assert(body):
    assert asserts_in_empty_loops(f"def test():\n    {body}") == []


def test_no_assert_stands_in_a_loop_that_may_be_empty():
    files = sorted(TESTS.rglob("*.py"))
    assert len(files) > 160
    found = {str(path.relative_to(TESTS)): asserts_in_empty_loops(path.read_text(encoding="utf-8")) for path in files}
    assert {path: lines for path, lines in found.items() if lines} == {}
