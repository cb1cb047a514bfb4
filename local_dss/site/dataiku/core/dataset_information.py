"""Calls of ``Dataset`` about the dataset rather than its rows: partitions, files, metadata, metrics."""

from __future__ import annotations

import copy
from typing import Any, Optional

from local_dss_storage.datasets import NOT_PARTITIONED
from local_dss_storage.projects import read_json, write_json

from .dataset_handle import DatasetHandle
from .errors import DssError, storage_faults
from .metrics import ComputedMetrics, MetricStore

_EMPTY_METADATA = {"checklists": {"checklists": []}, "custom": {"kv": {}}, "tags": []}


class DatasetInformation(DatasetHandle):
    """The part of ``Dataset`` that describes it."""

    def list_partitions(self, raise_if_empty: bool = True) -> list[str]:
        """Return the identifiers of the built partitions; ``["NP"]`` when not partitioned."""
        if not self.stored.dimensions():
            return [NOT_PARTITIONED]
        partitions = self.stored.partitions()
        if raise_if_empty and not partitions:
            raise DssError(f"No partitions in {self.full_name}. Have you set up the partitions for this dataset?")
        return partitions

    def get_config(self) -> dict[str, Any]:
        """Return the settings of the dataset: type, schema, partitioning dimensions."""
        return {
            "projectKey": self.project_key,
            "name": self.short_name,
            "type": "Filesystem",
            "managed": True,
            "formatType": "csv",
            "params": {"connection": "filesystem_managed", "path": f"{self.project_key}/{self.short_name}"},
            "schema": {"columns": list(self.read_schema(raise_if_empty=False)), "userModified": False},
            "partitioning": {"dimensions": self.stored.dimensions()},
            "tags": self.read_metadata()["tags"],
        }

    def get_location_info(self, sensitive_info: bool = False) -> dict[str, Any]:
        """Return where the rows are, in the words of DSS."""
        return {
            "locationInfoType": "FS",
            "info": {
                "projectKey": self.project_key,
                "datasetType": "Filesystem",
                "isSingleFile": False,
                "connection": "filesystem_managed",
                "path": str(self.stored.data_folder),
                "partitioned": bool(self.stored.dimensions()),
            },
        }

    def get_files_info(self, partitions: Any = ()) -> dict[str, Any]:
        """Return path, size and time of the data files, overall and for the given partitions."""
        paths = {}
        for partition in self.stored.partitions():
            (path,) = self.stored.data_files([partition])
            paths[partition] = _describe_file(path)
        return {
            "globalPaths": list(paths.values()),
            "pathsByPartition": {name: [paths[name]] for name in partitions if name in paths},
        }

    def read_metadata(self) -> dict[str, Any]:
        """Return the metadata: ``checklists``, ``custom`` with its ``kv``, ``tags``."""
        path = self.stored.folder / "metadata.json"
        with storage_faults():
            stored = read_json(path, f"The metadata of {self.full_name}") if path.exists() else {}
        return {**copy.deepcopy(_EMPTY_METADATA), **stored}

    def write_metadata(self, meta: dict[str, Any]) -> None:
        """Replace the metadata; change what `read_metadata` returned and hand it back."""
        for key in _EMPTY_METADATA:
            if key not in meta:
                raise ValueError(f"'{key}' is missing from the metadata")
        if "kv" not in meta["custom"]:
            raise ValueError("'custom.kv' is missing from the metadata")
        write_json(self.stored.folder / "metadata.json", meta)

    def get_last_metric_values(self, partition: str = "") -> ComputedMetrics:
        """Return the last values of the metrics, those of one partition when one is named."""
        return MetricStore(self.stored.folder).read(partition)

    def save_external_metric_values(
        self, values_dict: dict[str, Any], value_types: Optional[dict[str, str]] = None, partition: str = ""
    ) -> None:
        """Save metric values computed by the caller, of the kind found in them or named in `value_types`."""
        store = MetricStore(self.stored.folder)
        for name, value in values_dict.items():
            store.save(f"external:{name}", value, partition or NOT_PARTITIONED, (value_types or {}).get(name))


def _describe_file(path: Any) -> dict[str, Any]:
    status = path.stat()
    return {"path": f"/{path.name}", "lastModified": int(status.st_mtime * 1000), "size": status.st_size}
