"""Errors a user can fix: wrong settings, data that do not suit the settings, and disks that cannot be written."""

from __future__ import annotations

from collections.abc import Sequence


class SettingsError(ValueError):
    """Raised before any work if settings of the form are wrong."""

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__(" ".join(self.faults))


class DataError(ValueError):
    """Raised if the settings are valid, but the data do not suit them."""


class DiskError(RuntimeError):
    """Raised if a disk is full, or cannot be written for another reason."""
