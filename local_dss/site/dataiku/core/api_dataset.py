"""A dataset seen through the public API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Optional, Union

from local_dss_storage.metrics import compute_dataset_metrics

from .dataset import Dataset
from .errors import Limited, NotAvailableHereError, storage_faults
from .metrics import ComputedMetrics, MetricStore


class LocalDatasetItem(dict[str, Any]):
    """One dataset of a list, read as a dict or by its properties."""

    @property
    def name(self) -> str:
        """Name of the dataset."""
        return self["name"]

    @property
    def id(self) -> str:
        """Identifier of the dataset, which is its name."""
        return self["name"]

    @property
    def type(self) -> str:
        """Kind of storage."""
        return self["type"]

    @property
    def schema(self) -> dict[str, Any]:
        """Schema, under ``columns``."""
        return self["schema"]

    @property
    def connection(self) -> str:
        """Name of the connection."""
        return self["params"]["connection"]

    def get_column(self, column: str) -> Optional[dict[str, Any]]:
        """Return a column of the schema, or None."""
        return next((item for item in self["schema"]["columns"] if item["name"] == column), None)

    def to_dataset(self) -> LocalDataset:
        """Return the dataset."""
        return LocalDataset(self["projectKey"], self["name"])


class LocalDataset(Limited):
    """A dataset, by name; it need not exist."""

    def __init__(self, project_key: str, dataset_name: str):
        self.project_key = project_key
        self.dataset_name = self.name = self.id = dataset_name

    def exists(self) -> bool:
        """Return whether the dataset exists."""
        return self.get_as_core_dataset().stored.exists()

    def get_definition(self) -> dict[str, Any]:
        """Return type, schema and partitioning."""
        return self.get_as_core_dataset().get_config()

    def get_schema(self) -> dict[str, Any]:
        """Return the schema, under ``columns``."""
        return {"columns": list(self.get_as_core_dataset().read_schema(raise_if_empty=False))}

    def set_schema(self, schema: dict[str, Any]) -> None:
        """Replace the schema, given under ``columns``."""
        self.get_as_core_dataset().write_schema(schema["columns"])

    def get_metadata(self) -> dict[str, Any]:
        """Return the metadata: checklists, custom values, tags."""
        return self.get_as_core_dataset().read_metadata()

    def set_metadata(self, metadata: dict[str, Any]) -> None:
        """Replace the metadata."""
        self.get_as_core_dataset().write_metadata(metadata)

    def list_partitions(self) -> list[str]:
        """Return the identifiers of the built partitions."""
        return self.get_as_core_dataset().list_partitions(raise_if_empty=False)

    def iter_rows(
        self, partitions: Union[str, list[str], None] = None, columns: Optional[list[str]] = None
    ) -> Iterator[list[Any]]:
        """Yield rows as lists of typed values, in the order of the schema or of `columns`."""
        dataset = self.get_as_core_dataset()
        if partitions is not None:
            dataset.read_partitions = [partitions] if isinstance(partitions, str) else list(partitions)
        return (list(row) for row in dataset.iter_tuples(columns=columns))

    def clear(self, partitions: Union[str, list[str], None] = None) -> dict[str, Any]:
        """Remove the rows of some or all partitions; the schema stays."""
        stored = self.get_as_core_dataset().stored
        for partition in [partitions] if partitions is None or isinstance(partitions, str) else partitions:
            stored.clear(partition)
        return {}

    def compute_metrics(
        self, partition: str = "", metric_ids: Optional[Iterable[str]] = None, probes: Any = None
    ) -> dict[str, Any]:
        """Compute metrics over a partition, or over all rows, and keep their values; return a finished future.

        Only ``records:COUNT_RECORDS``, ``basic:COUNT_COLUMNS``, ``basic:COUNT_FILES`` and ``basic:SIZE`` are known
        here. The values are under ``result`` and ``computed``.
        """
        if probes is not None:
            raise NotAvailableHereError("Probes given to compute_metrics are not available in the stand-in for DSS.")
        stored = self.get_as_core_dataset().stored
        with storage_faults():
            return compute_dataset_metrics(MetricStore(stored.folder), stored, metric_ids, partition)

    def get_last_metric_values(self, partition: str = "") -> ComputedMetrics:
        """Return the last values of the metrics."""
        return self.get_as_core_dataset().get_last_metric_values(partition)

    def get_as_core_dataset(self) -> Dataset:
        """Return the handle that reads rows."""
        return Dataset(self.dataset_name, project_key=self.project_key, ignore_flow=True)
