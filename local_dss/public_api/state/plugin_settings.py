"""Settings of a plugin: code environment, config and presets, of the instance and of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from local_dss.descriptors.json_comments import read_json_file
from local_dss.descriptors.plugin import Plugin
from local_dss.site.local_dss_storage.projects import project_folder, read_json, write_json
from local_dss.site.local_dss_storage.settings import plugin_config, plugin_settings_path

_DESCRIPTORS = "accessibleParameterSetDescs"
# What a plugin of which no settings were saved has; `codeEnvName` is absent until it is set.
_OF_INSTANCE = {
    "presets": [],
    "permissions": [],
    "defaultPermission": {"admin": False},
    "detailsNotVisible": False,
    "excludedFromCDE": False,
}


def read_settings(home: Path, plugin: Plugin, project_key: str = "") -> dict[str, Any]:
    """Return the settings as kept, those of a project with its key, with a default for each that was never saved."""
    path = _path(home, plugin, project_key)
    kept = read_json(path, "The settings of the plugin") if path.is_file() else {}
    descriptors = _parameter_sets(plugin)
    of_instance = {**_OF_INSTANCE, "config": plugin_config(home, plugin.plugin_id)}
    defaults = {"presets": []} if project_key else of_instance
    kept_sets = {entry.get("name"): entry for entry in kept.get("parameterSets", [])}
    return {
        **defaults,
        **kept,
        "parameterSets": [{**_permissions_of(entry), **kept_sets.get(entry["id"], {})} for entry in descriptors],
        _DESCRIPTORS: descriptors,
    }


def write_settings(home: Path, plugin: Plugin, settings: dict[str, Any], project_key: str = "") -> None:
    """Keep settings that have a value, unknown ones too; the descriptors of parameter sets are the plugin's."""
    kept = {name: value for name, value in settings.items() if value is not None and name != _DESCRIPTORS}
    write_json(_path(home, plugin, project_key), kept)


def _path(home: Path, plugin: Plugin, project_key: str) -> Path:
    if project_key:
        return project_folder(home, project_key) / "plugin_settings" / f"{plugin.plugin_id}.json"
    return plugin_settings_path(home, plugin.plugin_id)


def _parameter_sets(plugin: Plugin) -> list[dict[str, Any]]:
    return [
        {
            "id": path.parent.name,
            "elementType": f"parameter-set-{plugin.plugin_id}-{path.parent.name}",
            "desc": {"params": [], "pluginParams": [], **read_json_file(path, "A parameter set")},
        }
        for path in sorted(plugin.folder.glob("parameter-sets/*/parameter-set.json"))
    ]


def _permissions_of(descriptor: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": descriptor["id"],
        "type": descriptor["elementType"],
        "defaultPermission": {
            "definableInline": bool(descriptor["desc"].get("defaultDefinableInline", False)),
            "definableAtProjectLevel": bool(descriptor["desc"].get("defaultDefinableAtProjectLevel", False)),
        },
        "permissions": [],
    }
