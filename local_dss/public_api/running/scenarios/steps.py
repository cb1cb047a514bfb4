"""The kinds of steps of a scenario."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local_dss.public_api.running.jobs.flow import ONLY_THIS
from local_dss.public_api.running.jobs.job_files import DONE
from local_dss.public_api.running.jobs.job_files import FAILED as JOB_FAILED
from local_dss.public_api.running.jobs.jobs import Jobs
from local_dss.public_api.running.macros import MacroRuns
from local_dss.public_api.running.webapps import WebappBackends
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance, Service

_SECONDS_BETWEEN_LOOKS = 0.1  # at whether to stop
SUCCESS, WARNING, FAILED, ABORTED = "SUCCESS", "WARNING", "FAILED", "ABORTED"


class StepError(Exception):
    """What a step could not do; its message is what the run's report shows."""


@dataclass(frozen=True)
class StepCall:
    """A step as it runs: where, for whom and with which params; it adds to `report_items` what it starts."""

    instance: Instance
    project_key: str
    caller: Caller
    params: dict[str, Any]
    stopping: threading.Event
    log: Callable[[str], None]
    report_items: list[dict[str, Any]] = field(default_factory=list)


def build_flowitem(step: StepCall) -> None:
    """Build datasets and folders by one job."""
    definition = {
        "type": step.params.get("jobType", ONLY_THIS),
        "outputs": [
            {"type": build.get("type"), "id": build.get("itemId"), "partition": build.get("partitionsSpec") or None}
            for build in step.params.get("builds") or ()
        ],
    }
    jobs = step.instance.service(Jobs)
    job_id = jobs.start(step.project_key, definition, step.caller, trigger="SCENARIO")
    item = {"type": "JOB_EXECUTED", "jobId": job_id, "jobProjectKey": step.project_key}
    step.report_items.append(item)
    step.log(f"Started job {job_id}")
    state = jobs.wait(step.project_key, job_id, step.stopping)
    outcome = {DONE: SUCCESS, JOB_FAILED: FAILED}.get(state, ABORTED)
    step.report_items[-1] = {**item, "outcome": outcome}
    if state != DONE:
        raise StepError(f"Job {job_id} did not finish: {state}")


def run_macro(step: StepCall) -> None:
    """Run a macro to its end."""
    macros = step.instance.service(MacroRuns)
    body = {"params": step.params.get("config"), "adminParams": step.params.get("adminConfig")}
    run = macros.start(step.caller, step.project_key, str(step.params.get("runnableType")), body)
    step.log(f"Started run {run.run_id} of macro {run.macro.runnable_type}")
    while run.state()["running"]:
        if step.stopping.wait(_SECONDS_BETWEEN_LOOKS):
            run.abort()
            run.wait()
    result = macros.take_result(run)
    step.log(f"The macro returned {len(result)} bytes")


def restart_webapp(step: StepCall) -> None:
    """Restart the backend of a webapp, and wait until it is ready."""
    webapp_id = str(step.params.get("webAppId"))
    step.instance.service(WebappBackends).restart(step.caller, step.project_key, webapp_id, step.stopping)


# What steps start.
SERVICES: tuple[Callable[[Instance], Service], ...] = (Jobs, MacroRuns, WebappBackends)
# What runs a step, by its type. A step that raises has failed.
STEP_KINDS: dict[str, Callable[[StepCall], None]] = {
    "build_flowitem": build_flowitem,
    "runnable": run_macro,
    "restart_webapp": restart_webapp,
}
