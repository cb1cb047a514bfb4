"""Train on Spark: an element of an RDD is a part of the corpus, and each partition sums what its parts return.

Spark carries the parts and adds nothing: a part's work is a pure function of the part, the shared state and the seed,
so a task that is run again, on any machine, returns the same bytes, and the sums of integers have no order.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any, Optional

from pyspark import RDD, Broadcast, StorageLevel

from text_explorer.concurrency.sending import pack, pack_narrow
from text_explorer.dss.spark.preflight import Workers
from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.training.lineage import Lineage, new_lineage, one_by_one
from text_explorer.dss.spark.training.part_tasks import (
    Returned,
    add_returned,
    apply_step,
    opened,
    returned_of,
    unassigned,
)
from text_explorer.topics.models.parts.part import Part
from text_explorer.topics.models.parts.runners import Runner, Shared, Step
from text_explorer.topics.models.parts.statistics import Statistics

logger = logging.getLogger(__name__)


class SparkRunner(Runner):
    """Works on the parts where Spark holds them; see `Runner`.

    Parameters
    ----------
    parts
        RDD of the numbers and the packed parts; see `rdd_of_parts`. It can be computed again at any time.
    n_parts, n_words
        In all partitions together.
    driver_bytes
        Most that the driver holds of assignments to cut the lineage, where Spark has no folder for checkpoints.
    """

    def __init__(
        self, spark: Spark, workers: Workers, parts: RDD[Any], *, n_parts: int, n_words: int, driver_bytes: int
    ) -> None:
        self.n_parts = n_parts
        self._spark, self._shipment, self._n_words = spark, workers.shipment, n_words
        self._parts = one_by_one(parts).persist(StorageLevel.MEMORY_AND_DISK_DESER)
        start = one_by_one(self._parts.mapPartitions(workers.shipment.task(unassigned)))
        self._held: list[RDD[Any]] = [start]  # the assignments now, after those of the sweep before
        self._broadcasts: list[Broadcast[Any]] = []  # since the last cut: Spark may need them to repeat work
        self._lineage: Lineage = new_lineage(spark, workers.shipment, n_words, driver_bytes)
        self._n_applied = 0

    def apply(self, step: Step[Shared], shared: Shared, seed: int) -> Statistics:
        """See `Runner`; one job of Spark."""
        started = time.monotonic()
        broadcast = self._spark.context.broadcast(pack_narrow((step, shared)))
        seconds_of_broadcast = time.monotonic() - started
        task = self._shipment.task(apply_step, seed, broadcasts=[broadcast])
        after = one_by_one(self._parts.zip(self._held[-1]).mapPartitions(task))
        after.persist(StorageLevel.MEMORY_AND_DISK_DESER)
        self._lineage.before_job(after)
        packed = after.mapPartitions(self._shipment.task(returned_of))
        returned = opened(packed.treeReduce(self._shipment.task(add_returned)))
        self._broadcasts.append(broadcast)
        self._keep(after)
        self._log(seconds_of_broadcast, time.monotonic() - started, returned)
        statistics: Statistics = returned.statistics
        return statistics

    def close(self) -> None:
        """Free what Spark holds of the training."""
        for held in (*self._held, self._parts):
            held.unpersist()
        self._destroy_broadcasts()
        self._lineage.close()

    def _keep(self, after: RDD[Any]) -> None:
        """Free the sweep before last, and cut the lineage where it has become long."""
        self._n_applied += 1
        self._held.append(after)
        rebuilt = self._lineage.after_job(after)
        kept = self._held[-2:] if rebuilt is None else [rebuilt]
        for old in self._held:
            if all(old is not rdd for rdd in kept):
                old.unpersist()
        self._held = kept
        if rebuilt is not None:
            # A checkpoint still names the step it comes from, with its broadcast.
            self._destroy_broadcasts(n_kept=int(rebuilt is after))

    def _destroy_broadcasts(self, n_kept: int = 0) -> None:
        n_old = len(self._broadcasts) - n_kept
        for broadcast in self._broadcasts[:n_old]:
            broadcast.destroy()
        del self._broadcasts[:n_old]

    def _log(self, broadcast: float, total: float, returned: Returned) -> None:
        tasks = returned.partition_seconds
        logger.info(
            "pass %s on Spark: %.1f s, %s words/s; sending %.1f s, tasks %.1f s, sums and waiting %.1f s; slowest part "
            "%s: %.1f s",
            self._n_applied, total, f"{self._n_words / max(total, 1e-9):,.0f}", broadcast, tasks,
            max(total - broadcast - tasks, 0.0), returned.slowest_part, returned.part_seconds,
        )  # fmt: skip


def rdd_of_parts(spark: Spark, parts: Sequence[Part], n_partitions: Optional[int] = None) -> RDD[Any]:
    """Return parts that the driver holds as an RDD of their numbers and packed parts."""
    packed = [(part.number, pack(part)) for part in parts]
    return spark.context.parallelize(packed, n_partitions or min(len(packed), spark.n_slots))
