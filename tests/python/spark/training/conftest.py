"""Spark contexts for tests: threads of one process, and a cluster of two workers that are processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark
import pytest
from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession

from text_explorer.dss.spark.session import Spark

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
SECONDS_TO_START = 120
CONF = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.excludeOnFailure.enabled": "false",
}


@contextmanager
def spark_context(master: str, python: str = sys.executable, **conf: str) -> Iterator[Spark]:
    """Start a context; there can be one at a time in a process."""
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=python)
    given = {name.replace("_", "."): value for name, value in conf.items()}
    context = SparkContext(conf=SparkConf().setMaster(master).setAll(list({**CONF, **given}.items())))
    context.setLogLevel("OFF")
    try:
        yield Spark(context, SparkSession(context), "two-workers")
    finally:
        context.stop()
        SparkSession.builder._options = {}
        os.environ.pop("PYSPARK_PYTHON") if before is None else os.environ.update(PYSPARK_PYTHON=before)


class Cluster:
    """A master and two workers of one core."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.master = f"spark://127.0.0.1:{self.port}"
        self.processes = [self._started("Master", "--host", "127.0.0.1", "--port", str(self.port))]
        self._wait_for_master()
        for number in range(2):
            work = folder / f"worker-{number}"
            self.processes.append(self._started("Worker", "-c", "1", "-m", "1g", "-d", str(work), self.master))

    def _started(self, role: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [str(SPARK_CLASS), f"org.apache.spark.deploy.{role.lower()}.{role}", "--webui-port", "0", *arguments]
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
        log = (self.folder / f"{role}-{time.monotonic_ns()}.log").open("wb")
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)

    def _wait_for_master(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert time.monotonic() < deadline, "The master did not start."
                time.sleep(0.1)

    def executors(self) -> list[int]:
        """Return the ids of the processes of its executors."""
        workers = {process.pid for process in self.processes[1:]}
        return [pid for pid, parent in _processes("CoarseGrainedExecutorBackend").items() if parent in workers]

    def stop(self) -> None:
        """End all processes."""
        for process in reversed(self.processes):
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _processes(named: str) -> dict[int, int]:
    """Return the processes whose command has a name, each with its parent."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if named in (path / "cmdline").read_text("utf-8", "replace"):
                found[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
    return found


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    """Start one cluster for all tests."""
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


@pytest.fixture(scope="module", params=["threads", "two workers"])
def spark(request) -> Iterator[Spark]:
    """Start a context on threads, then one on two workers."""
    master = "local[2]" if request.param == "threads" else request.getfixturevalue("cluster").master
    with spark_context(master) as started:
        yield started
