"""Webapps of a project: definitions, and state, start and stop of their backends."""

from __future__ import annotations

from typing import Any

from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.running.webapps import (
    WebappBackends,
    create_webapp,
    plugin_webapp,
    read_webapp,
    save_webapp,
)

_LISTED = ("id", "projectKey", "name", "type", "tags", "versionTag")


def _list_webapps(call: Call, project_key: str) -> list[dict[str, Any]]:
    definitions = call.instance.objects(project_key, "webapps").read_all()
    return [{key: definition[key] for key in _LISTED if key in definition} for definition in definitions]


def _create(call: Call, project_key: str) -> dict[str, Any]:
    definition = create_webapp(call.instance, call.caller.user, project_key, call.body())
    return {"webAppId": definition["id"], "id": definition["id"], "projectKey": project_key}


def _read(call: Call, project_key: str, webapp_id: str) -> dict[str, Any]:
    return read_webapp(call.instance, project_key, webapp_id)


def _save(call: Call, project_key: str, webapp_id: str) -> dict[str, Any]:
    known = read_webapp(call.instance, project_key, webapp_id)
    return save_webapp(call.instance, call.caller.user, known, call.body())


def _state(call: Call, project_key: str, webapp_id: str) -> dict[str, Any]:
    read_webapp(call.instance, project_key, webapp_id)
    return call.instance.service(WebappBackends).state(project_key, webapp_id)


def _restart(call: Call, project_key: str, webapp_id: str) -> dict[str, Any]:
    plugin_webapp(call.instance, read_webapp(call.instance, project_key, webapp_id)["type"])
    backends, caller = call.instance.service(WebappBackends), call.caller

    def work(stopping: Any, report: Any) -> dict[str, Any]:
        report("Starting the backend")
        return backends.restart(caller, project_key, webapp_id, stopping)

    return call.instance.futures.start(work, caller.user)


def _stop(call: Call, project_key: str, webapp_id: str) -> None:
    read_webapp(call.instance, project_key, webapp_id)
    call.instance.service(WebappBackends).stop_backend(project_key, webapp_id)


_WEBAPPS = "/projects/<project_key>/webapps/"
_BACKEND = f"{_WEBAPPS}<webapp_id>/backend"
ROUTES = (
    Route("GET", _WEBAPPS, _list_webapps, READ),
    Route("POST", _WEBAPPS, _create, WRITE),
    Route("GET", f"{_WEBAPPS}<webapp_id>", _read, READ),
    Route("PUT", f"{_WEBAPPS}<webapp_id>", _save, WRITE),
    Route("GET", f"{_BACKEND}/state", _state, READ),
    Route("PUT", f"{_BACKEND}/actions/restart", _restart, WRITE),
    Route("PUT", f"{_BACKEND}/actions/stop", _stop, WRITE),
)
