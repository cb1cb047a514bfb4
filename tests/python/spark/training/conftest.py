"""Spark contexts for tests: on threads of one process, and on two workers that are processes of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest
from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession

from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.session import Spark

with pytest.MonkeyPatch.context() as patched:
    patched.setitem(sys.modules, "dataiku", ModuleType("dataiku"))  # of which nothing is called
    from text_explorer.dss.recipes import topics
    from text_explorer.dss.recipes.on_spark import topics as topics_on_spark
    from text_explorer.dss.spark import memory, runner
    from text_explorer.dss.spark.corpus import reading

# As the tests were collected with them: tests of DSS's side forget these modules, and pickle would find others.
USED = (memory, reading, runner, topics, topics_on_spark)
MODULES = {name: module for name, module in sys.modules.items() if name.startswith("text_explorer.dss")}

CONF = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
}


@pytest.fixture(autouse=True)
def same_modules(monkeypatch):
    """Keep the modules of this package that the tests know."""
    for name, module in MODULES.items():
        monkeypatch.setitem(sys.modules, name, module)


@contextmanager
def spark_context(master: str, python: str = sys.executable) -> Iterator[Spark]:
    """Start a context whose workers run another Python; there can be one at a time in a process."""
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
def on_two_workers(master) -> Iterator[Spark]:
    """Start a context on a cluster."""
    with spark_context(master) as started:
        yield started


@pytest.fixture(scope="module", params=["threads", "two workers"])
def spark(request) -> Iterator[Spark]:
    """Start a context on threads, then one on a cluster."""
    with spark_context("local[2]" if request.param == "threads" else request.getfixturevalue("master")) as started:
        yield started


@pytest.fixture(scope="module")
def workers(spark):
    """Send the package to the workers."""
    return check_workers(spark)
