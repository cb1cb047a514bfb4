"""Spark contexts for tests: on threads of one process, and on two workers that are processes of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Optional

import pytest
from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession

from local_dss.jobs.spark_cluster import SHORT_RUNS
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.session import Spark

with pytest.MonkeyPatch.context() as patched:
    patched.setitem(sys.modules, "dataiku", ModuleType("dataiku"))  # of which nothing is called
    from text_explorer.dss.recipes import topics
    from text_explorer.dss.recipes.on_spark import topics as topics_on_spark
    from text_explorer.dss.spark import rows
    from text_explorer.dss.spark.corpus import reading
    from text_explorer.dss.spark.training import memory, runner

# As the tests were collected with them: tests of DSS's side forget these modules, and pickle would find others.
USED = (memory, reading, rows, runner, topics, topics_on_spark)
MODULES = {name: module for name, module in sys.modules.items() if name.startswith("text_explorer.dss")}

CONF = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": SHORT_RUNS,
    "spark.executor.extraJavaOptions": SHORT_RUNS,
    "spark.executor.memory": "512m",
    # A task that takes longer than others is run twice, as on clusters whose administrators want it so.
    "spark.speculation": "true",
    "spark.speculation.quantile": "0.5",
}


@pytest.fixture(autouse=True)
def same_modules(monkeypatch):
    """Keep the modules of this package that the tests know."""
    for name, module in MODULES.items():
        monkeypatch.setitem(sys.modules, name, module)


class Contexts:
    """Holds the one context that can run in a process, and keeps it for tests that need the same."""

    def __init__(self) -> None:
        self._master: Optional[str] = None
        self._running: Optional[ExitStack] = None
        self._spark: Optional[Spark] = None

    def on(self, master: str) -> Spark:
        """Return a context on a master."""
        if self._master != master:
            self.stop()
            self._running = ExitStack()
            self._spark = self._running.enter_context(_started(master, sys.executable))
            self._master = master
        return self._spark

    def stop(self) -> None:
        """Stop the context, if there is one."""
        if self._running is not None:
            self._running.close()
        self._master = self._running = self._spark = None


CONTEXTS = Contexts()


@pytest.fixture(scope="session", autouse=True)
def _stop_contexts() -> Iterator[None]:
    yield
    CONTEXTS.stop()


@contextmanager
def spark_context(master: str, python: str = sys.executable) -> Iterator[Spark]:
    """Start a context of its own, whose workers may run another Python."""
    CONTEXTS.stop()
    with _started(master, python) as spark:
        yield spark


@contextmanager
def _started(master: str, python: str) -> Iterator[Spark]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", python)
        context = SparkContext(conf=SparkConf().setMaster(master).setAll(list(CONF.items())))
        context.setLogLevel("OFF")
        try:
            yield Spark(context, SparkSession(context), "two-workers")
        finally:
            context.stop()


@pytest.fixture(scope="module")
def on_two_workers(master) -> Spark:
    """Return a context on a cluster."""
    return CONTEXTS.on(master)


@pytest.fixture(scope="module", params=["two workers", "threads"])
def spark(request) -> Spark:
    """Return a context on a cluster, then one on threads."""
    return CONTEXTS.on("local[2]" if request.param == "threads" else request.getfixturevalue("master"))


@pytest.fixture(scope="module")
def workers(spark):
    """Send the package to the workers."""
    return check_workers(spark)
