"""Computed metrics of a dataset or folder."""

from __future__ import annotations

from typing import Any, Optional

from .errors import DssError


class ComputedMetrics:
    """Last values of the metrics of an object.

    Parameters
    ----------
    raw : dict
        ``{"metrics": [{"metric": {"id"}, "lastValues": [{"partition", "dataType", "value"}]}]}``.
    """

    def __init__(self, raw: dict[str, Any]):
        self.raw = raw

    def get_raw(self) -> dict[str, Any]:
        """Return the description itself."""
        return self.raw

    def get_all_ids(self) -> list[str]:
        """Return the identifiers of the computed metrics."""
        return [metric["metric"]["id"] for metric in self.raw["metrics"]]

    def get_metric_by_id(self, metric_id: str) -> Optional[dict[str, Any]]:
        """Return one metric, or None when it has not been computed."""
        return next((metric for metric in self.raw["metrics"] if metric["metric"]["id"] == metric_id), None)

    def get_global_data(self, metric_id: str) -> dict[str, Any]:
        """Return the last value of a metric over all rows, with its type."""
        return self._last_value(metric_id, ("NP", "ALL"))

    def get_global_value(self, metric_id: str) -> Any:
        """Return the last value of a metric over all rows."""
        return self.get_value_from_data(self.get_global_data(metric_id))

    def get_partition_data(self, metric_id: str, partition: str) -> dict[str, Any]:
        """Return the last value of a metric over one partition, with its type."""
        return self._last_value(metric_id, (partition,))

    def get_partition_value(self, metric_id: str, partition: str) -> Any:
        """Return the last value of a metric over one partition."""
        return self.get_value_from_data(self.get_partition_data(metric_id, partition))

    @staticmethod
    def get_value_from_data(data: dict[str, Any]) -> Any:
        """Return the value typed by the ``dataType`` beside it."""
        readers = {"BIGINT": int, "DOUBLE": float, "BOOLEAN": bool}
        return readers.get(data.get("dataType", ""), lambda value: value)(data["value"])

    def _last_value(self, metric_id: str, partitions: tuple[str, ...]) -> dict[str, Any]:
        metric = self.get_metric_by_id(metric_id)
        if metric is None:
            raise DssError(f"Metric {metric_id} not found")
        for value in metric["lastValues"]:
            if value.get("partition", "NP") in partitions:
                return value
        raise DssError(f"No data for metric {metric_id} in partition {' or '.join(partitions)}")
