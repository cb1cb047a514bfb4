"""Match the datasets and folders given for a recipe with the roles of its descriptor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.folders import StoredFolder, find_folder
from local_dss.site.local_dss_storage.names import split_name

DATASET = "DATASET"
MANAGED_FOLDER = "MANAGED_FOLDER"
_KIND_WORDS = {DATASET: "dataset", MANAGED_FOLDER: "managed folder"}


@dataclass(frozen=True)
class RoleItem:
    """One dataset or folder in a role; a folder is named by its id, or by its name when it does not exist yet."""

    role: str
    index: int
    kind: str
    project_key: str
    name: str
    exists: bool

    def full_name(self) -> str:
        """Return ``KEY.name``."""
        return f"{self.project_key}.{self.name}"


@dataclass(frozen=True)
class RoleContext:
    """Where names are looked up: home folder, current project, and ``input`` or ``output``."""

    home: Path
    project_key: str
    direction: str


def check_roles(
    roles: list[dict[str, Any]], given: Mapping[str, list[str]], context: RoleContext
) -> tuple[list[RoleItem], list[str]]:
    """Resolve the names given for the roles of one direction; return the items as the form orders them, and faults."""
    known = [role["name"] for role in roles]
    faults = [
        f'Unknown {context.direction} role "{name}". The {context.direction} roles are: {", ".join(known) or "none"}.'
        for name in given
        if name not in known
    ]
    items: list[RoleItem] = []
    for role in roles:
        names = given.get(role["name"], [])
        faults.extend(_check_arity(role, names, context.direction))
        for index, name in enumerate(names):
            item, fault = _resolve(role, index, name, context)
            items.extend([item] if item else [])
            faults.extend([fault] if fault else [])
    return items, faults


def check_overlap(inputs: list[RoleItem], outputs: list[RoleItem]) -> list[str]:
    """Return a fault for each output that is named twice or is also an input."""
    faults = []
    seen = {item.full_name() for item in inputs}
    for item in outputs:
        if item.full_name() in seen:
            faults.append(f"{item.full_name()} is an output and at the same time an input or another output.")
        seen.add(item.full_name())
    return faults


def first_dataset_columns(home: Path, inputs: list[RoleItem], role: str) -> Optional[list[dict[str, Any]]]:
    """Return the schema of the first dataset of an input role, None when there is none."""
    for item in inputs:
        if item.role == role and item.kind == DATASET:
            return StoredDataset(home, item.project_key, item.name).read_columns()
    return None


def _check_arity(role: dict[str, Any], names: list[str], direction: str) -> list[str]:
    title = f'The {direction} role "{role["name"]}"'
    if role.get("required") and not names:
        return [f"{title} is required: give it a {_accepted_words(role)}."]
    if role.get("arity", "UNARY") == "UNARY" and len(names) > 1:
        return [f"{title} takes one {_accepted_words(role)}. Got {len(names)}: {', '.join(names)}."]
    return []


def _resolve(
    role: dict[str, Any], index: int, name: str, context: RoleContext
) -> tuple[Optional[RoleItem], Optional[str]]:
    title = f'The {context.direction} role "{role["name"]}"'
    try:
        project_key, short = split_name(name, context.project_key, "dataset or managed folder")
    except StorageError as error:
        return None, f"{title}: {error}"
    accepted = _accepted_kinds(role)
    found = _find(context.home, project_key, short)
    usable = [kind for kind in accepted if kind in found]
    if usable:
        return RoleItem(role["name"], index, usable[0], project_key, found[usable[0]], True), None
    if found:
        wrong = " and a ".join(_KIND_WORDS[kind] for kind in found)
        return None, f'{title} takes a {_accepted_words(role)}, but "{name}" is a {wrong}.'
    if not accepted:
        return None, f"{title} accepts neither datasets nor managed folders."
    if context.direction == "input":
        return None, f'{title}: there is no {_accepted_words(role)} "{name}" in project {project_key}.'
    return RoleItem(role["name"], index, accepted[0], project_key, short, False), None


def _find(home: Path, project_key: str, short: str) -> dict[str, str]:
    """Return the dataset and the folder of a name, each under its kind."""
    found = {}
    if StoredDataset(home, project_key, short).exists():
        found[DATASET] = short
    folder: Optional[StoredFolder] = find_folder(home, project_key, short)
    if folder is not None:
        found[MANAGED_FOLDER] = folder.identifier
    return found


def _accepted_kinds(role: dict[str, Any]) -> list[str]:
    kinds = [DATASET] if role.get("acceptsDataset", True) else []
    return kinds + ([MANAGED_FOLDER] if role.get("acceptsManagedFolder", False) else [])


def _accepted_words(role: dict[str, Any]) -> str:
    return " or ".join(_KIND_WORDS[kind] for kind in _accepted_kinds(role)) or "object"
