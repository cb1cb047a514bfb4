"""Choice of the model among the final states of a chain."""

from __future__ import annotations

import math
from typing import Callable, Generic, Optional, TypeVar

STATES_COMPARED = 10
"""Number of final states of the chain among which the most likely becomes the model."""

SETTLED_SWEEPS, SETTLED_SHARE, SETTLED_FROM_MOVES = 5, 0.97, 1_000
"""The chain has settled where this number of sweeps moved at least this share of the documents that the same number of
sweeps before moved, and those moved at least this number: fewer moves do not separate a trend from chance."""

State = TypeVar("State")


class FinalStates(Generic[State]):
    """The most likely of the last states, once the chain has settled or nears its maximum number of sweeps."""

    def __init__(self, n_iterations: int, log_joint: Callable[[State], float]) -> None:
        self._n_iterations, self._log_joint = n_iterations, log_joint
        self._moves: list[int] = []
        self._n_compared, self._best_log_joint = 0, -math.inf
        self._best: Optional[State] = None

    def add(self, state: State, n_moved: int) -> None:
        """Take the state after a sweep, which moved `n_moved` documents."""
        self._moves.append(n_moved)
        n_left = self._n_iterations - len(self._moves)
        if not (self.comparing or n_left < STATES_COMPARED or self._settled()):
            return
        log_joint = self._log_joint(state)
        if log_joint > self._best_log_joint:
            self._best, self._best_log_joint = state, log_joint
        self._n_compared += 1

    @property
    def comparing(self) -> bool:
        """Whether states are being compared."""
        return self._n_compared > 0

    @property
    def complete(self) -> bool:
        """Whether enough states are compared."""
        return self._n_compared == STATES_COMPARED

    @property
    def best(self) -> State:
        """The most likely state compared."""
        if self._best is None:
            raise ValueError("no state was compared")
        return self._best

    def _settled(self) -> bool:
        if len(self._moves) < 2 * SETTLED_SWEEPS:
            return False
        before = sum(self._moves[-2 * SETTLED_SWEEPS : -SETTLED_SWEEPS])
        return before >= SETTLED_FROM_MOVES and sum(self._moves[-SETTLED_SWEEPS:]) >= SETTLED_SHARE * before
