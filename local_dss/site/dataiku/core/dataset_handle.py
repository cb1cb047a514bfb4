"""The state of a dataset's handle, which the parts of ``Dataset`` share: names, schema, partitions, rights."""

from __future__ import annotations

import copy
from typing import Any, Optional

from local_dss_storage.datasets import StoredDataset
from local_dss_storage.names import split_name

from . import flow
from .errors import DssError, Limited, storage_faults
from .instance import default_project_key, home_folder


class Schema(list[dict[str, Any]]):
    """The columns of a dataset, each a dict with at least ``name`` and ``type``."""

    def __repr__(self) -> str:
        return "Schema(" + ", ".join(f"{column['name']}: {column['type']}" for column in self) + ")"


class DatasetHandle(Limited):
    """What the parts of ``Dataset`` have in common; the parameters are those of ``Dataset``."""

    def __init__(self, name: str, project_key: Optional[str] = None, ignore_flow: bool = False):
        self.name = name
        self.ignore_flow = ignore_flow
        self.cols: Optional[list[dict[str, Any]]] = None
        self.partitions: Optional[list[str]] = None
        self.read_partitions: Optional[list[str]] = None
        self.writePartition: Optional[str] = None
        self.readable = False
        self.writable = False
        self.spec_item: dict[str, Any] = {"appendMode": False}
        if flow.FLOW is not None and not ignore_flow:
            self._find_in_flow()
            self.project_key, self.short_name = self.name.split(".", 1)
        else:
            self._find_in_project(project_key)
            self.readable = self.writable = True
        self.stored = StoredDataset(home_folder(), self.project_key, self.short_name)

    def __repr__(self) -> str:
        return f"<Dataset {self.name}>"

    @property
    def full_name(self) -> str:
        """``KEY.name``."""
        return f"{self.project_key}.{self.short_name}"

    def read_schema(self, raise_if_empty: bool = True) -> Schema:
        """Return the schema; it is read once and kept by this object."""
        if self.cols is None:
            with storage_faults(f"Unable to fetch schema for {self.name}: "):
                self.cols = self.stored.read_columns()
        if raise_if_empty and not self.cols:
            raise DssError(f"No column in schema of {self.name}. Have you set up the schema for this dataset?")
        return Schema(copy.deepcopy(self.cols))

    def set_write_partition(self, spec: str) -> None:
        """Choose the partition to write, outside recipes only."""
        self._refuse_in_recipe("set write partition")
        self.writePartition = spec

    def add_read_partitions(self, spec: Any) -> None:
        """Add a partition, or a list of them, to those read, outside recipes only."""
        self._refuse_in_recipe("set read partitions")
        added = [spec] if isinstance(spec, str) else list(spec)
        self.read_partitions = [*(self.read_partitions or []), *added]

    def _refuse_in_recipe(self, action: str) -> None:
        if flow.FLOW is not None and not self.ignore_flow:
            raise DssError(f"You cannot explicitly {action} in a recipe: the job decides which partitions are used.")

    def _find_in_flow(self) -> None:
        source = flow.find_item("in", self.name)
        if source is not None:
            self.readable = True
            self.name = source["fullName"]
            self.read_partitions = source.get("partitions")
        target = flow.find_item("out", self.name)
        if target is not None:
            self.writable = True
            self.name = target["fullName"]
            self.spec_item = target
            self.writePartition = target.get("partition")
        item = source or target
        if item is None or item["type"] != "DATASET":
            raise DssError(f"Dataset {self.name} cannot be used : declare it as input or output of your recipe")

    def _find_in_project(self, project_key: Optional[str]) -> None:
        default = project_key or ("" if "." in str(self.name) else default_project_key())
        with storage_faults():
            self.project_key, self.short_name = split_name(self.name, default, "dataset")
        if project_key is not None and self.project_key != project_key:
            raise ValueError(f"Project key {project_key} incompatible with fullname dataset {self.name}.")
        self.name = self.full_name
