"""A run of a scenario on disk: its state, the runs of its steps, its log."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from local_dss.public_api.errors import not_found
from local_dss.public_api.running.jobs.job_files import append_line, now
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.projects import read_json, write_json

_RUN_ID = re.compile(r"[0-9-]+")
_RUN_FILE = "run.json"


class RunFiles:
    """One run: `scenario_run` and `step_runs` are what the client reads of it."""

    def __init__(self, folder: Path, scenario_run: dict[str, Any], step_runs: list[dict[str, Any]]):
        self.folder = folder
        self.scenario_run = scenario_run
        self.step_runs = step_runs

    @classmethod
    def read(cls, folder: Path) -> RunFiles:
        """Read a run."""
        content = read_json(folder / _RUN_FILE, "The scenario run")
        return cls(folder, content["scenarioRun"], content["stepRuns"])

    def write(self) -> None:
        """Write the run as it is now."""
        if self.folder.is_dir():  # its project may be deleted while it runs
            write_json(self.folder / _RUN_FILE, self.content())

    def content(self) -> dict[str, Any]:
        """Return the run with its steps."""
        return {"scenarioRun": self.scenario_run, "stepRuns": self.step_runs}

    def is_finished(self) -> bool:
        """Return whether the run has a result."""
        return "result" in self.scenario_run

    def finish(self, outcome: str) -> None:
        """End the run."""
        self.scenario_run = {**self.scenario_run, "result": {"outcome": outcome}, "end": now()}
        self.write()

    def log_line(self, message: str, step_id: str = "") -> None:
        """Append a line to the log of the run, and of a step."""
        for path in {self._log_path(""), self._log_path(step_id)}:
            append_line(path, "dku.scenarios", message)

    def read_log(self, step_id: str) -> str:
        """Return the log of the run, or of one step."""
        path = self._log_path(step_id)
        return path.read_text("utf-8") if path.is_file() else ""

    def _log_path(self, step_id: str) -> Path:
        return self.folder / (f"step-{quote(step_id, safe='')}.log" if step_id else "run.log")


def create_run(instance: Instance, scenario: dict[str, Any], fire: dict[str, Any]) -> RunFiles:
    """Create the run that a trigger starts."""
    parent = _runs_folder(instance, scenario["projectKey"], scenario["id"])
    identifier = datetime.now().strftime("%Y-%m-%d-%H-%M-%S-%f")
    (parent / identifier).mkdir(parents=True)
    heading = {key: scenario[key] for key in ("projectKey", "id", "name", "type")}
    run = {"runId": identifier, "scenario": heading, "trigger": fire, "start": now(), "end": 0}
    files = RunFiles(parent / identifier, run, [])
    files.write()
    return files


def list_run_folders(instance: Instance, project_key: str, scenario_id: str) -> list[Path]:
    """List the runs of a scenario, the latest first."""
    paths = _runs_folder(instance, project_key, scenario_id).glob(f"*/{_RUN_FILE}")
    return sorted((path.parent for path in paths), reverse=True)


def run_folder(instance: Instance, project_key: str, scenario_id: str, run_id: str) -> Path:
    """Return the folder of a run that exists."""
    folder = _runs_folder(instance, project_key, scenario_id) / run_id
    if not _RUN_ID.fullmatch(run_id) or not (folder / _RUN_FILE).is_file():
        raise not_found(f"Scenario run {run_id} of {project_key}.{scenario_id} does not exist")
    return folder


def _runs_folder(instance: Instance, project_key: str, scenario_id: str) -> Path:
    return instance.project(project_key) / "scenario_runs" / scenario_id
