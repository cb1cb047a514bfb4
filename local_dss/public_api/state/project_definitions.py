"""Definitions of projects, ``project.json`` of their folders, and the tags that say who changed an object when."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local_dss.site.local_dss_storage.projects import read_json, write_json

PROJECT_FILE = "project.json"
ADMINISTRATOR = "admin"  # owns a project whose folder has no definition, such as one made by the command ``import``
_INHERITED = {"mode": "INHERIT", "useBuiltinEnv": True}
_DEFAULTS: dict[str, Any] = {
    "owner": ADMINISTRATOR,
    "shortDesc": "",
    "description": "",
    "permissions": [],
    "tags": {},
    "metadata": {"tags": [], "checklists": {"checklists": []}, "custom": {"kv": {}}, "customFields": {}},
    "settings": {
        "settings": {
            "codeEnvs": {"python": _INHERITED, "r": _INHERITED},
            "container": {"containerMode": "INHERIT"},
            "cluster": {"clusterMode": "INHERIT"},
            "k8sCluster": {"clusterMode": "INHERIT"},
        },
        "exposedObjects": {"objects": []},
    },
    "wiki": {"homeArticleId": "", "taxonomy": []},
}
_lock = threading.RLock()


def read_definition(folder: Path) -> dict[str, Any]:
    """Read the definition of a project from its folder; what it does not hold has its default."""
    path = folder / PROJECT_FILE
    own = read_json(path, "The definition of the project") if path.is_file() else {}
    return {**copy.deepcopy(_DEFAULTS), "projectKey": folder.name, "name": folder.name, **own}


@contextmanager
def changed_definition(folder: Path) -> Iterator[dict[str, Any]]:
    """Hand out the definition of a project to be changed, and write it afterwards, one change at a time."""
    with _lock:
        definition = read_definition(folder)
        yield definition
        write_json(folder / PROJECT_FILE, definition)


def stamped(content: dict[str, Any], user: str) -> dict[str, Any]:
    """Return an object with its tags of creation and of this version."""
    number = content["versionTag"]["versionNumber"] + 1 if "versionTag" in content else 0
    tag = {"versionNumber": number, "lastModifiedBy": {"login": user}, "lastModifiedOn": int(time.time() * 1000)}
    return {"creationTag": tag, **content, "versionTag": tag}
