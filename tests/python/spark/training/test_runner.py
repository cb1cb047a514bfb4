"""Training on Spark: the same bytes as on one machine."""

import pytest

from tests.python.spark.training.chains import CORPUS, ENGINES, assert_same, last_state, runner_on
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial, Threads


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
