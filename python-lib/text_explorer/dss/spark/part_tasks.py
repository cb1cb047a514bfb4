"""What workers of Spark do with the parts of a corpus, pickled under their numbers; no DSS here, workers have none."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from text_explorer.concurrency.sending import pack, unpack
from text_explorer.topics.models.parts.runners import Step
from text_explorer.topics.models.parts.statistics import Statistics

STATISTICS = -1
"""Number of the element of a partition that is no part but the sum of what its parts returned."""

Element = tuple[int, bytes]
Assigned = dict[int, tuple[bool, np.ndarray]]
"""For each part, whether its words are assigned or its documents, and to what."""


@dataclass(frozen=True)
class Returned:
    """The sum of the statistics of some parts, and the seconds of the slowest partition and part among them."""

    statistics: Statistics
    partition_seconds: float
    part_seconds: float
    slowest_part: int

    def plus(self, other: Returned) -> Returned:
        """Return the sum, made in place."""
        slowest = max(self, other, key=lambda each: each.part_seconds)
        return Returned(
            self.statistics.__iadd__(other.statistics), max(self.partition_seconds, other.partition_seconds),
            slowest.part_seconds, slowest.slowest_part,
        )  # fmt: skip


def apply_step(seed: int, given: tuple[Step[Any], Any], elements: Iterable[Element]) -> Iterator[Element]:
    """Apply a step to the parts of a partition, one after the other, and yield them and the sum of their statistics."""
    step, shared = given
    total: Optional[Returned] = None
    started = time.monotonic()
    for number, content in elements:
        if number == STATISTICS:
            continue
        began = time.monotonic()
        part, statistics = step(unpack(content), shared, seed)
        yield number, pack(part)
        ended = time.monotonic()
        returned = Returned(statistics, ended - started, ended - began, number)
        total = returned if total is None else total.plus(returned)
        del statistics, part, returned  # a table of counts each
    if total is not None:
        yield STATISTICS, pack(total)


def add_returned(first: bytes, second: bytes) -> bytes:
    """Add what two partitions returned."""
    return pack(unpack(first).plus(unpack(second)))


def pack_assignments(elements: Iterable[Element]) -> Iterator[Assigned]:
    """Yield the assignments of a partition."""
    parts = ((number, unpack(content)) for number, content in elements if number >= 0)
    yield {number: (len(part.data) == 0, part.assignments) for number, part in parts}


def assign(pairs: Iterable[tuple[list[Element], Assigned]]) -> Iterator[Element]:
    """Yield the parts of a partition as the sampler kept them, given the parts before the start."""
    for base, assigned in pairs:
        for number, content in base:
            part, (by_word, assignments) = unpack(content), assigned[number]
            yield number, pack((part.by_word() if by_word else part).assigned(assignments))
