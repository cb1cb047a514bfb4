"""Work that goes on after its request was answered, which the client asks about until it has a result."""

from __future__ import annotations

import http
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local_dss.public_api.errors import ApiError, not_found

logger = logging.getLogger(__name__)

# What a work is handed: whether to stop, and a function that reports what is being done.
Report = Callable[[str], None]
Work = Callable[[threading.Event, Report], Any]


@dataclass
class _Future:
    """One piece of work."""

    owner: str
    start_time: float = field(default_factory=time.time)
    state: str = ""
    result: Any = None
    error: ApiError | None = None
    is_done: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)


class Futures:
    """All work in progress; it is forgotten when the instance stops, and a finished one when its result was read."""

    def __init__(self) -> None:
        self._futures: dict[str, _Future] = {}
        self._lock = threading.Lock()

    def start(self, work: Work, owner: str) -> dict[str, Any]:
        """Start a piece of work in a thread; return what its request answers, which is never the result at once."""
        identifier, future = secrets.token_hex(8), _Future(owner)
        with self._lock:
            self._futures[identifier] = future
        threading.Thread(target=_run, args=(work, future), name=f"future-{identifier}", daemon=True).start()
        return _answer(identifier, future, is_done=False)

    def peek(self, identifier: str) -> dict[str, Any]:
        """Return the state of a piece of work, with its result when it is done; a failure is raised."""
        future = self._find(identifier)
        if future.is_done:
            with self._lock:
                self._futures.pop(identifier, None)
        if future.error is not None:
            raise future.error
        return _answer(identifier, future, is_done=future.is_done)

    def abort(self, identifier: str) -> None:
        """Ask a piece of work to stop."""
        self._find(identifier).stopping.set()

    def running(self) -> list[dict[str, Any]]:
        """Return the state of all work that goes on."""
        with self._lock:
            items = list(self._futures.items())
        return [_answer(name, future, is_done=False) for name, future in items if not future.is_done]

    def _find(self, identifier: str) -> _Future:
        with self._lock:
            future = self._futures.get(identifier)
        if future is None:
            raise not_found(f"Unknown future: {identifier}")
        return future


def wait_for(work: Work) -> Any:
    """Do a piece of work at once, whose request waits for the result; return the result."""
    return work(threading.Event(), lambda state: None)


def _run(work: Work, future: _Future) -> None:
    def report(state: str) -> None:
        future.state = state

    try:
        future.result = work(future.stopping, report)
    except ApiError as error:
        future.error = error
    except Exception as error:
        logger.exception("Work failed.")
        future.error = ApiError(f"{type(error).__name__}: {error}", http.HTTPStatus.INTERNAL_SERVER_ERROR)
    finally:
        future.is_done = True


def _answer(identifier: str, future: _Future, *, is_done: bool) -> dict[str, Any]:
    states = [{"name": future.state, "target": 0, "cur": 0}] if future.state else []
    answer = {
        "jobId": identifier,
        "owner": future.owner,
        "startTime": int(future.start_time * 1000),
        "alive": not is_done,
        "hasResult": is_done,
        "aborted": future.stopping.is_set(),
        "progress": {"states": states},
    }
    return {**answer, "result": future.result} if is_done else answer
