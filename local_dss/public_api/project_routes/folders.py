"""Managed folders and the files they hold."""

from __future__ import annotations

import mimetypes
import shutil
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.project_routes.datasets import check_connection
from local_dss.public_api.project_routes.flow import forget_object
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.state.project_definitions import stamped
from local_dss.site.local_dss_storage.folders import StoredFolder, add_folder
from local_dss.site.local_dss_storage.projects import list_folder_ids

_MAX_NAME_LENGTH = 200


def _find(call: Call, project_key: str, folder_id: str) -> StoredFolder:
    """Return a folder by its id: unlike a recipe, the API does not know it by its name."""
    if folder_id not in list_folder_ids(call.instance.home, project_key):
        raise not_found(f"Managed folder not found: {project_key}.{folder_id}")
    return StoredFolder(call.instance.home, project_key, folder_id)


def _describe(call: Call, folder: StoredFolder) -> dict[str, Any]:
    return {
        "type": "Filesystem" if call.instance.settings().local_folders else "S3",
        "params": {"connection": "filesystem_folders", "path": f"/{folder.project_key}/{folder.identifier}"},
        "partitioning": {"dimensions": []},
        "tags": [],
        "checklists": {"checklists": []},
        **folder.describe(),
    }


def _list(call: Call, project_key: str) -> list[dict[str, Any]]:
    ids = list_folder_ids(call.instance.home, project_key)
    return [_describe(call, StoredFolder(call.instance.home, project_key, identifier)) for identifier in ids]


def _create(call: Call, project_key: str) -> dict[str, Any]:
    body = call.body()
    check_connection(call, (body.get("params") or {}).get("connection"))
    given = {key: value for key, value in body.items() if value is not None}
    name = _check_folder_name(body.get("name"))
    folder = add_folder(call.instance.home, project_key, name, stamped(given, call.caller.user))
    return _describe(call, folder)


def _check_folder_name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > _MAX_NAME_LENGTH:
        raise ApiError(f"A managed folder needs a name of at most {_MAX_NAME_LENGTH} characters. Got {name!r}.")
    return name


def _get(call: Call, project_key: str, folder_id: str) -> dict[str, Any]:
    return _describe(call, _find(call, project_key, folder_id))


def _save(call: Call, project_key: str, folder_id: str) -> dict[str, Any]:
    folder, body = _find(call, project_key, folder_id), call.body()
    _check_folder_name(body.get("name"))
    folder.write(stamped(body, call.caller.user))
    return _describe(call, folder)


def _delete(call: Call, project_key: str, folder_id: str) -> dict[str, Any]:
    shutil.rmtree(_find(call, project_key, folder_id).folder)
    forget_object(call.instance, project_key, folder_id)
    return {"messages": [], "maxSeverity": "SUCCESS"}


def _list_contents(call: Call, project_key: str, folder_id: str) -> dict[str, Any]:
    folder = _find(call, project_key, folder_id)
    return {"items": [_item(path, folder.resolve(path)) for path in folder.list_paths()]}


def _get_file(call: Call, project_key: str, folder_id: str, path: str) -> Response:
    target = _find(call, project_key, folder_id).resolve(path)
    if not target.is_file():
        raise not_found(f"There is no file {path} in managed folder {project_key}.{folder_id}.")
    content = wrap_file(call.request.environ, target.open("rb"))
    kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    return Response(content, mimetype=kind, direct_passthrough=True)


def _put_file(call: Call, project_key: str, folder_id: str, path: str) -> dict[str, Any]:
    folder, upload = _find(call, project_key, folder_id), call.request.files.get("file")
    if upload is None:
        raise ApiError("The request holds no file.")
    with folder.open_write(path) as stream:
        shutil.copyfileobj(upload.stream, stream)
    target = folder.resolve(path)
    return _item(f"/{target.relative_to(folder.contents).as_posix()}", target)


def _delete_file(call: Call, project_key: str, folder_id: str, path: str) -> None:
    _find(call, project_key, folder_id).delete(path)


def _item(path: str, target: Path) -> dict[str, Any]:
    status = target.stat()
    return {"path": path, "size": status.st_size, "lastModified": int(status.st_mtime * 1000)}


_FOLDERS = "/projects/<project_key>/managedfolders"
_FOLDER = f"{_FOLDERS}/<folder_id>"
# The client sends the path of a file as it was given, hence with one slash or with two.
_FILES = (f"{_FOLDER}/contents/<path:path>", f"{_FOLDER}/contents//<path:path>")
ROUTES = (
    Route("GET", f"{_FOLDERS}/", _list, READ),
    Route("POST", f"{_FOLDERS}/", _create, WRITE),
    Route("GET", _FOLDER, _get, READ),
    Route("PUT", _FOLDER, _save, WRITE),
    Route("DELETE", _FOLDER, _delete, WRITE),
    Route("GET", f"{_FOLDER}/contents", _list_contents, READ),
    *(Route("GET", file, _get_file, READ) for file in _FILES),
    *(Route("POST", file, _put_file, WRITE) for file in _FILES),
    *(Route("DELETE", file, _delete_file, WRITE) for file in _FILES),
)
