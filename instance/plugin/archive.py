"""What a zip of the plugin says about itself, before it is uploaded."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from instance.report import RefusedError

PLUGIN_ID = "text-explorer"
_ENVIRONMENT = "code-env/python"


@dataclass(frozen=True)
class PluginZip:
    """Version, requirements and environment descriptor of the plugin in a zip."""

    path: Path
    version: str
    requirements: tuple[str, ...]
    environment: dict[str, Any]

    @property
    def interpreters(self) -> list[str]:
        """Python interpreters that the plugin accepts, as DSS names them."""
        return [str(name) for name in self.environment.get("acceptedPythonInterpreters") or []]


def read_plugin_zip(path: Path) -> PluginZip:
    """Read a zip that `make plugin` wrote.

    Raises
    ------
    RefusedError
        If it is no zip, or not one of this plugin.
    """
    if not path.is_file():
        raise RefusedError(f"There is no file {path}. `make plugin` writes the zip into dist/.")
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            plugin = json.loads(archive.read("plugin.json"))
            spec, descriptor = f"{_ENVIRONMENT}/spec/requirements.txt", f"{_ENVIRONMENT}/desc.json"
            requirements = archive.read(spec).decode("utf-8") if spec in names else ""
            environment = json.loads(archive.read(descriptor)) if descriptor in names else {}
        plugin_id, version = plugin["id"], str(plugin["version"])
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError):
        raise RefusedError(
            f"{path} is no zip of a plugin: it needs plugin.json at its root, with id and version."
        ) from None
    if plugin_id != PLUGIN_ID:
        raise RefusedError(f"{path} holds the plugin {plugin_id!r}. This tool installs {PLUGIN_ID} only.")
    return PluginZip(path, version, requirement_lines(requirements), environment)


def requirement_lines(text: str) -> tuple[str, ...]:
    """Return the requirements of a text as pip reads it, without comments and blank lines, sorted."""
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    return tuple(sorted(line for line in lines if line and not line.startswith("#")))


def is_older(version: str, than: str) -> bool:
    """Return whether a version is older than another; False where one of them is no version."""
    try:
        return Version(version) < Version(than)
    except InvalidVersion:
        return False
