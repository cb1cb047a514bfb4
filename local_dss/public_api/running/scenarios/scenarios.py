"""The runs of scenarios: steps one after the other, in a thread for each run; no trigger fires by itself."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local_dss.errors import LocalDssError
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.running.jobs.job_files import now
from local_dss.public_api.running.scenarios.run_files import RunFiles, create_run, list_run_folders, run_folder
from local_dss.public_api.running.scenarios.steps import (
    ABORTED,
    FAILED,
    SERVICES,
    STEP_KINDS,
    SUCCESS,
    WARNING,
    StepCall,
    StepError,
)
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.errors import StorageError

_SEVERITY = (SUCCESS, WARNING, FAILED, ABORTED)
IF_STATUS_MATCHES = "RUN_IF_STATUS_MATCH"
_CONDITIONS = (IF_STATUS_MATCHES, "RUN_ALWAYS", "DISABLED")
_SECONDS_TO_STOP = 10

logger = logging.getLogger(__name__)


@dataclass
class _Run:
    """A run in progress."""

    scenario: dict[str, Any]
    fire: dict[str, Any]
    caller: Caller
    files: RunFiles | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)


class Scenarios:
    """All runs of scenarios; a scenario runs once at a time."""

    def __init__(self, instance: Instance):
        self._instance = instance
        self._running: dict[tuple[str, str], _Run] = {}
        self._fires: dict[str, dict[str, Any]] = {}
        self._lock = threading.RLock()
        for kind in SERVICES:  # made first, so that they are stopped last
            instance.service(kind)

    def fire(self, scenario: dict[str, Any], params: dict[str, Any], caller: Caller) -> dict[str, Any]:
        """Fire the manual trigger of a scenario; it is cancelled when the scenario runs already."""
        key = (scenario["projectKey"], scenario["id"])
        fire = {
            "projectKey": key[0],
            "scenarioId": key[1],
            "trigger": {"id": "manual", "type": "manual", "name": "Manual trigger", "params": params},
            "runId": secrets.token_hex(8),
            "params": params,
            "cancelled": False,
        }
        with self._lock:
            fire["cancelled"] = key in self._running
            self._fires[fire["runId"]] = fire
            if not fire["cancelled"]:
                run = self._running[key] = _Run(scenario, fire, caller)
                threading.Thread(target=self._run, args=(key, run), name=f"scenario-{key[1]}", daemon=True).start()
        return fire

    def find_fire(self, trigger_run_id: str) -> dict[str, Any]:
        """Return a fire of a trigger since the instance was started."""
        if trigger_run_id not in self._fires:
            raise not_found(f"Unknown trigger run: {trigger_run_id}")
        return self._fires[trigger_run_id]

    def run_of_fire(self, project_key: str, scenario_id: str, trigger_run_id: str) -> dict[str, Any]:
        """Return the run that a fire started; nothing as long as it has not begun."""
        runs = (self._find(project_key, scenario_id, folder) for folder in self._folders(project_key, scenario_id))
        found = next((run for run in runs if run.scenario_run["trigger"]["runId"] == trigger_run_id), None)
        return {"scenarioRun": found.scenario_run} if found else {}

    def details(self, project_key: str, scenario_id: str, run_id: str) -> dict[str, Any]:
        """Return a run with the runs of its steps."""
        folder = run_folder(self._instance, project_key, scenario_id, run_id)
        return self._find(project_key, scenario_id, folder).content()

    def last_runs(self, project_key: str, scenario_id: str, limit: int, *, only_finished: bool) -> list[dict[str, Any]]:
        """Return the last runs, the latest first."""
        runs = [self._find(project_key, scenario_id, path) for path in self._folders(project_key, scenario_id)]
        return [run.scenario_run for run in runs if run.is_finished() or not only_finished][:limit]

    def log(self, project_key: str, scenario_id: str, run_id: str, step_id: str) -> str:
        """Return the log of a run, or of one of its steps."""
        return RunFiles.read(run_folder(self._instance, project_key, scenario_id, run_id)).read_log(step_id)

    def start_of_run(self, project_key: str, scenario_id: str) -> int:
        """Return when the run in progress began, 0 when there is none."""
        run = self._running.get((project_key, scenario_id))
        return run.files.scenario_run["start"] if run is not None and run.files is not None else 0

    def is_running(self, project_key: str, scenario_id: str) -> bool:
        """Return whether a scenario runs."""
        return (project_key, scenario_id) in self._running

    def abort(self, project_key: str, scenario_id: str) -> None:
        """Ask the run in progress to end."""
        run = self._running.get((project_key, scenario_id))
        if run is not None:
            run.stopping.set()

    def stop(self) -> None:
        """Abort all runs."""
        with self._lock:
            runs = list(self._running.values())
        for run in runs:
            run.stopping.set()
        for run in runs:
            run.done.wait(_SECONDS_TO_STOP)

    def _folders(self, project_key: str, scenario_id: str) -> list[Path]:
        return list_run_folders(self._instance, project_key, scenario_id)

    def _find(self, project_key: str, scenario_id: str, folder: Path) -> RunFiles:
        with self._lock:
            current = self._running.get((project_key, scenario_id))
            if current is not None and current.files is not None and current.files.folder == folder:
                return current.files
            run = RunFiles.read(folder)
            is_about_to_begin = current is not None and current.files is None
            if not run.is_finished() and not is_about_to_begin:
                run.log_line("The instance ended while the scenario was running.")
                run.finish(FAILED)
            return run

    def _run(self, key: tuple[str, str], run: _Run) -> None:
        outcome = FAILED
        try:
            run.files = create_run(self._instance, run.scenario, run.fire)
            outcome = self._run_steps(run, run.files)
        except Exception:  # a thread's end is seen by nobody else
            logger.exception("Scenario %s failed.", key[1])
        finally:
            with self._lock:
                del self._running[key]
                if run.files is not None:
                    run.files.log_line(f"The run ended: {outcome}")
                    run.files.finish(outcome)
            run.done.set()

    def _run_steps(self, run: _Run, files: RunFiles) -> str:
        outcome = SUCCESS
        for number, step in enumerate((run.scenario.get("params") or {}).get("steps") or (), start=1):
            if run.stopping.is_set():
                return ABORTED
            if not _is_to_run(step, outcome):
                files.log_line(f"Step {number} ({step.get('name', '')}) is skipped", str(step.get("id", "")))
                continue
            outcome = max(outcome, self._run_step(run, files, number, step), key=_SEVERITY.index)
        return ABORTED if run.stopping.is_set() else outcome

    def _run_step(self, run: _Run, files: RunFiles, number: int, step: dict[str, Any]) -> str:
        """Run one step, again after a failure as often as it asks for; return its outcome."""
        step_id, params = str(step.get("id", "")), step.get("params") or {}

        def log(message: str) -> None:
            files.log_line(message, step_id)

        call = StepCall(self._instance, run.scenario["projectKey"], run.caller, params, run.stopping, log)
        step_run: dict[str, Any] = {
            "runId": f"{files.folder.name}_{number}",
            "step": step,
            "start": now(),
            "end": 0,
            "additionalReportItems": call.report_items,
        }
        files.step_runs = [*files.step_runs, step_run]
        files.write()
        log(f"Running step {number}: {step.get('name', '')} ({step.get('type')})")
        result = _result_of(step, call)
        for _ in range(int(step.get("maxRetriesOnFail") or 0)):
            if result["outcome"] in {SUCCESS, ABORTED} or run.stopping.wait(
                float(step.get("delayBetweenRetries") or 0)
            ):
                break
            result = _result_of(step, call)
        if result["outcome"] == FAILED and params.get("proceedOnFailure"):
            result["outcome"] = WARNING
        files.step_runs = [*files.step_runs[:-1], {**step_run, "result": result, "end": now()}]
        files.write()
        log(f"Step {number} ended: {result.get('thrown', {}).get('message', result['outcome'])}")
        return str(result["outcome"])


def _is_to_run(step: dict[str, Any], outcome: str) -> bool:
    if step.get("enabled") is False or step.get("runConditionType") == "DISABLED":
        return False
    if step.get("runConditionType", IF_STATUS_MATCHES) != IF_STATUS_MATCHES:
        return True
    return outcome in (step.get("runConditionStatuses") or (SUCCESS, WARNING))


def _check_known(key: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise StepError(f"Steps with the {key} {value} are not served here. Known: {', '.join(known)}.")


def _result_of(step: dict[str, Any], call: StepCall) -> dict[str, Any]:
    """Run a step once; return its outcome, and what was thrown as the client reads it."""
    try:
        _check_known("type", str(step.get("type")), STEP_KINDS)
        _check_known("runConditionType", step.get("runConditionType", IF_STATUS_MATCHES), _CONDITIONS)
        STEP_KINDS[step["type"]](call)
    except (StepError, ApiError, LocalDssError, StorageError) as error:
        outcome = ABORTED if call.stopping.is_set() else FAILED
        clazz = getattr(error, "error_type", "com.dataiku.dip.exceptions.CodedException")
        return {"outcome": outcome, "thrown": {"clazz": clazz, "title": str(error), "message": str(error), "stack": ""}}
    return {"outcome": SUCCESS}
