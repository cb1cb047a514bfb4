"""Code environments of the instance, each a folder with its definition, its interpreter and the logs of its builds."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import Any

from local_dss.descriptors.json_comments import read_json_file
from local_dss.descriptors.plugin import Plugin
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.state.plugin_settings import read_settings
from local_dss.site.local_dss_storage.names import check_name, is_name
from local_dss.site.local_dss_storage.projects import read_json, write_json

LANGUAGE = "PYTHON"
_DEFINITION = "desc.json"


class CodeEnvironments:
    """Environments of a home folder.

    A definition holds what DSS answers, and of our own below ``local``: ``python``, from which the environment is made,
    ``runs``, which runs code in it, and whether it was ever ``built``.
    """

    def __init__(self, home: Path):
        self._home = home
        self._folder = home / "code_envs" / LANGUAGE

    def python_of(self, plugin: Plugin) -> str:
        """Return the path of the interpreter that runs the components of a plugin.

        `ApiError` where the plugin needs an environment and has none, or its environment is gone or was never built.
        """
        name = read_settings(self._home, plugin).get("codeEnvName")
        if name:
            return self._python(plugin, name)
        if requirements_path(plugin).is_file():
            raise ApiError(
                f"Plugin {plugin.plugin_id} needs a code environment and none is selected. "
                "Build one, and select it in the settings of the plugin."
            )
        return sys.executable

    def names(self) -> list[str]:
        """Return the names, sorted."""
        return sorted(path.parent.name for path in self._folder.glob(f"*/{_DEFINITION}"))

    def __contains__(self, name: object) -> bool:
        return name in self.names()

    def folder(self, name: str) -> Path:
        """Return the folder of an environment, which may not exist yet."""
        return self._folder / check_name(name, "code environment")

    def read(self, name: str, language: str = LANGUAGE) -> dict[str, Any]:
        """Return the definition of an environment; `ApiError` 404 where there is none."""
        if language.upper() != LANGUAGE or not is_name(name) or name not in self:
            raise not_found(f"Code environment not found: {language} {name}")
        return read_json(self.folder(name) / _DEFINITION, f"Code environment {name}")

    def write(self, name: str, definition: dict[str, Any]) -> None:
        """Keep the definition of an environment."""
        write_json(self.folder(name) / _DEFINITION, definition)

    def delete(self, name: str) -> None:
        """Remove an environment with its logs."""
        shutil.rmtree(self.folder(name))

    def new_log(self, name: str, action: str) -> Path:
        """Return the path of a log file that does not exist yet."""
        folder = self.folder(name) / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        stamp = time.strftime("%Y%m%d-%H%M%S")
        return folder / f"{action}-{stamp}-{len(list(folder.iterdir())) + 1:03d}.log"

    def logs(self, name: str) -> list[Path]:
        """Return the log files of an environment, oldest first."""
        return sorted((self.folder(name) / "logs").glob("*.log"), key=lambda path: path.stem.rpartition("-")[2])

    def _python(self, plugin: Plugin, name: str) -> str:
        if not is_name(name) or name not in self:
            raise ApiError(
                f"The code environment {name} of plugin {plugin.plugin_id} does not exist. "
                "Build it, or select another in the settings of the plugin."
            )
        local = self.read(name)["local"]
        if not local["built"]:
            raise ApiError(
                f"The code environment {name} of plugin {plugin.plugin_id} could not be built. "
                "Read the log of its build, and update it."
            )
        return str(local["runs"])


def requirements_path(plugin: Plugin) -> Path:
    """Return where a plugin lists the packages it needs; a plugin that has the file needs an environment."""
    return plugin.folder / "code-env" / "python" / "spec" / "requirements.txt"


def environment_descriptor(plugin: Plugin) -> dict[str, Any]:
    """Return the ``desc.json`` of the environment that a plugin needs."""
    path = plugin.folder / "code-env" / "python" / "desc.json"
    return dict(read_json_file(path, "The descriptor of the code environment"))
