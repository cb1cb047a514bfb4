"""Choice of the model among the final states of a chain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Callable, Generic, Optional, TypeVar

import numpy as np

STATES_COMPARED = 10
"""Number of final states of the chain among which the most likely becomes the model."""

SETTLED_SWEEPS, SETTLED_SHARE, SETTLED_FROM_MOVES = 5, 0.97, 1_000
"""The chain has settled where this number of sweeps moved at least this share of the documents that the same number of
sweeps before moved, and those moved at least this number: fewer moves do not separate a trend from chance."""

State = TypeVar("State")


class FinalStates(Generic[State]):
    """The most likely of the last states, once the chain has settled or nears its maximum number of sweeps."""

    def __init__(self, n_iterations: int, log_joint: Callable[[State], float]) -> None:
        self.n_iterations, self._log_joint = n_iterations, log_joint
        self._moves: list[int] = []
        self._n_compared, self._best_log_joint = 0, -math.inf
        self._best: Optional[State] = None

    def add(self, state: State, n_moved: int) -> None:
        """Take the state after a sweep, which moved `n_moved` documents."""
        self._moves.append(n_moved)
        n_left = self.n_iterations - len(self._moves)
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

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the states compared as arrays; the state is a data class of numbers and arrays."""
        numbers = np.array([self._n_compared, len(self._moves), *self._moves])
        found = {"numbers": numbers, "best_log_joint": np.array(self._best_log_joint)}
        if self._best is None:
            return found
        values = {name: value for name, value in vars(self._best).items() if value is not None}
        return {**found, **{f"best_{name}": np.asarray(value) for name, value in values.items()}}

    def _restore(self, arrays: Mapping[str, np.ndarray], like: State) -> None:
        """Take what `arrays` returned, of a state like another; raise ``ValueError`` where it is something else."""
        n_compared, n_moves, *moves = arrays["numbers"].tolist()
        if len(moves) != n_moves or not 0 <= n_compared < STATES_COMPARED:
            raise ValueError("The states compared are damaged.")
        if n_compared:
            self._best = _restored(like, arrays)
        self._moves, self._n_compared = moves, n_compared
        self._best_log_joint = float(arrays["best_log_joint"])

    def _settled(self) -> bool:
        if len(self._moves) < 2 * SETTLED_SWEEPS:
            return False
        before = sum(self._moves[-2 * SETTLED_SWEEPS : -SETTLED_SWEEPS])
        return before >= SETTLED_FROM_MOVES and sum(self._moves[-SETTLED_SWEEPS:]) >= SETTLED_SHARE * before


def _restored(like: State, arrays: Mapping[str, np.ndarray]) -> State:
    """Return a state of the types and shapes of another, whose optional arrays may be missing."""
    values: dict[str, Any] = {}
    for name, model in vars(like).items():
        found = arrays.get(f"best_{name}")
        if isinstance(model, np.ndarray):
            if found is None or found.shape != model.shape or found.dtype.kind not in "iu" or (found < 0).any():
                raise ValueError("The most likely state is damaged.")
            values[name] = found
        else:
            values[name] = None if found is None else found if found.ndim else found.item()
    return type(like)(**values)
