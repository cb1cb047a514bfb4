"""The memory a training on Spark needs, and what the configuration allows: refused before the first pass."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Optional

from text_explorer.dss.spark.faults import SparkError, configuration_in_words
from text_explorer.dss.spark.preflight import Workers
from text_explorer.dss.spark.session import Spark

logger = logging.getLogger(__name__)

MEBIBYTE = 2**20

WORKER_BYTES = 300 * MEBIBYTE
"""Python with numpy, numba and scipy."""

COPIES_OF_COUNTS = 4
"""Tables of counts in a worker: those of all parts, the changes of one part, their sum, and its packed bytes."""

COPIES_OF_CORPUS = 3
"""In a worker whose chain takes all documents: as they arrive, as bytes of the broadcast, and at work."""

COPIES_OF_STARTS = 2
"""In a worker that divides the documents: keys and first topics of all documents, as they arrive and at work."""

BYTES_PER_WORD = 24
"""Of a part in work: term ids and topics, twice, and packed."""

LEAST_OVERHEAD, SHARE_OVERHEAD, SHARE_OVERHEAD_KUBERNETES = 384 * MEBIBYTE, 0.1, 0.4
"""Spark's own defaults of spark.executor.memoryOverhead, of the executor's memory."""

_UNITS = {"": MEBIBYTE, "b": 1, "k": 2**10, "m": MEBIBYTE, "g": 2**30, "t": 2**40}


@dataclass(frozen=True)
class Limit:
    """Memory a Python worker may use, and the property that sets it."""

    n_bytes: int
    source: str


def check_memory(
    spark: Spark, workers: Workers, counts_bytes: int, words_of_part: int, *, starts_bytes: int = 0,
    several_sweeps: bool = False,
) -> None:  # fmt: skip
    """Log the memory a worker and the driver need; raise ``SparkError`` with the numbers where there is less.

    `counts_bytes` is the size of the table of topics and terms, `words_of_part` the number of words of a part,
    `starts_bytes` the size of the first topics of all documents, where there are some. With several sweeps between
    sums, a worker has the table of its own counts as well.
    """
    needed = WORKER_BYTES + (COPIES_OF_COUNTS + several_sweeps) * counts_bytes + BYTES_PER_WORD * words_of_part
    needed += COPIES_OF_STARTS * starts_bytes
    limit = worker_limit(spark, workers)
    logger.info(
        "counts of topics and terms: %s MB; a Python worker needs about %s MB, and may use %s",
        _mb(counts_bytes), _mb(needed), "an unknown amount" if limit is None else f"{_mb(limit.n_bytes)} MB",
    )  # fmt: skip
    named = configuration_in_words(spark.configuration)
    fewer = "lower 'Number of topics' or 'Maximum number of terms'"
    if limit is not None and needed > limit.n_bytes:
        raise SparkError(
            f"Each of Spark's Python workers would need about {_mb(needed)} MB, since the counts of all topics and "
            f"terms have {_mb(counts_bytes)} MB, but may use {_mb(limit.n_bytes)} MB ({limit.source}). Raise it or "
            f"lower spark.executor.cores in {named}, or {fewer}."
        )
    returned = counts_bytes * min(spark.n_slots, 2 * int(spark.n_slots**0.5) + 1)
    allowed = bytes_of(spark.context.getConf().get("spark.driver.maxResultSize", "1g") or "1g")
    if 0 < allowed < returned:
        raise SparkError(
            f"Spark's workers would return about {_mb(returned)} MB of counts to the driver at a time, but "
            f"spark.driver.maxResultSize allows {_mb(allowed)} MB. Raise it in {named}, or {fewer}."
        )


def check_chain_memory(spark: Spark, workers: Workers, corpus_bytes: int, counts_bytes: int) -> None:
    """Log the memory a worker needs that holds the whole corpus; raise ``SparkError`` where there is less."""
    needed = WORKER_BYTES + COPIES_OF_CORPUS * corpus_bytes + COPIES_OF_COUNTS * counts_bytes
    limit = worker_limit(spark, workers)
    logger.info(
        "documents and their vectors: %s MB; a Python worker needs about %s MB, and may use %s",
        _mb(corpus_bytes), _mb(needed), "an unknown amount" if limit is None else f"{_mb(limit.n_bytes)} MB",
    )  # fmt: skip
    if limit is not None and needed > limit.n_bytes:
        raise SparkError(
            f"With an 'Embedding column', each of Spark's Python workers holds all documents and their vectors, "
            f"{_mb(corpus_bytes)} MB, and would need about {_mb(needed)} MB, but may use {_mb(limit.n_bytes)} MB "
            f"({limit.source}). Raise it or lower spark.executor.cores in "
            f"{configuration_in_words(spark.configuration)}, use 'Discover topics' on a machine with that much memory, "
            "or clear 'Embedding column'."
        )


def worker_limit(spark: Spark, workers: Workers) -> Optional[Limit]:
    """Return what a Python worker may use: that of its executor, divided by the tasks at a time; None if unknown."""
    conf = spark.context.getConf()
    cores = int(conf.get("spark.executor.cores", "1") or 1)
    own = conf.get("spark.executor.pyspark.memory")
    if own:
        return Limit(bytes_of(own) // cores, "spark.executor.pyspark.memory")
    if re.match(r"k8s:|yarn", spark.master):
        share = SHARE_OVERHEAD_KUBERNETES if spark.master.startswith("k8s:") else SHARE_OVERHEAD
        automatic = max(int(share * bytes_of(conf.get("spark.executor.memory", "1g") or "1g")), LEAST_OVERHEAD)
        given = conf.get("spark.executor.memoryOverhead")
        return Limit((bytes_of(given) if given else automatic) // cores, "spark.executor.memoryOverhead")
    if workers.free_bytes is None:
        return None
    tasks_of_host = -(-spark.n_slots // max(len(workers.hosts), 1))
    return Limit(workers.free_bytes // tasks_of_host, "free memory of the machine")


def bytes_of(text: str) -> int:
    """Return the bytes of a size as Spark writes it, such as 512m; without a unit, mebibytes."""
    match = re.fullmatch(r"(\d+)\s*([bkmgt]?)b?", text.strip().lower())
    if match is None:
        raise ValueError(f"{text!r} is not a size such as 512m or 4g.")
    return int(match[1]) * _UNITS[match[2]]


def _mb(n_bytes: int) -> str:
    return f"{n_bytes / MEBIBYTE:,.0f}"
