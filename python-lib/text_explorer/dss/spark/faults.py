"""Faults of Spark in sentences for people: it reports them inside pages of Java."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Optional

from py4j.protocol import Py4JError

from text_explorer.errors import DataError, SettingsError

_OF_PYSPARK: type[Exception] = importlib.import_module("pyspark.sql.utils").CapturedException
"""In this module in all versions of Spark, though it is documented elsewhere since 3.4."""

SPARK_FAULTS = (Py4JError, _OF_PYSPARK)
"""What PySpark raises: errors of Java as they are, and those that it words itself."""

ASK_FOR_IMAGE = (
    "Ask your administrator to build the plugin's code environment for {configuration} (code environment, "
    "Containerized execution), or select another Spark configuration."
)

_FAULTS = (
    (r"Python in worker has different version \(?(.+?)\)? than that in driver (\d+\.\d+)", "version"),
    (r"No module named '([\w.]+)'", "module"),
    (r"Cannot run program \"([^\"]+)\"", "program"),
    (r"(MemoryError|OutOfMemoryError|OOM|exit code 137|exceeding (?:physical )?memory limits)", "memory"),
    (r"CountsError: ([^\n]+)", "counts"),
    (r"maxResultSize \(([^)]+)\)", "results"),
    (r"(ExecutorLostFailure|Master removed our application|All masters are unresponsive)", "lost"),
)


class SparkError(RuntimeError):
    """Raised where Spark or its workers cannot do the work; the message says what to do."""


def configuration_in_words(configuration: Optional[str]) -> str:
    """Return how a sentence names the Spark configuration."""
    return f"the Spark configuration '{configuration}'" if configuration else "the recipe's Spark configuration"


def sentence_of(error: BaseException, configuration: Optional[str] = None) -> Optional[str]:
    """Return a sentence on an error of Spark, None where its cause is not known."""
    text, named = str(error), configuration_in_words(configuration)
    image = ASK_FOR_IMAGE.format(configuration=named)
    for pattern, fault in _FAULTS:
        match = re.search(pattern, text)
        if match is None:
            continue
        found = match[1]
        if fault == "version":
            worker = ".".join(re.findall(r"\d+", found))
            return f"Spark's workers run Python {worker}, but the recipe runs Python {match[2]}. {image}"
        return {
            "module": f"Spark's workers lack the Python package '{found.partition('.')[0]}'. {image}",
            "program": f"Spark's workers cannot start Python: there is no program '{found}' on them. {image}",
            "memory": (
                "A worker of Spark ran out of memory. Raise spark.executor.memoryOverhead, which Python uses, or lower "
                f"the number of tasks at a time (spark.executor.cores), in {named}; the log names the memory needed."
            ),
            "counts": found,
            "results": (
                f"Counts of the workers exceed spark.driver.maxResultSize ({found}). Raise it in {named}, or lower "
                "'Number of topics' or 'Maximum number of terms'."
            ),
            "lost": (
                f"Spark lost its workers too often, or altogether ({found}). Run the recipe again; if it repeats, ask "
                f"your administrator whether machines of {named} fail or run out of memory."
            ),
        }[fault]
    return None


@contextmanager
def explain_spark_faults(configuration: Optional[str] = None) -> Iterator[None]:
    """Raise ``SparkError`` with a sentence for a fault of Spark with a known cause; others pass as they are."""
    try:
        yield
    except (DataError, SettingsError, SparkError):
        raise
    except (*SPARK_FAULTS, RuntimeError) as error:
        sentence = sentence_of(error, configuration)
        if sentence is None:
            raise
        raise SparkError(sentence) from error
