"""Faults that the command line reports in one line, without a traceback."""

from __future__ import annotations


class LocalDssError(ValueError):
    """A request that cannot be served; its message is a sentence for the person at the keyboard."""
