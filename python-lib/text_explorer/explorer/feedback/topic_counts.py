"""Counts of the review's answers by topic, as shown in the list of topics."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.feedback.answer_log import ReviewLog
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.remembered import Remembered

logger = logging.getLogger(__name__)

KEPT_SECONDS = 5.0
"""Asking DSS for the answers takes a call, and a page that opens asks for several topics."""


class ReviewCounts:
    """Counts of the answers, cached for some seconds; threads may share it.

    Parameters
    ----------
    log
        The answers.
    model_id
        Gives the model whose answers count, from the opened index.
    kept_seconds
        For how long.
    clock
        Seconds that only grow.
    """

    def __init__(
        self,
        log: ReviewLog,
        model_id: Callable[[IndexReader], str],
        *,
        kept_seconds: float = KEPT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._log = log
        self._model_id = model_id
        self._found = Remembered(self._read_with_merges, kept_seconds, clock)

    def __call__(self, index: IndexReader) -> Mapping[int, Mapping[str, int]]:
        """Return ``asked`` and ``right`` by final topic, for topics with answers."""
        merges, counts = self._found.get(index)
        is_present = merges == index.edits.finals
        return counts if is_present else self._found.get(index, fresh=True)[1]

    def _read_with_merges(self, index: IndexReader) -> tuple[list[int], Mapping[int, Mapping[str, int]]]:
        return index.edits.finals, self._read(index)

    def _read(self, index: IndexReader) -> Mapping[int, Mapping[str, int]]:
        try:
            topics = self._log.results(self._model_id(index), index.edits.finals)["topics"]
        except (DataError, SettingsError) as fault:
            # The topics are still shown; the screen Review reports the fault.
            logger.warning("The answers of the review could not be read: %s", fault)
            return {}
        return {topic["topic"]: {"asked": topic["asked"], "right": topic["right"]} for topic in topics}
