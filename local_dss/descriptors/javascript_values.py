"""JavaScript's truth, equality and properties on JSON values, as far as visibility conditions need them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from local_dss.errors import LocalDssError


class _Undefined:
    """The value of a property that is not there."""

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED = _Undefined()


def is_truthy(value: Any) -> bool:
    """Return whether a value counts as true: empty lists and objects do, ``""``, 0 and NaN do not."""
    if isinstance(value, (list, Mapping)):
        return True
    if isinstance(value, float) and math.isnan(value):
        return False
    return value is not UNDEFINED and bool(value)


def strictly_equal(left: Any, right: Any) -> bool:
    """Compare as ``===``: kinds must agree, lists and objects equal only themselves."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return left is right


def loosely_equal(left: Any, right: Any) -> bool:
    """Compare as ``==``: null equals undefined, numbers equal their text, booleans equal 0 and 1."""
    if left in (None, UNDEFINED) or right in (None, UNDEFINED):
        return left in (None, UNDEFINED) and right in (None, UNDEFINED)
    if type(left) is type(right) or isinstance(left, (list, Mapping)) or isinstance(right, (list, Mapping)):
        return strictly_equal(left, right)
    return to_number(left) == to_number(right)


def compare(operation: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    """Order two values: texts by their letters, anything else as numbers; nothing is ordered against undefined."""
    if isinstance(left, str) and isinstance(right, str):
        return operation(left, right)
    return operation(to_number(left), to_number(right))


def get_property(target: Any, key: Any) -> Any:
    """Return a property or item; undefined when the target or the property is not there."""
    if key == "length" and isinstance(target, (list, str)):
        return len(target)
    if isinstance(target, Mapping):
        return target.get(key, UNDEFINED)
    if isinstance(target, list) and isinstance(key, int) and 0 <= key < len(target):
        return target[key]
    return UNDEFINED


def call_method(target: Any, name: str, arguments: list[Any]) -> Any:
    """Call ``includes`` or ``indexOf`` of a list or text; undefined on anything else, as Angular does."""
    if name not in ("includes", "indexOf") or len(arguments) != 1:
        raise LocalDssError(f"The visibility condition calls {name}() with {len(arguments)} arguments: not supported.")
    if isinstance(target, str):
        index = target.find(arguments[0]) if isinstance(arguments[0], str) else -1
    elif isinstance(target, list):
        index = next((place for place, item in enumerate(target) if strictly_equal(item, arguments[0])), -1)
    else:
        return UNDEFINED
    return index >= 0 if name == "includes" else index


def to_number(value: Any) -> float:
    """Convert as JavaScript's ``Number``, NaN when there is no sense in it."""
    if value is None:
        return 0
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        try:
            return float(value) if value.strip() else 0
        except ValueError:
            return math.nan
    return math.nan
