"""Run macros of installed plugins, each in a process of its own, and keep their results until they are read."""

from __future__ import annotations

import http
import json
import logging
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from local_dss.descriptors.config_values import with_int_kind
from local_dss.descriptors.plugin import Plugin
from local_dss.environment import SITE_FOLDER
from local_dss.public_api.errors import ApiError, forbidden, not_found
from local_dss.public_api.running.plugin_code import component_type, process_environment
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance

KIND = "pyrunnable"
BOOTSTRAP = SITE_FOLDER / "local_dss_macro.py"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Macro:
    """A macro of an installed plugin, with its ``runnable.json``."""

    plugin: Plugin
    macro_id: str
    descriptor: dict[str, Any]

    @property
    def runnable_type(self) -> str:
        """The type by which the API names it."""
        return component_type(KIND, self.plugin, self.macro_id)

    def definition(self, caller: Caller) -> dict[str, Any]:
        """Return what the API tells about the macro; its admin params to administrators only."""
        admin_params = self.descriptor.get("adminParams", []) if caller.is_admin else []
        own = {"runnableType": self.runnable_type, "ownerPluginId": self.plugin.plugin_id}
        return {**self.descriptor, "adminParams": admin_params, **own}

    def check_caller(self, instance: Instance, caller: Caller, project_key: str) -> None:
        """Refuse a caller without the rights that ``runnable.json`` asks for."""
        if self.descriptor.get("requiresGlobalAdmin") and not caller.is_admin:
            raise forbidden(f"Action forbidden, the macro {self.runnable_type} can only be run by an administrator")
        for right in self.descriptor.get("permissions") or ():
            instance.check_right(caller, project_key, right)

    def config(self, params: dict[str, Any], admin_params: dict[str, Any], int_kind: str) -> dict[str, Any]:
        """Return the params as the code gets them: without the defaults of the form, whole numbers as `int_kind`."""
        declared = [*self.descriptor.get("params", []), *self.descriptor.get("adminParams", [])]
        return with_int_kind(declared, {**params, **admin_params}, int_kind)


