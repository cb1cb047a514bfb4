"""What the processes that run code of a plugin are started with."""

from __future__ import annotations

from local_dss.descriptors.plugin import Plugin
from local_dss.environment import TICKET_VARIABLE, URL_VARIABLE, child_environment
from local_dss.public_api.state.instance import Instance


def component_type(kind: str, plugin: Plugin, component_id: str) -> str:
    """Return the type by which the API names a component of a plugin, such as ``pyrunnable_<plugin>_<component>``."""
    return f"{kind}_{plugin.plugin_id}_{component_id}"


def process_environment(instance: Instance, plugin: Plugin, project_key: str, ticket: str) -> dict[str, str]:
    """Return the environment of a process of a plugin, whose client of the API acts for the holder of a ticket."""
    environment = child_environment(home=instance.home, project_key=project_key, plugin=plugin)
    return {**environment, URL_VARIABLE: instance.url, TICKET_VARIABLE: ticket}
