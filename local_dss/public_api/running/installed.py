"""The installed plugins as what runs needs them: the plugin of a recipe, its interpreter and its settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from local_dss.descriptors.plugin import Plugin, load_plugin
from local_dss.errors import LocalDssError
from local_dss.public_api.state.instance import Instance

RECIPE_PREFIX = "CustomCode_"


def plugin_of_recipe(instance: Instance, recipe_type: str) -> Plugin:
    """Return the plugin of a recipe's type; refuse a type that no plugin has."""
    folder = recipe_type[len(RECIPE_PREFIX) :] if recipe_type.startswith(RECIPE_PREFIX) else ""
    for candidate in sorted((instance.home / "plugins" / "installed").glob("[!.]*")):
        plugin = load_plugin(candidate)
        if folder in plugin.recipe_ids():
            return plugin
    raise LocalDssError(f"Unknown recipe type: {recipe_type}. Only recipes of installed plugins are served here.")


def recipe_id_of(recipe_type: str) -> str:
    """Return the folder of a recipe in its plugin."""
    return recipe_type[len(RECIPE_PREFIX) :]


def python_of(instance: Instance, plugin: Plugin) -> str:
    """Return the interpreter of a plugin."""
    return sys.executable


def config_of(instance: Instance, plugin: Plugin) -> Mapping[str, Any]:
    """Return the plugin-level params."""
    return instance.settings().plugin_config.get(plugin.plugin_id, {})
