"""Scenarios made of steps, and their runs."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.running.scenarios.scenarios import Scenarios
from local_dss.public_api.state.project_definitions import stamped

STEP_BASED = "step_based"


def _list(call: Call, project_key: str) -> list[dict[str, Any]]:
    return [_light_of(call, scenario) for scenario in call.instance.objects(project_key, "scenarios").read_all()]


def _create(call: Call, project_key: str) -> dict[str, str]:
    """Create a scenario under an id made of the letters and digits of its name."""
    definition = call.body()
    name = definition.get("name")
    if not isinstance(name, str) or not name:
        raise ApiError("A scenario needs a name.")
    if definition.get("type") != STEP_BASED:
        raise ApiError(f"Scenarios of type {definition.get('type')} are not served here. Known type: {STEP_BASED}.")
    store = call.instance.objects(project_key, "scenarios")
    with store.lock:
        identifier = store.free_name(re.sub(r"[^A-Za-z0-9_]", "", name).upper() or "SCENARIO")
        scenario = {
            "active": False,
            "triggers": [],
            "reporters": [],
            "tags": [],
            **definition,
            "params": {"steps": [], **(definition.get("params") or {})},
            "id": identifier,
            "projectKey": project_key,
        }
        store.write(identifier, stamped(scenario, call.caller.user))
    return {"id": identifier}


def _get(call: Call, project_key: str, scenario_id: str) -> dict[str, Any]:
    return _read(call, project_key, scenario_id)


def _put(call: Call, project_key: str, scenario_id: str) -> dict[str, str]:
    before = _read(call, project_key, scenario_id)
    fixed = {key: before[key] for key in ("id", "projectKey", "type", "creationTag", "versionTag")}
    scenario = stamped({**before, **call.body(), **fixed}, call.caller.user)
    call.instance.objects(project_key, "scenarios").write(scenario_id, scenario)
    return {"msg": f"Updated scenario {scenario_id}"}


def _delete(call: Call, project_key: str, scenario_id: str) -> dict[str, str]:
    _read(call, project_key, scenario_id)
    call.instance.objects(project_key, "scenarios").delete(scenario_id)
    return {"msg": f"Deleted scenario {scenario_id}"}


def _light(call: Call, project_key: str, scenario_id: str) -> dict[str, Any]:
    return _light_of(call, _read(call, project_key, scenario_id))


def _run(call: Call, project_key: str, scenario_id: str) -> dict[str, Any]:
    scenario = _read(call, project_key, scenario_id)
    return call.instance.service(Scenarios).fire(scenario, call.body(), call.caller)


def _abort(call: Call, project_key: str, scenario_id: str) -> dict[str, str]:
    _read(call, project_key, scenario_id)
    call.instance.service(Scenarios).abort(project_key, scenario_id)
    return {"msg": f"Abort of scenario {scenario_id} requested"}


def _trigger_fire(call: Call, project_key: str, scenario_id: str, trigger_id: str) -> dict[str, Any]:
    return call.instance.service(Scenarios).find_fire(call.text("triggerRunId"))


def _run_for_trigger(call: Call, project_key: str, scenario_id: str) -> dict[str, Any]:
    _read(call, project_key, scenario_id)
    return call.instance.service(Scenarios).run_of_fire(project_key, scenario_id, call.text("triggerRunId"))


def _last_runs(call: Call, project_key: str, scenario_id: str) -> list[dict[str, Any]]:
    _read(call, project_key, scenario_id)
    limit, only_finished = call.text("limit", "10"), call.flag("onlyFinishedRuns")
    if not limit.isdigit():
        raise ApiError(f"The limit must be a whole number. Got {limit!r}.")
    return call.instance.service(Scenarios).last_runs(project_key, scenario_id, int(limit), only_finished=only_finished)


def _details(call: Call, project_key: str, scenario_id: str, run_id: str) -> dict[str, Any]:
    _read(call, project_key, scenario_id)
    return call.instance.service(Scenarios).details(project_key, scenario_id, run_id)


def _log(call: Call, project_key: str, scenario_id: str, run_id: str) -> Response:
    _read(call, project_key, scenario_id)
    text = call.instance.service(Scenarios).log(project_key, scenario_id, run_id, call.text("stepId"))
    return Response(text, mimetype="text/plain")


def _read(call: Call, project_key: str, scenario_id: str) -> dict[str, Any]:
    store = call.instance.objects(project_key, "scenarios")
    if scenario_id not in store:
        raise not_found(f"Scenario {project_key}.{scenario_id} does not exist")
    return store.read(scenario_id)


def _light_of(call: Call, scenario: dict[str, Any]) -> dict[str, Any]:
    service, key = call.instance.service(Scenarios), (scenario["projectKey"], scenario["id"])
    kept: dict[str, Any] = {
        name: scenario[name] for name in ("projectKey", "id", "name", "type", "active", "tags") if name in scenario
    }
    return {**kept, "running": service.is_running(*key), "start": service.start_of_run(*key), "nextRun": 0}


_SCENARIOS = "/projects/<project_key>/scenarios"
_SCENARIO = f"{_SCENARIOS}/<scenario_id>"
ROUTES = (
    Route("GET", f"{_SCENARIOS}/", _list, READ),
    Route("POST", f"{_SCENARIOS}/", _create, WRITE),
    Route("GET", f"{_SCENARIOS}/trigger/<scenario_id>/<trigger_id>", _trigger_fire, READ),
    Route("GET", _SCENARIO, _get, READ),
    Route("PUT", _SCENARIO, _put, WRITE),
    Route("DELETE", _SCENARIO, _delete, WRITE),
    Route("GET", f"{_SCENARIO}/light", _light, READ),
    Route("POST", f"{_SCENARIO}/run", _run, WRITE),
    Route("POST", f"{_SCENARIO}/abort", _abort, WRITE),
    Route("GET", f"{_SCENARIO}/get-run-for-trigger", _run_for_trigger, READ),
    Route("GET", f"{_SCENARIO}/get-last-runs", _last_runs, READ),
    Route("GET", f"{_SCENARIO}/<run_id>/", _details, READ),
    Route("GET", f"{_SCENARIO}/<run_id>/log", _log, READ),
)
