"""Macros of a project: list, run, ask for the state, read the result once, abort."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.routing import READ, Call, Route
from local_dss.public_api.running.macros import MacroRuns, find_macro, list_macros

_MIME_TYPES = {"HTML": "text/html", "URL": "text/plain", "NONE": "text/plain"}
_JSON_TYPES = ("RESULT_TABLE", "JSON_OBJECT", "FOLDER_FILE")


def _list_macros(call: Call, project_key: str) -> list[dict[str, Any]]:
    return [macro.definition(call.caller) for macro in list_macros(call.instance)]


def _definition(call: Call, project_key: str, runnable_type: str) -> dict[str, Any]:
    return find_macro(call.instance, runnable_type).definition(call.caller)


def _run(call: Call, project_key: str, runnable_type: str) -> dict[str, Any]:
    run = call.instance.service(MacroRuns).start(call.caller, project_key, runnable_type, call.body())
    if call.flag("wait"):
        run.wait()
    return {"runId": run.run_id}


def _state(call: Call, project_key: str, runnable_type: str, run_id: str) -> dict[str, Any]:
    return call.instance.service(MacroRuns).find(project_key, runnable_type, run_id).state()


def _result(call: Call, project_key: str, runnable_type: str, run_id: str) -> Response:
    runs = call.instance.service(MacroRuns)
    run = runs.find(project_key, runnable_type, run_id)
    descriptor = run.macro.descriptor
    kind = descriptor["resultType"]
    file_type = "application/json" if kind in _JSON_TYPES else descriptor.get("mimeType", "application/octet-stream")
    return Response(runs.take_result(run), mimetype=_MIME_TYPES.get(kind, file_type))


def _abort(call: Call, project_key: str, runnable_type: str, run_id: str) -> None:
    call.instance.service(MacroRuns).find(project_key, runnable_type, run_id).abort()


_MACRO = "/projects/<project_key>/runnables/<runnable_type>"
ROUTES = (
    Route("GET", "/projects/<project_key>/runnables/", _list_macros, READ),
    Route("GET", _MACRO, _definition, READ),
    Route("POST", _MACRO, _run, READ),
    Route("GET", f"{_MACRO}/state/<run_id>", _state, READ),
    Route("GET", f"{_MACRO}/result/<run_id>", _result, READ),
    Route("POST", f"{_MACRO}/abort/<run_id>", _abort, READ),
)
