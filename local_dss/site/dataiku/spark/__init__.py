"""Datasets as Spark DataFrames, in recipes of kind PYSPARK: same names and refusals as in DSS."""

from __future__ import annotations

import logging
from typing import Any, Optional

from pyspark import SparkConf, SparkContext
from pyspark.sql import DataFrame, SparkSession, SQLContext

from ..core.dataset import Dataset
from ..core.errors import DssError, NameNotAvailableError
from .reading import read_dataframe
from .storage_types import to_columns
from .writing import write_rows

__all__ = [
    "distribute_py_libs",
    "get_dataframe",
    "setup_sql_context",
    "start_spark_context_and_setup_sql_context",
    "write_dataframe",
    "write_schema_from_dataframe",
    "write_with_schema",
]
logger = logging.getLogger(__name__)
_JOB_PROPERTY = "local.dss.job"
_JAVA_CLASS = "StdDataikuSparkContext"


def get_dataframe(sqlContext: Any, dataset: Dataset) -> DataFrame:
    """Return a dataset as a DataFrame, given the SQLContext or the session of the job.

    A dataset that is not on HDFS has one partition and no order of rows: every computation reads another one. A cell
    that does not fit its column is null.
    """
    return read_dataframe(_session_of(sqlContext), dataset)


def write_with_schema(dataset: Dataset, df: DataFrame, delete_first: bool = True) -> None:
    """Write the schema of a DataFrame, then its rows; those of before stay without `delete_first`."""
    write_schema_from_dataframe(dataset, df)
    write_dataframe(dataset, df, delete_first)


def write_schema_from_dataframe(dataset: Dataset, df: DataFrame) -> None:
    """Write the schema of a DataFrame, without rows."""
    _check_dataframe(df, "write_schema_from_dataframe")
    dataset.write_schema(to_columns(df.schema))


def write_dataframe(dataset: Dataset, df: DataFrame, delete_first: bool = True) -> None:
    """Write the rows of a DataFrame into the schema that is there; those of before stay without `delete_first`."""
    _check_dataframe(df, "write_dataframe")
    if not dataset.writable:
        raise DssError(f"You cannot write dataset {dataset.name}, it is not declared as an output")
    write_rows(dataset, df, append=not delete_first)


def start_spark_context_and_setup_sql_context(
    load_defaults: bool = True, hive_db: str = "dataiku", conf: Optional[dict[str, str]] = None
) -> tuple[SparkContext, SQLContext]:
    """Start the context of the job as its recipe's sample code does; return it with its SQLContext."""
    started = SparkContext.getOrCreate(SparkConf(load_defaults).setAll(list((conf or {}).items())))
    return started, setup_sql_context(started, hive_db, conf)


def setup_sql_context(sc: SparkContext, hive_db: str = "dataiku", conf: Optional[dict[str, str]] = None) -> SQLContext:
    """Return the SQLContext of a context; there is no Hive here, so `hive_db` has no effect."""
    distribute_py_libs(sc)
    session = SparkSession(sc)
    for name, value in (conf or {}).items():
        session.conf.set(name, value)
    return SQLContext(sc, session)


def distribute_py_libs(sc: SparkContext) -> None:
    """Distribute nothing, as everywhere but in the cluster mode of Kubernetes: executors lack the plugin's modules."""
    logger.info("Spark does not run on Kubernetes in cluster mode: not distributing Python libraries")


def _session_of(context: Any) -> SparkSession:
    """Return the session of a SQLContext or the session itself, if the stand-in has started its JVM."""
    session = context if isinstance(context, SparkSession) else getattr(context, "sparkSession", None)
    if not isinstance(session, SparkSession):
        raise DssError(
            f"The SQLContext or SparkSession of the job is needed. Got {type(context).__name__}: a session of Spark "
            f"Connect has no JVM, where the class {_JAVA_CLASS} is looked up."
        )
    jvm: Any = session.sparkContext._jvm
    if not jvm.java.lang.System.getProperty(_JOB_PROPERTY):
        raise DssError(
            f"The class {_JAVA_CLASS} is not found in the JVM of this session: only the session of a PYSPARK recipe "
            "has it, not one that a recipe of kind PYTHON has started."
        )
    return session


def _check_dataframe(df: Any, method: str) -> None:
    if not isinstance(df, DataFrame):
        raise DssError(f"Method {method} expects a Spark DataFrame as argument. You gave a {type(df)}")
    _session_of(df.sparkSession)


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    raise NameNotAvailableError(f"dataiku.spark.{name} is not available in the local stand-in for DSS.")
