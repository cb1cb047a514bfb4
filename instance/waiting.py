"""Wait for work on the instance: until it ends, it is lost, or the time is over.

The loops of the client ask about lost work for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from instance.connection import NOT_FOUND, InstanceError
from instance.report import FailedError, Report

AGAIN = "Run the same command again: it continues from what is done."
_PAUSES = (0.2, 5.0)  # first and longest, seconds; each is half as long again as the one before
_AWAY = (502, 503, 504)  # what a proxy answers while the instance restarts
_ENDED = ("DONE", "FAILED", "ABORTED")
_NETWORK = (requests.exceptions.ConnectionError, requests.exceptions.Timeout)


@dataclass(frozen=True)
class Waiting:
    """How long to wait.

    Parameters
    ----------
    seconds
        For one piece of work.
    away_seconds
        For an instance that does not answer, as while it restarts.
    """

    report: Report
    seconds: float = 3600.0
    away_seconds: float = 120.0


def wait_for_future(future: Any, what: str, waiting: Waiting) -> Any:
    """Return the result of a piece of work.

    Parameters
    ----------
    future
        As the client returns it.
    what
        Names the work in progress and messages.

    Raises
    ------
    FailedError
        If it failed, was lost, or has not ended in time.
    """
    state = as_object(future.state)

    def ask() -> dict[str, Any]:
        return as_object(future.get_state())

    if not state.get("hasResult") and future.job_id:
        state = _wait(ask, lambda answer: bool(answer.get("hasResult")), f"{what} ({future.job_id})", waiting)
    if not state.get("hasResult"):
        raise FailedError(f"{what}: the instance started nothing and gave no result. {AGAIN}")
    return state.get("result")


def wait_for_macro(macro: Any, run_id: str, what: str, waiting: Waiting) -> Any:
    """Return the table of a macro that was started; see `wait_for_future`."""

    def ask() -> dict[str, Any]:
        state = as_object(macro.get_status(run_id))
        return {**state, "alive": True}

    _wait(ask, lambda state: not state.get("running"), f"{what} ({run_id})", waiting)
    return macro.get_result(run_id, as_type="json")


def wait_for_job(job: Any, what: str, waiting: Waiting) -> None:
    """Wait for a job that was started; see `wait_for_future`."""

    def ask() -> dict[str, Any]:
        return {**as_object(as_object(job.get_status()).get("baseStatus")), "alive": True}

    state = _wait(ask, lambda answer: str(answer.get("state")) in _ENDED, f"{what} ({job.id})", waiting).get("state")
    if state != _ENDED[0]:
        raise FailedError(f"{what}: the job {job.id} ended as {state}.")


def as_object(value: Any) -> dict[str, Any]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def faults_in(result: Any) -> list[str]:
    """Return what the messages of a result say, if one of them is an error; it is an answer of success all the same."""
    messages = as_object(as_object(result).get("messages"))
    if not (messages.get("error") or messages.get("fatal")):
        return []
    entries = [as_object(entry) for entry in messages.get("messages") or []]
    texts = [str(entry.get("message") or entry.get("title") or "") for entry in entries]
    return [text for text in texts if text] or ["no reason was given"]


def _wait(
    ask: Callable[[], dict[str, Any]], is_done: Callable[[dict[str, Any]], bool], what: str, waiting: Waiting
) -> dict[str, Any]:
    deadline, pause = time.monotonic() + waiting.seconds, _PAUSES[0]
    with waiting.report.waiting(what):
        while True:
            state = _answer(ask, what, waiting)
            if is_done(state):
                return state
            if state.get("alive") is False:
                raise FailedError(f"{what} has ended without a result: aborted, or its process died. {AGAIN}")
            if time.monotonic() > deadline:
                raise FailedError(
                    f"{what} goes on after {waiting.seconds / 60:g} minutes, and was not aborted. "
                    f"Give it more time by --wait MINUTES. {AGAIN}"
                )
            waiting.report.progress(_described(state))
            time.sleep(pause)
            pause = min(pause * 1.5, _PAUSES[1])


def _answer(ask: Callable[[], dict[str, Any]], what: str, waiting: Waiting) -> dict[str, Any]:
    """Return one answer; an instance that is away is asked again for a while."""
    limit = time.monotonic() + waiting.away_seconds
    while True:
        try:
            return ask()
        except InstanceError as error:
            if error.status == NOT_FOUND:
                raise FailedError(f"The instance does not know {what} any more: it was restarted. {AGAIN}") from None
            if error.status not in _AWAY or time.monotonic() > limit:
                raise FailedError(f"{what} failed: {error}") from None
        except _NETWORK:
            if time.monotonic() > limit:
                raise
        waiting.report.progress("the instance does not answer; asking again")
        time.sleep(_PAUSES[0])


def _described(state: dict[str, Any]) -> str:
    states = as_object(state.get("progress")).get("states")
    last = as_object(states[-1]) if isinstance(states, list) and states else {}
    done, target = last.get("cur"), last.get("target")
    count = f" {done:g} of {target:g}" if isinstance(done, (int, float)) and isinstance(target, (int, float)) else ""
    return f"{last.get('name') or ''}{count if target else ''}".strip()
