"""Create, update and delete the code environments of plugins, as work whose result has messages."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

from local_dss.descriptors.plugin import Plugin
from local_dss.errors import LocalDssError
from local_dss.public_api.errors import ApiError, coded
from local_dss.public_api.running.environments.interpreters import choose_interpreter
from local_dss.public_api.running.environments.packages import PackageBuild
from local_dss.public_api.state.code_environments import LANGUAGE, environment_descriptor, requirements_path
from local_dss.public_api.state.futures import Report, Work
from local_dss.public_api.state.instance import Instance
from local_dss.public_api.state.messages import ERROR, INFO, message, result_of
from local_dss.public_api.state.plugin_settings import read_settings

# What DSS brings into an environment with core packages.
_CORE_PACKAGES = Path(__file__).resolve().parents[3] / "requirements.txt"
_KEPT_OF_DESCRIPTOR = ("installCorePackages", "corePackagesSet", "installJupyterSupport")
_LINES_OF_LOG = 40


class EnvironmentBuilds:
    """Builds that go on; one environment is built or deleted by one caller at a time."""

    def __init__(self, instance: Instance):
        self._instance = instance
        self._environments = instance.code_environments
        self._busy: set[str] = set()
        self._changed = threading.Condition()
        self._closing = threading.Event()

    def create_work(self, plugin: Plugin, asked: Optional[str], owner: str) -> Work:
        """Return the work that creates the environment of a plugin, with the interpreter asked for, if one is."""
        if not requirements_path(plugin).is_file():
            raise ApiError(f"Plugin {plugin.plugin_id} has no code-env/python/spec/requirements.txt: it needs none.")
        name = f"plugin_{plugin.plugin_id}_managed"

        def work(stopping: threading.Event, report: Report) -> dict[str, Any]:
            if name in self._environments:
                raise LocalDssError(f"Code environment {name} exists. Update it, or delete it first.")
            interpreter, python = choose_interpreter(environment_descriptor(plugin), asked, only_current=self._reuses())
            definition = {"envName": name, "envLang": LANGUAGE, "deploymentMode": "PLUGIN_MANAGED", "owner": owner}
            local = {"python": python, "built": False}
            self._environments.write(name, {**definition, **_described(plugin, interpreter), "local": local})
            return self._build(name, "create", stopping, report)

        return self._alone(name, work)

    def update_work(self, plugin: Plugin) -> Work:
        """Return the work that brings the environment in a plugin's settings to what the plugin requires now."""
        name = read_settings(self._instance.home, plugin).get("codeEnvName")
        if not name:
            raise coded("ERR_PLUGIN_WITHOUT_CODEENV", f"No code environment is selected for plugin {plugin.plugin_id}.")
        interpreter = self._environments.read(name)["desc"]["pythonInterpreter"]

        def work(stopping: threading.Event, report: Report) -> dict[str, Any]:
            choose_interpreter(environment_descriptor(plugin), interpreter, only_current=self._reuses())
            definition = self._environments.read(name)
            self._environments.write(name, {**definition, **_described(plugin, interpreter)})
            return self._build(name, "update", stopping, report)

        return self._alone(name, work)

    def delete_work(self, name: str) -> Work:
        """Return the work that deletes an environment with its logs."""

        def work(stopping: threading.Event, report: Report) -> dict[str, Any]:
            self._environments.delete(name)
            return result_of([message(INFO, f"Code environment {name} was deleted.")])

        return self._alone(name, work)

    def stop(self) -> None:
        """End all builds, and wait until they have ended."""
        self._closing.set()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)

    def _alone(self, name: str, work: Work) -> Work:
        """Return a work that runs while no other is at the environment, and turns refusals into messages."""

        def alone(stopping: threading.Event, report: Report) -> Any:
            try:
                with self._reserved(name):
                    return work(stopping, report)
            except LocalDssError as error:
                return result_of([message(ERROR, str(error))], envName=name)

        return alone

    @contextlib.contextmanager
    def _reserved(self, name: str) -> Iterator[None]:
        with self._changed:
            if name in self._busy:
                raise LocalDssError(f"Code environment {name} is being built. Wait for the end, or abort the build.")
            self._busy.add(name)
        try:
            yield
        finally:
            with self._changed:
                self._busy.discard(name)
                self._changed.notify_all()

    def _reuses(self) -> bool:
        return self._instance.settings().env == "reuse"

    def _build(self, name: str, action: str, stopping: threading.Event, report: Report) -> dict[str, Any]:
        definition, log_path = self._environments.read(name), self._environments.new_log(name, action)
        with open(log_path, "w", encoding="utf-8") as log:
            build = PackageBuild(self._environments.folder(name), log, report, (stopping, self._closing))
            built = build.check_current(definition) if self._reuses() else build.install(definition)
        if built is None:
            lines = log_path.read_text(encoding="utf-8", errors="replace").splitlines()
            reasons = [line for line in lines if line.startswith("ERROR:")]
            text = f"The packages of code environment {name} cannot be installed. {' '.join(reasons)}".strip()
            return result_of([message(ERROR, text, details="\n".join(lines[-_LINES_OF_LOG:]))], envName=name)
        python, packages = built
        local = {**definition["local"], "runs": python, "built": True}
        self._environments.write(name, {**definition, "actualPackageList": packages, "local": local})
        return result_of([message(INFO, f"Code environment {name} was built.")], envName=name)


def _described(plugin: Plugin, interpreter: str) -> dict[str, Any]:
    """Return what a definition takes from the plugin."""
    descriptor = environment_descriptor(plugin)
    kept = {key: descriptor[key] for key in _KEPT_OF_DESCRIPTOR if key in descriptor}
    core = _CORE_PACKAGES.read_text(encoding="utf-8") if descriptor.get("installCorePackages", True) else ""
    return {
        "desc": {"pythonInterpreter": interpreter, **kept},
        "specPackageList": requirements_path(plugin).read_text(encoding="utf-8"),
        "mandatoryPackageList": core,
    }
