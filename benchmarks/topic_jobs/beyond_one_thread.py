"""The same sweeps of LDA on one thread, on several, and on Spark."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import ModuleType

import numpy as np

from local_dss.jobs.spark_cluster import spark_cluster
from local_dss.jobs.spark_driver import spark_home
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Runner, Serial, Threads
from topic_jobs.corpora import generated_mixtures

ENGINE, SEED = LdaEngine(), 0
N_UNTIMED = 3
"""First passes, in which kernels are compiled or read and topics are drawn at random."""


@dataclass(frozen=True)
class Timed:
    """Passes over all words: each in seconds, those of all processors together, and what the chain came to."""

    seconds: list[float]
    cpu: float  # seconds a pass
    topic_words: bytes


def time_sweeps(n_words: int, n_topics: int, n_terms_of_counts: int, n_parts: int, n_sweeps: int) -> dict[str, Timed]:
    """Time the ways one after the other; `n_terms_of_counts` pads the table of counts to the size of real ones."""
    corpus = generated_mixtures(n_words // 100, 100, n_topics, seed=4)
    parts = split(corpus, n_parts)
    n_terms = max(corpus.n_terms, n_terms_of_counts)

    def timed(runner: Runner) -> Timed:
        states = runner.run(ENGINE, ENGINE.unstarted(n_topics, n_terms, None), SEED)
        *_, state = islice(states, N_UNTIMED)
        seconds, used = [], _cpu_seconds()
        for _ in range(n_sweeps):
            started = time.perf_counter()
            state = next(states)
            seconds.append(time.perf_counter() - started)
        return Timed(seconds, (_cpu_seconds() - used) / n_sweeps, np.asarray(state.topic_words).tobytes())

    found = {"one thread": timed(Serial(parts)), "two threads": timed(Threads(parts, 2))}
    with _spark() as (spark, workers):
        from text_explorer.dss.spark.training.runner import SparkRunner, rdd_of_parts  # noqa: PLC0415 - see _spark

        elements = rdd_of_parts(spark, parts)
        runner = SparkRunner(spark, workers, elements, n_parts=n_parts, n_words=n_words, driver_bytes=2**31)
        found["Spark, two workers"] = timed(runner)
        runner.close()
    return found


@contextmanager
def _spark() -> Iterator[tuple]:
    """Start a cluster of two workers of one core, and an application on it."""
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - after the paths are set
    from pyspark.sql import SparkSession  # noqa: PLC0415

    sys.modules.setdefault("dataiku", ModuleType("dataiku"))  # of which nothing is called
    from text_explorer.dss.spark.preflight import check_workers  # noqa: PLC0415
    from text_explorer.dss.spark.session import Spark  # noqa: PLC0415

    os.environ.update(
        {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "SPARK_HOME": str(spark_home())}
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        spark_cluster(spark_home(), Path(folder), os.environ, n_workers=2, memory_mb=2048) as master,
    ):
        settings = {
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1", "spark.executor.memory": "1g", "spark.driver.memory": "2g",
        }  # fmt: skip
        context = SparkContext(conf=SparkConf().setMaster(master).setAll(list(settings.items())))
        context.setLogLevel("OFF")
        try:
            spark = Spark(context, SparkSession(context), "two-workers")
            yield spark, check_workers(spark)
        finally:
            context.stop()


def _cpu_seconds() -> float:
    """Return the processor time of this process and all that descend from it, living and ended."""
    ticks, children = 0, {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended in between
        children.setdefault(int(fields[1]), []).append((int(entry.parent.name), sum(map(int, fields[11:15]))))
    waiting = [os.getpid()]
    ticks += sum(os.times()[:4]) * os.sysconf("SC_CLK_TCK")
    while waiting:
        for pid, used in children.get(waiting.pop(), []):
            ticks += used
            waiting.append(pid)
    return ticks / os.sysconf("SC_CLK_TCK")
