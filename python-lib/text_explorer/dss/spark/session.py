"""The Spark session of a recipe, and its data frames, by the undocumented parts of `dataiku.spark`."""

from __future__ import annotations

import importlib
import logging
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Optional

from pyspark import RDD, Broadcast, SparkContext, StorageLevel
from pyspark.sql import DataFrame, SparkSession

from text_explorer.concurrency.sending import unpack
from text_explorer.dss.spark.faults import SparkError
from text_explorer.errors import caught

logger = logging.getLogger(__name__)

_CONFIGURATION_KEYS = ("spark.dku.configName", "spark.dku.sparkConfig")
"""Properties under which DSS may note the name of the named configuration; it documents none."""


MOST_SLOTS = 1_024
"""Executors may have no limit; more tasks would not train faster."""


@dataclass(frozen=True)
class Spark:
    """The session DSS prepared for this recipe."""

    context: SparkContext
    session: SparkSession
    configuration: Optional[str] = None  # name of the Spark configuration, if it is known

    @property
    def master(self) -> str:
        """Address of the cluster."""
        return str(self.context.master)

    @property
    def n_slots(self) -> int:
        """Tasks that can run at a time once all executors are there."""
        conf = self.context.getConf()
        cores = int(conf.get("spark.executor.cores", "1"))
        executors = (conf.get(name) for name in ("spark.dynamicAllocation.maxExecutors", "spark.executor.instances"))
        n_expected = next((int(number) * cores for number in executors if number and number.isdigit()), 0)
        return min(max(self.context.defaultParallelism, n_expected, 1), MOST_SLOTS)

    @property
    def n_executors(self) -> int:
        """Executors that are there now; on one machine the driver itself."""
        java: Any = self.context
        n_with_driver = int(java._jsc.sc().getExecutorMemoryStatus().size())
        return max(n_with_driver - 1, 1)

    @property
    def default_partitions(self) -> int:
        """Partitions to spread rows over where DSS read all into one."""
        return 3 * self.n_slots


def start_spark() -> Spark:
    """Return the recipe's session.

    Raises
    ------
    SparkError
        On Spark Connect, which has no RDDs.
    """
    if any(os.environ.get(name) for name in ("SPARK_REMOTE", "SPARK_CONNECT_MODE_ENABLED")):
        raise _is_connect()
    context = SparkContext.getOrCreate()
    session = SparkSession.builder.getOrCreate()
    if ".connect." in f"{type(session).__module__}.":
        raise _is_connect()
    conf = context.getConf()
    named = next((value for key in _CONFIGURATION_KEYS if (value := conf.get(key))), None)
    logger.info("Spark %s at %s, application %s", context.version, context.master, context.applicationId)
    return Spark(context, session, named)


def _is_connect() -> SparkError:
    return SparkError(
        "This Spark configuration uses Spark Connect or Databricks Connect, which cannot run this recipe. Select a "
        "Spark configuration of a cluster, or use the recipe without '(Spark)' in its name."
    )


def read_frame(spark: Spark, name: str) -> DataFrame:
    """Return a dataset of DSS as a data frame, rows in no particular order.

    Datasets that are not files of HDFS or of a cloud store arrive in one partition.
    """
    frame: DataFrame = _with_context(spark, importlib.import_module("dataiku.spark").get_dataframe, name)
    n_partitions = frame.rdd.getNumPartitions()
    if n_partitions == 1:
        logger.info(
            "The dataset %s arrives in one partition, so one task reads all of it. Where that takes long, keep it on "
            "HDFS or a cloud store with 'details readable by' set in its connection.", name,
        )  # fmt: skip
    return frame


def _with_context(spark: Spark, get_dataframe: Callable[[Any, Any], DataFrame], name: str) -> DataFrame:
    """Read by the SQL context, which every version of DSS takes, or else by the session."""
    dataset = importlib.import_module("dataiku").Dataset(name)
    with caught() as fault, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        sql_context = importlib.import_module("pyspark.sql").SQLContext(spark.context)
        return get_dataframe(sql_context, dataset)
    logger.info("reading by the session, since by the SQL context it failed (%s)", fault.error)
    return get_dataframe(spark.session, dataset)


def fetched(rdd: RDD[bytes]) -> Iterator[Any]:
    """Yield the values of an RDD that is kept: packed by all workers at once, fetched one partition after the other."""
    rdd.count()
    yield from map(unpack, rdd.toLocalIterator(prefetchPartitions=True))


def fetched_once(rdd: RDD[bytes], broadcast: Broadcast[Any]) -> Iterator[Any]:
    """Yield the values of an RDD as `fetched`; free it and the broadcast it needs at the end, also after an error."""
    rdd.persist(StorageLevel.MEMORY_AND_DISK)
    try:
        yield from fetched(rdd)
    finally:
        rdd.unpersist()
        broadcast.destroy()


def write_frame(name: str, frame: DataFrame) -> None:
    """Write a data frame to a dataset of DSS, and its schema; what the dataset had is replaced."""
    dataset = importlib.import_module("dataiku").Dataset(name)
    importlib.import_module("dataiku.spark").write_with_schema(dataset, frame)
