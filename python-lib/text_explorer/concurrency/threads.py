"""Ordered map over threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Optional, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MAX_WORKERS = 4
"""More threads than this wait for one another: half of the work holds Python's lock."""


_limits = [MAX_WORKERS]


def limit_workers(n_workers: int) -> None:
    """Limit the threads of this process from now on, where another program shares the processors out."""
    _limits[0] = min(n_workers, MAX_WORKERS)


def available_processors() -> int:
    """Return the number of processors this process may use: threads for work that releases Python's lock."""
    # Not every system tells which processors a process may use.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def available_workers() -> int:
    """Return the number of threads worth using for work that holds Python's lock in part."""
    return min(available_processors(), _limits[0])


def map_ordered(
    function: Callable[[Item], Result], items: Iterable[Item], n_workers: int, *, n_ahead: Optional[int] = None
) -> Iterator[Result]:
    """Apply a function, which releases Python's lock where it can, to items on several threads; yield results in order.

    Items are taken one by one, `n_ahead` (one for each thread by default) before the results, so that memory stays
    bounded. One thread works without any. Work that has not started is cancelled when the iterator is closed.
    """
    if n_workers == 1:
        yield from map(function, items)
        return
    n_ahead = n_workers if n_ahead is None else n_ahead
    with ThreadPoolExecutor(n_workers) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) > n_ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
