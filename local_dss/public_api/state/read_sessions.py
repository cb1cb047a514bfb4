"""Reads of rows: whether one failed after its first bytes were sent, which its client asks afterwards."""

from __future__ import annotations

import threading
from collections import OrderedDict

from local_dss.public_api.errors import not_found

_MAX_SESSIONS = 1000  # a client that is stopped while it reads never asks


class ReadSessions:
    """The fault of each read, None where it went well, until it is asked for."""

    def __init__(self) -> None:
        self._faults: OrderedDict[str, str | None] = OrderedDict()
        self._lock = threading.Lock()

    def record(self, session: str, fault: str | None) -> None:
        """Note how a read goes."""
        with self._lock:
            self._faults[session] = fault
            while len(self._faults) > _MAX_SESSIONS:
                self._faults.popitem(last=False)

    def finish(self, session: str) -> str | None:
        """Return the fault of a read, and forget it."""
        with self._lock:
            if session not in self._faults:
                raise not_found(f"Unknown read session: {session}")
            return self._faults.pop(session)
