"""Run a recipe in a process of its own and report how it ended."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from local_dss.descriptors.role_checks import DATASET, RoleItem
from local_dss.environment import EMPTY_READS_VARIABLE, LOCAL_FOLDERS_VARIABLE, SITE_FOLDER, child_environment
from local_dss.jobs.child_process import run_to_end
from local_dss.jobs.recipe_job import RecipeJob, RecipeRequest, prepare_job
from local_dss.jobs.spark_driver import spark_environment
from local_dss.site.local_dss_storage.datasets import StoredDataset
from local_dss.site.local_dss_storage.folders import StoredFolder
from local_dss.site.local_dss_storage.projects import project_folder, write_json
from local_dss.site.local_dss_storage.rows import remove_unfinished

ABORTED = "Aborted"
_BOOTSTRAP = SITE_FOLDER / "local_dss_recipe.py"


@dataclass(frozen=True)
class Switches:
    """Awkward behaviours that vary between instances; None takes the value of ``instance.json``."""

    empty_reads: Optional[str] = None
    local_folders: Optional[bool] = None


@dataclass(frozen=True)
class ProcessSettings:
    """What the process of a recipe gets besides its request: interpreter and more variables.

    It is killed when `stopping` is set. Its output goes to the log in `job_folder`, by default a new folder, and to
    stderr unless quiet.
    """

    python: str = sys.executable
    variables: Mapping[str, str] = field(default_factory=dict)
    stopping: Optional[threading.Event] = None
    is_quiet: bool = False
    job_folder: Optional[Path] = None

    def is_stopping(self) -> bool:
        """Return whether the process is to end."""
        return self.stopping is not None and self.stopping.is_set()


@dataclass(frozen=True)
class RunResult:
    """How a run ended: the short error of the job page or None, a line per output, and the activity log."""

    error: Optional[str]
    lines: tuple[str, ...]
    log_path: Path


def run_recipe(
    request: RecipeRequest, switches: Switches = Switches(), settings: ProcessSettings = ProcessSettings()
) -> RunResult:
    """Check a request, run the recipe in a fresh process, and describe the outputs, or how it failed."""
    job = prepare_job(request)
    job_folder = settings.job_folder or _make_job_folder(request)
    warnings = "".join(f"Warning: {warning}\n" for warning in job.warnings)
    if not settings.is_quiet:
        sys.stderr.write(warnings)
    (job_folder / "activity.log").write_text(warnings, encoding="utf-8")
    _describe_job(job_folder, request, job)
    for item in job.outputs:
        if item.kind == DATASET:
            remove_unfinished(StoredDataset(request.home, item.project_key, item.name).data_folder)
    with ExitStack() as opened:
        environment = _environment(request, job, switches, settings)
        if job.spark_config is not None:
            environment = opened.enter_context(
                spark_environment(request.home, job.spark_config, environment, settings.python)
            )
        working_folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="local-dss-job-"))
        error = _run_process(request, environment, settings, Path(working_folder), job_folder)
    if error is not None:
        with open(job_folder / "activity.log", "a", encoding="utf-8") as log:
            log.write(error + "\n")
    lines = () if error else tuple(_describe_output(request, item) for item in job.outputs)
    return RunResult(error=error, lines=lines, log_path=job_folder / "activity.log")


def _environment(
    request: RecipeRequest, job: RecipeJob, switches: Switches, settings: ProcessSettings
) -> dict[str, str]:
    environment = child_environment(home=request.home, project_key=request.project_key, plugin=request.plugin)
    environment.update(
        {
            **settings.variables,
            "DKUFLOW_SPEC": json.dumps(job.flow_spec),
            "DKUFLOW_VARIABLES": json.dumps(job.flow_variables),
            "DKU_CUSTOM_RECIPE_CONFIG": json.dumps(job.config),
            "DKU_CUSTOM_RECIPE_PLUGIN_CONFIG": environment["DKU_PLUGIN_CONFIG"],
        }
    )
    if switches.empty_reads is not None:
        environment[EMPTY_READS_VARIABLE] = switches.empty_reads
    if switches.local_folders is not None:
        environment[LOCAL_FOLDERS_VARIABLE] = "1" if switches.local_folders else "0"
    return environment


def _run_process(
    request: RecipeRequest,
    environment: dict[str, str],
    settings: ProcessSettings,
    working_folder: Path,
    job_folder: Path,
) -> Optional[str]:
    """Run the bootstrap; return the short error or None."""
    recipe = request.plugin.recipe_folder(request.recipe_id) / "recipe.py"
    error_path = working_folder.parent / f"{working_folder.name}.error.json"
    command = [settings.python, str(_BOOTSTRAP), str(recipe), str(request.plugin.python_lib), str(error_path)]
    try:
        with open(job_folder / "activity.log", "a", encoding="utf-8") as log:
            return_code = run_to_end(
                command,
                working_folder=working_folder,
                environment=environment,
                log=log,
                is_quiet=settings.is_quiet,
                stopping=settings.stopping,
            )
        return ABORTED if return_code < 0 and settings.is_stopping() else _short_error(return_code, error_path)
    finally:
        error_path.unlink(missing_ok=True)


def _short_error(return_code: int, error_path: Path) -> Optional[str]:
    """Word a failure as the job page would."""
    if return_code == 0:
        return None
    if return_code < 0:
        hint = " (killed - maybe out of memory?)" if return_code == -9 else ""
        return f"Error in Python process: Process died with signal {-return_code}{hint}"
    if not error_path.exists():
        return f"Error in Python process: Process exited with code {return_code}"
    error = json.loads(error_path.read_text(encoding="utf-8"))
    place = f"At line {error['line']}: " if error["line"] else ""
    return f"Error in Python process: {place}{error['type']}: {' '.join(error['message'].split())}"


def _describe_output(request: RecipeRequest, item: RoleItem) -> str:
    if item.kind != DATASET:
        folder = StoredFolder(request.home, item.project_key, item.name)
        n_files = len(folder.list_paths())
        return f"{item.role}: managed folder {folder.describe()['name']} ({item.full_name()}), {n_files} files"
    stored = StoredDataset(request.home, item.project_key, item.name)
    partitions = [request.partition] if request.partition and stored.dimensions() else None
    built = stored.partitions()
    if not built or (partitions and request.partition not in built):
        return f"{item.role}: dataset {item.full_name()}, no rows stored (never written, or its writer was not closed)"
    return f"{item.role}: dataset {item.full_name()}, {stored.count_rows(partitions)} rows"


def _make_job_folder(request: RecipeRequest) -> Path:
    jobs = project_folder(request.home, request.project_key) / "jobs"
    jobs.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y-%m-%dT%H-%M-%S")
    return Path(tempfile.mkdtemp(prefix=f"{stamp}_{request.recipe_id}_", dir=jobs))


def _describe_job(job_folder: Path, request: RecipeRequest, job: RecipeJob) -> None:
    write_json(
        job_folder / "job.json",
        {
            "plugin": request.plugin.plugin_id,
            "recipe": request.recipe_id,
            "flow": job.flow_spec,
            "variables": job.flow_variables,
            "config": job.config,
            "int_params": request.int_params,
            **({} if job.spark_config is None else {"spark_config": job.spark_config}),
        },
    )
