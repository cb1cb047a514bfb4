"""Last values of metrics, of datasets and managed folders."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

from local_dss_storage.datasets import NOT_PARTITIONED
from local_dss_storage.projects import read_json, write_json

from .errors import DssError, Limited, NotAvailableHereError

ALL_PARTITIONS = "ALL"


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
    """The last metric values of one dataset or folder, in a file beside it."""

    def __init__(self, folder: Path):
        self._path = folder / "metrics.json"

    def read(self, partition: str = "") -> ComputedMetrics:
        """Return the values, those of one partition when one is named."""
        raw = read_json(self._path, "The metrics") if self._path.exists() else {"metrics": []}
        if partition:
            for metric in raw["metrics"]:
                metric["lastValues"] = [value for value in metric["lastValues"] if value["partition"] == partition]
        return ComputedMetrics({"metrics": [metric for metric in raw["metrics"] if metric["lastValues"]]})

    def save(
        self, metric_id: str, value: Any, partition: str = NOT_PARTITIONED, data_type: Optional[str] = None
    ) -> dict[str, Any]:
        """Keep the value of a metric over a partition; return it as an entry of a computation report."""
        raw = self.read().get_raw()
        kind, _, name = metric_id.partition(":")
        description = {"id": metric_id, "type": kind, "metricType": name, "dataType": data_type or _data_type(value)}
        known = [metric for metric in raw["metrics"] if metric["metric"]["id"] == metric_id]
        values = [last for metric in known for last in metric["lastValues"] if last["partition"] != partition]
        last = {
            "partition": partition,
            "dataType": description["dataType"],
            "value": str(value).lower() if isinstance(value, bool) else str(value),
            "computed": int(time.time() * 1000),
        }
        others = [metric for metric in raw["metrics"] if metric["metric"]["id"] != metric_id]
        write_json(self._path, {"metrics": [*others, {"metric": description, "lastValues": [*values, last]}]})
        return {"metricId": metric_id, "metric": description, **last}

    def compute(self, probes: dict[str, Any], metric_ids: Optional[Iterable[str]], partition: str) -> dict[str, Any]:
        """Compute metrics, all by default, and keep their values; `probes` are functions without argument by metric id.

        Return the answer of the public API: a future that has its result, with the values under ``computed``.
        """
        wanted = list(probes if metric_ids is None else metric_ids)
        for metric_id in wanted:
            if metric_id not in probes:
                raise NotAvailableHereError(
                    f"The metric {metric_id} is not available in the local stand-in for DSS: only {', '.join(probes)}."
                )
        computed = [self.save(metric_id, probes[metric_id](), partition) for metric_id in wanted]
        return {"hasResult": True, "alive": False, "aborted": False, "result": {"computed": computed, "runs": []}}


def _data_type(value: Any) -> str:
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "BIGINT"
    return "DOUBLE" if isinstance(value, float) else "STRING"
