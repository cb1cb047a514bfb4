"""Fixtures shared by tests that run the plugin on the stand-in, as DSS would."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from local_dss.command_line import EXIT_INTERRUPTED, main
from tests.python.browser_support.chromium import headless_chromium

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 300


def call_command_line(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Call the command line of the stand-in in this process; fail when it takes longer than the timeout."""
    output, log, overdue = io.StringIO(), io.StringIO(), threading.Event()

    def interrupt() -> None:
        overdue.set()
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(TIMEOUT_SECONDS, interrupt)
    timer.start()
    try:
        with redirect_stdout(output), redirect_stderr(log):
            code = main(arguments)
    except SystemExit as stop:  # of argparse
        code = stop.code
    finally:
        timer.cancel()
    if overdue.is_set():
        pytest.fail(f"The command runs for more than {TIMEOUT_SECONDS} seconds: {log.getvalue()}")
    if code == EXIT_INTERRUPTED:
        raise KeyboardInterrupt
    return subprocess.CompletedProcess(arguments, code, output.getvalue(), log.getvalue())


@dataclass
class LocalInstance:
    """A home of the stand-in in a folder of its own, driven by its command line."""

    folder: Path
    plugin: Path = ROOT

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def call(
        self, *arguments: str, environment: dict[str, str] | None = None, largest_file: int | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in this process; a recipe still gets a process of its own, as in every job.

        With an environment, or a limit in kB at which writing fails as on a full disk, the command itself is a process.
        """
        if environment is None and largest_file is None:
            return call_command_line(arguments)
        command = [sys.executable, "-m", "local_dss", *arguments]
        if largest_file is not None:
            command = ["bash", "-c", f'ulimit -f {largest_file} && exec "$@"', "limited", *command]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )

    def import_rows(self, name: str, rows: list[dict[str, object]], types: dict[str, str] | None = None) -> None:
        """Import rows; columns are strings unless `types` says otherwise, and come from it where there is no row."""
        columns = list(rows[0]) if rows else list(types)
        path = self.folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
        schema = self.folder / f"{name}.schema.json"
        described = [{"name": column, "type": (types or {}).get(column, "string")} for column in columns]
        schema.write_text(json.dumps({"columns": described}), "utf-8")
        done = self.call("import", "--home", str(self.home), name, str(path), "--schema", str(schema))
        assert done.returncode == 0, done.stderr

    def run(self, recipe, inputs, outputs, config, *options, **circumstances) -> subprocess.CompletedProcess[str]:
        return self.call(*self._run_arguments(recipe, inputs, outputs, config), *options, **circumstances)

    def run_until_killed(self, recipe, inputs, outputs, config, is_time, *options) -> str:
        """Start a recipe, and kill its process without warning as soon as `is_time` is true; return the log."""
        arguments = [*self._run_arguments(recipe, inputs, outputs, config), "--form-defaults", *options]
        command = [sys.executable, "-m", "local_dss", *arguments]
        host = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while not is_time():
            assert host.poll() is None, "The recipe ended before it could be killed."
            if time.monotonic() > deadline:
                pytest.fail("It was never time to kill the recipe.")
            time.sleep(0.002)
        (child,) = Path(f"/proc/{host.pid}/task/{host.pid}/children").read_text("utf-8").split()
        os.kill(int(child), signal.SIGKILL)
        return host.communicate(timeout=60)[1]

    def _run_arguments(self, recipe, inputs, outputs, config) -> list[str]:
        path = self.folder / "config.json"
        path.write_text(json.dumps(config), "utf-8")
        return [
            *("run", recipe),
            *(item for role, name in inputs.items() for item in ("--input", f"{role}={name}")),
            *(item for role, name in outputs.items() for item in ("--output", f"{role}={name}")),
            *("--plugin", str(self.plugin), "--home", str(self.home), "--config", str(path)),
        ]

    def export_bytes(self, name: str) -> bytes:
        path = self.folder / f"{name}.exported.csv"
        done = self.call("export", "--home", str(self.home), name, str(path))
        assert done.returncode == 0, done.stderr
        return path.read_bytes()

    def model_files(self, name: str) -> dict[str, bytes]:
        """Return the files of a managed folder by their paths."""
        folder = self.folder / f"{name}.exported"
        shutil.rmtree(folder, ignore_errors=True)
        done = self.call("export-folder", "--home", str(self.home), name, str(folder))
        assert done.returncode == 0, done.stderr
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def rows(self, name: str) -> list[dict[str, str]]:
        csv.field_size_limit(sys.maxsize)
        return list(csv.DictReader(io.StringIO(self.export_bytes(name).decode("utf-8"), newline="")))


def built_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a folder that one of the test processes of a run has built for all; no test may change it."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, is_built = root / name, root / f"{name}.is-built"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_built.exists():
            folder.mkdir()
            build(folder)
            is_built.touch()
    return folder


@pytest.fixture
def instance(tmp_path) -> LocalInstance:
    return LocalInstance(tmp_path)


@pytest.fixture(scope="module")
def shared_instance(tmp_path_factory) -> LocalInstance:
    return LocalInstance(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="session")
def plugin_zip(tmp_path_factory) -> Path:
    """Build the zip an administrator uploads."""

    def build(folder: Path) -> None:
        subprocess.run([sys.executable, ROOT / "packaging" / "make_plugin.py", folder], check=True, capture_output=True)

    return next(built_once(tmp_path_factory, "dist", build).iterdir())


@pytest.fixture(scope="session")
def built_plugin(plugin_zip, tmp_path_factory) -> Path:
    """Unpack the zip, once for all: its kernels are compiled in its own folder."""
    return built_once(tmp_path_factory, "unzipped", lambda folder: shutil.unpack_archive(plugin_zip, folder))


@pytest.fixture(scope="session")
def browser():
    """Start one browser for all tests of a process: Playwright allows no second one beside it."""
    with headless_chromium() as chromium:
        yield chromium
