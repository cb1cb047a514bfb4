"""A webapp host in a process of its own, as the command line starts it, for tests."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[4]
PROBE_PLUGIN = ROOT / "tests" / "plugins" / "webapp-probe"
LIBRARY_PLUGIN = ROOT / "tests" / "plugins" / "library-probe"
DEADLINE_SECONDS = 60.0  # on a machine that is busy with other tests
POLL_SECONDS = 0.02


def wait_until(condition: Callable[[], Any], what: str) -> Any:
    """Return the first true value of a condition, or fail after the deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(POLL_SECONDS)
    raise AssertionError(f"Not within {DEADLINE_SECONDS:.0f} seconds: {what}")


def free_port() -> int:
    """Return a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def serve_command(webapp: str, home: Path, *options: str, plugin: Path = PROBE_PLUGIN) -> list[str]:
    """Return the command that serves a webapp."""
    return [sys.executable, "-m", "local_dss", "serve", webapp, "--plugin", str(plugin), "--home", str(home), *options]


def run_refused(webapp: str, home: Path, *options: str, plugin: Path = PROBE_PLUGIN) -> str:
    """Run a command that must be refused with exit code 2; return its message."""
    command = serve_command(webapp, home, *options, plugin=plugin)
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert finished.returncode == 2, finished.stderr
    assert finished.stdout == ""
    return finished.stderr


class RunningHost:
    """A host that was started, and everything it wrote."""

    def __init__(self, webapp: str, home: Path, *options: str, plugin: Path = PROBE_PLUGIN) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.output: list[str] = []
        self.log: list[str] = []
        command = serve_command(webapp, home, "--port", str(self.port), *options, plugin=plugin)
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        streams = [(self.process.stdout, self.output), (self.process.stderr, self.log)]
        self._readers = [threading.Thread(target=_copy_lines, args=pair, daemon=True) for pair in streams]
        for reader in self._readers:
            reader.start()

    def wait_until_serving(self) -> RunningHost:
        """Wait for the line with the address of the page."""
        wait_until(lambda: self._ended() or self.output, "the line with the address of the page")
        assert self.output, "\n".join(self.log)
        return self

    def wait_until_listening(self) -> RunningHost:
        """Wait until the host answers, whatever its backend does."""
        wait_until(self._answers, "an answer of the host")
        return self

    def wait_for_log(self, text: str) -> None:
        """Wait until a line of the log holds a text."""
        wait_until(lambda: any(text in line for line in self.log), f"{text!r} in the log {self.log}")

    def get(self, path: str, **options: Any) -> requests.Response:
        """Get a path of the host."""
        return requests.get(self.origin + path, timeout=DEADLINE_SECONDS, **options)

    @property
    def page_path(self) -> str:
        """Path of the webapp's page, as the frame names it."""
        return re.search(r'data-src="([^"]+)"', self.get("/").text).group(1)

    def backend_url(self, path: str) -> str:
        """URL of a path of the backend."""
        return self.origin + self.page_path.replace("/webapps/", "/web-apps-backends/", 1) + path

    def call(self, path: str, method: str = "GET", **options: Any) -> requests.Response:
        """Call the backend."""
        return requests.request(method, self.backend_url(path), timeout=DEADLINE_SECONDS, **options)

    def stop(self) -> int:
        """End the host with SIGTERM; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=DEADLINE_SECONDS)
        for reader in self._readers:
            reader.join()
        return code

    def _ended(self) -> bool:
        return self.process.poll() is not None

    def _answers(self) -> bool:
        assert not self._ended(), "\n".join(self.log)
        try:
            return self.get("/").ok
        except requests.ConnectionError:
            return False


def write_config(folder: Path, **values: Any) -> str:
    """Write a config file; return its path."""
    path = folder / "config.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    return str(path)


def _copy_lines(stream: Any, lines: list[str]) -> None:
    with stream:
        for line in stream:
            lines.append(line.rstrip("\n"))
