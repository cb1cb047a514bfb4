"""Check the values of params as the form of DSS would: required, kind, range, choices, columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from local_dss.descriptors.visibility import is_visible
from local_dss.errors import LocalDssError

TEXT_TYPES = ("STRING", "TEXTAREA", "PASSWORD", "DATE")
FOLDER_TYPES = ("MANAGED_FOLDER", "FOLDER")
REFERENCE_TYPES = (
    *("DATASET", "DATASET_COLUMN", *FOLDER_TYPES, "SAVED_MODEL", "CODE_ENV", "CONNECTION", "PROJECT", "SCENARIO"),
    *("CLUSTER", "PLUGIN", "BUNDLE", "API_SERVICE", "API_SERVICE_VERSION", "VISUAL_ANALYSIS", "ML_TASK"),
    *("KNOWLEDGE_BANK", "LLM"),
)
TEXT_LIST_TYPES = ("STRINGS", "DATASETS", "DATASET_COLUMNS", "CONNECTIONS")
UNCHECKED_TYPES = ("PRESET", "PRESETS", "CREDENTIAL_REQUEST")

Columns = list[dict[str, Any]]


@dataclass(frozen=True)
class ParamContext:
    """What the check of one param needs beside its value.

    `columns_of_role` returns the schema of the first dataset of an input role, None when it has none; `model` are the
    values the visibility conditions see.
    """

    columns_of_role: Callable[[str], Optional[Columns]]
    model: Mapping[str, Any]


def check_params(
    params: list[dict[str, Any]],
    config: Mapping[str, Any],
    columns_of_role: Callable[[str], Optional[Columns]] = lambda role: None,
) -> list[str]:
    """Check all visible params of a component; return a sentence per fault, none for values the form accepts."""
    context = ParamContext(columns_of_role, config)
    faults: list[str] = []
    for param in params:
        if param.get("type") == "SEPARATOR":
            continue
        if not isinstance(param.get("name"), str):
            faults.append(f"A param of type {param.get('type')} has no name in the descriptor.")
            continue
        try:
            visible = is_visible(param.get("visibilityCondition"), config)
        except LocalDssError as error:
            faults.append(f'"{param.get("label") or param["name"]}" ({param["name"]}): {error}')
            continue
        if visible:
            faults.extend(_check_param(param, config, context))
    return faults


def unknown_keys(params: list[dict[str, Any]], config: Mapping[str, Any]) -> list[str]:
    """Return the keys of a config that no param of the descriptor has."""
    known = {param.get("name") for param in params}
    return [key for key in config if key not in known]


def _check_param(param: dict[str, Any], config: Mapping[str, Any], context: ParamContext) -> list[str]:
    title = f'"{param.get("label") or param["name"]}" ({param["name"]})'
    value = config.get(param["name"])
    if value is None or value in ("", [], {}):
        prefilled = param["name"] not in config and "defaultValue" in param
        return [f"{title} needs a value."] if param.get("mandatory") and not prefilled else []
    return [f"{title} {fault}" for fault in _faults_of_value(param, value, context)]


def _faults_of_value(param: dict[str, Any], value: Any, context: ParamContext) -> list[str]:
    kind = param.get("type")
    if kind in UNCHECKED_TYPES:
        return []
    if kind not in _CHECKS:
        return [f"has the unknown type {kind!r} in the descriptor."]
    return _CHECKS[kind](param, value, context)


def _each(value: Any, check: Callable[[Any], list[str]]) -> list[str]:
    if not isinstance(value, list):
        return [f"must be a list. Got {value!r}."]
    return [fault for item in value for fault in check(item)]


def _check_boolean(param: dict[str, Any], value: Any, context: ParamContext) -> list[str]:
    return [] if isinstance(value, bool) else [f"must be true or false. Got {value!r}."]


def _check_text(value: Any) -> list[str]:
    return [] if isinstance(value, str) else [f"must be text. Got {value!r}."]


def _check_number(param: dict[str, Any], value: Any, kind: str) -> list[str]:
    whole = kind == "INT"
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < math.inf
    if not is_number or (whole and value != value // 1):
        return [f"must be a {'whole ' if whole else ''}number. Got {value!r}."]
    low, high = (param.get("minI"), param.get("maxI")) if whole else (param.get("minD"), param.get("maxD"))
    if low is not None and value < low:
        return [f"must be at least {low}. Got {value!r}."]
    if high is not None and value > high:
        return [f"must be at most {high}. Got {value!r}."]
    return []


def _check_choice(param: dict[str, Any], value: Any, kind: str) -> list[str]:
    if kind == "MULTISELECT" and not isinstance(value, list):
        return [f"must be a list. Got {value!r}."]
    if param.get("getChoicesFromPython"):
        return _check_text(value) if kind == "SELECT" else _each(value, _check_text)
    choices = [choice.get("value") for choice in param.get("selectChoices", [])]
    wrong = [item for item in (value if kind == "MULTISELECT" else [value]) if item not in choices]
    allowed = ", ".join(map(str, choices))
    return [f"must be one of {allowed}. Got {item!r}." for item in wrong]


def _check_columns(param: dict[str, Any], value: Any, kind: str, context: ParamContext) -> list[str]:
    if kind == "COLUMN":
        return _check_text(value) or _check_column(param, value, context)
    return _each(value, lambda item: _check_text(item) or _check_column(param, item, context))


def _check_column(param: dict[str, Any], name: str, context: ParamContext) -> list[str]:
    role = param.get("columnRole", "")
    columns = context.columns_of_role(role)
    if columns is None:
        return [f'has the column "{name}", but the role "{role}" holds no dataset to find it in.']
    types = {column["name"]: column["type"] for column in columns}
    if name not in types:
        return [f'is not a column of the dataset: "{name}". Columns: {", ".join(types)}.']
    allowed = param.get("allowedColumnTypes")
    if allowed and types[name] not in allowed:
        return [f'must be a column of type {", ".join(allowed)}. "{name}" is of type {types[name]}.']
    return []


def _check_map(param: dict[str, Any], value: Any, context: ParamContext) -> list[str]:
    ok = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return [] if ok else [f"must map text to text. Got {value!r}."]


def _check_pairs(param: dict[str, Any], value: Any, context: ParamContext) -> list[str]:
    fault = 'must hold entries with "from" and "to"'
    return _each(value, lambda item: [] if isinstance(item, dict) and {"from", "to"} <= set(item) else [f"{fault}."])


def _check_array(param: dict[str, Any], value: Any, context: ParamContext) -> list[str]:
    return _each(value, lambda item: [])


def _check_objects(param: dict[str, Any], value: Any, context: ParamContext) -> list[str]:
    def check_item(item: Any) -> list[str]:
        if not isinstance(item, dict):
            return [f"must hold objects. Got {item!r}."]
        return [
            f"in an item: {fault}" for fault in check_params(param.get("subParams", []), item, context.columns_of_role)
        ]

    return _each(value, check_item)


_CHECKS: dict[str, Callable[[dict[str, Any], Any, ParamContext], list[str]]] = {
    **{kind: lambda param, value, context: _check_text(value) for kind in TEXT_TYPES + REFERENCE_TYPES},
    **{kind: lambda param, value, context: _each(value, _check_text) for kind in TEXT_LIST_TYPES},
    "INT": lambda param, value, context: _check_number(param, value, "INT"),
    "DOUBLE": lambda param, value, context: _check_number(param, value, "DOUBLE"),
    "INTS": lambda param, value, context: _each(value, lambda item: _check_number({}, item, "INT")),
    "DOUBLES": lambda param, value, context: _each(value, lambda item: _check_number({}, item, "DOUBLE")),
    "BOOLEAN": _check_boolean,
    "SELECT": lambda param, value, context: _check_choice(param, value, "SELECT"),
    "MULTISELECT": lambda param, value, context: _check_choice(param, value, "MULTISELECT"),
    "COLUMN": lambda param, value, context: _check_columns(param, value, "COLUMN", context),
    "COLUMNS": lambda param, value, context: _check_columns(param, value, "COLUMNS", context),
    "MAP": _check_map,
    "KEY_VALUE_LIST": _check_pairs,
    "ARRAY": _check_array,
    "OBJECT_LIST": _check_objects,
}
