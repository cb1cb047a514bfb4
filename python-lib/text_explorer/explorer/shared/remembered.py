"""Cache a value that takes a call to DSS; one thread at a time asks for it, outside any lock.

A call may take seconds, or never end. So only callers without a usable value wait for it: the first one, and those who
need a value asked for after they came. All others get the known value.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Optional, TypeVar

from text_explorer.errors import DataError, SettingsError

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Answer(Generic[Value]):
    """Result of one question: its number, when it was answered, and a value or a fault."""

    number: int
    time: float
    value: Optional[Value] = None
    fault: Optional[Exception] = None

    def result(self) -> Value:
        if self.fault is not None:
            raise self.fault.with_traceback(None)
        return self.value  # type: ignore[return-value]


class Remembered(Generic[Value]):
    """A value cached for some seconds and shared by threads.

    Parameters
    ----------
    ask
        Returns the value, or raises ``SettingsError`` or ``DataError`` with a sentence; called by one thread at a time.
    kept_seconds
        Seconds for which a value is kept. A fault is asked about again at the next call.
    clock
        Monotonic clock, in seconds.
    """

    def __init__(self, ask: Callable[..., Value], kept_seconds: float, clock: Callable[[], float] = time.monotonic):
        self._ask = ask
        self._kept_seconds = kept_seconds
        self._clock = clock
        self._changed = threading.Condition()
        self._is_asking = False
        self._n_asked = 0
        self._known: Optional[_Answer[Value]] = None

    def get(self, *arguments: Any, fresh: bool = False) -> Value:
        """Return the value, or raise the fault of asking for it.

        Parameters
        ----------
        arguments
            What to ask with, where this call is the one that asks.
        fresh
            Whether the value must have been asked for after this call began.
        """
        with self._changed:
            least, has_waited = (self._n_asked + 1 if fresh else 0), False
            while True:
                known = self._known
                will_do = has_waited or self._is_asking or self._is_young(known)
                if known is not None and known.number >= least and will_do:
                    return known.result()
                if not self._is_asking:
                    break
                has_waited = True
                self._changed.wait()
            self._is_asking = True
            self._n_asked += 1
            number = self._n_asked
        return self._answer(number, arguments).result()

    def _is_young(self, known: Optional[_Answer[Value]]) -> bool:
        return known is not None and known.fault is None and self._clock() - known.time < self._kept_seconds

    def _answer(self, number: int, arguments: tuple[Any, ...]) -> _Answer[Value]:
        """Ask, and wake the waiting threads; they ask themselves where this ended without an answer."""
        answer: Optional[_Answer[Value]] = None
        try:
            answer = _Answer(number, self._clock(), self._ask(*arguments))
        except (SettingsError, DataError) as fault:
            answer = _Answer(number, self._clock(), fault=fault)
        finally:
            with self._changed:
                self._is_asking = False
                self._known = answer or self._known
                self._changed.notify_all()
        return answer
