"""Errors a user can fix: wrong settings, data that do not suit the settings, and disks that cannot be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Optional


class SettingsError(ValueError):
    """Raised before any work if settings of the form are wrong."""

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__(" ".join(self.faults))


class DataError(ValueError):
    """Raised if the settings are valid, but the data do not suit them."""


class DiskError(RuntimeError):
    """Raised if a disk is full, or cannot be written for another reason."""


@dataclass
class Caught:
    """The error that was raised inside `caught`, None where there was none."""

    error: Optional[Exception] = None


@contextmanager
def caught(*, passing: tuple[type[Exception], ...] = ()) -> Iterator[Caught]:
    """Catch whatever is raised inside, for the caller to look at.

    For calls of DSS and its storages, which do not document what they raise, and for the work on one row or group,
    which must not fail the others.

    Parameters
    ----------
    passing
        Errors that are raised all the same.
    """
    fault = Caught()
    try:
        yield fault
    except passing:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        fault.error = error
