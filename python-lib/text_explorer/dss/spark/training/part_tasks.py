"""What workers of Spark do with the parts of a corpus; no DSS here, workers have none.

Parts stay as they are from the first pass to the last. What a pass sends from one to the next is where their words or
documents are assigned, a third of the bytes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional, Union

import numpy as np
from pyspark import TaskContext

from text_explorer.concurrency.sending import pack, pack_narrow, unpack
from text_explorer.dss.spark.training.stored_arrays import arrays_of_bytes, arrays_to_bytes
from text_explorer.topics.models.parts.part import Part
from text_explorer.topics.models.parts.statistics import Statistics

PartElement = tuple[int, bytes]
"""A part under its number, packed."""

StateElement = tuple[int, bytes, bytes]
"""A part's assignments under its number, packed; the last of a partition has the sum of what its parts returned."""

NOTHING = b""


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


def unassigned(elements: Iterable[PartElement]) -> Iterator[StateElement]:
    """Yield parts' assignments before the start."""
    for number, _ in elements:
        yield number, NOTHING, NOTHING


def apply_step(seed: int, given: bytes, elements: Iterable[tuple[PartElement, StateElement]]) -> Iterator[StateElement]:
    """Apply a step to the parts of a partition, one after the other; yield their assignments and what they returned."""
    step, shared = unpack(given)
    total: Optional[Statistics] = None
    last: Optional[tuple[int, bytes]] = None
    slowest, started = (0.0, -1), time.monotonic()
    for (number, content), (_, assigned, _) in elements:
        if last is not None:
            yield *last, NOTHING
        began = time.monotonic()
        part, total = step(assigned_part(content, assigned), shared, seed, total)
        last = number, packed_assignments(part)
        slowest = max(slowest, (time.monotonic() - began, number))
        del part
    if last is not None and total is not None:
        yield *last, pack_narrow(Returned(total, time.monotonic() - started, *slowest))


def assigned_part(content: bytes, assigned: bytes) -> Part:
    """Return a part in the state that `packed_assignments` packed."""
    part: Part = unpack(content)
    if assigned == NOTHING:
        return part
    by_word, assignments = unpack(assigned)
    return (part.by_word() if by_word else part).assigned(assignments)


def packed_assignments(part: Part) -> bytes:
    """Return whether the words or the documents of a part are assigned, and to what, as bytes."""
    return pack((len(part.data) == 0, part.assignments))


def returned_of(elements: Iterable[StateElement]) -> Iterator[bytes]:
    """Yield what the parts of a partition returned together."""
    return (returned for _, _, returned in elements if returned != NOTHING)


def add_returned(first: Union[bytes, Returned], second: Union[bytes, Returned]) -> Union[bytes, Returned]:
    """Add what two partitions returned; the sum is packed on a worker, which sends it on."""
    total = opened(first).plus(opened(second))
    return total if TaskContext.get() is None else pack_narrow(total)


def opened(returned: Union[bytes, Returned]) -> Returned:
    """Return what a partition returned, unpacked where it is not."""
    return returned if isinstance(returned, Returned) else unpack(returned)


def collected(elements: Iterable[StateElement]) -> Iterator[list[StateElement]]:
    """Yield the assignments of a partition as one element, empty ones included."""
    yield [(number, assigned, NOTHING) for number, assigned, _ in elements]


def spread(partitions: Iterable[list[StateElement]]) -> Iterator[StateElement]:
    """Yield the assignments that `collected` put together."""
    return (element for partition in partitions for element in partition)


def digests(elements: Iterable[PartElement]) -> Iterator[list[tuple[int, str]]]:
    """Yield the numbers of the parts of a partition, each with a digest of its documents."""
    yield [(number, digest_of_arrays(vars(unpack(content)))) for number, content in elements]


def digest_of_arrays(values: Mapping[str, Any]) -> str:
    """Return a digest of arrays, numbers and missing values under their names."""
    digest = hashlib.sha256()
    for name, value in sorted(values.items()):
        array = np.asarray(0 if value is None else value)
        digest.update(f"{name} {value is None} {array.dtype.str} {array.shape} ".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def stored_assignments(elements: Iterable[StateElement]) -> Iterator[tuple[int, bytearray]]:
    """Yield the assignments of parts as rows of a table."""
    for number, assigned, _ in elements:
        by_word, assignments = unpack(assigned)
        yield number, bytearray(arrays_to_bytes({"by_word": np.array(by_word), "assignments": assignments}))


def loaded_assignments(rows: Iterable[tuple[int, bytearray]]) -> Iterator[tuple[int, bytes]]:
    """Yield the assignments of parts from rows of a table, which may be damaged."""
    for number, content in rows:
        arrays = arrays_of_bytes(bytes(content))
        yield number, pack((bool(arrays["by_word"]), arrays["assignments"]))


def in_order(
    layout: Sequence[Sequence[int]], index: int, loaded: Iterable[tuple[int, bytes]]
) -> Iterator[StateElement]:
    """Yield the assignments of the parts of a partition in their order."""
    found = dict(loaded)
    return ((number, found[number], NOTHING) for number in layout[index])
