"""Where the parts of a corpus are worked on: one after the other, or on several threads.

A step is a pure function of a part, the shared state and the seed, and what it returns can be added in any order. So
all runners end with the same bytes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, Optional, Protocol, TypeVar

import numpy as np

from text_explorer.concurrency.threads import available_processors
from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
from text_explorer.topics.models.parts.part import Part, number_of_parts, split
from text_explorer.topics.models.parts.statistics import Statistics

MEMORY_OF_COPIES = 4 * 2**30
"""Bytes that all threads may hold in copies of the counts."""

Shared = TypeVar("Shared")
Step = Callable[[Part, Shared, int, Optional[Statistics]], tuple[Part, Statistics]]
"""Adds what it finds in a part to the statistics it is given, if there are some, which the caller no longer uses."""


class PartsEngine(Protocol[Shared]):
    """A sampler whose documents are in parts; `Shared` is what all parts know, read-only: counts, priors, the sweep."""

    def start(
        self, part: Part, shared: Shared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Draw the first assignments of a part and count them."""

    def sweep(
        self, part: Part, shared: Shared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Draw the assignments of a part once, or a share of them, given the counts of all parts before the sweep."""

    def update(self, shared: Shared, statistics: Statistics) -> Shared:
        """Add the statistics of all parts, and decide what follows from them alone."""


class ResumableEngine(PartsEngine[Shared], Protocol[Shared]):
    """A sampler whose chain can be stored and goes on elsewhere from the assignments of all parts and a few facts."""

    def facts(self, shared: Shared) -> dict[str, np.ndarray]:
        """Return what the assignments do not tell of a state."""

    def uncounted(self, shared: Shared, facts: Mapping[str, np.ndarray]) -> Shared:
        """Return a stored state before `recount`, given the unstarted one; raise ``ValueError`` where it is none."""

    def recount(
        self, part: Part, shared: Shared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Count the stored assignments of a part; raise ``ValueError`` where they are none."""

    def resumed(self, uncounted: Shared, facts: Mapping[str, np.ndarray], statistics: Statistics) -> Shared:
        """Return a stored state, given the counts of all parts."""


class Kept(Protocol):
    """What a training has taken from the states of its chain so far."""

    n_iterations: int

    def arrays(self) -> dict[str, np.ndarray]:
        """Return it as arrays."""

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take what `arrays` returned; raise ``ValueError`` where it is something else."""


class Runner(ABC):
    """Holds the parts of a corpus."""

    n_parts: int

    @abstractmethod
    def apply(self, step: Step[Shared], shared: Shared, seed: int) -> Statistics:
        """Apply a step to all parts, keep the parts it returns, and return the sum of their statistics."""

    def run(
        self, engine: ResumableEngine[Shared], shared: Shared, seed: int, kept: Optional[Kept] = None
    ) -> Iterator[Shared]:
        """Start the chain and yield the shared state after each sum, for as long as it is asked for.

        A runner that stores states goes on from that of a stopped training, and restores what it had kept.
        """
        stored = None if kept is None else self.restore(engine, shared, seed, kept)
        shared = engine.update(shared, self.apply(engine.start, shared, seed)) if stored is None else stored
        while True:
            shared = engine.update(shared, self.apply(engine.sweep, shared, seed))
            yield shared
            if kept is not None:
                self.store(engine, shared, kept)

    def restore(self, engine: ResumableEngine[Shared], unstarted: Shared, seed: int, kept: Kept) -> Optional[Shared]:
        """Return the state of a stopped training and restore what it had kept; None without one."""
        return None

    def store(self, engine: ResumableEngine[Shared], shared: Shared, kept: Kept) -> None:
        """Store a state, where it is its turn."""
        return


MakeRunner = Callable[[np.ndarray, Optional[np.ndarray]], Runner]
"""Returns the runner of a corpus, given the table of counts that all parts share and the documents' first topics."""


class Serial(Runner):
    """Works on one part after the other."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = list(parts)
        self.n_parts = len(self.parts)

    def apply(self, step: Step[Shared], shared: Shared, seed: int) -> Statistics:
        """See `Runner`."""
        return _added(_worked_off(step, self.parts, deque(range(len(self.parts))), shared, seed))


class Threads(Runner):
    """Works on several parts at a time; the step must release Python's lock.

    Each thread takes the largest part left and adds the statistics of its own parts, so that memory grows with the
    threads, not with the parts.
    """

    def __init__(self, parts: Sequence[Part], n_threads: int) -> None:
        self.parts = list(parts)
        self.n_parts = len(self.parts)
        self.n_threads = min(n_threads, self.n_parts)

    def apply(self, step: Step[Shared], shared: Shared, seed: int) -> Statistics:
        """See `Runner`."""
        waiting = deque(sorted(range(len(self.parts)), key=lambda number: -self.parts[number].n_words))
        with ThreadPoolExecutor(self.n_threads) as pool:
            threads = [pool.submit(_worked_off, step, self.parts, waiting, shared, seed) for _ in range(self.n_threads)]
        return _added(*(thread.result() for thread in threads))


def _worked_off(
    step: Step[Shared], parts: list[Part], waiting: deque[int], shared: Shared, seed: int
) -> Optional[Statistics]:
    """Apply a step to parts until none is waiting; return the sum of their statistics, None without a part."""
    total: Optional[Statistics] = None
    try:
        while True:
            try:
                number = waiting.popleft()
            except IndexError:
                return total
            parts[number], total = step(parts[number], shared, seed, total)
    except BaseException:
        waiting.clear()  # so that the other threads end too
        raise


def _added(*sums: Optional[Statistics]) -> Statistics:
    first, *others = (statistics for statistics in sums if statistics is not None)
    for statistics in others:
        first += statistics
    return first


def runner_of(parts: Sequence[Part], n_threads: Optional[int], counts: np.ndarray) -> Threads:
    """Return a runner on this machine, with a thread for each processor unless told otherwise.

    Each thread holds two copies of `counts`, the table all parts share; a very large one allows fewer threads.
    """
    n_affordable = max(MEMORY_OF_COPIES // (2 * max(counts.nbytes, 1)), 1)
    return Threads(parts, min(n_threads or available_processors(), n_affordable))


def runner_for(
    corpus: AnyCorpus,
    counts: np.ndarray,
    *,
    first_topics: Optional[np.ndarray],
    n_workers: Optional[int],
    make_runner: Optional[MakeRunner],
) -> Runner:
    """Return the runner that holds the parts of a corpus elsewhere, if there is one, else one on this machine."""
    if make_runner is not None:
        return make_runner(counts, first_topics)
    if not isinstance(corpus, Corpus):
        raise TypeError("An outline has no documents: their runner must be named.")
    return runner_of(split(corpus, number_of_parts(int(corpus.doc_lengths.sum())), first_topics), n_workers, counts)
