"""Cut the lineage of a training, the list of steps by which Spark computes lost data again, before it becomes long."""

from __future__ import annotations

import logging
from typing import Any, Optional

from pyspark import RDD
from pyspark.serializers import BatchedSerializer, CPickleSerializer

from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.shipping import Shipment
from text_explorer.dss.spark.training.part_tasks import collected, spread

logger = logging.getLogger(__name__)

PASSES_BETWEEN_CUTS = 10
"""A lost executor costs at most this number of passes."""

BYTES_PER_WORD = 2
SHARE_OF_HEAP = 0.3
"""Part of the memory of the driver's Java that assignments may fill: they pass through it on their way."""


class Lineage:
    """No cuts: Spark keeps all steps."""

    def __init__(self) -> None:
        self._n_passes = 0

    @property
    def _is_due(self) -> bool:
        return self._n_passes % PASSES_BETWEEN_CUTS == 0

    def before_job(self, after: RDD[Any]) -> None:
        """Prepare a cut at the assignments after a pass, before the job that computes them."""
        self._n_passes += 1

    def after_job(self, after: RDD[Any]) -> Optional[RDD[Any]]:
        """Return the same assignments with a short lineage, None where there was no cut."""
        return None

    def close(self) -> None:
        """Remove files."""


class Checkpoints(Lineage):
    """Spark writes the assignments to its folder for checkpoints."""

    def __init__(self, spark: Spark) -> None:
        super().__init__()
        self._spark = spark
        self._last: Optional[str] = None

    def before_job(self, after: RDD[Any]) -> None:
        """See `Lineage`."""
        super().before_job(after)
        if self._is_due:
            after.checkpoint()

    def after_job(self, after: RDD[Any]) -> Optional[RDD[Any]]:
        """See `Lineage`."""
        if not self._is_due or not after.isCheckpointed():
            return None
        self.close()
        self._last = after.getCheckpointFile()
        return after

    def close(self) -> None:
        """Remove the files of the last checkpoint."""
        if self._last is not None:
            java: Any = self._spark.context
            path = java._jvm.org.apache.hadoop.fs.Path(self._last)
            path.getFileSystem(java._jsc.hadoopConfiguration()).delete(path, True)
            self._last = None


class DriverCopies(Lineage):
    """The driver collects the assignments, and sends them out again."""

    def __init__(self, spark: Spark, shipment: Shipment) -> None:
        super().__init__()
        self._spark, self._shipment = spark, shipment

    def after_job(self, after: RDD[Any]) -> Optional[RDD[Any]]:
        """See `Lineage`."""
        if not self._is_due:
            return None
        partitions = after.mapPartitions(self._shipment.task(collected)).collect()
        sent = self._spark.context.parallelize(partitions, len(partitions))
        return one_by_one(sent.mapPartitions(self._shipment.task(spread)))


def one_by_one(rdd: RDD[Any]) -> RDD[Any]:
    """Return an RDD whose elements Spark holds one by one, as `RDD.zip` needs them, not in batches."""
    make_serializer: Any = BatchedSerializer
    return rdd._reserialize(make_serializer(CPickleSerializer(), 1))


def new_lineage(spark: Spark, shipment: Shipment, n_words: int, driver_bytes: int) -> Lineage:
    """Choose how to cut the lineage, and log it; see `SparkRunner`."""
    if spark.context.getCheckpointDir() is not None:
        return Checkpoints(spark)
    needed = n_words * BYTES_PER_WORD
    java: Any = spark.context._jvm
    heap = int(java.java.lang.Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP)
    if needed <= min(driver_bytes, heap):
        return DriverCopies(spark, shipment)
    logger.warning(
        "Spark has no folder for checkpoints, and the topics of all words, %s MB, are more than the driver may hold "
        "(%s MB by 'Driver memory for assignments', %s MB by spark.driver.memory). So the training goes on without: "
        "it uses more disk with each pass, and a lost executor costs all passes before. Set 'Checkpoint folder'.",
        *(f"{n_bytes // 2**20:,}" for n_bytes in (needed, driver_bytes, heap)),
    )
    return Lineage()
