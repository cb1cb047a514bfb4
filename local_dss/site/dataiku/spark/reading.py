"""Stored rows as a DataFrame."""

from __future__ import annotations

from functools import partial
from typing import Any

import local_dss_storage.dates
from pyspark import cloudpickle
from pyspark.sql import DataFrame, SparkSession, types

from ..core.dataset import Dataset
from ..core.errors import DssError, storage_faults
from . import on_workers
from .storage_types import to_spark

_register: Any = cloudpickle.register_pickle_by_value
for _module in (on_workers, local_dss_storage.dates):
    _register(_module)
_PARALLEL_TYPE = "HDFS"
_ROWS_A_BLOCK = 10_000


def read_dataframe(session: SparkSession, dataset: Dataset) -> DataFrame:
    """Return a DataFrame of the rows that the job reads; see `dataiku.spark.get_dataframe`."""
    if not dataset.readable:
        raise DssError(f"You cannot read dataset {dataset.name}, it is not declared as an input")
    columns = dataset.read_schema()
    with storage_faults("Failed to read dataset stream data: "):
        paths = [str(path.resolve()) for path in dataset.stored.data_files(dataset.read_partitions)]
    schema = types.StructType([types.StructField(column["name"], to_spark(column)) for column in columns])
    read = partial(on_workers.read_blocks, paths, [_type_on_workers(column) for column in columns])
    blocks: list[on_workers.Block] = [(0, None, True)]
    if dataset.stored.read_definition()["type"] == _PARALLEL_TYPE:
        n_rows = dataset.stored.count_rows(dataset.read_partitions)
        starts = range(0, max(n_rows, 1), _ROWS_A_BLOCK)
        blocks = [(start, start + _ROWS_A_BLOCK, False) for start in starts]
    rows = session.sparkContext.parallelize(blocks, len(blocks)).mapPartitions(read)
    return session.createDataFrame(rows, schema, verifySchema=False)


def _type_on_workers(column: dict[str, Any]) -> str:
    is_nested = isinstance(to_spark(column), (types.ArrayType, types.MapType, types.StructType))
    return f"nested {column['type']}" if is_nested else column["type"]
