"""Ask DSS: what fails becomes a sentence, or no answer where the question is optional.

DSS and the storages behind it do not document what they raise, so these are the only broad excepts of the webapp's
side of DSS.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable, Optional, TypeVar

from text_explorer.errors import DataError, SettingsError

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


@contextmanager
def explain_faults(sentence: Callable[[Exception], str]) -> Iterator[None]:
    """Raise a sentence for the reader in place of a fault of DSS; the log gets the traceback.

    Parameters
    ----------
    sentence
        Returns the sentence for a fault.

    Raises
    ------
    DataError
        With the sentence; settings and data errors of our own pass.
    """
    try:
        yield
    except (DataError, SettingsError):
        raise
    except Exception as error:
        message = sentence(error)
        logger.warning("%s", message, exc_info=True)
        raise DataError(message) from error


def answer_or_none(question: Callable[[], Answer]) -> Optional[Answer]:
    """Return an answer of DSS, None where this storage, DSS version or visitor has none."""
    try:
        return question()
    except (DataError, SettingsError):
        raise
    except Exception as error:  # noqa: BLE001 - which exception is not documented, and the answer is optional
        logger.debug("DSS has no answer: %s: %s", type(error).__name__, error)
        return None
