"""Last values of the metrics of a dataset or managed folder, and the few that can be computed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Optional

from .datasets import NOT_PARTITIONED, StoredDataset
from .errors import StorageError
from .projects import read_json, write_json

ALL_PARTITIONS = "ALL"
Probes = dict[str, Callable[[], Any]]


class UnknownMetricError(StorageError):
    """A metric that the stand-in cannot compute."""


def compute_dataset_metrics(
    metrics: StoredMetrics, stored: StoredDataset, metric_ids: Optional[Iterable[str]], partition: str
) -> dict[str, Any]:
    """Compute metrics over a partition of a dataset, or over all its rows, and keep their values."""
    one = None if partition in ("", ALL_PARTITIONS, NOT_PARTITIONED) else [partition]
    files = stored.data_files(one)
    probes: Probes = {
        "records:COUNT_RECORDS": lambda: stored.count_rows(one),
        "basic:COUNT_COLUMNS": lambda: len(stored.read_columns()),
        "basic:COUNT_FILES": lambda: len(files),
        "basic:SIZE": lambda: sum(path.stat().st_size for path in files),
    }
    everything = ALL_PARTITIONS if stored.dimensions() else NOT_PARTITIONED
    return metrics.compute(probes, metric_ids, partition if one else everything)


class StoredMetrics:
    """The last metric values of one dataset or folder, in a file beside it."""

    def __init__(self, folder: Path):
        self._path = folder / "metrics.json"

    def read(self, partition: str = "") -> dict[str, Any]:
        """Return the values, those of one partition when one is named.

        They are ``{"metrics": [{"metric": {"id"}, "lastValues": [{"partition", "dataType", "value"}]}]}``.
        """
        raw = read_json(self._path, "The metrics") if self._path.exists() else {"metrics": []}
        if partition:
            for metric in raw["metrics"]:
                metric["lastValues"] = [value for value in metric["lastValues"] if value["partition"] == partition]
        return {"metrics": [metric for metric in raw["metrics"] if metric["lastValues"]]}

    def save(
        self, metric_id: str, value: Any, partition: str = NOT_PARTITIONED, data_type: Optional[str] = None
    ) -> dict[str, Any]:
        """Keep the value of a metric over a partition; return it as an entry of a computation report."""
        raw = self.read()
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

    def compute(self, probes: Probes, metric_ids: Optional[Iterable[str]], partition: str) -> dict[str, Any]:
        """Compute metrics, all by default, and keep their values; `probes` are functions without argument by metric id.

        Return the answer of the public API: a future that has its result, with the values under ``computed``.
        """
        wanted = list(probes if metric_ids is None else metric_ids)
        for metric_id in wanted:
            if metric_id not in probes:
                raise UnknownMetricError(
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
