"""The flow of a project: which recipe writes what, and which recipes a build needs, in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.folders import StoredFolder
from local_dss.site.local_dss_storage.names import is_name
from local_dss.site.local_dss_storage.projects import list_folder_ids

ONLY_THIS = "NON_RECURSIVE_FORCED_BUILD"
OUT_OF_DATE = "RECURSIVE_BUILD"
ALL_UPSTREAM = "RECURSIVE_FORCED_BUILD"
MISSING_UPSTREAM = "RECURSIVE_MISSING_ONLY_BUILD"
MILLISECONDS = 1000
JOB_TYPES = (ONLY_THIS, OUT_OF_DATE, ALL_UPSTREAM, MISSING_UPSTREAM)


def names_by_role(recipe: dict[str, Any], direction: str) -> dict[str, list[str]]:
    """Return the references in each role of the ``inputs`` or ``outputs`` of a recipe."""
    roles = recipe.get(direction) or {}
    return {role: [str(item["ref"]) for item in (content or {}).get("items", [])] for role, content in roles.items()}


def references(recipe: dict[str, Any], direction: str) -> list[str]:
    """Return the references of the ``inputs`` or ``outputs`` of a recipe."""
    return [name for names in names_by_role(recipe, direction).values() for name in names]


@dataclass(frozen=True)
class FlowObject:
    """A dataset by name or a managed folder by id, which may not exist; one of another project is ``KEY.name``."""

    home: Path
    project_key: str
    name: str

    @classmethod
    def of(cls, home: Path, project_key: str, reference: str) -> FlowObject:
        """Return the object of a reference in a project."""
        first, dot, rest = reference.partition(".")
        return cls(home, first, rest) if dot else cls(home, project_key, reference)

    def exists(self) -> bool:
        """Return whether there is a dataset of this name or a folder of this id; a folder's name does not count."""
        if not (is_name(self.name) and is_name(self.project_key)):
            return False
        return self.is_dataset() or self.name in list_folder_ids(self.home, self.project_key)

    def is_dataset(self) -> bool:
        """Return whether it is a dataset that exists."""
        return StoredDataset(self.home, self.project_key, self.name).exists()

    def is_partitioned(self) -> bool:
        """Return whether it is a partitioned dataset."""
        return self.is_dataset() and bool(StoredDataset(self.home, self.project_key, self.name).dimensions())

    def change_times(self) -> list[float]:
        """Return when its data files were written, in seconds; none as long as it is not built."""
        if self.is_dataset():
            dataset = StoredDataset(self.home, self.project_key, self.name)
            paths = dataset.data_files() if dataset.partitions() else []
        else:
            folder = StoredFolder(self.home, self.project_key, self.name)
            paths = [folder.resolve(path) for path in folder.list_paths()]
        return [path.stat().st_mtime for path in paths]

    def is_built(self) -> bool:
        """Return whether it holds data."""
        return self.exists() and bool(self.change_times())


class Flow:
    """The recipes of a project as they are now."""

    def __init__(self, instance: Instance, project_key: str):
        self._home = instance.home
        self._project_key = project_key
        self.recipes = {
            item["recipe"]["name"]: item["recipe"] for item in instance.objects(project_key, "recipes").read_all()
        }
        self._writers = {
            self.find(reference): name
            for name, recipe in self.recipes.items()
            for reference in references(recipe, "outputs")
        }

    def find(self, reference: str) -> FlowObject:
        """Return the object of a reference."""
        return FlowObject.of(self._home, self._project_key, reference)

    def objects_of(self, recipe_name: str, direction: str) -> list[FlowObject]:
        """Return the inputs or outputs of a recipe."""
        return [self.find(reference) for reference in references(self.recipes[recipe_name], direction)]

    def writer_of(self, target: FlowObject) -> str | None:
        """Return the recipe that writes an object."""
        return self._writers.get(target)

    def recipes_to_run(self, targets: list[FlowObject], job_type: str) -> list[str]:
        """Return the recipes that a job of a type runs to build its targets, each after those whose outputs it reads.

        A recipe is out of date when an output holds no data, or is older than an input or the recipe's last change.
        """
        ordered: list[str] = []
        seen: set[str] = set()

        def visit(target: FlowObject) -> None:
            name = self.writer_of(target)
            if name is None or name in seen:
                return
            seen.add(name)
            for item in self.objects_of(name, "inputs") if job_type != ONLY_THIS else ():
                if job_type != MISSING_UPSTREAM or not item.is_built():
                    visit(item)
            if job_type != OUT_OF_DATE or self._is_outdated(name, ordered):
                ordered.append(name)

        for target in targets:
            visit(target)
        return ordered

    def _is_outdated(self, name: str, already_running: list[str]) -> bool:
        inputs, outputs = self.objects_of(name, "inputs"), self.objects_of(name, "outputs")
        if any(self.writer_of(item) in already_running for item in inputs):
            return True
        if not all(item.is_built() for item in outputs):
            return True
        changes = [time for item in inputs if item.exists() for time in item.change_times()]
        changes.append(self.recipes[name]["versionTag"]["lastModifiedOn"] / MILLISECONDS)
        return max(changes) > min(time for item in outputs for time in item.change_times())
