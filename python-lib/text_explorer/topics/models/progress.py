"""Tell how far a training has come, to the log and to whoever asks."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Callable, Optional

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LINES = 5.0
"""A line more often than this would drown the log, less often leave the user in doubt."""


@dataclass
class Progress:
    """Hears of each iteration of a training.

    Attributes
    ----------
    listener
        Is called with the iteration, from 1, and the number of iterations; may raise to stop the training.
    """

    listener: Optional[Callable[[int, int], None]] = None
    _started: float = field(default_factory=time.monotonic, init=False)
    _told: float = field(default=float("-inf"), init=False)

    def report(self, what: str, iteration: int, n_iterations: int, more: str = "") -> None:
        """Tell that an iteration is over, with an estimate of the time left.

        Parameters
        ----------
        what
            Name of the method.
        iteration, n_iterations
            Iterations done, and all.
        more
            Further figures for the log.
        """
        if self.listener is not None:
            self.listener(iteration, n_iterations)
        now = time.monotonic()
        if now - self._told < SECONDS_BETWEEN_LINES and 1 < iteration < n_iterations:
            return
        self._told = now
        left = (now - self._started) / iteration * (n_iterations - iteration)
        logger.info("%s: iteration %s of %s, about %.0f s left%s", what, iteration, n_iterations, left, more)
