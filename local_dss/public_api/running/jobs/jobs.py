"""The jobs of the instance: each runs its recipes one after the other, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from local_dss.errors import LocalDssError
from local_dss.jobs.recipe_runner import ABORTED as ABORTED_RUN
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.running.jobs.activities import run_activity
from local_dss.public_api.running.jobs.flow import JOB_TYPES, Flow, FlowObject
from local_dss.public_api.running.jobs.job_files import (
    ABORTED,
    DONE,
    FAILED,
    FINAL_STATES,
    NOT_STARTED,
    RUNNING,
    JobFiles,
    create_job,
    list_job_ids,
    now,
    read_job,
)
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.datasets import NOT_PARTITIONED
from local_dss.site.local_dss_storage.errors import StorageError

OBJECT_TYPES = {"DATASET": "targetDataset", "MANAGED_FOLDER": "targetManagedFolder"}
_SECONDS_BETWEEN_LOOKS = 0.1  # at whether to stop
_SECONDS_TO_STOP = 10

logger = logging.getLogger(__name__)


@dataclass
class _Job:
    """A job that runs."""

    project_key: str
    files: JobFiles
    targets: list[FlowObject]
    partitions: list[str]
    caller: Caller
    stopping: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All jobs; those that run are also in memory, so that one left unfinished by a dead instance counts as failed."""

    def __init__(self, instance: Instance):
        self._instance = instance
        self._running: dict[tuple[str, str], _Job] = {}
        self._lock = threading.RLock()
        self._recipes_in_use: set[tuple[str, str]] = set()
        self._recipe_is_free = threading.Condition()

    def start(self, project_key: str, definition: dict[str, Any], caller: Caller, trigger: str = "API") -> str:
        """Start a job as its definition asks, and return its id."""
        if definition.get("type") not in JOB_TYPES:
            raise ApiError(f"Unknown job type: {definition.get('type')}. Known types: {', '.join(JOB_TYPES)}.")
        outputs = [_target(self._instance, project_key, output) for output in definition.get("outputs") or ()]
        if not outputs:
            raise ApiError("A job needs at least one output to build.")
        partitions = [part for output in definition["outputs"] for part in (output.get("partition") or "").split(",")]
        name = f"Build_{outputs[0][0].name}_{NOT_PARTITIONED}"
        content = {
            **definition,
            "outputs": [description for _, description in outputs],
            "projectKey": project_key,
            "initiator": caller.user,
            "triggeredFrom": trigger,
        }
        with self._lock:
            files = create_job(self._instance, project_key, content, name)
            targets = [target for target, _ in outputs]
            job = _Job(project_key, files, targets, [part for part in dict.fromkeys(partitions) if part], caller)
            self._running[project_key, files.job_id] = job
        threading.Thread(target=self._run, args=(job,), name=f"job-{files.job_id}", daemon=True).start()
        return files.job_id

    def status(self, project_key: str, job_id: str) -> dict[str, Any]:
        """Return the status of a job as the client reads it."""
        status = self._find(project_key, job_id).status
        counts = Counter(activity["state"] for activity in status["activities"].values())
        totals = {name: counts[state] for name, state in _COUNTED_STATES.items()}
        return {"baseStatus": status, "globalState": {"total": sum(counts.values()), **totals}}

    def list_jobs(self, project_key: str) -> list[dict[str, Any]]:
        """Return the jobs of a project, the latest first."""
        found = [self._find(project_key, job_id).status for job_id in list_job_ids(self._instance, project_key)]
        items = [{name: value for name, value in status.items() if name != "activities"} for status in found]
        return sorted(items, key=lambda item: item["def"]["initiationTimestamp"], reverse=True)

    def running(self) -> list[dict[str, Any]]:
        """Return the jobs of all projects that run."""
        with self._lock:
            jobs = list(self._running.values())
        return [{name: value for name, value in job.files.status.items() if name != "activities"} for job in jobs]

    def log(self, project_key: str, job_id: str, activity: str) -> str:
        """Return the log of a job, or of one of its activities."""
        return self._find(project_key, job_id).read_log(activity)

    def abort(self, project_key: str, job_id: str) -> None:
        """Ask a job to end, with its processes; one that has ended stays as it is."""
        self._find(project_key, job_id)
        job = self._running.get((project_key, job_id))
        if job is not None:
            job.stopping.set()

    def wait(self, project_key: str, job_id: str, stopping: threading.Event) -> str:
        """Wait for the end of a job, which is aborted when `stopping` is set; return its final state."""
        job = self._running.get((project_key, job_id))
        while job is not None and not job.done.wait(_SECONDS_BETWEEN_LOOKS):
            if stopping.is_set():
                job.stopping.set()
        return self._find(project_key, job_id).status["state"]

    def stop(self) -> None:
        """Abort all jobs, and wait for the end of their processes."""
        with self._lock:
            jobs = list(self._running.values())
        for job in jobs:
            job.stopping.set()
        for job in jobs:
            job.done.wait(_SECONDS_TO_STOP)

    def _find(self, project_key: str, job_id: str) -> JobFiles:
        with self._lock:
            job = self._running.get((project_key, job_id))
            if job is not None:
                return job.files
            files = read_job(self._instance, project_key, job_id)
            if files.status["state"] not in FINAL_STATES:
                files.log_line("The instance ended while the job was running.")
                files.finish(FAILED)
            return files

    def _run(self, job: _Job) -> None:
        state = FAILED
        try:
            state = self._build(job)
        except (ApiError, LocalDssError, StorageError) as error:
            job.files.log_line(f"The job failed: {error}")
        except Exception as error:  # a thread's end is seen by nobody else
            logger.exception("Job %s failed.", job.files.job_id)
            job.files.log_line(f"The job failed: {type(error).__name__}: {error}")
        finally:
            with self._lock:
                del self._running[job.project_key, job.files.job_id]
                job.files.log_line(f"The job ended: {state}")
                job.files.finish(state)
            job.done.set()

    def _build(self, job: _Job) -> str:
        flow = Flow(self._instance, job.project_key)
        unknown = [target.name for target in job.targets if flow.writer_of(target) is None]
        if unknown:
            raise ApiError(f"No recipe writes {', '.join(unknown)} of project {job.project_key}: nothing can build it.")
        activities = list(_activities(flow, job))
        job.files.write(
            state=RUNNING,
            startTime=now(),
            activities={name: _not_started(name, flow.recipes[recipe]) for name, recipe, _ in activities},
        )
        for name, recipe, partition in activities:
            state = self._run_alone(job, name, flow.recipes[recipe], partition)
            if state != DONE:
                return state
        return DONE

    def _run_alone(self, job: _Job, name: str, recipe: dict[str, Any], partition: str | None) -> str:
        """Run an activity as soon as no other job runs its recipe."""
        claim = (job.project_key, recipe["name"])
        with self._recipe_is_free:
            while claim in self._recipes_in_use:
                if job.stopping.is_set():
                    return ABORTED
                self._recipe_is_free.wait(_SECONDS_BETWEEN_LOOKS)
            self._recipes_in_use.add(claim)
        try:
            return ABORTED if job.stopping.is_set() else self._run_activity(job, name, recipe, partition)
        finally:
            with self._recipe_is_free:
                self._recipes_in_use.remove(claim)
                self._recipe_is_free.notify_all()

    def _run_activity(self, job: _Job, name: str, recipe: dict[str, Any], partition: str | None) -> str:
        files = job.files
        files.log_line(f"Running activity {name}")
        files.write_activity(name, state=RUNNING, startTime=now())
        log = files.activity_log(name)
        log.parent.mkdir()
        try:
            error = run_activity(
                self._instance, recipe, partition, caller=job.caller, folder=log.parent, stopping=job.stopping
            )
        except (ApiError, LocalDssError, StorageError) as refusal:
            error = str(refusal)
            log.write_text(f"{error}\n", encoding="utf-8")
        state = DONE if error is None else ABORTED if error == ABORTED_RUN else FAILED
        files.log_line(f"Activity {name} ended: {error or state}")
        files.write_activity(name, state=state, endTime=now())
        return state


