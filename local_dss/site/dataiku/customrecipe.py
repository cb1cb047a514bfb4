"""What a plugin recipe knows of itself: its roles, its settings, its resources."""

from __future__ import annotations

import json
import os
from operator import itemgetter
from typing import Any

from .core.errors import DssError
from .core.flow import flow_items


def get_input_names(full: bool = True) -> list[str]:
    """Return the names of all inputs, in form order; ``KEY.name``, or the smart names with ``full=False``."""
    return [_name(item, full) for item in flow_items("in")]


def get_output_names(full: bool = True) -> list[str]:
    """Return the names of all outputs, in form order."""
    return [_name(item, full) for item in flow_items("out")]


def get_input_names_for_role(role: str, full: bool = True) -> list[str]:
    """Return the names of the inputs of a role, in form order; empty when the role is empty or unknown."""
    return [_name(item, full) for item in _items_of_role("in", role)]


def get_output_names_for_role(role: str, full: bool = True) -> list[str]:
    """Return the names of the outputs of a role, in form order; empty when the role is empty or unknown."""
    return [_name(item, full) for item in _items_of_role("out", role)]


def get_recipe_config() -> dict[str, Any]:
    """Return the settings of the recipe, a fresh dict at each call."""
    return json.loads(_variable("DKU_CUSTOM_RECIPE_CONFIG"))


def get_plugin_config() -> dict[str, Any]:
    """Return the settings of the plugin, a fresh dict at each call."""
    return json.loads(_variable("DKU_CUSTOM_RECIPE_PLUGIN_CONFIG"))


def get_recipe_resource() -> str:
    """Return the path of the plugin's resource folder."""
    return _variable("DKU_CUSTOM_RESOURCE_FOLDER")


def _items_of_role(direction: str, role: str) -> list[dict[str, Any]]:
    return sorted((item for item in flow_items(direction) if item["role"] == role), key=itemgetter("indexInRole"))


def _name(item: dict[str, Any], full: bool) -> str:
    return item["fullName"] if full else item["smartName"]


def _variable(name: str) -> str:
    if name not in os.environ:
        raise DssError(f"This call only works inside a plugin recipe: {name} is not set.")
    return os.environ[name]
