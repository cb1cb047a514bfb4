"""Values of a component's params on their way from the form to the code."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

_NO_VALUE = ("SEPARATOR",)


def with_form_defaults(params: list[dict[str, Any]], config: Mapping[str, Any]) -> dict[str, Any]:
    """Add the ``defaultValue`` of each param that is absent, as an opened form would.

    Parameters
    ----------
    params : list of dict
        Params of the component's descriptor.
    config : mapping
        Values given.

    Returns
    -------
    dict
        A new config; given values are kept, also empty ones.
    """
    filled = dict(config)
    for param in params:
        name = param.get("name")
        if name and param.get("type") not in _NO_VALUE and "defaultValue" in param and name not in filled:
            filled[name] = copy.deepcopy(param["defaultValue"])
    return filled


def with_int_kind(params: list[dict[str, Any]], config: Mapping[str, Any], int_kind: str) -> dict[str, Any]:
    """Serve whole numbers of INT params as int or as float; both reach Python on real instances.

    Parameters
    ----------
    params : list of dict
        Params of the component's descriptor.
    config : mapping
        Values given.
    int_kind : str
        ``int`` or ``float``.

    Returns
    -------
    dict
        A new config; values that are no whole number stay as they are.
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
