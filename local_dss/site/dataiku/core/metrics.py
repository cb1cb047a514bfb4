"""Last values of metrics, of datasets and managed folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

from local_dss_storage.datasets import NOT_PARTITIONED
from local_dss_storage.metrics import ALL_PARTITIONS, Probes, StoredMetrics, UnknownMetricError

from .errors import DssError, Limited, NotAvailableHereError


class ComputedMetrics(Limited):
    """Last values of the metrics of an object, each as text.

    `raw` is ``{"metrics": [{"metric": {"id"}, "lastValues": [{"partition", "dataType", "value"}]}]}``.
    """

    def __init__(self, raw: dict[str, Any]):
        self.raw = raw

    def get_raw(self) -> dict[str, Any]:
        """Return the description itself."""
        return self.raw

    def get_all_ids(self) -> list[str]:
        """Return the identifiers of the computed metrics."""
        return [metric["metric"]["id"] for metric in self.raw["metrics"]]

    def get_metric_by_id(self, metric_id: str) -> dict[str, Any]:
        """Return one metric with its last values; an error when it has not been computed."""
        for metric in self.raw["metrics"]:
            if metric["metric"]["id"] == metric_id:
                return metric
        raise DssError(f"Metric {metric_id} not found among: {self.get_all_ids()}")

    def get_global_data(self, metric_id: str) -> dict[str, Any]:
        """Return the last value of a metric over all rows, with its type; an error when there is none."""
        for value in self.get_metric_by_id(metric_id)["lastValues"]:
            if value["partition"] in (NOT_PARTITIONED, ALL_PARTITIONS):
                return value
        raise DssError(f"No data found for global partition for metric {metric_id}")

    def get_global_value(self, metric_id: str) -> Any:
        """Return the last value of a metric over all rows."""
        return self.get_value_from_data(self.get_global_data(metric_id))

    def get_partition_data(self, metric_id: str, partition: str) -> Optional[dict[str, Any]]:
        """Return the last value of a metric over one partition, with its type; None when there is none."""
        values = self.get_metric_by_id(metric_id)["lastValues"]
        return next((value for value in values if value["partition"] == partition), None)

    def get_partition_value(self, metric_id: str, partition: str) -> Any:
        """Return the last value of a metric over one partition."""
        data = self.get_partition_data(metric_id, partition)
        if data is None:
            raise DssError(f"No data found for partition {partition} for metric {metric_id}")
        return self.get_value_from_data(data)

    def get_first_partition_data(self, metric_id: str) -> dict[str, Any]:
        """Return any last value of a metric, with its type; an error when there is none."""
        for value in self.get_metric_by_id(metric_id)["lastValues"]:
            return value
        raise DssError(f"No partition data for metric {metric_id}")

    @staticmethod
    def get_value_from_data(data: dict[str, Any]) -> Any:
        """Return the value, as a number when its ``dataType`` is one, else as the text it is."""
        readers = {"BIGINT": int, "INT": int, "DOUBLE": float, "FLOAT": float}
        return readers.get(data.get("dataType", "STRING"), str)(data["value"])


class MetricStore:
    """The last metric values of one dataset or folder, as plugin code sees them."""

    def __init__(self, folder: Path):
        self._stored = StoredMetrics(folder)
        self.save = self._stored.save

    def read(self, partition: str = "") -> ComputedMetrics:
        """Return the values, those of one partition when one is named."""
        return ComputedMetrics(self._stored.read(partition))

    def compute(self, probes: Probes, metric_ids: Optional[Iterable[str]], partition: str) -> dict[str, Any]:
        """Compute metrics as `StoredMetrics` does; one that it does not know is not available here."""
        try:
            return self._stored.compute(probes, metric_ids, partition)
        except UnknownMetricError as error:
            raise NotAvailableHereError(str(error)) from None
