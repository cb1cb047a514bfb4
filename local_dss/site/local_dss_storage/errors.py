"""Faults of the storage."""

from __future__ import annotations


class StorageError(Exception):
    """Something in the home folder is missing, unreadable or not allowed; the message is one sentence.

    Not a ``ValueError``: DSS raises plain exceptions for these, and plugin code must not rely on more.
    """
