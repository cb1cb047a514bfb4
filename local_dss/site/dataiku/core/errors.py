"""Faults raised to plugin code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from local_dss_storage.errors import StorageError


class DssError(Exception):
    """DSS refuses a call. A plain ``Exception`` on a real instance: never a ``ValueError``."""


@contextmanager
def storage_faults(start: str = "") -> Iterator[None]:
    """Raise faults of the storage as DSS raises its own; a context, or a decorator of a function."""
    try:
        yield
    except StorageError as error:
        raise DssError(f"{start}{error}") from None


class NotAvailableHereError(NotImplementedError):
    """A call of the real package that the stand-in cannot serve."""


class NameNotAvailableError(NotAvailableHereError, AttributeError):
    """A name of the real package that the stand-in lacks; ``hasattr`` finds it missing, as on an older DSS."""


class Limited:
    """An object that names what it cannot do."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise NameNotAvailableError(f"{type(self).__name__}.{name} is not available in the local stand-in for DSS.")
