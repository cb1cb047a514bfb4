"""Train GSDMM on words and vectors on Spark: a chain takes the corpus whole, so each start is a task of its own.

A chain draws one document after the other, given all others, and so cannot be divided into parts without another
result. The best of the short chains goes on in one task. Each task returns what the same chain returns on one machine.
"""

from __future__ import annotations

import logging
import time
from typing import Any, NamedTuple, Optional

import numpy as np
from pyspark import StorageLevel

from text_explorer.concurrency.sending import pack, unpack
from text_explorer.dss.spark.preflight import Workers
from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.training.memory import check_chain_memory
from text_explorer.topics.models.meaning.sampler import STARTS, MeaningSampler, MeaningState, go_on, short_chain

logger = logging.getLogger(__name__)


class _Task(NamedTuple):
    """What all chains know."""

    sampler: MeaningSampler
    n_iterations: int
    seed_counts: Optional[np.ndarray]
    first_topics: Optional[np.ndarray]


def run_short_chain(task: _Task, number: int) -> tuple[int, float, bytes]:
    """Return the number of a chain, its log joint probability and its state; run by a worker."""
    state, log_joint = short_chain(task.sampler, task.n_iterations, number, task.seed_counts, task.first_topics)
    return number, log_joint, pack(state)


def run_best_chain(task: _Task, chain: tuple[int, float, bytes]) -> bytes:
    """Return the most likely final state of a chain; run by a worker."""
    return pack(go_on(task.sampler, unpack(chain[2]), task.n_iterations))


class SparkChains:
    """Runs the chains of a training on the workers; see `RunChains`."""

    def __init__(self, spark: Spark, workers: Workers) -> None:
        self._spark, self._workers = spark, workers

    def __call__(
        self,
        sampler: MeaningSampler,
        n_iterations: int,
        seed_counts: Optional[np.ndarray],
        first_topics: Optional[np.ndarray],
    ) -> tuple[MeaningState, list[float]]:
        """Run the short chains side by side, then go on with the best."""
        check_chain_memory(self._spark, self._workers, sampler.nbytes, sampler.nbytes_of_counts)
        started = time.monotonic()
        task = self._workers.shipment.task
        broadcast = self._spark.context.broadcast(_Task(sampler, n_iterations, seed_counts, first_topics))
        numbers = self._spark.context.parallelize(range(STARTS), STARTS)
        chains = numbers.map(task(run_short_chain, broadcasts=[broadcast])).persist(StorageLevel.MEMORY_AND_DISK)
        try:
            log_joints = [log_joint for _, log_joint in sorted(chains.map(lambda chain: chain[:2]).collect())]
            best = int(np.argmax(log_joints))
            logger.info("%s chains on Spark: %.1f s; chain %s goes on", STARTS, time.monotonic() - started, best)
            own: Any = chains.filter(lambda chain: chain[0] == best)
            (content,) = own.map(task(run_best_chain, broadcasts=[broadcast])).collect()
        finally:
            chains.unpersist()
            broadcast.destroy()
        logger.info("GSDMM of words and meaning on Spark: %.1f s", time.monotonic() - started)
        state: MeaningState = unpack(content)
        return state, log_joints
