"""The instance as its routes see it: home folder, settings, callers, work in progress."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from local_dss.public_api.errors import not_found
from local_dss.public_api.state.callers import Callers
from local_dss.public_api.state.futures import Futures
from local_dss.public_api.state.json_objects import JsonObjects
from local_dss.site.local_dss_storage.names import is_name
from local_dss.site.local_dss_storage.projects import project_folder
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


@dataclass
class Instance:
    """What all routes share; `url` is where the server listens."""

    home: Path
    url: str
    callers: Callers
    futures: Futures = field(default_factory=Futures)
    _stores: dict[tuple[str, str], JsonObjects] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

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

    def log_request(self, method: str, route: str, status: int) -> None:
        """Append one request to the log: method, route with its parameters' names, status."""
        line = json.dumps({"time": round(time.time(), 3), "method": method, "route": route, "status": status})
        with self._lock, open(self.home / REQUEST_LOG, "a", encoding="utf-8") as log:
            log.write(line + "\n")
