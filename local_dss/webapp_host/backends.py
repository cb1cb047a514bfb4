"""Start, watch, restart and stop the backend processes of a webapp, and spread requests over them."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from local_dss.webapp_host.backend_process import PING_PATH

BACKEND_PROCESS_FILE = Path(__file__).with_name("backend_process.py")
MAX_RESTARTS = 3
POLL_SECONDS = 0.05
PING_TIMEOUT_SECONDS = 5.0
# After this long without an answer to the probe, a warning is logged.
SLOW_START_SECONDS = 30.0
STOP_SECONDS = 3.0

Log = Callable[[str], None]


@dataclass(frozen=True)
class BackendCommand:
    """What each backend process of a webapp is started with, all its environment variables among it."""

    backend_file: Path
    python_lib: Path
    environment: dict[str, str]
    interpreter: str = sys.executable

    def start(self, folder: Path) -> subprocess.Popen[bytes]:
        """Start one process in a working folder of its own below ``folder``; it writes its port to a file there."""
        work_folder = folder / "work"
        work_folder.mkdir()
        command = [self.interpreter, str(BACKEND_PROCESS_FILE), "--backend", str(self.backend_file)]
        command += ["--python-lib", str(self.python_lib), "--port-file", str(port_file(folder))]
        return subprocess.Popen(
            command,
            cwd=work_folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def port_file(folder: Path) -> Path:
    """Return the file in which the process in ``folder`` writes its port."""
    return folder / "port"


class BackendProcess:
    """One backend process, restarted a limited number of times when it dies after it was ready.

    A process that dies before it was ready stays down: its ``backend.py`` would fail again. The log receives each line
    the process writes and each event of its life.
    """

    def __init__(self, command: BackendCommand, log: Log) -> None:
        self._command = command
        self._log = log
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._port: int | None = None
        self._stopping = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, name="backend-supervisor", daemon=True)

    @property
    def port(self) -> int | None:
        """Port of the process when it is ready for requests, None otherwise."""
        return self._port

    @property
    def is_settled(self) -> bool:
        """Whether the process is ready, or down for good."""
        return self._port is not None or not self._supervisor.is_alive()

    def start(self) -> None:
        """Start the process and the thread that watches it."""
        self._supervisor.start()

    def stop(self) -> None:
        """End the process and everything it started, and wait until it is gone."""
        with self._lock:
            self._stopping.set()
            if self._process is not None:
                _end_group(self._process)
        self._supervisor.join(timeout=STOP_SECONDS)

    def _supervise(self) -> None:
        for n_restarts in range(MAX_RESTARTS + 1):
            was_ready = self._run_once()
            if self._stopping.is_set():
                return
            if not was_ready:
                self._log("The backend ended before it was ready. It stays down.")
                return
            if n_restarts < MAX_RESTARTS:
                self._log(f"The backend ended. Restart {n_restarts + 1} of at most {MAX_RESTARTS}.")
        self._log(f"The backend ended after {MAX_RESTARTS} restarts. It stays down.")

    def _run_once(self) -> bool:
        """Run one process to its end; return whether it was ever ready."""
        folder = Path(tempfile.mkdtemp(prefix="dss-webapp-"))
        try:
            with self._lock:
                if self._stopping.is_set():
                    return False
                process = self._process = self._command.start(folder)
            reader = threading.Thread(target=self._copy_log, args=(process,), name="backend-log", daemon=True)
            reader.start()
            was_ready = self._wait_until_ready(process, folder)
            process.wait()
            self._port = None
            with self._lock:
                # Forgotten as soon as it ends: the system may reuse its number for another process.
                _end_group(process)
                self._process = None
            reader.join(timeout=STOP_SECONDS)
            cast("IO[bytes]", process.stdin).close()
            return was_ready
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _wait_until_ready(self, process: subprocess.Popen[bytes], folder: Path) -> bool:
        """Probe the process until it answers; False when it ends first."""
        notice_time = time.monotonic() + SLOW_START_SECONDS
        while process.poll() is None:
            port = _read_port(folder)
            if port is not None and _answers_ping(port):
                self._port = port
                self._log("The backend is ready.")
                return True
            if time.monotonic() > notice_time:
                self._log(f"The backend has not answered {PING_PATH} for {SLOW_START_SECONDS:.0f} seconds.")
                notice_time = float("inf")
            self._stopping.wait(POLL_SECONDS)
        return False

    def _copy_log(self, process: subprocess.Popen[bytes]) -> None:
        with cast("IO[bytes]", process.stdout) as lines:
            for line in lines:
                self._log(line.decode("utf-8", errors="replace").rstrip())


class BackendPool:
    """All backend processes of one webapp, which may have none; each line of the log begins with its process."""

    def __init__(self, command: BackendCommand, n_processes: int, log: Log) -> None:
        names = ["backend"] if n_processes == 1 else [f"backend {number + 1}" for number in range(n_processes)]
        self._processes = [BackendProcess(command, _prefixed(log, name)) for name in names]
        self._turns = itertools.count()

    def start(self) -> None:
        """Start all processes."""
        for process in self._processes:
            process.start()

    def stop(self) -> None:
        """Stop all processes."""
        for process in self._processes:
            process.stop()

    def next_port(self) -> int | None:
        """Return the port of the process whose turn it is, passing over those that are down; None if all are."""
        turn = next(self._turns)
        ports = [process.port for process in self._processes]
        ports = [port for port in ports if port is not None]
        return ports[turn % len(ports)] if ports else None

    @property
    def is_settled(self) -> bool:
        """Whether each process is ready, or down for good."""
        return all(process.is_settled for process in self._processes)


def _prefixed(log: Log, name: str) -> Log:
    return lambda line: log(f"[{name}] {line}")


def _read_port(folder: Path) -> int | None:
    file = port_file(folder)
    return int(file.read_text(encoding="ascii")) if file.exists() else None


def _answers_ping(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PING_TIMEOUT_SECONDS)
    try:
        connection.request("GET", PING_PATH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process politely, then by force together with what is left of those it started."""
    _signal_group(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=STOP_SECONDS)
    _signal_group(process, signal.SIGKILL)
    process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    # A group that is already gone needs no signal; some systems refuse instead of saying so.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
