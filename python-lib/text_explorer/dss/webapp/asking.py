"""Ask DSS: what fails becomes a sentence, or no answer where the question is optional."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable, Optional, TypeVar

from text_explorer.errors import DataError, SettingsError, caught

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


@contextmanager
def explain_faults(sentence: Callable[[Exception], str]) -> Iterator[None]:
    """Raise a ``DataError`` with a sentence in place of a fault of DSS; the log gets the traceback.

    Settings and data errors of our own pass.
    """
    with caught(passing=(DataError, SettingsError)) as fault:
        yield
    if fault.error is not None:
        message = sentence(fault.error)
        logger.warning("%s", message, exc_info=fault.error)
        raise DataError(message) from fault.error


def answer_or_none(question: Callable[[], Answer]) -> Optional[Answer]:
    """Return an answer of DSS, None where this storage, DSS version or visitor has none."""
    with caught(passing=(DataError, SettingsError)) as fault:
        return question()
    logger.debug("DSS has no answer: %s: %s", type(fault.error).__name__, fault.error)
    return None
