"""Code environments: list, definition, logs of builds, deletion."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.errors import not_found
from local_dss.public_api.routing import GLOBAL_ADMIN, Call, Route
from local_dss.public_api.running.environments.builds import EnvironmentBuilds
from local_dss.public_api.state.futures import wait_for


def _list(call: Call) -> list[dict[str, Any]]:
    environments = call.instance.code_environments
    return [
        {**{key: definition[key] for key in _IN_LIST}, "pythonInterpreter": definition["desc"]["pythonInterpreter"]}
        for definition in map(environments.read, environments.names())
    ]


def _get(call: Call, language: str, name: str) -> dict[str, Any]:
    definition = call.instance.code_environments.read(name, language)
    return {key: value for key, value in definition.items() if key != "local"}


def _delete(call: Call, language: str, name: str) -> dict[str, Any]:
    call.instance.code_environments.read(name, language)
    work = call.instance.service(EnvironmentBuilds).delete_work(name)
    if call.flag("wait", default=True):
        return dict(wait_for(work))
    return call.instance.futures.start(work, call.caller.user)


def _logs(call: Call, language: str, name: str) -> list[dict[str, Any]]:
    environments = call.instance.code_environments
    environments.read(name, language)
    return [
        {"name": path.name, "totalSize": path.stat().st_size, "lastModified": int(path.stat().st_mtime * 1000)}
        for path in environments.logs(name)
    ]


def _log(call: Call, language: str, name: str, log_name: str) -> Response:
    environments = call.instance.code_environments
    environments.read(name, language)
    path = next((path for path in environments.logs(name) if path.name == log_name), None)
    if path is None:
        raise not_found(f"Log not found: {log_name}")
    return Response(path.read_bytes(), mimetype="text/plain")


_IN_LIST = ("envName", "envLang", "deploymentMode", "owner")
_ONE = "/admin/code-envs/<language>/<name>"
ROUTES = (
    Route("GET", "/admin/code-envs/", _list, GLOBAL_ADMIN),
    Route("GET", _ONE, _get, GLOBAL_ADMIN),
    Route("DELETE", _ONE, _delete, GLOBAL_ADMIN),
    Route("GET", f"{_ONE}/logs", _logs, GLOBAL_ADMIN),
    Route("GET", f"{_ONE}/logs/<log_name>", _log, GLOBAL_ADMIN),
)
