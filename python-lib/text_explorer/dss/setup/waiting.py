"""Wait for jobs and backends: with a deadline, and with the reason where they fail."""

from __future__ import annotations

import logging
import time
from typing import Any, Callable, Optional

from text_explorer.errors import caught
from text_explorer.explorer.shared.cells import as_object

logger = logging.getLogger(__name__)

DONE = "DONE"
FINAL_STATES = (DONE, "FAILED", "ABORTED")
LAST_LINES = 15
_POLL_SECONDS = (0.2, 5.0)
"""First and longest pause; each is a tenth longer than the one before."""

_JOB_HOURS = 24
_START_SECONDS = 180.0


class FailedError(Exception):
    """What an object could not be made, in a sentence for the report."""


def run_job(project: Any, dataset: str, started: Callable[[str], None], running: Optional[str] = None) -> None:
    """Run the recipe that writes a dataset, and return when it is done.

    Parameters
    ----------
    started
        Receives the id of the job, before it is waited for.
    running
        Id of a job of an earlier run: waited for if it still goes on.

    Raises
    ------
    FailedError
        With the short error and the last lines of the job's log.
    """
    job = project.get_job(running) if running else None
    if job is None or _has_ended(job):
        job = project.new_job("NON_RECURSIVE_FORCED_BUILD").with_output(dataset, object_type="DATASET").start()
        started(job.id)
    state = wait_until(lambda: _final_state(job), _JOB_HOURS * 3600.0)
    if state != DONE:
        what = "has not ended" if state is None else state.lower()
        raise FailedError(f"job {job.id} {what}: {short_error(job.get_log())}")


def short_error(log: str) -> str:
    """Return the line of a job's log with the error, and the last ones."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if "Error in Python process" in line]
    return " / ".join(dict.fromkeys([*errors[-1:], *lines[-LAST_LINES:]])) or "the log is empty"


def start_backend(webapp: Any) -> None:
    """Start or restart the backend of a webapp, and return when it runs.

    Raises
    ------
    FailedError
        With the last lines of its log.
    """
    future = webapp.start_or_restart_backend()
    is_up = wait_until(lambda: True if webapp.get_state().running else _ended_or_none(future), _START_SECONDS)
    state = webapp.get_state()
    if not (is_up and state.running):
        raise FailedError(f"its backend does not start: {_log_tail(state.state) or 'its log is empty'}")


def wait_until(question: Callable[[], Any], seconds: float) -> Any:
    """Ask until the answer is not None, and return it; None after the deadline."""
    deadline, pause = time.monotonic() + seconds, _POLL_SECONDS[0]
    while (answer := question()) is None and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(pause * 1.1, _POLL_SECONDS[1])
    return answer


def _final_state(job: Any) -> str | None:
    state = as_object(as_object(job.get_status()).get("baseStatus")).get("state")
    return state if state in FINAL_STATES else None


def _has_ended(job: Any) -> bool:
    """Return whether a job of an earlier run has ended, or is not known any more."""
    with caught() as fault:
        return _final_state(job) is not None
    logger.debug("the earlier job is unknown: %s", fault.error)
    return True


def _ended_or_none(future: Any) -> bool | None:
    """Return False when the work of a start has ended, None while it goes on."""
    with caught() as fault:
        state = as_object(future.get_state())
        return False if state.get("hasResult") or state.get("alive") is False else None
    logger.debug("the start is not known any more: %s", fault.error)
    return False


def _log_tail(state: Any) -> str:
    found = (as_object(as_object(state).get(key)).get("lines") for key in ("lastCrashLogTail", "currentLogTail"))
    return " / ".join(map(str, next((lines for lines in found if lines), [])[-LAST_LINES:]))
