"""A job on disk: its status, and the logs of the job and of its activities."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from local_dss.public_api.errors import not_found
from local_dss.public_api.running.jobs.flow import MILLISECONDS
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.projects import read_json, write_json

NOT_STARTED, RUNNING, DONE, FAILED, ABORTED = "NOT_STARTED", "RUNNING", "DONE", "FAILED", "ABORTED"
FINAL_STATES = (DONE, FAILED, ABORTED)
_JOB_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_STATUS_FILE = "status.json"


def now() -> int:
    """Return the time as the API has it, in milliseconds."""
    return int(time.time() * MILLISECONDS)


def append_line(path: Path, source: str, message: str) -> None:
    """Append a line to a log, with the time and what logs; nothing where the folder is gone, as with its project."""
    if path.parent.is_dir():
        moment = datetime.now().strftime("%Y/%m/%d-%H:%M:%S.%f")[:-3]
        with open(path, "a", encoding="utf-8") as log:
            log.write(f"[{moment}] [INFO] [{source}] - {message}\n")


class JobFiles:
    """One job: `status` is what it is now, written at each change."""

    def __init__(self, folder: Path, status: dict[str, Any]):
        self.folder = folder
        self.status = status

    @property
    def job_id(self) -> str:
        """The id, which is the folder's name."""
        return self.folder.name

    def write(self, **changes: Any) -> None:
        """Change the status."""
        self.status = {**self.status, **changes}
        self.status["stableState"] = self.status["state"] in FINAL_STATES
        if self.folder.is_dir():  # its project may be deleted while it runs
            write_json(self.folder / _STATUS_FILE, self.status)

    def write_activity(self, name: str, **changes: Any) -> None:
        """Change the state of an activity."""
        activities = self.status["activities"]
        self.write(activities={**activities, name: {**activities[name], **changes}})

    def finish(self, state: str) -> None:
        """End the job; activities that have not ended are aborted."""
        activities = {
            name: activity if activity["state"] in FINAL_STATES else {**activity, "state": ABORTED, "endTime": now()}
            for name, activity in self.status["activities"].items()
        }
        self.write(state=state, activities=activities, endTime=now())

    def activity_log(self, name: str) -> Path:
        """Return where an activity logs."""
        return self.folder / name / "activity.log"

    def log_line(self, message: str) -> None:
        """Append a line to the log of the job."""
        append_line(self.folder / "job.log", "dku.jobs", message)

    def read_log(self, activity: str) -> str:
        """Return the log of one activity, or of the job followed by those of all activities."""
        if activity and activity not in self.status["activities"]:
            raise not_found(f"Activity {activity} does not exist in job {self.job_id}")
        names = [activity] if activity else list(self.status["activities"])
        paths = ([] if activity else [self.folder / "job.log"]) + [self.activity_log(name) for name in names]
        return "".join(path.read_text("utf-8", errors="replace") for path in paths if path.is_file())


def create_job(instance: Instance, project_key: str, definition: dict[str, Any], name: str) -> JobFiles:
    """Create a job that has not started, under an id made of its name and the time."""
    jobs = instance.project(project_key) / "jobs"
    folder = _make_folder(jobs, name)
    job = JobFiles(folder, {})
    job.write(
        **{"def": {**definition, "id": folder.name, "name": name, "initiationTimestamp": now()}},
        state=NOT_STARTED,
        startTime=0,
        endTime=0,
        warningsCount=0,
        activities={},
    )
    return job


def list_job_ids(instance: Instance, project_key: str) -> list[str]:
    """List the jobs of a project; runs of the command line are none."""
    jobs = instance.project(project_key) / "jobs"
    return [path.parent.name for path in jobs.glob(f"*/{_STATUS_FILE}")]


def read_job(instance: Instance, project_key: str, job_id: str) -> JobFiles:
    """Read one job."""
    path = instance.project(project_key) / "jobs" / job_id / _STATUS_FILE
    if not _JOB_ID.fullmatch(job_id) or not path.is_file():
        raise not_found(f"Job {job_id} does not exist in project {project_key}")
    return JobFiles(path.parent, read_json(path, "The job"))


def _make_folder(jobs: Path, name: str) -> Path:
    jobs.mkdir(parents=True, exist_ok=True)
    while True:
        folder = jobs / f"{name}_{datetime.now().strftime('%Y-%m-%dT%H-%M-%S.%f')[:-3]}"
        try:
            folder.mkdir()
        except FileExistsError:
            time.sleep(1 / MILLISECONDS)
        else:
            return folder
