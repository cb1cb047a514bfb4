"""Work on several threads whose results come in the order of the work."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_WORKERS = 4
"""More threads than this wait for one another: half of the work holds Python's lock."""


def available_workers() -> int:
    """Give the number of threads worth using on this machine."""
    return min(len(os.sched_getaffinity(0)), MOST_WORKERS)


def map_in_order(function: Callable[[Item], Result], items: Iterable[Item], n_workers: int) -> Iterator[Result]:
    """Apply a function to items on several threads.

    Parameters
    ----------
    function
        Lets go of Python's lock where it can.
    items
        Taken one by one, never more than two ahead for each thread, so that memory stays bounded.
    n_workers
        Number of threads; 1 works without any.

    Yields
    ------
    object
        The results, in the order of the items.
    """
    if n_workers == 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(n_workers) as pool:
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > n_workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
