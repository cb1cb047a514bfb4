"""The instance as its routes see it: home folder, settings, callers, work in progress."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from local_dss.public_api.errors import forbidden, not_found
from local_dss.public_api.state.callers import Caller, Callers
from local_dss.public_api.state.code_environments import CodeEnvironments
from local_dss.public_api.state.futures import Futures
from local_dss.public_api.state.installed_plugins import InstalledPlugins
from local_dss.public_api.state.json_objects import JsonObjects
from local_dss.public_api.state.read_sessions import ReadSessions
from local_dss.site.local_dss_storage.names import is_name
from local_dss.site.local_dss_storage.projects import project_folder, read_json
from local_dss.site.local_dss_storage.settings import InstanceSettings, load_settings

REQUEST_LOG = "requests.log"
# Kinds of objects of a project that are JSON files, with their folder's name and what messages call one.
KINDS = {
    "recipes": "recipe",
    "scenarios": "scenario",
    "webapps": "webapp",
    "wiki": "article",
    "zones": "zone",
}


class Service(Protocol):
    """What runs things for the routes, and ends them when the instance stops."""

    def stop(self) -> None:
        """End all that runs."""


ServiceKind = TypeVar("ServiceKind", bound=Service)


@dataclass
class Instance:
    """What all routes share; `url` is where the server listens, `libraries` the folder of those a webapp may tick."""

    home: Path
    url: str
    callers: Callers
    libraries: Path | None = None
    futures: Futures = field(default_factory=Futures)
    read_sessions: ReadSessions = field(default_factory=ReadSessions)
    _stores: dict[tuple[str, str], JsonObjects] = field(default_factory=dict)
    _services: dict[Callable[..., Any], Service] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def plugins(self) -> InstalledPlugins:
        """The plugins."""
        return InstalledPlugins(self.home)

    @property
    def code_environments(self) -> CodeEnvironments:
        """The code environments."""
        return CodeEnvironments(self.home)

    def settings(self) -> InstanceSettings:
        """Read the settings of the instance again."""
        return load_settings(self.home)

    def project(self, project_key: str) -> Path:
        """Return the folder of a project that exists."""
        if not is_name(project_key) or not project_folder(self.home, project_key).is_dir():
            raise not_found(f"Project not found: {project_key}")
        return project_folder(self.home, project_key)

    def objects(self, project_key: str, kind: str) -> JsonObjects:
        """Return the objects of one of `KINDS` of a project, the same store to all who ask."""
        folder = self.project(project_key) / kind
        with self._lock:
            return self._stores.setdefault((project_key, kind), JsonObjects(folder, KINDS[kind]))

    def may(self, caller: Caller, project_key: str, right: str) -> bool:
        """Return whether a caller has a right on a project, which its owner always has."""
        return caller.has_right(project_key, right) or self._owns(caller, project_key)

    def check_right(self, caller: Caller, project_key: str, right: str) -> None:
        """Refuse a caller without a right on a project."""
        if not self.may(caller, project_key, right):
            raise forbidden(f"Action forbidden, you do not have permission {right} on project {project_key}")

    def service(self, kind: Callable[[Instance], ServiceKind]) -> ServiceKind:
        """Return the one service of a class, made at its first use."""
        with self._lock:
            if kind not in self._services:
                self._services[kind] = kind(self)
            return self._services[kind]  # type: ignore[return-value]

    def stop(self) -> None:
        """End what the services run, the latest first."""
        with self._lock:
            services = list(self._services.values())
        for service in reversed(services):
            service.stop()

    def _owns(self, caller: Caller, project_key: str) -> bool:
        path = self.project(project_key) / "project.json"
        return path.is_file() and read_json(path, "The project").get("owner") == caller.user

    def log_request(self, method: str, route: str, status: int) -> None:
        """Append one request to the log: method, route with its parameters' names, status."""
        line = json.dumps({"time": round(time.time(), 3), "method": method, "route": route, "status": status})
        with self._lock, open(self.home / REQUEST_LOG, "a", encoding="utf-8") as log:
            log.write(line + "\n")
