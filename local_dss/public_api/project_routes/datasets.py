"""Datasets: create, list, change, delete; schema, metadata, last build."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from local_dss.exchange.uploaded_csv import CsvFormat, fill_dataset
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.project_routes.flow import forget_object
from local_dss.public_api.project_routes.samples import SAMPLE_PREFIX, find_sample
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.state.project_definitions import read_definition, stamped
from local_dss.site.local_dss_storage.datasets import NOT_PARTITIONED, StoredDataset
from local_dss.site.local_dss_storage.names import check_name, is_name, split_name
from local_dss.site.local_dss_storage.projects import list_datasets, list_projects

UPLOADED = "UploadedFiles"
_REQUIRED = ("name", "projectKey", "type", "managed", "params", "schema", "partitioning")
UPLOADS = "uploads"  # folder of the uploaded files in the folder of the dataset
_changing = threading.RLock()  # names are given once, and the files of a dataset are read by one request at a time


def find_dataset(call: Call, project_key: str, name: str) -> StoredDataset:
    """Return a dataset of a project that exists."""
    if is_name(name):
        dataset = StoredDataset(call.instance.home, project_key, name)
        if dataset.exists():
            return dataset
    raise not_found(f"Dataset not found: {project_key}.{name}")


def check_connection(call: Call, connection: Any) -> str:
    """Return the name of a connection on which users may create objects."""
    if connection not in call.instance.settings().connections:
        raise ApiError(f"Connection {connection!r} does not exist, or you may not use it.")
    return connection


def check_format(definition: dict[str, Any]) -> CsvFormat | None:
    """Return the format in which the files of a dataset are read; None where none is set yet."""
    kind = definition.get("formatType")
    if kind not in (None, "", "csv"):
        raise ApiError(f"The format {kind!r} is not available in the local stand-in for DSS: only csv.")
    return CsvFormat.of_params(definition.get("formatParams") or {}) if kind else None


def read_uploads(dataset: StoredDataset) -> None:
    """Read the uploaded files of a dataset as its rows, once it has files, a format and a schema."""
    with _changing:
        definition = dataset.read_definition()
        if definition["type"] != UPLOADED:
            return
        paths, csv_format = uploaded_files(dataset), check_format(definition)
        if paths and csv_format is not None and dataset.read_columns():
            fill_dataset(dataset, paths, csv_format)
        else:
            dataset.clear()


def uploaded_files(dataset: StoredDataset) -> list[Path]:
    """Return the uploaded files of a dataset, in the order of their names."""
    return sorted((dataset.folder / UPLOADS).glob("[!.]*"))


def _list(call: Call, project_key: str) -> list[dict[str, Any]]:
    home, tags = call.instance.home, set(call.request.args.getlist("tags"))
    found = [StoredDataset(home, project_key, name) for name in list_datasets(home, project_key)]
    if call.flag("foreign"):
        found += [StoredDataset(home, *full_name) for full_name in _shared_with(call, project_key)]
    definitions = [dataset.read_definition() for dataset in found if dataset.exists()]
    return [definition for definition in definitions if not tags or tags & set(definition["tags"])]


def _shared_with(call: Call, project_key: str) -> list[tuple[str, str]]:
    """Return project key and name of the datasets of other projects that are exposed to a project."""
    others = {key: read_definition(call.instance.project(key)) for key in list_projects(call.instance.home)}
    return [
        (key, shared["localName"])
        for key, definition in others.items()
        for shared in definition["settings"].get("exposedObjects", {}).get("objects", [])
        if shared["type"] == "DATASET"
        if project_key in [rule["targetProject"] for rule in shared["rules"]]
    ]


def _create(call: Call, project_key: str) -> dict[str, str]:
    body = call.body()
    kind = str(body.get("type", ""))
    definition = {key: value for key, value in body.items() if key not in ("name", "projectKey", "schema")}
    definition |= {"params": body.get("params") or {}, "managed": False}
    if kind == UPLOADED:
        if "uploadConnection" in definition["params"]:
            check_connection(call, definition["params"]["uploadConnection"])
        check_format(definition)
        columns = (body.get("schema") or {}).get("columns", ())
        return _store(call, project_key, body.get("name"), definition, columns)
    if kind.startswith(SAMPLE_PREFIX):
        sample = find_sample(call.instance.plugins, kind, definition["params"])
        answer = _store(call, project_key, body.get("name"), definition, sample.columns)
        fill_dataset(find_dataset(call, project_key, body["name"]), sample.files, CsvFormat())
        return answer
    raise ApiError(
        f"A dataset of the type {kind!r} cannot be created in the local stand-in for DSS: "
        "upload files, take a sample of a plugin, or create a managed dataset."
    )


def _create_managed(call: Call, project_key: str) -> dict[str, str]:
    body = call.body()
    settings = body.get("creationSettings") or {}
    connection = check_connection(call, settings.get("connectionId"))
    name = check_name(body.get("name"), "dataset")
    definition = StoredDataset(call.instance.home, project_key, name).managed_definition(connection)
    dimensions = _copied_dimensions(call, project_key, settings.get("partitioningOptionId"))
    return _store(call, project_key, name, definition, (), dimensions)


def _copied_dimensions(call: Call, project_key: str, option: str | None) -> list[dict[str, Any]]:
    """Return the dimensions of the dataset that the option ``copy:dataset:REFERENCE`` names."""
    if option in (None, "", NOT_PARTITIONED):
        return []
    if not str(option).startswith("copy:dataset:"):
        raise ApiError(f"The partitioning {option!r} is not available in the local stand-in for DSS.")
    key, name = split_name(str(option)[len("copy:dataset:") :], project_key, "dataset")
    call.check_right(key, READ)
    return find_dataset(call, key, name).dimensions()


def _store(
    call: Call, project_key: str, name: Any, definition: dict[str, Any], columns: Any, dimensions: Any = ()
) -> dict[str, str]:
    dataset = StoredDataset(call.instance.home, project_key, check_name(name, "dataset"))
    with _changing:
        if dataset.exists():
            raise ApiError(f"Dataset {dataset.full_name} exists already: choose another name.")
        dataset.create(columns, dimensions, stamped(definition, call.caller.user))
    return {"msg": f"Created dataset {dataset.full_name}"}


def _get(call: Call, project_key: str, name: str) -> dict[str, Any]:
    return find_dataset(call, project_key, name).read_definition()


def _save(call: Call, project_key: str, name: str) -> dict[str, str]:
    dataset = find_dataset(call, project_key, name)
    own = dataset.read_definition()
    body = {**{key: own[key] for key in _REQUIRED}, **call.body()}
    for key in ("name", "projectKey", "type", "managed"):
        if body[key] != own[key]:
            raise ApiError(f"The {key} of a dataset cannot be changed. Got {body[key]!r}, it is {own[key]!r}.")
    for key in ("params", "schema", "partitioning"):
        if not isinstance(body[key], dict):
            raise ApiError(f"The {key} of a dataset must be a JSON object. Got {body[key]!r}.")
    if own["type"] == UPLOADED:
        check_format(body)
    dataset.write_definition(stamped(body, call.caller.user))
    read_uploads(dataset)
    return {"msg": f"Saved dataset {dataset.full_name}"}


def _delete(call: Call, project_key: str, name: str) -> None:
    find_dataset(call, project_key, name).delete()
    forget_object(call.instance, project_key, name)


def _schema(call: Call, project_key: str, name: str) -> dict[str, Any]:
    return find_dataset(call, project_key, name).read_definition()["schema"]


def _write_schema(call: Call, project_key: str, name: str) -> dict[str, Any]:
    dataset, schema = find_dataset(call, project_key, name), call.body()
    dataset.write_definition(stamped({**dataset.read_definition(), "schema": schema}, call.caller.user))
    read_uploads(dataset)
    return dataset.read_definition()["schema"]


def _metadata(call: Call, project_key: str, name: str) -> dict[str, Any]:
    return find_dataset(call, project_key, name).read_metadata()


def _write_metadata(call: Call, project_key: str, name: str) -> dict[str, Any]:
    dataset = find_dataset(call, project_key, name)
    dataset.write_metadata(call.body())
    return dataset.read_metadata()


def _info(call: Call, project_key: str, name: str) -> dict[str, Any]:
    """Return the definition and, of a managed dataset that is built, when that was: when its rows were written."""
    dataset = find_dataset(call, project_key, name)
    definition = dataset.read_definition()
    if not (definition["managed"] and dataset.partitions()):
        return {"dataset": definition}
    end = int(max(path.stat().st_mtime for path in dataset.data_files()) * 1000)
    return {"dataset": definition, "lastBuild": {"buildStartTime": end, "buildEndTime": end, "buildSuccess": True}}


_DATASETS = "/projects/<project_key>/datasets"
_DATASET = f"{_DATASETS}/<name>"
ROUTES = (
    Route("GET", f"{_DATASETS}/", _list, READ),
    Route("POST", f"{_DATASETS}/", _create, WRITE),
    Route("POST", f"{_DATASETS}/managed", _create_managed, WRITE),
    Route("GET", _DATASET, _get, READ),
    Route("PUT", _DATASET, _save, WRITE),
    Route("DELETE", _DATASET, _delete, WRITE),
    Route("GET", f"{_DATASET}/schema", _schema, READ),
    Route("PUT", f"{_DATASET}/schema", _write_schema, WRITE),
    Route("GET", f"{_DATASET}/metadata", _metadata, READ),
    Route("PUT", f"{_DATASET}/metadata", _write_metadata, WRITE),
    Route("GET", f"{_DATASET}/info", _info, READ),
)
