"""Seconds, memory, and how good topics are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

TOP_TERMS = 10
"""Terms of a topic that coherence looks at."""


@dataclass
class Stopwatch:
    """Wall and CPU seconds of a stretch of work."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time what is done inside."""
    watch = Stopwatch()
    wall, cpu = time.perf_counter(), time.process_time()
    yield watch
    watch.wall, watch.cpu = time.perf_counter() - wall, time.process_time() - cpu


def megabytes(field: str) -> float:
    """Return a field of this process's memory in MB: ``VmRSS`` (now) or ``VmHWM`` (peak)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def nmi(labels: Any, topics: np.ndarray) -> float:
    """Compute normalized mutual information, arithmetic mean."""
    from sklearn.metrics import normalized_mutual_info_score  # noqa: PLC0415

    return float(normalized_mutual_info_score(labels, topics, average_method="arithmetic"))


def npmi(topic_term_distr: np.ndarray, terms: tuple[str, ...], documents: list[list[str]]) -> float:
    """Compute gensim's c_npmi of the most probable terms of all topics, windows of 10 words in `documents`."""
    from gensim.corpora import Dictionary  # noqa: PLC0415
    from gensim.models import CoherenceModel  # noqa: PLC0415

    best = np.argsort(-topic_term_distr, axis=1, kind="stable")[:, :TOP_TERMS]
    return float(
        CoherenceModel(
            topics=[[terms[term_id] for term_id in topic] for topic in best],
            texts=documents, dictionary=Dictionary(documents), coherence="c_npmi", topn=TOP_TERMS, processes=1,
        ).get_coherence()
    )  # fmt: skip
