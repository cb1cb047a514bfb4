"""Webapps of projects: their definitions, and the processes of their backends."""

from __future__ import annotations

import http
import json
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from local_dss.descriptors.config_values import with_int_kind
from local_dss.descriptors.plugin import Plugin
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.running.plugin_code import component_type, process_environment
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance
from local_dss.webapp_host.backends import BackendCommand, BackendPool
from local_dss.webapp_host.config import CONFIG_VARIABLE
from local_dss.webapp_host.webapp import Webapp, load_webapp

KIND = "webapp"
CODE_TYPES = ("STANDARD", "BOKEH", "DASH", "STREAMLIT", "SHINY")
ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
LOG_LINES = 1000
POLL_SECONDS = 0.05
# What the server decides, whatever is sent to it.
_OWN_KEYS = ("id", "projectKey", "type", "apiKey", "versionTag")


def create_webapp(instance: Instance, user: str, project_key: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Create a webapp from a definition, of which only ``name`` and ``type`` are needed; return the whole of it.

    The type of a plugin's webapp is refused, unless the instance is set to accept it.
    """
    webapp_type, name = wanted.get("type"), wanted.get("name")
    if not isinstance(name, str) or not name.strip() or not isinstance(webapp_type, str):
        raise ApiError("A webapp needs a name and a type.")
    if webapp_type not in CODE_TYPES:
        if instance.settings().plugin_webapps_by_api == "refuse":
            raise ApiError(f"Unsupported webapp type: {webapp_type}. Should be one of: {', '.join(CODE_TYPES)}")
        plugin_webapp(instance, webapp_type)
    store = instance.objects(project_key, "webapps")
    params = {
        "backendEnabled": webapp_type != "STANDARD",
        "autoStartBackend": False,
        "nbProcesses": 0,
        "envSelection": {"envMode": "INHERIT"},
        "infra": {"type": "KERNEL"},
    }
    with store.lock:
        webapp_id = "".join(secrets.choice(ID_LETTERS) for _ in range(7))
        definition = {
            **{"params": params, "config": {}, "tags": [], **wanted},
            "id": store.free_name(webapp_id),
            "projectKey": project_key,
            "apiKey": secrets.token_hex(16),
            "versionTag": _version_tag(0, user),
        }
        store.write(definition["id"], definition)
    return definition


def read_webapp(instance: Instance, project_key: str, webapp_id: str) -> dict[str, Any]:
    """Return the definition of a webapp; 404 if the project does not have it."""
    store = instance.objects(project_key, "webapps")
    if webapp_id not in store:
        raise not_found(f"Webapp not found: {project_key}.{webapp_id}")
    return store.read(webapp_id)


def save_webapp(instance: Instance, user: str, known: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Replace the definition of a webapp, keys unknown here included; its backend keeps what it was started with."""
    store = instance.objects(known["projectKey"], "webapps")
    number = known["versionTag"]["versionNumber"] + 1
    own = {**{key: known[key] for key in _OWN_KEYS}, "versionTag": _version_tag(number, user)}
    with store.lock:
        store.write(known["id"], {**wanted, **own})
    return {**wanted, **own}


def plugin_webapp(instance: Instance, webapp_type: str) -> tuple[Plugin, Webapp]:
    """Return plugin and webapp of a type such as ``webapp_<plugin>_<webapp>``; `ApiError` if no plugin has it."""
    if webapp_type in CODE_TYPES:
        raise ApiError("The local stand-in for DSS serves webapps of plugins only, not code webapps.")
    plugin, webapp_id = instance.plugins.of_component(webapp_type)
    if webapp_type != component_type(KIND, plugin, webapp_id):
        raise ApiError(f"{webapp_type} is no type of a webapp.")
    return plugin, load_webapp(plugin, webapp_id)


def webapp_config(instance: Instance, webapp: Webapp, definition: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the params as page and backend get them: those that are set, without defaults."""
    values = with_int_kind(list(webapp.params), definition.get("config") or {}, instance.settings().int_params)
    return {name: value for name, value in values.items() if value is not None}


@dataclass
class _Backend:
    """The processes of one webapp, and the last lines of their log."""

    pool: BackendPool
    lines: deque[str]
    ticket: str
    future_id: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def is_down(self) -> bool:
        """Whether no process is ready, nor will be."""
        return self.pool.is_settled and self.pool.next_port() is None


class WebappBackends:
    """The backends that were started and not stopped, by project and webapp."""

    def __init__(self, instance: Instance):
        self._instance = instance
        self._backends: dict[tuple[str, str], _Backend] = {}
        self._lock = threading.Lock()

    def restart(
        self, caller: Caller, project_key: str, webapp_id: str, stopping: threading.Event | None = None
    ) -> dict[str, Any]:
        """Start or restart a backend, which acts for the caller, and wait until it is ready; `ApiError` if it fails."""
        definition = read_webapp(self._instance, project_key, webapp_id)
        backend = self._make(caller, definition)
        with self._lock:
            self._end((project_key, webapp_id))
            self._backends[project_key, webapp_id] = backend
            backend.pool.start()
        stopping = stopping or threading.Event()
        while not backend.pool.is_settled and not stopping.wait(POLL_SECONDS):
            pass
        if stopping.is_set():
            self.stop_backend(project_key, webapp_id)
            raise ApiError("The start of the backend was aborted.")
        if backend.is_down:
            raise ApiError(
                f"The backend of webapp {project_key}.{webapp_id} failed to start. Read its log.",
                http.HTTPStatus.INTERNAL_SERVER_ERROR,
            )
        return {"projectKey": project_key, "webAppId": webapp_id}

    def stop_backend(self, project_key: str, webapp_id: str) -> None:
        """Stop a backend, if it was started."""
        with self._lock:
            self._end((project_key, webapp_id))

    def state(self, project_key: str, webapp_id: str) -> dict[str, Any]:
        """Return the state of a backend with the end of its log, also as that of a crash when it is down."""
        state: dict[str, Any] = {"projectKey": project_key, "webAppId": webapp_id}
        backend = self._backends.get((project_key, webapp_id))
        if backend is None:
            return state
        is_down, tail = backend.is_down, {"lines": list(backend.lines)}
        state["futureId"] = backend.future_id
        state["futureInfo"] = {"jobId": backend.future_id, "alive": not is_down, "hasResult": is_down}
        return {**state, "currentLogTail": tail, **({"lastCrashLogTail": tail} if is_down else {})}

    def next_port(self, project_key: str, webapp_id: str) -> int | None:
        """Return the port of the process that answers the next request, None while there is none."""
        backend = self._backends.get((project_key, webapp_id))
        return backend.pool.next_port() if backend else None

    def stop(self) -> None:
        """Stop all backends."""
        with self._lock:
            for key in list(self._backends):
                self._end(key)

    def _make(self, caller: Caller, definition: dict[str, Any]) -> _Backend:
        instance = self._instance
        plugin, webapp = plugin_webapp(instance, definition["type"])
        if not webapp.has_backend:
            raise ApiError(f"Webapp {definition['projectKey']}.{definition['id']} has no backend.")
        python = instance.code_environments.python_of(plugin)
        ticket = instance.callers.issue_ticket(caller)
        environment = process_environment(instance, plugin, definition["projectKey"], ticket)
        environment[CONFIG_VARIABLE] = json.dumps(webapp_config(instance, webapp, definition))
        command = BackendCommand(webapp.folder / "backend.py", plugin.python_lib, environment, python)
        lines: deque[str] = deque(maxlen=LOG_LINES)
        n_processes = (definition.get("params") or {}).get("nbProcesses") or 1
        return _Backend(BackendPool(command, n_processes, lines.append), lines, ticket)

    def _end(self, key: tuple[str, str]) -> None:
        backend = self._backends.pop(key, None)
        if backend is not None:
            backend.pool.stop()
            self._instance.callers.revoke_ticket(backend.ticket)


def _version_tag(number: int, user: str) -> dict[str, Any]:
    now = int(time.time() * 1000)
    return {"versionNumber": number, "lastModifiedBy": {"login": user}, "lastModifiedOn": now}
