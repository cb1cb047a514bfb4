"""Work that Spark loses, faults, and the list of steps by which it computes lost work again."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from local_dss.jobs.spark_cluster import spark_cluster
from local_dss.jobs.spark_driver import spark_home
from tests.python.spark.training.chains import CORPUS, assert_same, last_state, runner_on
from tests.python.spark.training.conftest import spark_context
from text_explorer.dss.spark.faults import SPARK_FAULTS, SparkError
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.training import lineage
from text_explorer.dss.spark.training.memory import MEBIBYTE, check_memory
from text_explorer.dss.spark.training.runner import SparkRunner
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial
from text_explorer.topics.models.parts.statistics import CountsError


@pytest.fixture(scope="module")
def workers_of_two(on_two_workers):
    return check_workers(on_two_workers)


class Disturbed(SparkRunner):
    """Calls a function before the second sweep."""

    disturb = None
    applied = 0

    def apply(self, step, shared, seed):
        self.applied += 1
        if self.applied == 3:
            self.disturb(self)
        return super().apply(step, shared, seed)


def test_parts_that_spark_lost_are_computed_again(on_two_workers, workers_of_two):
    runner = runner_on(on_two_workers, workers_of_two, 4, runner_type=Disturbed)
    runner.disturb = lambda runner: [rdd.unpersist(blocking=True) for rdd in (*runner._held, runner._parts)]
    assert_same(last_state("lda", runner), last_state("lda", Serial(split(CORPUS, 4))))
    runner.close()


@pytest.mark.parametrize("fault", ["fails", "is slow"])
def test_a_task_that_fails_or_is_slow_is_run_again_and_changes_nothing(on_two_workers, workers_of_two, tmp_path, fault):
    def disturbed(elements):
        import time
        from pathlib import Path

        from pyspark import TaskContext

        attempt, partition = TaskContext.get().attemptNumber(), TaskContext.get().partitionId()
        Path(tmp_path, f"partition {partition}, attempt {attempt}").touch()
        if attempt == partition == 0:
            if fault == "fails":
                raise OSError("a disk failed")
            time.sleep(20)
        return elements

    def disturb(runner):
        runner._held.append(lineage.one_by_one(runner._held[-1].mapPartitions(disturbed)))

    runner = runner_on(on_two_workers, workers_of_two, 4, runner_type=Disturbed)
    runner.disturb = disturb
    assert_same(last_state("lda", runner), last_state("lda", Serial(split(CORPUS, 4))))
    assert (tmp_path / "partition 0, attempt 1").exists()
    runner.close()


def test_nothing_is_left_of_a_training_that_failed(on_two_workers, workers_of_two):
    def broken(elements):
        raise OSError("all disks failed")

    runner = runner_on(on_two_workers, workers_of_two, 4, runner_type=Disturbed)
    runner.disturb = lambda runner: runner._held.append(lineage.one_by_one(runner._held[-1].mapPartitions(broken)))
    with pytest.raises(SPARK_FAULTS, match="all disks failed"):
        last_state("gsdmm", runner)
    broadcasts = list(runner._broadcasts)
    assert len(broadcasts) == 3
    runner.close()
    assert on_two_workers.context._jsc.sc().getPersistentRDDs().size() == 0
    for broadcast in broadcasts:
        assert not os.path.exists(broadcast._path)


def test_counts_that_do_not_add_up_stop_the_training(on_two_workers, workers_of_two):
    class Wrong(SparkRunner):
        def apply(self, step, shared, seed):
            statistics = super().apply(step, shared, seed)
            statistics.changes.get("term_topics", np.zeros((1, 1)))[0, 0] += 1
            return statistics

    runner = runner_on(on_two_workers, workers_of_two, 2, runner_type=Wrong)
    with pytest.raises(CountsError, match="do not add up"):
        last_state("lda", runner)
    runner.close()


@pytest.mark.parametrize("cuts", ["folder", "driver", "none"])
def test_the_list_of_steps_stays_short_where_it_can_be_cut(
    on_two_workers, workers_of_two, cuts, tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(lineage, "PASSES_BETWEEN_CUTS", 3)
    directory = str(tmp_path / "checkpoints") if cuts == "folder" else None
    monkeypatch.setattr(on_two_workers.context, "getCheckpointDir", lambda: directory)
    if directory:
        on_two_workers.context.setCheckpointDir(directory)
    runner = runner_on(on_two_workers, workers_of_two, 4, driver_bytes=0 if cuts == "none" else 2**30)
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


def test_too_large_counts_are_refused_with_the_numbers(on_two_workers, workers_of_two):
    with pytest.raises(SparkError, match=r"would need about [\d,]+ MB") as refused:
        check_memory(on_two_workers, workers_of_two, 2**40, 1000)
    assert "lower 'Number of topics'" in str(refused.value)
    check_memory(on_two_workers, workers_of_two, MEBIBYTE, 1000)


def executors(spark):
    """Return the ids of the processes of this application's executors."""
    driver = f"CoarseGrainedScheduler@127.0.0.1:{spark.context.getConf().get('spark.driver.port')}"
    return processes("CoarseGrainedExecutorBackend", driver)


def processes(*words):
    """Return the ids of the Java processes with some words in their command lines."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_text("utf-8", "replace").split("\0")
        except OSError:
            continue  # it has ended
        if command[0].endswith("java") and all(word in " ".join(command) for word in words):
            found.append(int(path.parent.name))
    return sorted(found)


def test_a_killed_executor_costs_time_but_changes_nothing(on_two_workers, workers_of_two):
    runner = runner_on(on_two_workers, workers_of_two, 4, runner_type=Disturbed)
    killed = []

    def kill(runner):
        killed.append(executors(on_two_workers)[0])
        os.kill(killed[0], signal.SIGKILL)

    runner.disturb = kill
    assert_same(last_state("lda", runner), last_state("lda", Serial(split(CORPUS, 4))))
    assert len(killed) == 1
    runner.close()


# Last, since it stops the context of the others.
def test_a_training_ends_on_the_other_worker_where_one_is_killed(tmp_path):
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(spark_home())}
    with spark_cluster(spark_home(), tmp_path, environment, n_workers=2) as address, spark_context(address) as spark:
        runner = runner_on(spark, check_workers(spark), 4, runner_type=Disturbed)
        (killed, *others) = processes("org.apache.spark.deploy.worker.Worker", address)
        runner.disturb = lambda _: os.kill(killed, signal.SIGKILL)
        assert_same(last_state("lda", runner), last_state("lda", Serial(split(CORPUS, 4))))
        assert processes("org.apache.spark.deploy.worker.Worker", address) == others
        runner.close()
        of_context = executors(spark)
        assert len(of_context) == 1
    assert [pid for pid in of_context if Path(f"/proc/{pid}").exists()] == []