class MacroRun:
    """A run of a macro and its process; its folder holds the result until it is read."""

    def __init__(self, macro: Macro, project_key: str, process: subprocess.Popen[bytes], folder: Path):
        self.run_id = secrets.token_hex(8)
        self.macro = macro
        self.project_key = project_key
        self._process = process
        self._folder = folder
        self._start_time = time.time()
        self._is_aborted = False
        self._done = threading.Event()

    def watch(self, at_end: Callable[[], None]) -> None:
        """Wait for the process in a thread, and end what it leaves behind."""

        def wait() -> None:
            self._process.wait()
            self._end_group()
            cast("IO[bytes]", self._process.stdin).close()
            at_end()
            if self.failure is not None:
                logger.warning("%s", (self._folder / "macro.log").read_text(encoding="utf-8", errors="replace"))
            self._done.set()

        threading.Thread(target=wait, name=f"macro-{self.run_id}", daemon=True).start()

    def wait(self) -> None:
        """Wait until the run has ended."""
        self._done.wait()

    def abort(self) -> None:
        """End the process and all it started."""
        if not self._done.is_set():
            self._is_aborted = True
            self._end_group()

    @property
    def failure(self) -> str | None:
        """How the run failed, None if it has not."""
        if self._is_aborted:
            return "The macro was aborted."
        if self._process.poll() in {None, 0}:
            return None
        error = self._read("error.json")
        if error is None:
            return f"Error in Python process: the process ended with code {self._process.returncode}."
        return f"Error in Python process: {error['type']}: {error['message']}"

    def state(self) -> dict[str, Any]:
        """Return the state as the API tells it."""
        state = {
            "runId": self.run_id,
            "projectKey": self.project_key,
            "runnableType": self.macro.runnable_type,
            "running": not self._done.is_set(),
            "aborted": self._is_aborted,
            "startTime": int(self._start_time * 1000),
            "resultType": self.macro.descriptor["resultType"],
            "progress": {"states": [item for item in [self._read("progress.json")] if item]},
        }
        failed = self._done.is_set() and self.failure is not None
        return {**state, "storedError": {"message": self.failure}} if failed else state

    def result(self) -> bytes:
        """Read the result once; a run that goes on is refused, and a failure raised."""
        if not self._done.is_set():
            raise ApiError("The macro is still running: its result cannot be read yet.")
        try:
            if self.failure is not None:
                raise ApiError(self.failure, http.HTTPStatus.INTERNAL_SERVER_ERROR)
            return (self._folder / "result").read_bytes()
        finally:
            self.delete()

    def delete(self) -> None:
        """Delete the files of the run."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _read(self, name: str) -> Any:
        path = self._folder / name
        return json.loads(path.read_bytes()) if path.is_file() else None


class MacroRuns:
    """The runs of macros whose results were not read yet."""

    def __init__(self, instance: Instance):
        self._instance = instance
        self._runs: dict[str, MacroRun] = {}

    def start(self, caller: Caller, project_key: str, runnable_type: str, body: dict[str, Any]) -> MacroRun:
        """Start a macro with the ``params`` of a request, and the ``adminParams`` of an administrator."""
        macro = find_macro(self._instance, runnable_type)
        macro.check_caller(self._instance, caller, project_key)
        admin_params = (body.get("adminParams") or {}) if caller.is_admin else {}
        config = macro.config(body.get("params") or {}, admin_params, self._instance.settings().int_params)
        run = self._start_process(macro, project_key, config, caller)
        self._runs[run.run_id] = run
        return run

    def find(self, project_key: str, runnable_type: str, run_id: str) -> MacroRun:
        """Return a run of a macro in a project; 404 if its result was read."""
        run = self._runs.get(run_id)
        if run is None or (run.project_key, run.macro.runnable_type) != (project_key, runnable_type):
            raise not_found(f"The run {run_id} of macro {runnable_type} does not exist.")
        return run

    def take_result(self, run: MacroRun) -> bytes:
        """Read the result of a run, which ends its existence."""
        if not run.state()["running"]:
            self._runs.pop(run.run_id, None)
        return run.result()

    def stop(self) -> None:
        """End all runs and delete their files."""
        for run in list(self._runs.values()):
            run.abort()
            run.wait()
            run.delete()

    def _start_process(self, macro: Macro, project_key: str, config: dict[str, Any], caller: Caller) -> MacroRun:
        command = [self._instance.code_environments.python_of(macro.plugin), str(BOOTSTRAP)]
        ticket = self._instance.callers.issue_ticket(caller)
        environment = process_environment(self._instance, macro.plugin, project_key, ticket)
        folder = Path(tempfile.mkdtemp(prefix="local-dss-macro-"))
        (folder / "work").mkdir()
        request = {
            "code": str(macro.plugin.macro_folder(macro.macro_id) / "runnable.py"),
            "pythonLib": str(macro.plugin.python_lib),
            "projectKey": project_key,
            "config": config,
            "pluginConfig": json.loads(environment["DKU_PLUGIN_CONFIG"]),
            "resultType": macro.descriptor["resultType"],
        }
        (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
        with open(folder / "macro.log", "wb") as log:
            process = subprocess.Popen(
                [*command, str(folder)],
                cwd=folder / "work",
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        run = MacroRun(macro, project_key, process, folder)
        run.watch(lambda: self._instance.callers.revoke_ticket(ticket))
        return run


def list_macros(instance: Instance) -> list[Macro]:
    """Return the macros of all installed plugins."""
    return [
        Macro(plugin, macro_id, plugin.macro_descriptor(macro_id))
        for plugin in instance.plugins.all()
        for macro_id in plugin.macro_ids()
    ]


def find_macro(instance: Instance, runnable_type: str) -> Macro:
    """Return a macro by its type; `ApiError` if no installed plugin has it."""
    plugin, macro_id = instance.plugins.of_component(runnable_type)
    if runnable_type != component_type(KIND, plugin, macro_id):
        raise ApiError(f"{runnable_type} is no macro.")
    return Macro(plugin, macro_id, plugin.macro_descriptor(macro_id))
