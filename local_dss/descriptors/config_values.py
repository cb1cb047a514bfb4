"""Values of a component's params on their way from the form to the code."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

_NO_VALUE = ("SEPARATOR",)


def with_form_defaults(params: list[dict[str, Any]], config: Mapping[str, Any]) -> dict[str, Any]:
    """Add what an opened form adds: the ``defaultValue`` of each param that is absent, false for BOOLEAN without one.

    Returns a new config; given values are kept, also empty ones.
    """
    filled = dict(config)
    for param in params:
        name, kind = param.get("name"), param.get("type")
        if not name or kind in _NO_VALUE:
            continue
        if name not in filled and "defaultValue" in param:
            filled[name] = copy.deepcopy(param["defaultValue"])
        if kind == "BOOLEAN" and name not in config and filled.get(name) is None:
            filled[name] = False
        elif kind == "OBJECT_LIST" and isinstance(filled.get(name), list):
            filled[name] = [
                with_form_defaults(param.get("subParams", []), item) if isinstance(item, Mapping) else item
                for item in filled[name]
            ]
    return filled


def with_int_kind(params: list[dict[str, Any]], config: Mapping[str, Any], int_kind: str) -> dict[str, Any]:
    """Serve whole numbers of INT params as ``int`` or ``float``; both reach Python on real instances.

    Returns a new config; values that are no whole number stay as they are.
    """
    served = dict(config)
    for param in params:
        name = param.get("name")
        if name not in served:
            continue
        if param.get("type") == "INT":
            served[name] = _int_as(served[name], int_kind)
        elif param.get("type") == "OBJECT_LIST" and isinstance(served[name], list):
            served[name] = [
                with_int_kind(param.get("subParams", []), item, int_kind) if isinstance(item, Mapping) else item
                for item in served[name]
            ]
    return served


def _int_as(value: Any, int_kind: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
        return value
    return float(value) if int_kind == "float" else int(value)
