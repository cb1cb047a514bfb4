"""Where the components of a plugin are used: in recipes, webapps and scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_dss.descriptors.plugin import Plugin
from local_dss.public_api.state.installed_plugins import COMPONENTS, RECIPE, component_folders
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.projects import list_projects

_OBJECT_TYPES = {"recipes": "RECIPE", "webapps": "WEB_APP", "scenarios": "SCENARIO"}
# Where an object, or a step or trigger of it, names the component it is made of.
_TYPE_KEYS = ("type", "runnableType")


def find_usages(instance: Instance, plugin: Plugin, project_key: str = "") -> dict[str, list[dict[str, Any]]]:
    """Return the usages, in one project or in all, and the types missing everywhere that may have been the plugin's."""
    own = component_folders(plugin)
    known = {object_type for other in instance.plugins.all() for object_type in component_folders(other)}
    usages, missing = [], []
    for key in [project_key] if project_key else list_projects(instance.home):
        for where, object_type in _typed_objects(instance, key):
            kind = object_type.partition("_")[0]
            if object_type in own:
                usages.append({"elementKind": COMPONENTS[kind][0], "elementType": object_type, **where})
            elif object_type not in known and _may_be_of(plugin, kind, object_type):
                missing.append({"missingType": object_type, **where})
    return {"usages": usages, "missingTypes": missing}


def _may_be_of(plugin: Plugin, kind: str, object_type: str) -> bool:
    """Return whether a type that no plugin has may be one of this plugin; types of recipes do not name theirs."""
    return kind == RECIPE or (kind in COMPONENTS and object_type.startswith(f"{kind}_{plugin.plugin_id}_"))


def _typed_objects(instance: Instance, project_key: str) -> Iterator[tuple[dict[str, str], str]]:
    for kind, object_kind in _OBJECT_TYPES.items():
        objects = instance.objects(project_key, kind)
        for name in objects.names():
            where = {"objectId": name, "objectType": object_kind, "projectKey": project_key}
            yield from ((where, object_type) for object_type in sorted(set(_types(objects.read(name)))))


def _types(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[key] for key in _TYPE_KEYS if isinstance(value.get(key), str))
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from _types(entry)
