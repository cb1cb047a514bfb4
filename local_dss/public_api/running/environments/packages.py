"""Packages of one environment: installed by pip, or checked against those of the current interpreter."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Optional

from local_dss.environment import inherited_environment
from local_dss.public_api.errors import ApiError
from local_dss.public_api.running.environments.requirements import installed_packages, requirement_faults
from local_dss.public_api.state.futures import Report

_SECONDS_BETWEEN_LOOKS = 0.1
_LISTS = ("specPackageList", "mandatoryPackageList")
# Interpreter to run, and what is installed for it.
Built = tuple[str, str]


@dataclass(frozen=True)
class PackageBuild:
    """One build in the folder of an environment; it ends early when one of the events is set."""

    folder: Path
    log: IO[str]
    report: Report
    stopping: tuple[threading.Event, ...]

    def install(self, definition: dict[str, Any]) -> Optional[Built]:
        """Create the environment where there is none yet, and install what is required; None where that fails."""
        venv = self.folder / "env"
        python = venv / "bin" / "python"
        creation = [definition["local"]["python"], "-m", "venv", "--clear", str(venv)]
        if not (definition["local"]["built"] and python.is_file()) and not self._run("Creating", creation):
            return None
        options = []
        for key in _LISTS:
            path = self.folder / f"{key}.txt"
            path.write_text(definition[key], encoding="utf-8")
            options += ["-r", str(path)]
        pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        if not self._run("Installing packages", [*pip, *options]):
            return None
        return str(python), installed_packages(next(venv.glob("lib/python*/site-packages")))

    def check_current(self, definition: dict[str, Any]) -> Optional[Built]:
        """Check what is required against the current interpreter; None where it lacks something."""
        self._say("Checking the packages of the current interpreter", sys.executable)
        faults = [fault for key in _LISTS for fault in requirement_faults(definition[key])]
        for fault in faults:
            print(f"ERROR: {fault}", file=self.log)
        return None if faults else (sys.executable, installed_packages())

    def _say(self, state: str, details: str) -> None:
        self.report(state)
        print(f"{state}: {details}", file=self.log, flush=True)

    def _run(self, state: str, command: list[str]) -> bool:
        """Run a command to its end, its output in the log; return whether it succeeded."""
        self._say(state, " ".join(command))
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env=inherited_environment(),
            start_new_session=True,  # a group of its own, so that what it starts can be ended with it
        )
        while True:
            try:
                return process.wait(_SECONDS_BETWEEN_LOOKS) == 0
            except subprocess.TimeoutExpired:
                if any(event.is_set() for event in self.stopping):
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    raise ApiError("The build was aborted.") from None
