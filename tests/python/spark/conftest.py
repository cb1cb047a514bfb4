"""An instance whose Spark configurations are two threads, and a cluster that runs as long as the tests."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_dss.jobs.spark_cluster import spark_cluster
from local_dss.jobs.spark_driver import spark_home
from tests.python.conftest import LocalInstance

THREADS, CLUSTER = "local", "two-workers"


@pytest.fixture(scope="session")
def master(tmp_path_factory) -> Iterator[str]:
    """Start a master and two workers; return the master's address."""
    folder = tmp_path_factory.mktemp("cluster")
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(spark_home())}
    with spark_cluster(spark_home(), folder, environment, n_workers=2) as address:
        yield address


@pytest.fixture(scope="session")
def on_spark(tmp_path_factory, master) -> LocalInstance:
    """Return an instance that knows both configurations."""
    return instance_on(master, tmp_path_factory.mktemp("instance"))


def instance_on(master: str, folder: Path) -> LocalInstance:
    """Return a new instance that knows both configurations."""
    instance = LocalInstance(folder)
    instance.home.mkdir(parents=True)
    configurations = {THREADS: {"conf": {"spark.master": "local[2]"}}, CLUSTER: {"conf": {"spark.master": master}}}
    (instance.home / "instance.json").write_text(json.dumps({"spark_configs": configurations}), "utf-8")
    return instance
