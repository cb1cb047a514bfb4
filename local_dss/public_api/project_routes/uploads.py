"""Files of datasets of the type ``UploadedFiles``, and the detection of their format."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from local_dss.errors import LocalDssError
from local_dss.exchange.uploaded_csv import detect_format
from local_dss.public_api.errors import ApiError
from local_dss.public_api.project_routes.datasets import (
    UPLOADED,
    UPLOADS,
    find_dataset,
    read_uploads,
    uploaded_files,
)
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.names import random_id, split_folder_path

_MAX_NAME_BYTES = 200


def _add(call: Call, project_key: str, name: str) -> None:
    dataset = _uploaded(call, project_key, name)
    upload = call.request.files.get("file")
    if upload is None:
        raise ApiError("The request holds no file.")
    path = dataset.folder / UPLOADS / _file_name(upload.filename)
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_name(f".{random_id()}")
    upload.save(unfinished)
    unfinished.replace(path)
    read_uploads(dataset)


def _file_name(name: str | None) -> str:
    parts = split_folder_path(name or "")
    if len(parts) != 1 or parts[0].startswith(".") or len(parts[0].encode()) > _MAX_NAME_BYTES:
        raise ApiError(f"An uploaded file needs a plain name of at most {_MAX_NAME_BYTES} bytes. Got {name!r}.")
    return parts[0]


def _list(call: Call, project_key: str, name: str) -> list[dict[str, Any]]:
    return [
        {"path": path.name, "size": path.stat().st_size, "lastModified": int(path.stat().st_mtime * 1000)}
        for path in uploaded_files(_uploaded(call, project_key, name))
    ]


def _detect(call: Call, project_key: str, name: str) -> dict[str, Any]:
    """Start to guess the format; the answer is a future, as on an instance."""
    dataset = _uploaded(call, project_key, name)
    infer_types = bool(call.body().get("inferStorageTypes"))

    def detect(_stopping: threading.Event, report: Any) -> dict[str, Any]:
        report("Detecting the format")
        return _detection(uploaded_files(dataset), infer_types)

    return call.instance.futures.start(detect, call.caller.user)


def _detection(paths: list[Path], infer_types: bool) -> dict[str, Any]:
    if not paths:
        return {"connectionOK": True, "empty": True, "format": {"ok": False, "errorMessage": "No file was uploaded."}}
    try:
        params, columns = detect_format(paths[0], infer_types=infer_types)
    except LocalDssError as error:
        return {"connectionOK": True, "empty": False, "format": {"ok": False, "errorMessage": str(error)}}
    schema = {"newSchema": {"columns": columns, "userModified": False}}
    found = {"ok": True, "type": "csv", "params": params, "schemaDetection": schema}
    return {"connectionOK": True, "empty": False, "format": found}


def _uploaded(call: Call, project_key: str, name: str) -> StoredDataset:
    dataset = find_dataset(call, project_key, name)
    kind = dataset.read_definition()["type"]
    if kind != UPLOADED:
        raise ApiError(f"Dataset {dataset.full_name} holds no uploaded files, its type is {kind}.")
    return dataset


_DATASET = "/projects/<project_key>/datasets/<name>"
ROUTES = (
    Route("GET", f"{_DATASET}/uploaded/files", _list, READ),
    Route("POST", f"{_DATASET}/uploaded/files", _add, WRITE),
    Route("POST", f"{_DATASET}/actions/testAndDetectSettings/fsLike", _detect, WRITE),
)
