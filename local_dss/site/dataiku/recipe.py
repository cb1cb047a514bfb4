"""Inputs and outputs of the running recipe as objects, names or references."""

from __future__ import annotations

from typing import Any, Optional

from .core.dataset import Dataset
from .core.errors import DssError
from .core.flow import flow_items
from .core.managed_folder import Folder

_CLASSES = {"DATASET": Dataset, "MANAGED_FOLDER": Folder}


def get_inputs(
    index: Optional[int] = None, role: Optional[str] = None, object_type: Optional[str] = None, as_type: str = "object"
) -> list[Any]:
    """Return the inputs that match, in form order, as ``object``, ``name`` (full) or ``ref`` (smart name)."""
    return _select("in", index, role, object_type, as_type)


def get_outputs(
    index: Optional[int] = None, role: Optional[str] = None, object_type: Optional[str] = None, as_type: str = "object"
) -> list[Any]:
    """Return the outputs that match; see `get_inputs`."""
    return _select("out", index, role, object_type, as_type)


def get_input(
    index: Optional[int] = None, role: Optional[str] = None, object_type: Optional[str] = None, as_type: str = "object"
) -> Any:
    """Return the one input that matches, None when there is none; several are an error."""
    return _single(get_inputs(index, role, object_type, as_type), "input")


def get_output(
    index: Optional[int] = None, role: Optional[str] = None, object_type: Optional[str] = None, as_type: str = "object"
) -> Any:
    """Return the one output that matches, None when there is none; several are an error."""
    return _single(get_outputs(index, role, object_type, as_type), "output")


def _select(
    direction: str, index: Optional[int], role: Optional[str], object_type: Optional[str], as_type: str
) -> list[Any]:
    chosen = [
        item
        for item in flow_items(direction)
        if index in (None, item["indexInRole"]) and role in (None, item["role"]) and object_type in (None, item["type"])
    ]
    return [_as_type(item, as_type) for item in chosen]


def _as_type(item: dict[str, Any], as_type: str) -> Any:
    if as_type == "object":
        return _CLASSES[item["type"]](item["fullName"])
    if as_type == "name":
        return item["fullName"]
    if as_type == "ref":
        return item["smartName"]
    raise ValueError(f"as_type must be object, name or ref. Got {as_type!r}.")


def _single(matches: list[Any], kind: str) -> Any:
    if len(matches) > 1:
        raise DssError(f"Several {kind}s match: {len(matches)}. Give a role or an index.")
    return matches[0] if matches else None