_COUNTED_STATES = {
    "done": DONE,
    "failed": FAILED,
    "aborted": ABORTED,
    "running": RUNNING,
    "notStarted": NOT_STARTED,
}


def _target(instance: Instance, project_key: str, output: dict[str, Any]) -> tuple[FlowObject, dict[str, Any]]:
    """Return the object of an output of a job's definition, and how the job describes it."""
    kind, owner, name = output.get("type") or "DATASET", output.get("projectKey") or project_key, str(output.get("id"))
    if kind not in OBJECT_TYPES:
        raise ApiError(f"Objects of type {kind} cannot be built here. Known types: {', '.join(OBJECT_TYPES)}.")
    if owner != project_key:
        raise ApiError(f"A job of project {project_key} cannot build {owner}.{name}: start it in project {owner}.")
    target = FlowObject(instance.home, project_key, name)
    if not target.exists() or target.is_dataset() != (kind == "DATASET"):
        raise not_found(f"{kind} {project_key}.{name} does not exist")
    key = OBJECT_TYPES[kind]
    partition = output.get("partition") or NOT_PARTITIONED
    return target, {"type": kind, key: name, f"{key}ProjectKey": project_key, "targetPartition": partition}


def _activities(flow: Flow, job: _Job) -> list[tuple[str, str, str | None]]:
    """Return the activities of a job: name, recipe, and the partition where the recipe writes one."""
    planned: list[tuple[str, str, str | None]] = []
    for recipe in flow.recipes_to_run(job.targets, job.files.status["def"]["type"]):
        is_partitioned = any(item.is_partitioned() for item in flow.objects_of(recipe, "outputs"))
        partitions: Sequence[str | None] = job.partitions if is_partitioned and job.partitions else [None]
        for partition in partitions:
            planned.append((f"{recipe}_{quote(partition or NOT_PARTITIONED, safe='')}", recipe, partition))
    return planned


def _not_started(name: str, recipe: dict[str, Any]) -> dict[str, Any]:
    return {
        "activityId": name,
        "recipeName": recipe["name"],
        "recipeType": recipe["type"],
        "state": NOT_STARTED,
        "startTime": 0,
        "endTime": 0,
    }
