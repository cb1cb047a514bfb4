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
from typing import Any, Optional

from local_dss.descriptors.javascript_values import (
    UNDEFINED,
    call_method,
    compare,
    get_property,
    is_truthy,
    loosely_equal,
    strictly_equal,
    to_number,
)
from local_dss.errors import LocalDssError

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<sign>===|!==|==|!=|>=|<=|&&|\|\||[!<>()\[\],.-]))"
)
_LITERALS = {"true": True, "false": False, "null": None, "undefined": UNDEFINED}
_EQUALITIES: dict[str, Callable[[Any, Any], bool]] = {
    "===": strictly_equal,
    "!==": lambda left, right: not strictly_equal(left, right),
    "==": loosely_equal,
    "!=": lambda left, right: not loosely_equal(left, right),
}
_COMPARISONS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
_Evaluator = Callable[[Mapping[str, Any]], Any]


def is_visible(condition: Any, model: Mapping[str, Any]) -> bool:
    """Return whether a param is shown in the form; without a condition, it always is."""
    if condition is None or condition == "":
        return True
    if isinstance(condition, bool):
        return condition
    if not isinstance(condition, str):
        raise LocalDssError(f"The visibility condition must be text. Got {condition!r}.")
    return is_truthy(evaluate(condition, model))


def evaluate(expression: str, model: Mapping[str, Any]) -> Any:
    """Evaluate an expression with the given ``model``; see the module's grammar."""
    parser = _Parser(expression)
    evaluator = parser.parse_or()
    parser.expect_end()
    return evaluator(model)


class _Parser:
    """Recursive descent; each method returns a function from the model to a value."""

    def __init__(self, expression: str):
        self._expression = expression
        self._tokens = self._tokenize()
        self._position = 0

    def parse_or(self) -> _Evaluator:
        left = self._parse_and()
        while self._take("||"):
            left = _either(left, self._parse_and())
        return left

    def expect_end(self) -> None:
        if (token := self._peek()) is not None:
            raise self._fault(f"unexpected {token[1]!r}")

    def _parse_and(self) -> _Evaluator:
        left = self._parse_equality()
        while self._take("&&"):
            left = _both(left, self._parse_equality())
        return left

    def _parse_equality(self) -> _Evaluator:
        left = self._parse_comparison()
        while (sign := self._take(*_EQUALITIES)) is not None:
            left = _binary(_EQUALITIES[sign], left, self._parse_comparison())
        return left

    def _parse_comparison(self) -> _Evaluator:
        left = self._parse_unary()
        while (sign := self._take(*_COMPARISONS)) is not None:
            left = _ordered(_COMPARISONS[sign], left, self._parse_unary())
        return left

    def _parse_unary(self) -> _Evaluator:
        if self._take("!"):
            operand = self._parse_unary()
            return lambda model: not is_truthy(operand(model))
        if self._take("-"):
            operand = self._parse_unary()
            return lambda model: -to_number(operand(model))
        return self._parse_member()

    def _parse_member(self) -> _Evaluator:
        target = self._parse_primary()
        while (sign := self._take(".", "[")) is not None:
            if sign == "[":
                key = self.parse_or()
                self._require("]")
                target = _item(target, key)
                continue
            name = self._require_name()
            is_call = self._take("(")
            target = _call(target, name, self._parse_list(")")) if is_call else _item(target, _constant(name))
        return target

    def _parse_primary(self) -> _Evaluator:
        if self._take("("):
            inner = self.parse_or()
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
        items.append(self.parse_or())
        while self._take(","):
            items.append(self.parse_or())
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


def _either(left: _Evaluator, right: _Evaluator) -> _Evaluator:
    def value(model: Mapping[str, Any]) -> Any:
        first = left(model)
        return first if is_truthy(first) else right(model)

    return value


def _both(left: _Evaluator, right: _Evaluator) -> _Evaluator:
    def value(model: Mapping[str, Any]) -> Any:
        first = left(model)
        return right(model) if is_truthy(first) else first

    return value


def _constant(value: Any) -> _Evaluator:
    return lambda model: value


def _binary(operation: Callable[[Any, Any], bool], left: _Evaluator, right: _Evaluator) -> _Evaluator:
    return lambda model: operation(left(model), right(model))


def _ordered(operation: Callable[[Any, Any], bool], left: _Evaluator, right: _Evaluator) -> _Evaluator:
    return lambda model: compare(operation, left(model), right(model))


def _item(target: _Evaluator, key: _Evaluator) -> _Evaluator:
    return lambda model: get_property(target(model), key(model))


def _call(target: _Evaluator, name: str, arguments: list[_Evaluator]) -> _Evaluator:
    return lambda model: call_method(target(model), name, [argument(model) for argument in arguments])
