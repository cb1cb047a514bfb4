"""Formulas that filter rows: the part of the formula language of DSS that filters of pages need.

A formula is translated to a Python expression, parsed, and evaluated node by node; nothing of it is ever executed.
Columns are named bare or by ``val("name")``; a cell that looks like a number is one, unless ``strval`` reads it.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from .errors import StorageError

_TOKEN = re.compile(r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<sign>&&|\|\||!=|!|\bnot(?=\())""")
_SIGNS = {"&&": " and ", "||": " or ", "!=": " != ", "!": " ~", "not": "~"}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_LITERALS = {"true": True, "false": False, "null": None}
_ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}
_COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_READS_COLUMN = ("val", "strval", "numval")
Row = Mapping[str, str]


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


_FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    "isBlank": (1, lambda value: value in (None, "")),
    "isNonBlank": (1, lambda value: value not in (None, "")),
    "isNull": (1, lambda value: value is None),
    "contains": (2, lambda text, part: _as_text(part) in _as_text(text)),
    "startsWith": (2, lambda text, part: _as_text(text).startswith(_as_text(part))),
    "endsWith": (2, lambda text, part: _as_text(text).endswith(_as_text(part))),
    "toLowercase": (1, lambda text: _as_text(text).lower()),
    "toUppercase": (1, lambda text: _as_text(text).upper()),
    "trim": (1, lambda text: _as_text(text).strip()),
    "length": (1, lambda text: len(_as_text(text))),
    "abs": (1, abs),
}


def row_filter(formula: str, columns: list[str]) -> Callable[[list[str]], bool]:
    """Build the test whether a row matches a formula, such as ``type == 'event' && price > 2000``.

    A row for which the formula has no value is not kept.
    """
    try:
        tree = ast.parse(_TOKEN.sub(_translate, formula).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        raise StorageError(f"The formula {formula!r} cannot be read.") from None
    _Check(formula, set(columns)).check(tree)

    def keeps(cells: list[str]) -> bool:
        try:
            return bool(_evaluate(tree, dict(zip(columns, cells))))
        except (TypeError, ArithmeticError):  # as text compared with a number: the formula has no value for this row
            return False

    return keeps


def _translate(match: re.Match[str]) -> str:
    return match.group("text") or _SIGNS[match.group("sign")]


class _Check:
    """Refuse, before any row is read, what the evaluation does not support."""

    def __init__(self, formula: str, columns: set[str]):
        self._formula = formula
        self._columns = columns

    def check(self, node: ast.expr) -> None:
        """Check an expression and those in it."""
        if isinstance(node, ast.Name):
            self._check_column(node.id, known=_LITERALS)
        elif isinstance(node, ast.Call):
            self._check_call(node)
        elif not _is_supported(node):
            raise self._fault(f"{ast.unparse(node)} is not supported in the local stand-in")
        else:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self.check(child)

    def _check_call(self, node: ast.Call) -> None:
        name, arguments = _name_and_arguments(node)
        if name in _READS_COLUMN and len(arguments) == 1 and isinstance(arguments[0], ast.Constant):
            self._check_column(arguments[0].value)
            return
        n_wanted = _FUNCTIONS.get(name, (None,))[0]
        if n_wanted != len(arguments) or node.keywords:
            raise self._fault(f"{name}() with {len(arguments)} arguments is not supported in the local stand-in")
        for argument in arguments:
            self.check(argument)

    def _check_column(self, name: Any, known: Collection[str] = ()) -> None:
        if name not in self._columns and name not in known:
            raise self._fault(f'there is no column "{name}"')

    def _fault(self, reason: str) -> StorageError:
        return StorageError(f"The formula {self._formula!r} cannot be used: {reason}.")


def _is_supported(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (str, int, float))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.Invert, ast.USub))
    if isinstance(node, ast.BinOp):
        return type(node.op) in _ARITHMETIC
    if isinstance(node, ast.Compare):
        return len(node.ops) == 1 and type(node.ops[0]) in _COMPARISONS
    return isinstance(node, ast.BoolOp)


def _name_and_arguments(node: ast.Call) -> tuple[str, list[ast.expr]]:
    """Return a call as function and arguments; ``text.contains(part)`` is ``contains(text, part)``."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr, [node.func.value, *node.args]
    return ast.unparse(node.func), list(node.args)


def _evaluate(node: ast.expr, row: Row) -> Any:
    return _EVALUATORS[type(node)](node, row)


def _name(node: ast.Name, row: Row) -> Any:
    return _cell(row[node.id]) if node.id in row else _LITERALS[node.id]


def _call(node: ast.Call, row: Row) -> Any:
    name, arguments = _name_and_arguments(node)
    if name in _READS_COLUMN:
        text = row[ast.literal_eval(arguments[0])]
        return text if name == "strval" else _cell(text)
    return _FUNCTIONS[name][1](*(_evaluate(argument, row) for argument in arguments))


def _join(node: ast.BoolOp, row: Row) -> bool:
    join = any if isinstance(node.op, ast.Or) else all
    return join(_evaluate(value, row) for value in node.values)


def _invert(node: ast.UnaryOp, row: Row) -> Any:
    value = _evaluate(node.operand, row)
    return not value if isinstance(node.op, ast.Invert) else -value


def _cell(text: str) -> Any:
    """Return the value of a cell: nothing when it is empty, a number when it looks like one, else its text."""
    if text == "":
        return None
    return float(text) if _NUMBER.fullmatch(text) else text


def _calculate(node: ast.BinOp, row: Row) -> Any:
    left, right = _evaluate(node.left, row), _evaluate(node.right, row)
    has_text = isinstance(left, str) or isinstance(right, str)
    if has_text and isinstance(node.op, ast.Add):
        return _as_text(left) + _as_text(right)
    if has_text:
        raise TypeError("Text cannot be calculated with.")
    return _ARITHMETIC[type(node.op)](left, right)


def _compare(node: ast.Compare, row: Row) -> bool:
    left, right = _evaluate(node.left, row), _evaluate(node.comparators[0], row)
    return _COMPARISONS[type(node.ops[0])](left, right)


_EVALUATORS: dict[type, Callable[[Any, Row], Any]] = {
    ast.Constant: lambda node, row: node.value,
    ast.Name: _name,
    ast.Call: _call,
    ast.BoolOp: _join,
    ast.UnaryOp: _invert,
    ast.BinOp: _calculate,
    ast.Compare: _compare,
}
