"""See whether Spark's workers can do the work, before any: their Python, libraries and copy of this package."""

from __future__ import annotations

import logging
import platform
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Callable, Optional

from text_explorer import __version__
from text_explorer.dss.spark.faults import ASK_FOR_IMAGE, SPARK_FAULTS, SparkError, configuration_in_words, sentence_of
from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.shipping import Shipment, ship

logger = logging.getLogger(__name__)

LIBRARIES = ("numpy", "numba", "scipy", "regex", "PyStemmer", "simplemma", "pyicu-wheels", "stopwordsiso", "py3langid")
"""What reading words and sampling topics take; another version of one could read other words."""

FRAME_LIBRARIES = ("pandas", "pyarrow")
"""Needed besides where rows are worked on as pandas frames."""

PATIENCE = 120.0
"""Seconds without an answer after which the log says what may be missing."""


@dataclass(frozen=True)
class Workers:
    """What is known of the workers."""

    shipment: Shipment
    hosts: tuple[str, ...]
    free_bytes: Optional[int]  # memory of the host that has least, None where it cannot be read


def check_workers(spark: Spark, *, libraries: Sequence[str] = LIBRARIES) -> Workers:
    """Send the package to the workers and ask one task per slot what it finds there.

    Raises
    ------
    SparkError
        One sentence with all that is missing or different, where, and what to do.
    """
    shipment = ship(spark.context)
    expected = {"python": _minor(platform.python_version()), "text_explorer": __version__}
    expected |= {name: version(name) for name in libraries}
    slow = threading.Timer(PATIENCE, _log_waiting, [spark])
    slow.daemon = True
    slow.start()
    try:
        slots = spark.context.parallelize(range(spark.n_slots), spark.n_slots)
        answers = slots.mapPartitions(_probe(shipment, tuple(libraries))).collect()
    except SPARK_FAULTS as error:
        sentence = sentence_of(error, spark.configuration)
        if sentence is None:
            raise
        raise SparkError(sentence) from error
    finally:
        slow.cancel()
    faults = list(_faults(answers, expected))
    if faults:
        advice = ASK_FOR_IMAGE.format(configuration=configuration_in_words(spark.configuration))
        raise SparkError(f"Spark's workers cannot run this recipe: {'; '.join(faults)}. {advice}")
    hosts = tuple(sorted({answer["host"] for answer in answers}))
    free = min((answer["free"] for answer in answers if answer["free"] is not None), default=None)
    logger.info("Spark's workers are ready: %s tasks at a time on %s", spark.n_slots, ", ".join(hosts))
    return Workers(shipment, hosts, free)


def _minor(python: str) -> str:
    return ".".join(python.split(".")[:2])


def _log_waiting(spark: Spark) -> None:
    logger.warning(
        "Spark has not run a first task for %.0f s. Its machines may be busy or fewer than %s asks for; the "
        "cluster's own pages show what it waits for.", PATIENCE, configuration_in_words(spark.configuration),
    )  # fmt: skip


def _probe(shipment: Shipment, libraries: tuple[str, ...]) -> Callable[[Iterable[int]], Iterator[dict[str, Any]]]:
    """Return the task, which needs nothing but Python itself."""
    prepare = shipment._prepare

    def probe(slots: Iterable[int]) -> Iterator[dict[str, Any]]:
        import contextlib  # noqa: PLC0415 - on the worker
        import os  # noqa: PLC0415
        import platform  # noqa: PLC0415
        import socket  # noqa: PLC0415
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

        found: dict[str, Any] = {"python": ".".join(platform.python_version().split(".")[:2])}
        for name in libraries:
            try:
                found[name] = version(name)
            except PackageNotFoundError:
                found[name] = None
        prepare()
        import text_explorer  # noqa: PLC0415

        found["text_explorer"] = text_explorer.__version__
        free = None
        with contextlib.suppress(ValueError, OSError, AttributeError):
            free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        with contextlib.suppress(OSError, StopIteration), open("/proc/meminfo") as facts:
            # Memory that only holds copies of files is free as well.
            free = next(int(line.split()[1]) * 1024 for line in facts if line.startswith("MemAvailable:"))
        for _ in slots:
            yield {"host": socket.gethostname(), "found": found, "free": free}

    return probe


def _faults(answers: Sequence[Mapping[str, Any]], expected: Mapping[str, str]) -> Iterator[str]:
    """Yield what is missing, then what differs from the driver, each with the hosts where it is so."""
    hosts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for answer in answers:
        found = answer["found"]
        missing = ", ".join(name for name in expected if found[name] is None)
        if missing:
            hosts[missing, "missing"].add(answer["host"])
        for name, wanted in expected.items():
            if found[name] not in {wanted, None}:
                hosts[name, f"{found[name]} instead of {wanted}"].add(answer["host"])
    for (name, fault), where in hosts.items():
        yield (
            f"{fault}: {name} on {', '.join(sorted(where))}"
            if fault == "missing"
            else (f"{name} {fault} on {', '.join(sorted(where))}")
        )
