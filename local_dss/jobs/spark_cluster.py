"""A standalone Spark cluster on this machine: a master and workers of one core, each a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from local_dss.errors import LocalDssError

ADDRESS = "127.0.0.1"
SHORT_RUNS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""Options of a JVM that runs for seconds, which is not worth optimising."""

_SECONDS_TO_START = 180.0
_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_TO_STOP = 10.0
_MASTER, _WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
# The daemon ends when the pipe closes: also when the process that started it is killed.
_DAEMON_OF_A_PIPE = '"$@" </dev/null & read -r _; kill "$!"; wait "$!"'


@contextmanager
def spark_cluster(
    spark_home: Path, folder: Path, environment: Mapping[str, str], *, n_workers: int, memory_mb: int = 1024
) -> Iterator[str]:
    """Run a master and some workers of one core, with their files in a folder; yield the address of the master.

    Raise a `LocalDssError` if they are not ready in time; its end of the log names the cause.
    """
    port, page_port = _free_ports(2)
    address = f"spark://{ADDRESS}:{port}"
    own = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": SHORT_RUNS}
    of_worker = ("--cores", "1", "--memory", f"{memory_mb}m", "--work-dir", str(folder / "work"), address)
    daemons: list[tuple[str, ...]] = [(_MASTER, "--host", ADDRESS, "--port", str(port), "--webui-port", str(page_port))]
    daemons += [(_WORKER, "--host", _address_of(number), *of_worker) for number in range(n_workers)]
    with ExitStack() as running:
        start = [str(spark_home / "bin" / "spark-class")]
        with open(folder / "cluster.log", "ab") as log:
            for arguments in daemons:
                running.enter_context(_daemon([*start, *arguments], {**environment, **own}, folder, log.fileno()))
        _wait_for_workers(page_port, n_workers, folder / "cluster.log")
        yield address


def _address_of(worker: int) -> str:
    """Return an address of this machine for each worker, where it has several: Spark takes them for machines."""
    address = f"127.0.0.{worker + 1}"
    with closing(socket.socket()) as tried:
        try:
            tried.bind((address, 0))
        except OSError:  # macOS has the first alone
            return ADDRESS
    return address


@contextmanager
def _daemon(command: list[str], environment: Mapping[str, str], folder: Path, log: int) -> Iterator[None]:
    process = subprocess.Popen(
        ["sh", "-c", _DAEMON_OF_A_PIPE, "sh", *command],
        env=dict(environment), cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()


def _wait_for_workers(page_port: int, n_workers: int, log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{ADDRESS}:{page_port}/json/", timeout=5) as page:
                if json.load(page)["aliveworkers"] == n_workers:
                    return
        except (urllib.error.URLError, OSError):  # the master does not listen yet
            pass
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    last_lines = log.read_text(encoding="utf-8", errors="replace")[-1000:]
    raise LocalDssError(f"The Spark cluster is not ready after {_SECONDS_TO_START:.0f} s. End of its log: {last_lines}")


def _free_ports(n: int) -> list[int]:
    with ExitStack() as opened:
        sockets = [opened.enter_context(closing(socket.socket())) for _ in range(n)]
        for one in sockets:
            one.bind((ADDRESS, 0))
        return [one.getsockname()[1] for one in sockets]
