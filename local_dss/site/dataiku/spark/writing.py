"""DataFrames as stored rows: every task writes a file of its own, and all become visible at once."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from local_dss_storage.datasets import NOT_PARTITIONED
from local_dss_storage.rows import RowWriter, read_rows
from pyspark.sql import Column, DataFrame, functions

from ..core.dataset import Dataset
from ..core.errors import DssError
from . import on_workers, reading  # noqa: F401, reading registers what is sent to workers
from .storage_types import to_columns

_NESTED = ("array", "map", "object")


def write_rows(dataset: Dataset, df: DataFrame, *, append: bool) -> None:
    """Write the rows of a DataFrame; after a fault, none are there but those of before an append."""
    columns = _matching_columns(dataset, df)
    partition = dataset.writePartition or NOT_PARTITIONED
    if dataset.stored.dimensions() and not dataset.writePartition:
        raise DssError(f"Dataset {dataset.full_name} is partitioned: set the partition to write.")
    append = append or bool(dataset.spec_item.get("appendMode"))
    writer = dataset.stored.open_writer(partition, append=append)
    folder = Path(tempfile.mkdtemp(prefix=".spark-", dir=dataset.stored.data_folder)).resolve()
    try:
        _write_parts(df, columns, folder, writer)
        writer.close()
    finally:
        writer.abandon()
        shutil.rmtree(folder)


def _write_parts(df: DataFrame, columns: list[dict[str, Any]], folder: Path, writer: RowWriter) -> None:
    numbered = df.toDF(*[f"c{position}" for position in range(len(columns))])  # names may differ in case alone
    plain = numbered.select(*[_plain(f"c{position}", column["type"]) for position, column in enumerate(columns)])
    write = partial(on_workers.write_part, str(folder), [column["type"] for column in columns])
    for name in plain.rdd.mapPartitions(write).collect():  # a task that ran twice has written two files, and names one
        for row in read_rows([folder / name]):
            writer.write(row)


def _matching_columns(dataset: Dataset, df: DataFrame) -> list[dict[str, Any]]:
    """Return the columns of a DataFrame after a check that they are those of the dataset's schema."""
    columns = to_columns(df.schema)
    written, known = ([column["name"] for column in of] for of in (columns, dataset.read_schema()))
    if written != known:
        raise DssError(
            f"The DataFrame has the columns {', '.join(written)} but the schema of {dataset.full_name} has "
            f"{', '.join(known)}: write the schema first."
        )
    return columns


def _plain(name: str, storage_type: str) -> Column:
    """Return what a column is to Python workers: a moment as its microseconds, a nested cell as JSON."""
    if storage_type == "date":
        return functions.expr(f"unix_micros({name})")
    return functions.to_json(name) if storage_type in _NESTED else functions.col(name)
