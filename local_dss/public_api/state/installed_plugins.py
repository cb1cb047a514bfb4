"""Plugins of the instance: installed ones below ``plugins/installed``, development ones below ``plugins/dev``."""

from __future__ import annotations

import http
import shutil
from pathlib import Path

from local_dss.descriptors.plugin import Plugin, load_plugin
from local_dss.public_api.errors import coded
from local_dss.site.local_dss_storage.names import is_name

# Folder and descriptor of each kind of component, by how the types of objects begin that are made of one.
COMPONENTS = {
    "CustomCode": ("custom-recipes", "recipe.json"),
    "webapp": ("webapps", "webapp.json"),
    "pyrunnable": ("python-runnables", "runnable.json"),
    "pystep": ("python-steps", "step.json"),
    "pytrigger": ("python-triggers", "trigger.json"),
    "Sample": ("sample-datasets", "dataset.json"),
}
RECIPE = "CustomCode"


class InstalledPlugins:
    """Plugins of a home folder, read again at each question: an update changes them at any time."""

    def __init__(self, home: Path):
        self.folder = home / "plugins"

    def all(self) -> list[Plugin]:
        """Return all plugins, sorted by id; those of development hide installed ones of the same id."""
        folders = {path.parent.name: path.parent for kind in ("installed", "dev") for path in self._descriptors(kind)}
        return [load_plugin(folders[plugin_id]) for plugin_id in sorted(folders)]

    def load(self, plugin_id: str) -> Plugin:
        """Return one plugin; `ApiError` 404 where it is not installed."""
        for kind in ("dev", "installed"):
            folder = self.folder / kind / plugin_id
            if is_name(plugin_id) and (folder / "plugin.json").is_file():
                return load_plugin(folder)
        text = f"Plugin not installed or removed: {plugin_id}"
        raise coded("ERR_PLUGIN_NOT_INSTALLED", text, http.HTTPStatus.NOT_FOUND)

    def is_development(self, plugin_id: str) -> bool:
        """Return whether a plugin is one of development, which no zip may replace."""
        return is_name(plugin_id) and (self.folder / "dev" / plugin_id / "plugin.json").is_file()

    def with_recipe(self, folder: str) -> Plugin:
        """Return the plugin that has a recipe folder, which is unique over the instance."""
        return self.of_component(f"{RECIPE}_{folder}")[0]

    def of_component(self, object_type: str) -> tuple[Plugin, str]:
        """Return plugin and component folder of the type of an object.

        Types are ``CustomCode_<folder>`` for a recipe, and ``webapp_<plugin>_<folder>``,
        ``pyrunnable_<plugin>_<folder>`` and alike for other kinds. `ApiError` where no plugin has it.
        """
        for plugin in self.all():
            folder = component_folders(plugin).get(object_type)
            if folder is not None:
                return plugin, folder
        raise coded(
            "ERR_PLUGIN_COMPONENT_NOT_INSTALLED",
            f"Plugin component not installed or removed: {object_type}. Install the plugin that has it.",
        )

    def replace(self, plugin_id: str, unpacked: Path) -> None:
        """Put an unpacked plugin where the installed one of its id is, which is removed."""
        target, old = self.folder / "installed" / plugin_id, unpacked.parent / f"{unpacked.name}.old"
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
        unpacked.rename(target)
        shutil.rmtree(old, ignore_errors=True)

    def delete(self, plugin_id: str) -> None:
        """Remove a plugin of either kind; its settings stay."""
        shutil.rmtree(self.load(plugin_id).folder)

    def _descriptors(self, kind: str) -> list[Path]:
        return [path for path in (self.folder / kind).glob("*/plugin.json") if is_name(path.parent.name)]


def component_folders(plugin: Plugin) -> dict[str, str]:
    """Return the folders of the components of a plugin by the types of objects that are made of them."""
    return {
        (f"{kind}_" if kind == RECIPE else f"{kind}_{plugin.plugin_id}_") + path.parent.name: path.parent.name
        for kind, (parent, descriptor) in COMPONENTS.items()
        for path in sorted((plugin.folder / parent).glob(f"*/{descriptor}"))
    }
