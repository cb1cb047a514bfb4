"""States of a training in a folder that all of Spark can reach, from which a job that is run again goes on."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

import numpy as np
from pyspark import RDD

from text_explorer.dss.spark.faults import SPARK_FAULTS, SparkError
from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.shipping import Shipment
from text_explorer.dss.spark.training.part_tasks import in_order, loaded_assignments, stored_assignments
from text_explorer.dss.spark.training.stored_arrays import arrays_of_bytes, arrays_to_bytes

logger = logging.getLogger(__name__)

_PREFIX = "text-explorer-training-"
_DAMAGE = (
    r"ValueError|KeyError|is not a Parquet file|ParquetDecodingException|ChecksumException|does not exist|"
    r"PATH_NOT_FOUND"
)
"""Of the reports of Spark; others, such as lost workers, are no reason to remove a stored state."""

_ROW = "number int, content binary"


class RestartFolder:
    """The stored states of one training: a table of assignments for each, and a file that is written after it.

    Parameters
    ----------
    address
        Of the folder, such as ``hdfs:///tmp/topics``; trainings of other inputs and settings may share it.
    fingerprint
        Of all on which the training depends.
    layout
        For each partition, the numbers of its parts in their order.
    """

    def __init__(
        self, spark: Spark, shipment: Shipment, address: str, fingerprint: str, layout: list[list[int]]
    ) -> None:
        java: Any = spark.context
        self._spark, self._shipment, self._layout = spark, shipment, layout
        self._java_path = java._jvm.org.apache.hadoop.fs.Path
        self._parent, self._address = address, f"{address.rstrip('/')}/{_PREFIX}{fingerprint}"
        try:
            self._files = self._java_path(self._parent).getFileSystem(java._jsc.hadoopConfiguration())
            self._try_writing()
        except SPARK_FAULTS as error:
            raise SparkError(
                f"'Checkpoint folder' is {address}, in which Spark cannot write ({_reason(error)}). Set a folder that "
                "all workers can write to, or clear it to train without."
            ) from error
        self._last: Optional[int] = None

    def _try_writing(self) -> None:
        probe = self._java_path(f"{self._address}-probe")
        self._files.create(probe, True).close()
        self._files.delete(probe, False)

    def newest(self) -> Optional[int]:
        """Return the number of the newest state, None without one; log that there are those of other trainings."""
        heads = [re.fullmatch(r"head-(\d+)", name) for name in self._names(self._address)]
        found = max((int(head[1]) for head in heads if head), default=None)
        own = self._address.rpartition("/")[2]
        others = [name for name in self._names(self._parent) if name.startswith(_PREFIX) and name != own]
        if found is None and others:
            logger.warning(
                "'Checkpoint folder' holds a stopped training of other texts or settings, or of another version of the "
                "plugin: it is ignored. Delete %s if no job is to go on from it.",
                ", ".join(f"{self._parent.rstrip('/')}/{name}" for name in sorted(others)),
            )
        return found

    def write(self, number: int, assigned: RDD[Any], arrays: Mapping[str, np.ndarray]) -> RDD[Any]:
        """Store the assignments of all parts, then what else makes the state; return the assignments as stored."""
        rows = assigned.mapPartitions(self._shipment.task(stored_assignments))
        frame = self._spark.session.createDataFrame(rows, _ROW)
        frame.write.mode("overwrite").parquet(self._path("parts", number))
        with tempfile.NamedTemporaryFile(prefix="text-explorer-") as file:
            file.write(arrays_to_bytes(arrays))
            file.flush()
            source, target = self._java_path(f"file://{file.name}"), self._java_path(self._path("new", number))
            self._files.copyFromLocalFile(False, True, source, target)
        self._files.rename(target, self._java_path(self._path("head", number)))
        if self._last is not None:
            for kind in ("head", "parts"):
                self._delete(self._path(kind, self._last))
        self._last = number
        return self.assignments(number)

    def arrays(self, number: int) -> dict[str, np.ndarray]:
        """Return what was stored beside the assignments; raise ``ValueError`` where the file is damaged."""
        self._last = number
        with tempfile.TemporaryDirectory(prefix="text-explorer-") as folder:
            target = Path(folder) / "head"
            source = self._java_path(self._path("head", number))
            self._files.copyToLocalFile(False, source, self._java_path(f"file://{target}"), True)
            return arrays_of_bytes(target.read_bytes())

    def assignments(self, number: int) -> RDD[Any]:
        """Return the assignments of all parts, in the partitions and the order of the parts."""
        partitions = {part: index for index, numbers in enumerate(self._layout) for part in numbers}
        frame = self._spark.session.read.schema(_ROW).parquet(self._path("parts", number))
        loaded = frame.rdd.mapPartitions(self._shipment.task(loaded_assignments))
        spread = loaded.partitionBy(len(self._layout), lambda part: partitions.get(part, 0))
        return spread.mapPartitionsWithIndex(self._shipment.task(in_order, self._layout))

    def remove(self) -> None:
        """Remove all states of this training."""
        self._delete(self._address)
        self._last = None

    def _path(self, kind: str, number: int) -> str:
        return f"{self._address}/{kind}-{number:06}"

    def _names(self, address: str) -> list[str]:
        path = self._java_path(address)
        if not self._files.exists(path):
            return []
        return [str(status.getPath().getName()) for status in self._files.listStatus(path)]

    def _delete(self, address: str) -> None:
        self._files.delete(self._java_path(address), True)


def _reason(error: BaseException) -> str:
    return str(getattr(error, "java_exception", error)).partition("\n")[0][:200]


def is_damage(error: BaseException) -> bool:
    """Return whether an error of Spark, while a stored state was read, means that its files are damaged."""
    return re.search(_DAMAGE, str(error)) is not None
