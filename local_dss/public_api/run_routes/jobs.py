"""Jobs: builds of datasets and managed folders."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.routing import ANYONE, READ, WRITE, Call, Route
from local_dss.public_api.running.jobs.jobs import Jobs


def _list(call: Call, project_key: str) -> list[dict[str, Any]]:
    return call.instance.service(Jobs).list_jobs(project_key)


def _running(call: Call, project_key: str) -> list[dict[str, Any]]:
    return [job for job in call.instance.service(Jobs).running() if job["def"]["projectKey"] == project_key]


def _running_everywhere(call: Call) -> list[dict[str, Any]]:
    """List the running jobs of the projects whose settings the caller may read."""
    is_own_only = not call.flag("allUsers", default=True)
    return [
        job
        for job in call.instance.service(Jobs).running()
        if call.instance.may(call.caller, job["def"]["projectKey"], READ)
        and not (is_own_only and job["def"]["initiator"] != call.caller.user)
    ]


def _start(call: Call, project_key: str) -> dict[str, str]:
    return {"id": call.instance.service(Jobs).start(project_key, call.body(), call.caller)}


def _status(call: Call, project_key: str, job_id: str) -> dict[str, Any]:
    return call.instance.service(Jobs).status(project_key, job_id)


def _log(call: Call, project_key: str, job_id: str) -> Response:
    text = call.instance.service(Jobs).log(project_key, job_id, call.text("activity"))
    return Response(text, mimetype="text/plain")


def _abort(call: Call, project_key: str, job_id: str) -> dict[str, str]:
    call.instance.service(Jobs).abort(project_key, job_id)
    return {"msg": f"Abort of job {job_id} requested"}


_JOB = "/projects/<project_key>/jobs/<job_id>"
ROUTES = (
    Route("GET", "/jobs/running/", _running_everywhere, ANYONE),
    Route("GET", "/projects/<project_key>/jobs/", _list, READ),
    Route("POST", "/projects/<project_key>/jobs/", _start, WRITE),
    Route("GET", "/projects/<project_key>/jobs/running/", _running, READ),
    Route("GET", f"{_JOB}/", _status, READ),
    Route("GET", f"{_JOB}/log", _log, READ),
    Route("POST", f"{_JOB}/abort", _abort, WRITE),
)
