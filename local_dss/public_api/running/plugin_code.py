"""Components of installed plugins, and what the processes that run their code are started with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from local_dss.descriptors.plugin import Plugin, load_plugin
from local_dss.environment import child_environment
from local_dss.public_api.errors import not_found
from local_dss.public_api.state.instance import Instance

URL_VARIABLE, TICKET_VARIABLE = "LOCAL_DSS_URL", "DKU_API_TICKET"


def installed_plugins(instance: Instance) -> Iterator[Plugin]:
    """Yield the installed plugins, in the order of their ids."""
    for descriptor in sorted((instance.home / "plugins" / "installed").glob("[!.]*/plugin.json")):
        yield load_plugin(descriptor.parent)


def find_component(
    instance: Instance, prefix: str, type_name: str, ids_of: Callable[[Plugin], list[str]]
) -> tuple[Plugin, str]:
    """Return plugin and component that a type such as ``pyrunnable_<plugin>_<component>`` names; 404 if none does."""
    for plugin in installed_plugins(instance):
        for component_id in ids_of(plugin):
            if type_name == component_type(prefix, plugin, component_id):
                return plugin, component_id
    raise not_found(f"Unknown component type: {type_name}. Is its plugin installed?")


def component_type(prefix: str, plugin: Plugin, component_id: str) -> str:
    """Return the type by which the API names a component of a plugin."""
    return f"{prefix}_{plugin.plugin_id}_{component_id}"


def interpreter_of(instance: Instance, plugin: Plugin) -> str:
    """Return the Python interpreter of the plugin's code environment."""
    return sys.executable


def process_environment(instance: Instance, plugin: Plugin, project_key: str, ticket: str) -> dict[str, str]:
    """Return the environment of a process of a plugin, whose client of the API acts for the holder of a ticket."""
    environment = child_environment(home=instance.home, project_key=project_key, plugin=plugin)
    return {**environment, URL_VARIABLE: instance.url, TICKET_VARIABLE: ticket}
