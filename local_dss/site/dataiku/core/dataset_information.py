"""Calls of ``Dataset`` about the dataset rather than its rows: partitions, files, metadata, metrics."""

from __future__ import annotations

from typing import Any, Optional

from local_dss_storage.datasets import NOT_PARTITIONED
from local_dss_storage.errors import StorageError

from .dataset_handle import DatasetHandle
from .errors import DssError, storage_faults
from .metrics import ComputedMetrics, MetricStore


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
        with storage_faults():
            return self.stored.read_definition()

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
        with storage_faults():
            return self.stored.read_metadata()

    def write_metadata(self, meta: dict[str, Any]) -> None:
        """Replace the metadata; change what `read_metadata` returned and hand it back."""
        try:
            self.stored.write_metadata(meta)
        except StorageError as error:
            raise ValueError(str(error)) from None

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
