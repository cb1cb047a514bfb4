"""Rows of datasets: read as a stream, clear, count; partitions and metrics."""

from __future__ import annotations

import csv
import io
import itertools
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.errors import ApiError
from local_dss.public_api.project_routes.datasets import find_dataset
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.site.local_dss_storage.datasets import NOT_PARTITIONED, StoredDataset
from local_dss.site.local_dss_storage.metrics import StoredMetrics, compute_dataset_metrics
from local_dss.site.local_dss_storage.schema import column_names

FORMATS = {"tsv-excel-noheader": False, "tsv-excel-header": True}
_ROWS_AT_ONCE = 500

logger = logging.getLogger(__name__)


def _read(call: Call, project_key: str, name: str) -> Response:
    """Stream rows; a fault after the first of them is kept for the client, who asks about it at the end."""
    dataset = find_dataset(call, project_key, name)
    kind, session = call.text("format", "tsv-excel-noheader"), call.text("readSessionId")
    if kind not in FORMATS:
        raise ApiError(f"The format {kind!r} is not available here. Formats: {', '.join(FORMATS)}.")
    names = column_names(dataset.read_columns())
    wanted = call.request.args.getlist("columns") or names
    unknown = [column for column in wanted if column not in names]
    if unknown:
        raise ApiError(f"Dataset {dataset.full_name} has no column {', '.join(unknown)}.")
    partitions = _partitions(call)
    dataset.data_files(partitions)  # one that is not built is refused before anything is sent
    positions = [names.index(column) for column in wanted]
    rows = ([row[position] for position in positions] for row in dataset.rows(partitions))
    lines = _lines(itertools.chain([wanted] if FORMATS[kind] else [], rows))
    if session:
        lines = _watched(call, session, lines)
    return Response(lines, mimetype="text/tab-separated-values")


def _lines(rows: Iterator[list[str]]) -> Iterator[bytes]:
    while batch := list(itertools.islice(rows, _ROWS_AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter="\t").writerows(batch)
        yield text.getvalue().encode("utf-8")


def _watched(call: Call, session: str, lines: Iterator[bytes]) -> Iterator[bytes]:
    sessions = call.instance.read_sessions
    sessions.record(session, "The rows were not read to their end.")
    try:
        yield from lines
    except (OSError, ValueError, IndexError, csv.Error) as error:  # of broken files
        logger.exception("Reading rows failed.")
        sessions.record(session, f"Reading the rows failed: {error}")
    else:
        sessions.record(session, None)


def _finish(call: Call, project_key: str, name: str) -> None:
    find_dataset(call, project_key, name)
    fault = call.instance.read_sessions.finish(call.text("readSessionId"))
    if fault is not None:
        raise ApiError(fault)


def _clear(call: Call, project_key: str, name: str) -> dict[str, Any]:
    dataset = find_dataset(call, project_key, name)
    if not dataset.read_definition()["managed"]:
        raise ApiError(f"Dataset {dataset.full_name} is not managed by DSS: its rows cannot be cleared.")
    partitions: Sequence[str | None] = _partitions(call) or [None]
    for partition in partitions:
        dataset.clear(partition)
    return {"messages": [], "maxSeverity": "SUCCESS"}


def _list_partitions(call: Call, project_key: str, name: str) -> list[str]:
    dataset = find_dataset(call, project_key, name)
    return dataset.partitions() if dataset.dimensions() else [NOT_PARTITIONED]


def _partitions(call: Call) -> list[str] | None:
    """Return the partitions asked for, None for all rows."""
    given = [name for text in call.request.args.getlist("partitions") for name in text.split(",")]
    return [name for name in given if name != NOT_PARTITIONED] or None


def _last_metrics(call: Call, project_key: str, name: str, partition: str) -> dict[str, Any]:
    return StoredMetrics(find_dataset(call, project_key, name).folder).read(partition)


def _compute_metrics(call: Call, project_key: str, name: str) -> dict[str, Any]:
    return _computed(call, find_dataset(call, project_key, name), None)


def _compute_some_metrics(call: Call, project_key: str, name: str) -> dict[str, Any]:
    return _computed(call, find_dataset(call, project_key, name), call.body().get("metricIds", []))


def _computed(call: Call, dataset: StoredDataset, metric_ids: list[str] | None) -> dict[str, Any]:
    return compute_dataset_metrics(StoredMetrics(dataset.folder), dataset, metric_ids, call.text("partition"))


_DATASET = "/projects/<project_key>/datasets/<name>"
ROUTES = (
    Route("GET", f"{_DATASET}/data/", _read, READ),
    Route("GET", f"{_DATASET}/finish-streaming/", _finish, READ),
    Route("DELETE", f"{_DATASET}/data", _clear, WRITE),
    Route("GET", f"{_DATASET}/partitions", _list_partitions, READ),
    Route("GET", f"{_DATASET}/metrics/last/<partition>", _last_metrics, READ),
    Route("POST", f"{_DATASET}/actions/computeMetrics", _compute_metrics, WRITE),
    Route("POST", f"{_DATASET}/actions/computeMetricsFromIds", _compute_some_metrics, WRITE),
)
