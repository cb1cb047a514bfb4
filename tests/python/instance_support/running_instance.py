"""Start the stand-in's instance in a process of its own, for the real client."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dataikuapi

from local_dss.site.local_dss_storage.settings import write_default_settings

KEY = "key-of-the-administrator"
ROOT = Path(__file__).resolve().parents[3]
INTERPRETER = f"PYTHON3{sys.version_info.minor}"
"""Name of this interpreter, as code environments call it."""


def wait_until(condition: Callable[[], Any], seconds: float = 240.0) -> Any:
    """Return the first true value of a condition, or fail after a time that no machine needs."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"Not within {seconds:.0f} seconds.")


class RunningInstance:
    """An instance on a free port; `settings` go into ``instance.json`` before it starts."""

    def __init__(self, home: Path, **settings: Any):
        self.home = home
        self.port = 0
        self.url = ""
        self._process: subprocess.Popen[str] | None = None
        write_default_settings(home)
        self.change_settings(**settings)

    def change_settings(self, **settings: Any) -> None:
        """Write settings of the instance; keys are read when it starts, the others at each request."""
        path = self.home / "instance.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **settings}))

    def start(self) -> RunningInstance:
        """Start it, at the same port as before, and wait until it answers."""
        command = [sys.executable, "-m", "local_dss", "instance", "--home", str(self.home), "--key", KEY]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert address is not None, line
        self.url, self.port = address[0], int(address[1])
        return self

    def stop(self) -> None:
        """Stop it politely."""
        self._end("terminate")

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self._end("kill")

    def client(self, key: str = KEY) -> dataikuapi.DSSClient:
        """Return the real client with a key."""
        return dataikuapi.DSSClient(self.url, key)

    def requests(self) -> list[dict[str, Any]]:
        """Return the requests it has answered: method, route, status."""
        return [json.loads(line) for line in (self.home / "requests.log").read_text().splitlines()]

    def _end(self, how: str) -> None:
        if self._process is not None:
            getattr(self._process, how)()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
