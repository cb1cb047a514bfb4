"""What a plugin webapp's backend knows of itself: its settings and resources."""

from __future__ import annotations

import json
import os
from typing import Any, Optional

from .core.errors import DssError

__all__ = ["get_plugin_config", "get_plugin_settings", "get_webapp_config", "get_webapp_resource"]


def get_webapp_config() -> dict[str, Any]:
    """Return the settings of the webapp, a fresh dict at each call; params that were not set are absent."""
    return json.loads(_variable("DKU_CUSTOM_WEBAPP_CONFIG"))


def get_plugin_config() -> dict[str, Any]:
    """Return the settings of the plugin, a fresh dict at each call."""
    return json.loads(_variable("DKU_PLUGIN_CONFIG"))


def get_webapp_resource() -> str:
    """Return the path of the plugin's resource folder."""
    return _variable("DKU_CUSTOM_RESOURCE_FOLDER")


def get_plugin_settings(config: Optional[dict[str, Any]] = None) -> dict[str, Any]:
    """Return the settings of the plugin, or those of a webapp description given by the caller."""
    return get_plugin_config() if config is None else config.get("pluginConfig", {})


def _variable(name: str) -> str:
    if name not in os.environ:
        raise DssError(f"This call only works inside the backend of a plugin webapp: {name} is not set.")
    return os.environ[name]
