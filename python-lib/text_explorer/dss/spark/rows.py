"""Work on rows one batch after the other, in Spark's workers, and write them with what they got."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Callable, Protocol, TypeVar

import dataiku
from pyspark import RDD, Broadcast, StorageLevel
from pyspark.sql import DataFrame, functions, types

from text_explorer.columns import Column, schema_of
from text_explorer.concurrency.sending import unpack
from text_explorer.dss.batches.spark_rows import RowFormat
from text_explorer.dss.io.datasets import AddedColumns, write_rows
from text_explorer.dss.spark.describing.count_tasks import add_counts
from text_explorer.dss.spark.faults import explain_spark_faults
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.session import Spark, read_frame, start_spark
from text_explorer.dss.spark.shipping import Shipment

logger = logging.getLogger(__name__)

_TYPES: dict[str, types.DataType] = {
    "string": types.StringType(), "bigint": types.LongType(), "double": types.DoubleType(),
    "boolean": types.BooleanType(),
}  # fmt: skip


class RowCounts(Protocol):
    """Counts of rows that can be added up."""

    @property
    def n_rows(self) -> int:
        """Number of rows."""

    def merge(self, other: Any) -> None:
        """Add the counts of other rows."""


Counts = TypeVar("Counts", bound=RowCounts)


class SparkRows:
    """The rows of a dataset of the recipe, to be worked on by Spark's workers."""

    def __init__(self, spark: Spark, shipment: Shipment, name: str, schema: Sequence[Mapping[str, Any]]):
        self._spark, self.shipment, self._schema = spark, shipment, schema
        frame = read_frame(spark, name)
        self._frame = frame.toDF(*[f"c{position}" for position in range(len(schema))])

    def row_format(self, read: Sequence[str], added: Sequence[Column], further: Sequence[Column] = ()) -> RowFormat:
        """Return how workers read the rows; names that are no column are left out."""
        names, kinds = (tuple(column[key] for column in self._schema) for key in ("name", "type"))
        kinds = tuple(
            "date" if isinstance(field.dataType, types.TimestampType) else kind
            for field, kind in zip(self._frame.schema.fields, kinds)
        )
        return RowFormat(names, kinds, tuple(name for name in read if name in names), tuple(added), tuple(further))

    def rdd(self) -> RDD[Any]:
        """Return the rows as tuples, moments in microseconds, spread over all workers."""
        cells = [
            functions.expr(f"unix_micros({field.name})") if _is_moment(field) else functions.col(field.name)
            for field in self._frame.schema.fields
        ]
        return self._spread(self._frame.select(*cells))

    def column(self, name: str) -> RDD[Any]:
        """Return the rows with one column only, spread over all workers."""
        position = [column["name"] for column in self._schema].index(name)
        return self._spread(self._frame.select(f"c{position}"))

    def _spread(self, frame: DataFrame) -> RDD[Any]:
        if frame.rdd.getNumPartitions() < self._spark.n_slots:
            frame = frame.repartition(self._spark.default_partitions)
        rows: RDD[Any] = frame.rdd
        return rows if rows.getNumPartitions() else self._spark.context.parallelize([], 1)

    def broadcast(self, value: Any) -> Broadcast[Any]:
        """Send a value to all workers once."""
        return self._spark.context.broadcast(value)

    def frame_of(self, rows: RDD[Any], added: AddedColumns) -> DataFrame:
        """Return rows with their added columns as a data frame."""
        known = self._frame.schema.fields
        kept = [types.StructField(field.name, _type_in_python(field)) for field in known]
        fields = [*kept, *_fields(added.schema[len(known) :])]
        frame = self._spark.session.createDataFrame(rows, types.StructType(fields), verifySchema=False)
        cells = [f"timestamp_micros({field.name})" if _is_moment(field) else field.name for field in known]
        added_cells = [f"`{field.name}`" for field in fields[len(known) :]]
        return frame.selectExpr(*cells, *added_cells)

    def frame_of_columns(self, rows: RDD[Any], columns: Sequence[Column]) -> DataFrame:
        """Return rows of given columns as a data frame."""
        schema = types.StructType(_fields(schema_of(columns)))
        return self._spark.session.createDataFrame(rows, schema, verifySchema=False)


@contextmanager
def rows_on_spark(name: str, schema: Sequence[Mapping[str, Any]], *, libraries: Sequence[str]) -> Iterator[SparkRows]:
    """Start Spark, check that its workers can do the work, and yield the rows of a dataset.

    Faults of Spark with a known cause are raised as a `SparkError`, here and in the block.
    """
    spark = start_spark()
    with explain_spark_faults(spark.configuration):
        workers = check_workers(spark, libraries=libraries)
        yield SparkRows(spark, workers.shipment, name, schema)


class WorkedRows:
    """Rows that Spark's workers have worked on, kept on them until all is written.

    The work is done once, by `merge_counts`: before it has succeeded, nothing is written.
    """

    def __init__(self, rows: SparkRows, task: Callable[..., Any]):
        self._rows = rows
        self._batches = rows.rdd().mapPartitions(task).persist(StorageLevel.MEMORY_AND_DISK)
        self._n_rows = 0

    def merge_counts(self, counts: Counts) -> Counts:
        """Do the work, and return the counts with those of all batches merged into them."""
        self._batches.count()
        for content in self._batches.map(itemgetter(2)).toLocalIterator():
            counts.merge(unpack(content))
        self._n_rows = counts.n_rows
        return counts

    def sum_of_counts(self) -> RowCounts:
        """Do the work, and return the sum of the counts of all partitions, which the workers add up."""
        packed = self._batches.flatMap(lambda batch: [batch[2]] if batch[2] else [])
        total: RowCounts = unpack(packed.treeReduce(self._rows.shipment.task(add_counts)))
        self._n_rows = total.n_rows
        return total

    def write(self, name: str, output: AddedColumns) -> None:
        """Write the rows with their added columns."""
        self._write(name, output.schema, lambda: self._rows.frame_of(self._batches.flatMap(itemgetter(0)), output))

    def write_further(self, name: str, columns: Sequence[Column]) -> None:
        """Write the rows of the second dataset."""
        rows = self._batches.flatMap(itemgetter(1))
        self._write(name, schema_of(columns), lambda: self._rows.frame_of_columns(rows, columns))

    def close(self) -> None:
        """Free what the workers keep."""
        self._batches.unpersist()

    def _write(self, name: str, schema: Sequence[Mapping[str, Any]], frame: Callable[[], DataFrame]) -> None:
        if self._n_rows == 0:  # Spark of older versions of DSS cannot write a frame without rows
            write_rows(name, schema, [])
            return
        dataset = dataiku.Dataset(name)
        dataset.write_schema([dict(column) for column in schema])
        named = frame().toDF(*[column["name"] for column in schema])
        importlib.import_module("dataiku.spark").write_dataframe(dataset, named)


def _is_moment(field: types.StructField) -> bool:
    return isinstance(field.dataType, types.TimestampType)


def _type_in_python(field: types.StructField) -> types.DataType:
    """Return the type of a column in Python: moments are microseconds, since Python's local time is ambiguous."""
    return types.LongType() if _is_moment(field) else field.dataType


def _fields(schema: Sequence[Mapping[str, Any]]) -> list[types.StructField]:
    return [types.StructField(f"a{position}", _TYPES[column["type"]]) for position, column in enumerate(schema)]
