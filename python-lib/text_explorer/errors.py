"""The faults a user can cure: wrong settings, data that do not suit the settings, and disks that cannot be written."""

from __future__ import annotations

from collections.abc import Sequence


class SettingsError(ValueError):
    """One or several settings of the form are wrong; raised before any work."""

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__(" ".join(self.faults))


class DataError(ValueError):
    """The settings are right, but the data cannot serve them."""


class DiskError(RuntimeError):
    """A disk is full, or cannot be written for another reason."""
