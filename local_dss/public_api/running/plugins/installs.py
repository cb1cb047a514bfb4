"""Install, update and delete a plugin, as work whose result has messages."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

from local_dss.descriptors.plugin import Plugin, load_plugin
from local_dss.errors import LocalDssError
from local_dss.public_api.errors import ApiError, coded
from local_dss.public_api.running.plugins.archive import unpack
from local_dss.public_api.running.plugins.usages import find_usages
from local_dss.public_api.state.futures import Report, Work
from local_dss.public_api.state.installed_plugins import InstalledPlugins, component_folders
from local_dss.public_api.state.instance import Instance
from local_dss.public_api.state.messages import ERROR, INFO, message, result_of

_INVALID = "ERR_PLUGIN_INVALID_DEFINITION"
_one_at_a_time = threading.Lock()


def install_work(plugins: InstalledPlugins, content: bytes, updated: str = "") -> Work:
    """Return the work that installs the plugin of a zip, or that updates an installed one with it.

    What is wrong with the zip is among the messages of the result; a plugin of development raises `ApiError`.
    """

    def work(stopping: threading.Event, report: Report) -> dict[str, Any]:
        plugins.folder.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=plugins.folder, prefix=".unpacking-"))
        try:
            report("Unpacking the plugin")
            unpack(content, temporary / "plugin")
            report("Checking the plugin")
            return _install(plugins, load_plugin(temporary / "plugin"), updated)
        except LocalDssError as error:
            text = str(error).replace(str(temporary / "plugin"), "the zip")
            return result_of([message(ERROR, text, _INVALID)])
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    return work


def delete_work(instance: Instance, plugin: Plugin, *, force: bool) -> Work:
    """Return the work that deletes a plugin; one that may be in use raises `ApiError` unless it is forced."""

    def work(stopping: threading.Event, report: Report) -> dict[str, Any]:
        report("Looking for usages")
        found = [] if force else [entry for entries in find_usages(instance, plugin).values() for entry in entries]
        if found:
            listed = ", ".join(sorted({f"{entry['projectKey']}.{entry['objectId']}" for entry in found}))
            raise ApiError(
                f"Plugin {plugin.plugin_id} may be in use by {listed}. Delete these objects first, or force it."
            )
        with _one_at_a_time:
            instance.plugins.delete(plugin.plugin_id)
        return result_of([message(INFO, f"Plugin {plugin.plugin_id} was deleted.")])

    return work


def _install(plugins: InstalledPlugins, plugin: Plugin, updated: str) -> dict[str, Any]:
    name, version = plugin.plugin_id, plugin.descriptor.get("version")
    if updated and updated != name:
        raise LocalDssError(f"The zip holds plugin {name}. Plugin {updated} can only be updated by a zip of its own.")
    with _one_at_a_time:
        if plugins.is_development(name):
            raise coded(
                "ERR_PLUGIN_WRONG_TYPE",
                f"Plugin {name} is a development plugin, which no zip can replace. Delete it, or update its branch.",
            )
        others = plugins.all()
        before = next((other for other in others if other.plugin_id == name), None)
        if before is not None and not updated:
            raise LocalDssError(f"Plugin {name} is installed. Update it instead.")
        _check_components(plugin, [other for other in others if other.plugin_id != name])
        plugins.replace(name, plugin.folder)
    if before is None:
        return result_of([message(INFO, f"Plugin {name} {version} was installed.")], pluginId=name, version=version)
    previous = before.descriptor.get("version")
    text = f"Plugin {name} was updated from {previous} to {version}."
    return result_of([message(INFO, text)], pluginId=name, version=version, previousVersion=previous)


def _check_components(plugin: Plugin, others: list[Plugin]) -> None:
    """Refuse a component that another plugin has: names of components are unique over the instance."""
    own = _named_components(plugin)
    for other in others:
        for kind, folder in sorted(own & _named_components(other)):
            raise LocalDssError(
                f"Plugins {plugin.plugin_id} and {other.plugin_id} both have {kind} {folder}. Rename one of them."
            )


def _named_components(plugin: Plugin) -> set[tuple[str, str]]:
    return {(object_type.partition("_")[0], folder) for object_type, folder in component_folders(plugin).items()}
