"""Training on Spark: the same bytes as on one machine, whatever is lost on the way."""

import dataclasses
import os
import signal
from itertools import islice

import numpy as np
import pytest
from pyspark import StorageLevel

from tests.python.spark.training.conftest import spark_context
from tests.python.unit.topics.models.parts.test_runners import corpus_of_counts
from text_explorer.dss.spark import lineage
from text_explorer.dss.spark.faults import SparkError
from text_explorer.dss.spark.memory import MEBIBYTE, check_memory
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.runner import SparkRunner, rdd_of_parts
from text_explorer.topics.models.parts.gsdmm_engine import ROUNDS, GsdmmEngine
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial, Threads
from text_explorer.topics.models.parts.statistics import CountsError

COUNTS = np.random.default_rng(0).poisson(0.3, (120, 60))
CORPUS = corpus_of_counts(COUNTS)
N_WORDS = int(COUNTS.sum())
ENGINES = {"lda": (LdaEngine(), 5), "gsdmm": (GsdmmEngine(0.1, 0.1, 1, ROUNDS), 12)}
SWEEPS = 4


@pytest.fixture(scope="module")
def workers(spark):
    return check_workers(spark)


def runner_on(spark, workers, n_parts, n_partitions=None, driver_bytes=2**30):
    parts = rdd_of_parts(spark, split(CORPUS, n_parts), n_partitions)
    return SparkRunner(spark, workers, parts, n_parts=n_parts, n_words=N_WORDS, driver_bytes=driver_bytes)


def last_state(engine, runner, n_sweeps=SWEEPS):
    engine, n_topics = ENGINES[engine]
    *_, state = islice(runner.run(engine, engine.unstarted(n_topics, CORPUS.n_terms, None), 7), n_sweeps)
    return {field.name: np.asarray(getattr(state, field.name)) for field in dataclasses.fields(state)}


def assert_same(found, expected):
    assert {name for name in expected if found[name].tobytes() != expected[name].tobytes()} == set()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("n_parts", [1, 4, 16])
def test_one_thread_several_threads_and_spark_end_with_the_same_bytes(spark, workers, engine, n_parts):
    expected = last_state(engine, Serial(split(CORPUS, n_parts)))
    assert_same(last_state(engine, Threads(split(CORPUS, n_parts), 2)), expected)
    runner = runner_on(spark, workers, n_parts)
    assert_same(last_state(engine, runner), expected)
    runner.close()
    assert spark.context._jsc.sc().getPersistentRDDs().size() == 0


@pytest.mark.parametrize("n_partitions", [1, 5])
def test_the_number_of_partitions_does_not_show(spark, workers, n_partitions):
    runner = runner_on(spark, workers, 16, n_partitions)
    assert_same(last_state("lda", runner, 2), last_state("lda", Serial(split(CORPUS, 16)), 2))
    runner.close()


class Disturbed(SparkRunner):
    """Calls a function before the third sweep."""

    disturb = None
    applied = 0

    def apply(self, step, shared, seed):
        self.applied += 1
        if self.applied == 4:
            self.disturb(self)
        return super().apply(step, shared, seed)


def test_parts_that_spark_lost_are_computed_again(spark, workers):
    parts = rdd_of_parts(spark, split(CORPUS, 4))
    runner = Disturbed(spark, workers, parts, n_parts=4, n_words=N_WORDS, driver_bytes=2**30)
    runner.disturb = lambda runner: [rdd.unpersist(blocking=True) for rdd in runner._held]
    assert_same(last_state("lda", runner), last_state("lda", Serial(split(CORPUS, 4))))
    runner.close()


def test_counts_that_do_not_add_up_stop_the_training(spark, workers):
    class Wrong(SparkRunner):
        def apply(self, step, shared, seed):
            statistics = super().apply(step, shared, seed)
            statistics.changes.get("term_topics", np.zeros((1, 1)))[0, 0] += 1
            return statistics

    runner = Wrong(
        spark, workers, rdd_of_parts(spark, split(CORPUS, 2)), n_parts=2, n_words=N_WORDS, driver_bytes=2**30
    )
    with pytest.raises(CountsError, match="do not add up"):
        last_state("lda", runner)
    runner.close()


@pytest.mark.parametrize("cuts", ["folder", "driver", "none"])
def test_the_list_of_steps_stays_short_where_it_can_be_cut(spark, workers, cuts, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(lineage, "PASSES_BETWEEN_CUTS", 3)
    directory = str(tmp_path / "checkpoints") if cuts == "folder" else None
    monkeypatch.setattr(spark.context, "getCheckpointDir", lambda: directory)
    if directory:
        spark.context.setCheckpointDir(directory)
    runner = runner_on(spark, workers, 4, driver_bytes=0 if cuts == "none" else 2**30)
    lengths = []
    monkeypatch.setattr(runner, "_log", lambda *_: lengths.append(n_steps(runner)))
    found = last_state("gsdmm", runner, 8)
    assert_same(found, last_state("gsdmm", Serial(split(CORPUS, 4)), 8))
    assert len(lengths) == 9
    if cuts == "none":
        assert lengths[-1] > lengths[3] > lengths[0]
        assert "Set 'Checkpoint folder'" in caplog.text
    else:
        assert max(lengths[3:6]) == max(lengths[6:9])
    runner.close()
    assert [path for path in tmp_path.rglob("part-*") if path.is_file()] == []


def n_steps(runner):
    return runner._held[-1].toDebugString().count(b"\n")


def test_too_large_counts_are_refused_with_the_numbers(spark, workers):
    with pytest.raises(SparkError, match=r"would need about [\d,]+ MB") as refused:
        check_memory(spark, workers, 2**40, 1000)
    assert "lower 'Number of topics'" in str(refused.value)
    check_memory(spark, workers, MEBIBYTE, 1000)


def test_a_killed_executor_costs_time_but_changes_nothing(cluster):
    with spark_context(cluster.master) as spark:
        workers = check_workers(spark)
        parts = rdd_of_parts(spark, split(CORPUS, 4)).persist(StorageLevel.MEMORY_ONLY)
        runner = Disturbed(spark, workers, parts, n_parts=4, n_words=N_WORDS, driver_bytes=2**30)
        killed = []

        def kill(runner):
            killed.extend(cluster.executors()[:1])
            os.kill(killed[0], signal.SIGKILL)

        runner.disturb = kill
        assert_same(last_state("lda", runner), last_state("lda", Serial(split(CORPUS, 4))))
        assert len(killed) == 1
        runner.close()
