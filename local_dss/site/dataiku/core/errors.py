"""Faults raised to plugin code."""

from __future__ import annotations


class DssError(Exception):
    """DSS refuses a call. A plain ``Exception`` on a real instance: never a ``ValueError``."""


class NotAvailableHereError(NotImplementedError):
    """A call of the real package that the stand-in cannot serve."""
