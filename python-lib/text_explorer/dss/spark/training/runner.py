"""Train on Spark: an element of an RDD is a part of the corpus, and each partition sums what its parts return.

Spark carries the parts and adds nothing: a part's work is a pure function of the part, the shared state and the seed,
so a task that is run again, on any machine, returns the same bytes, and the sums of integers have no order.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numba
import numpy as np
from pyspark import RDD, Broadcast, StorageLevel

from text_explorer.concurrency.sending import pack, pack_narrow
from text_explorer.dss.spark.faults import SPARK_FAULTS
from text_explorer.dss.spark.preflight import Workers
from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.training.lineage import PASSES_BETWEEN_CUTS, Lineage, new_lineage, one_by_one
from text_explorer.dss.spark.training.part_tasks import (
    Returned,
    add_returned,
    apply_step,
    digest_of_arrays,
    digests,
    opened,
    returned_of,
    unassigned,
)
from text_explorer.dss.spark.training.restart_folder import RestartFolder, is_damage
from text_explorer.topics.models.parts.part import Part
from text_explorer.topics.models.parts.runners import Kept, ResumableEngine, Runner, Shared, Step
from text_explorer.topics.models.parts.statistics import CountsError, Statistics

logger = logging.getLogger(__name__)


_FACTS, _KEPT = "facts.", "kept."
"""Beginnings of the names of arrays in the file of a stored state."""


class SparkRunner(Runner):
    """Works on the parts where Spark holds them; see `Runner`.

    Parameters
    ----------
    parts
        RDD of the numbers and the packed parts, such as `SparkCorpus.parts`. It can be computed again at any time.
    n_parts, n_words
        In all partitions together.
    driver_bytes
        Most that the driver holds of assignments to cut the lineage, where Spark has no folder for checkpoints.
    restart_address
        Folder for states of the training, from which a job that is run again goes on.
    """

    def __init__(
        self, spark: Spark, workers: Workers, parts: RDD[Any], *, n_parts: int, n_words: int, driver_bytes: int,
        restart_address: Optional[str] = None,
    ) -> None:  # fmt: skip
        self.n_parts = n_parts
        self._spark, self._shipment, self._n_words = spark, workers.shipment, n_words
        self._parts = one_by_one(parts).persist(StorageLevel.MEMORY_AND_DISK_DESER)
        self._held: list[RDD[Any]] = [self._unassigned()]  # the assignments now, after those of the sweep before
        self._broadcasts: list[Broadcast[Any]] = []  # since the last cut: Spark may need them to repeat work
        self._restart_address = restart_address
        self._folder: Optional[RestartFolder] = None
        self._lineage = Lineage() if restart_address else new_lineage(spark, workers.shipment, n_words, driver_bytes)
        self._n_applied = 0

    def apply(self, step: Step[Shared], shared: Shared, seed: int) -> Statistics:
        """See `Runner`; one job of Spark."""
        started = time.monotonic()
        broadcast = self._spark.context.broadcast(pack_narrow((step, shared)))
        self._broadcasts.append(broadcast)
        seconds_of_broadcast = time.monotonic() - started
        task = self._shipment.task(apply_step, seed, broadcasts=[broadcast])
        after = one_by_one(self._parts.zip(self._held[-1]).mapPartitions(task))
        after.persist(StorageLevel.MEMORY_AND_DISK_DESER)
        self._lineage.before_job(after)
        packed = after.mapPartitions(self._shipment.task(returned_of))
        try:
            returned = opened(packed.treeReduce(self._shipment.task(add_returned)))
        except BaseException:
            after.unpersist()
            raise
        self._keep(after)
        self._log(seconds_of_broadcast, time.monotonic() - started, returned)
        statistics: Statistics = returned.statistics
        return statistics

    def restore(self, engine: ResumableEngine[Shared], unstarted: Shared, seed: int, kept: Kept) -> Optional[Shared]:
        """See `Runner`; a damaged state is ignored."""
        if self._restart_address is None:
            return None
        self._folder = self._open(self._restart_address, engine, unstarted, seed, kept)
        number = self._folder.newest()
        if number is None:
            return None
        try:
            arrays = self._folder.arrays(number)
            facts = _named(arrays, _FACTS)
            self._held = [one_by_one(self._folder.assignments(number))]
            uncounted = engine.uncounted(unstarted, facts)
            shared = engine.resumed(uncounted, facts, self.apply(engine.recount, uncounted, seed))
            kept.restore(_named(arrays, _KEPT))
        except (ValueError, KeyError, TypeError, CountsError, *SPARK_FAULTS) as error:
            if isinstance(error, SPARK_FAULTS) and not is_damage(error):
                raise
            logger.warning("the stopped training in 'Checkpoint folder' is damaged and ignored (%.200s)", error)
            self._folder.remove()
            self._replace_held([self._unassigned()])
            return None
        self._n_applied = number
        logger.info("the training goes on from pass %s of a stopped job with the same texts and settings", number)
        return shared

    def store(self, engine: ResumableEngine[Shared], shared: Shared, kept: Kept) -> None:
        """See `Runner`; every ten passes, which also cuts the lineage."""
        if self._folder is None or self._n_applied % PASSES_BETWEEN_CUTS:
            return
        arrays = {_FACTS: engine.facts(shared), _KEPT: kept.arrays()}
        named = {f"{group}{name}": array for group, values in arrays.items() for name, array in values.items()}
        stored = self._folder.write(self._n_applied, self._held[-1], named)
        self._replace_held([one_by_one(stored)])
        self._destroy_broadcasts()

    def _open(
        self, address: str, engine: ResumableEngine[Shared], unstarted: Shared, seed: int, kept: Kept
    ) -> RestartFolder:
        """Return the folder of a training of these documents and settings by this package and its libraries."""
        partitions = self._parts.mapPartitions(self._shipment.task(digests)).collect()
        facts = {
            "package": self._shipment.content_hash, "libraries": f"{np.__version__} {numba.__version__}",
            "engine": repr(engine), "seed": str(seed), "n_iterations": str(kept.n_iterations),
            "parts": str(sorted(part for partition in partitions for part in partition)),
            "unstarted": digest_of_arrays(vars(unstarted)),
        }  # fmt: skip
        layout = [[number for number, _ in partition] for partition in partitions]
        fingerprint = hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()[:32]
        return RestartFolder(self._spark, self._shipment, address, fingerprint, layout)

    def _unassigned(self) -> RDD[Any]:
        return one_by_one(self._parts.mapPartitions(self._shipment.task(unassigned)))

    def finish(self) -> None:
        """Remove stored states, which a finished training does not need."""
        if self._folder is not None:
            self._folder.remove()

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
        self._replace_held(self._held[-2:] if rebuilt is None else [rebuilt])
        if rebuilt is not None:
            # A checkpoint still names the step it comes from, with its broadcast.
            self._destroy_broadcasts(n_kept=int(rebuilt is after))

    def _replace_held(self, kept: list[RDD[Any]]) -> None:
        for old in self._held:
            if all(old is not rdd for rdd in kept):
                old.unpersist()
        self._held = kept

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


def _named(arrays: Mapping[str, np.ndarray], group: str) -> dict[str, np.ndarray]:
    return {name[len(group) :]: array for name, array in arrays.items() if name.startswith(group)}


def rdd_of_parts(spark: Spark, parts: Sequence[Part], n_partitions: Optional[int] = None) -> RDD[Any]:
    """Return parts that the driver holds as an RDD of their numbers and packed parts."""
    packed = [(part.number, pack(part)) for part in parts]
    return spark.context.parallelize(packed, n_partitions or min(len(packed), spark.n_slots))
