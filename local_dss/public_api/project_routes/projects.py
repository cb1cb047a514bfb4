"""Projects: create, list, delete; settings, metadata, permissions, variables, tags."""

from __future__ import annotations

import shutil
from typing import Any

from local_dss.public_api.errors import ApiError, forbidden
from local_dss.public_api.routing import ANYONE, PROJECT_ADMIN, READ, WRITE, Call, Route
from local_dss.public_api.state.project_definitions import changed_definition, read_definition, stamped
from local_dss.site.local_dss_storage.names import check_name, random_id
from local_dss.site.local_dss_storage.projects import (
    list_projects,
    project_folder,
    read_variables,
    write_variables,
)

_TEXTS = ("shortDesc", "description")
_OF_PERMISSIONS = ("owner", "permissions")


def _list(call: Call) -> list[dict[str, Any]]:
    return [_summary(call, key) for key in list_projects(call.instance.home) if call.may(key, READ)]


def _create(call: Call) -> dict[str, str]:
    if not (call.caller.is_admin or call.caller.may_create_projects):
        raise forbidden("Action forbidden, you may not create projects")
    body = call.body()
    key, name, owner = check_name(body.get("projectKey"), "project"), body.get("name"), body.get("owner")
    if not (isinstance(name, str) and name.strip() and isinstance(owner, str) and owner.strip()):
        raise ApiError(f"A project needs a name and an owner. Got {name!r} and {owner!r}.")
    folder = project_folder(call.instance.home, key)
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise ApiError(f"A project with the key {key} exists already: choose another key.") from None
    with changed_definition(folder) as definition:
        definition.update(stamped({}, call.caller.user), name=name, owner=owner)
        definition["description"] = body.get("description") or ""
        definition["permissions"] = body.get("permissions") or []
        definition["metadata"]["tags"] = body.get("tags") or []
        definition["settings"]["settings"].update(body.get("settings") or {})
    return {"msg": f"Created project {key}"}


def _summary(call: Call, project_key: str) -> dict[str, Any]:
    definition = read_definition(call.instance.project(project_key))
    kept = ("projectKey", "name", "shortDesc", "description", "creationTag", "versionTag")
    return {
        **{key: definition[key] for key in kept if key in definition},
        "ownerLogin": definition["owner"],
        "ownerDisplayName": definition["owner"],
        "projectType": "REGULAR",
        "tags": definition["metadata"].get("tags", []),
    }


def _delete(call: Call, project_key: str) -> dict[str, Any]:
    """Delete a project; the answer is a future, which has its result already where the client asked to wait."""
    folder = call.instance.project(project_key)
    hidden = folder.with_name(f".{random_id()}.deleted")
    folder.rename(hidden)  # at once, so that no request finds half a project

    def delete(*_: Any) -> dict[str, Any]:
        shutil.rmtree(hidden)
        return {"messages": [], "maxSeverity": "SUCCESS"}

    if call.flag("wait", default=True):
        return {"alive": False, "hasResult": True, "result": delete()}
    return call.instance.futures.start(delete, call.caller.user)


def _settings(call: Call, project_key: str) -> dict[str, Any]:
    return read_definition(call.instance.project(project_key))["settings"]


def _write_settings(call: Call, project_key: str) -> None:
    body = call.body()
    with changed_definition(call.instance.project(project_key)) as definition:
        definition.update(stamped(definition, call.caller.user), settings=body)


def _read_metadata(call: Call, project_key: str) -> dict[str, Any]:
    definition = read_definition(call.instance.project(project_key))
    return {"label": definition["name"], **{key: definition[key] for key in _TEXTS}, **definition["metadata"]}


def _write_metadata(call: Call, project_key: str) -> None:
    body = call.body()
    with changed_definition(call.instance.project(project_key)) as definition:
        definition["name"] = body.pop("label", definition["name"])
        definition.update({key: body.pop(key) for key in _TEXTS if key in body})
        definition["metadata"] = body


def _permissions(call: Call, project_key: str) -> dict[str, Any]:
    definition = read_definition(call.instance.project(project_key))
    return {key: definition[key] for key in _OF_PERMISSIONS}


def _write_permissions(call: Call, project_key: str) -> None:
    body = call.body()
    if not isinstance(body.get("owner"), str) or not isinstance(body.get("permissions"), list):
        raise ApiError('Permissions are given as {"owner": "...", "permissions": [...]}.')
    with changed_definition(call.instance.project(project_key)) as definition:
        definition.update({key: body[key] for key in _OF_PERMISSIONS})


def _variables(call: Call, project_key: str) -> dict[str, Any]:
    return read_variables(call.instance.home, project_key)


def _write_variables(call: Call, project_key: str) -> None:
    write_variables(call.instance.home, project_key, call.body())


def _tags(call: Call, project_key: str) -> dict[str, Any]:
    return {"tags": read_definition(call.instance.project(project_key))["tags"]}


def _write_tags(call: Call, project_key: str) -> None:
    body = call.body()
    with changed_definition(call.instance.project(project_key)) as definition:
        definition["tags"] = body.get("tags", {})


_PROJECT = "/projects/<project_key>"
ROUTES = (
    Route("GET", "/projects/", _list, ANYONE),
    Route("POST", "/projects/", _create, ANYONE),
    Route("GET", _PROJECT, _summary, READ),
    Route("DELETE", _PROJECT, _delete, PROJECT_ADMIN),
    Route("GET", f"{_PROJECT}/settings", _settings, READ),
    Route("PUT", f"{_PROJECT}/settings", _write_settings, WRITE),
    Route("GET", f"{_PROJECT}/metadata", _read_metadata, READ),
    Route("PUT", f"{_PROJECT}/metadata", _write_metadata, WRITE),
    Route("GET", f"{_PROJECT}/permissions", _permissions, READ),
    Route("PUT", f"{_PROJECT}/permissions", _write_permissions, PROJECT_ADMIN),
    Route("GET", f"{_PROJECT}/variables/", _variables, READ),
    Route("PUT", f"{_PROJECT}/variables/", _write_variables, WRITE),
    Route("GET", f"{_PROJECT}/tags", _tags, READ),
    Route("PUT", f"{_PROJECT}/tags", _write_tags, WRITE),
)
