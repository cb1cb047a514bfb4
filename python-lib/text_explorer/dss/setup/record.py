"""The record of what was set up, kept in the variables of the project: what is ours, and how far a run came.

An object is recorded before it is created. So a name that is taken and not recorded belongs to someone else, and one
that is recorded but absent is created by the next run.
"""

from __future__ import annotations

import copy
from typing import Any

from text_explorer.explorer.shared.cells import as_object

VARIABLE = "text_explorer_setup"
DATASET, FOLDER, RECIPE = "dataset", "managed folder", "recipe"
WEBAPP, SCENARIO, ARTICLE, ZONE = "webapp", "scenario", "wiki article", "flow zone"


class SetupRecord:
    """What was set up in a project under one prefix; each change is stored at once."""

    def __init__(self, project: Any, prefix: str):
        self._project = project
        self._prefix = prefix
        setups = as_object(as_object(project.get_variables().get("standard")).get(VARIABLE))
        self._objects: dict[str, dict[str, Any]] = {
            kind: {name: as_object(facts) for name, facts in as_object(entries).items()}
            for kind, entries in as_object(setups.get(prefix)).items()
        }

    def holds(self, kind: str, name: str) -> bool:
        """Return whether an object was set up, or was about to be."""
        return name in self._objects.get(kind, {})

    def facts(self, kind: str, name: str) -> dict[str, Any]:
        """Return what is known of an object: its id, the config it was created with."""
        return copy.deepcopy(self._objects.get(kind, {}).get(name, {}))

    def note(self, kind: str, name: str, **facts: Any) -> None:
        """Record an object, with what is known of it, and store the record if that is new."""
        known = self._objects.setdefault(kind, {})
        changed = {**known.get(name, {}), **facts}
        if name in known and known[name] == changed:
            return
        known[name] = changed
        variables = self._project.get_variables()
        standard = dict(variables.get("standard") or {})
        standard[VARIABLE] = {**as_object(standard.get(VARIABLE)), self._prefix: self._objects}
        self._project.set_variables({"standard": standard, "local": variables.get("local") or {}})
