"""What a Python worker may use, by the properties of Spark that limit it."""

from types import SimpleNamespace

import pytest

from text_explorer.dss.spark.faults import SparkError
from text_explorer.dss.spark.training.memory import (
    MEBIBYTE,
    bytes_of,
    check_chain_memory,
    check_memory,
    worker_limit,
)

WORKERS = SimpleNamespace(free_bytes=8_000 * MEBIBYTE, hosts=("a", "b"))


def spark_with(conf, master, n_slots=4):
    context = SimpleNamespace(getConf=lambda: conf)
    return SimpleNamespace(context=context, master=master, n_slots=n_slots, configuration=None)


@pytest.mark.parametrize(
    ("text", "n_bytes"), [("512m", 512 * MEBIBYTE), ("2G", 2 * 2**30), ("1gb", 2**30), ("300", 300 * MEBIBYTE)]
)
def test_sizes_are_read_as_spark_writes_them(text, n_bytes):
    assert bytes_of(text) == n_bytes


def test_a_size_that_is_none_is_named():
    with pytest.raises(ValueError, match="'much' is not a size"):
        bytes_of("much")


@pytest.mark.parametrize(
    ("conf", "master", "megabytes", "source"),
    [
        ({"spark.executor.pyspark.memory": "4g", "spark.executor.cores": "4"}, "yarn", 1024, "pyspark.memory"),
        ({"spark.executor.memoryOverhead": "3g", "spark.executor.cores": "2"}, "yarn", 1536, "memoryOverhead"),
        ({"spark.executor.memory": "10g"}, "k8s://https://c", 4096, "memoryOverhead"),
        ({"spark.executor.memory": "1g"}, "yarn", 384, "memoryOverhead"),
        ({}, "spark://c:7077", 4000, "free memory"),
    ],
)
def test_the_limit_of_a_worker_is_that_of_its_executor_divided_by_its_tasks(conf, master, megabytes, source):
    limit = worker_limit(spark_with(conf, master), WORKERS)
    assert limit.n_bytes == megabytes * MEBIBYTE
    assert source in limit.source


def test_more_than_the_limit_is_refused_with_the_property_that_sets_it():
    spark = spark_with({"spark.executor.memoryOverhead": "1g"}, "yarn")
    check_memory(spark, WORKERS, 100 * MEBIBYTE, 1_000)
    with pytest.raises(SparkError, match=r"need about 1,100 MB.* 200 MB, but may use 1,024 MB \(spark.executor.memory"):
        check_memory(spark, WORKERS, 200 * MEBIBYTE, 1_000)


def test_first_topics_of_all_documents_count_as_well():
    spark = spark_with({"spark.executor.memoryOverhead": "1g"}, "yarn")
    check_memory(spark, WORKERS, 100 * MEBIBYTE, 1_000, starts_bytes=100 * MEBIBYTE)
    with pytest.raises(SparkError, match=r"need about 1,100 MB"):
        check_memory(spark, WORKERS, 100 * MEBIBYTE, 1_000, starts_bytes=200 * MEBIBYTE)


def test_results_beyond_what_the_driver_takes_are_refused():
    spark = spark_with({"spark.executor.memoryOverhead": "9g", "spark.driver.maxResultSize": "300m"}, "yarn")
    with pytest.raises(SparkError, match="about 400 MB of counts to the driver at a time"):
        check_memory(spark, WORKERS, 100 * MEBIBYTE, 1_000)


def test_documents_that_no_worker_can_hold_whole_are_refused_with_what_to_do():
    spark = spark_with({"spark.executor.memoryOverhead": "1g"}, "yarn")
    check_chain_memory(spark, WORKERS, 200 * MEBIBYTE, 20 * MEBIBYTE)
    expected = (
        r"holds all documents and their vectors, 300 MB, .* about 1,280 MB, .* 1,024 MB .* clear 'Embedding column'"
    )
    with pytest.raises(SparkError, match=expected):
        check_chain_memory(spark, WORKERS, 300 * MEBIBYTE, 20 * MEBIBYTE)
