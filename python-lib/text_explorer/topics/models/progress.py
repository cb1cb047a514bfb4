"""Report training progress to the log and to a listener."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LINES = 5.0
"""Time between two lines: more would flood the log, fewer leave the user in doubt."""


@dataclass
class Progress:
    """Progress of a training."""

    # called with the iteration, from 1, and the number of iterations; may raise to stop the training
    listener: Optional[Callable[[int, int], None]] = None
    _started: float = field(default_factory=time.monotonic, init=False)
    _reported: float = field(default=float("-inf"), init=False)

    def report(self, what: str, iteration: int, n_iterations: int, more: str = "") -> None:
        """Report the end of an iteration (from 1), with an estimate of the time left and `more` figures for the log."""
        if self.listener is not None:
            self.listener(iteration, n_iterations)
        now = time.monotonic()
        if now - self._reported < SECONDS_BETWEEN_LINES and 1 < iteration < n_iterations:
            return
        self._reported = now
        left = (now - self._started) / iteration * (n_iterations - iteration)
        logger.info("%s: iteration %s of %s, about %.0f s left%s", what, iteration, n_iterations, left, more)
