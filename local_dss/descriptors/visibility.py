"""Evaluate ``visibilityCondition``: the subset of Angular expressions seen in plugin descriptors.

Grammar, weakest operator first::

    or         = and ("||" and)*
    and        = equality ("&&" equality)*
    equality   = comparison (("===" | "!==" | "==" | "!=") comparison)*
    comparison = unary ((">=" | "<=" | ">" | "<") unary)*
    unary      = ("!" | "-") unary | member
    member     = primary ("." name ["(" arguments ")"] | "[" or "]")*
    primary    = number | string | true | false | null | undefined | "model" | "[" arguments "]" | "(" or ")"

As in Angular, a property of nothing is undefined rather than an error.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Optional

from local_dss.descriptors import javascript_values as js
from local_dss.errors import LocalDssError

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<sign>===|!==|==|!=|>=|<=|&&|\|\||[!<>()\[\],.-]))"
)
_LITERALS = {"true": True, "false": False, "null": None, "undefined": js.UNDEFINED}
_Evaluator = Callable[[Mapping[str, Any]], Any]
_Join = Callable[[_Evaluator, _Evaluator], _Evaluator]


def _on_values(operation: Callable[[Any, Any], bool]) -> _Join:
    return lambda left, right: lambda model: operation(left(model), right(model))


# The operators of two operands, weakest first.
_LEVELS: tuple[dict[str, _Join], ...] = (
    {"||": lambda left, right: lambda model: first if js.is_truthy(first := left(model)) else right(model)},
    {"&&": lambda left, right: lambda model: right(model) if js.is_truthy(first := left(model)) else first},
    {
        "===": _on_values(js.strictly_equal),
        "!==": _on_values(lambda left, right: not js.strictly_equal(left, right)),
        "==": _on_values(js.loosely_equal),
        "!=": _on_values(lambda left, right: not js.loosely_equal(left, right)),
    },
    {
        sign: _on_values(partial(js.compare, operation))
        for sign, operation in {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}.items()
    },
)


def is_visible(condition: Any, model: Mapping[str, Any]) -> bool:
    """Return whether a param is shown in the form; without a condition, it always is."""
    if condition is None or condition == "":
        return True
    if isinstance(condition, bool):
        return condition
    if not isinstance(condition, str):
        raise LocalDssError(f"The visibility condition must be text. Got {condition!r}.")
    return js.is_truthy(evaluate(condition, model))


def evaluate(expression: str, model: Mapping[str, Any]) -> Any:
    """Evaluate an expression with the given ``model``; see the module's grammar."""
    parser = _Parser(expression)
    evaluator = parser.parse()
    parser.expect_end()
    return evaluator(model)


class _Parser:
    """Recursive descent; each method returns a function from the model to a value."""

    def __init__(self, expression: str):
        self._expression = expression
        self._tokens = self._tokenize()
        self._position = 0

    def parse(self, level: int = 0) -> _Evaluator:
        if level == len(_LEVELS):
            return self._parse_unary()
        left = self.parse(level + 1)
        while (sign := self._take(*_LEVELS[level])) is not None:
            left = _LEVELS[level][sign](left, self.parse(level + 1))
        return left

    def expect_end(self) -> None:
        if (token := self._peek()) is not None:
            raise self._fault(f"unexpected {token[1]!r}")

    def _parse_unary(self) -> _Evaluator:
        if self._take("!"):
            operand = self._parse_unary()
            return lambda model: not js.is_truthy(operand(model))
        if self._take("-"):
            operand = self._parse_unary()
            return lambda model: -js.to_number(operand(model))
        return self._parse_member()

    def _parse_member(self) -> _Evaluator:
        target = self._parse_primary()
        while (sign := self._take(".", "[")) is not None:
            if sign == "[":
                key = self.parse()
                self._require("]")
                target = _item(target, key)
                continue
            name = self._require_name()
            is_call = self._take("(")
            target = _call(target, name, self._parse_list(")")) if is_call else _item(target, _constant(name))
        return target

    def _parse_primary(self) -> _Evaluator:
        if self._take("("):
            inner = self.parse()
            self._require(")")
            return inner
        if self._take("["):
            items = self._parse_list("]")
            return lambda model: [item(model) for item in items]
        token = self._peek()
        if token is None:
            raise self._fault("it ends too early")
        self._position += 1
        return self._leaf(*token)

    def _leaf(self, kind: str, text: str) -> _Evaluator:
        if kind == "number":
            number = float(text) if "." in text else int(text)
            return _constant(number)
        if kind == "string":
            string = re.sub(r"\\(.)", r"\1", text[1:-1])
            return _constant(string)
        if kind == "name" and text in _LITERALS:
            return _constant(_LITERALS[text])
        if kind == "name" and text == "model":
            return lambda model: model
        raise self._fault(f"{text!r} is not supported")

    def _parse_list(self, closing: str) -> list[_Evaluator]:
        items: list[_Evaluator] = []
        if self._take(closing):
            return items
        items.append(self.parse())
        while self._take(","):
            items.append(self.parse())
        self._require(closing)
        return items

    def _tokenize(self) -> list[tuple[str, str]]:
        tokens: list[tuple[str, str]] = []
        position, text = 0, self._expression.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise self._fault(f"unexpected {text[position:].strip()[:1]!r}")
            tokens.append((str(match.lastgroup), match.group().lstrip()))
            position = match.end()
        return tokens

    def _peek(self) -> Optional[tuple[str, str]]:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _take(self, *signs: str) -> Optional[str]:
        token = self._peek()
        if token is None or token[0] != "sign" or token[1] not in signs:
            return None
        self._position += 1
        return token[1]

    def _require(self, sign: str) -> None:
        if self._take(sign) is None:
            raise self._fault(f"{sign!r} is missing")

    def _require_name(self) -> str:
        token = self._peek()
        if token is None or token[0] != "name":
            raise self._fault("a name is missing after '.'")
        self._position += 1
        return token[1]

    def _fault(self, reason: str) -> LocalDssError:
        return LocalDssError(f"The visibility condition {self._expression!r} cannot be read: {reason}.")


def _constant(value: Any) -> _Evaluator:
    return lambda model: value


def _item(target: _Evaluator, key: _Evaluator) -> _Evaluator:
    return lambda model: js.get_property(target(model), key(model))


def _call(target: _Evaluator, name: str, arguments: list[_Evaluator]) -> _Evaluator:
    return lambda model: js.call_method(target(model), name, [argument(model) for argument in arguments])
