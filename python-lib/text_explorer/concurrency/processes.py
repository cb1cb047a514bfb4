"""Ordered map over processes.

Half of the time of a summary is spent in Python code, which holds Python's lock. The pools of the standard library run
the main module again in each process they start (for a recipe, the recipe itself), and their processes outlive a job
that is killed. The workers here need only the module path, exchange items and results through pipes, and end when their
pipe is closed.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event, Lock
from typing import Any, Callable, Optional

from text_explorer.concurrency.threads import Item, Result, available_workers, map_ordered

MapOrdered = Callable[[Iterable[Item]], Iterator[Result]]

MIN_CHARACTERS = 5_000_000
"""Texts of this size take some seconds, so that the second it takes to start a process pays."""

ITEMS_AHEAD = 16
"""Items per process taken ahead of the results: work for this process while others start, and for all while results
are written."""

SECONDS_TO_END = 5.0
"""A process still running this long after its pipe was closed is killed."""

_START = (
    "import sys; from multiprocessing.connection import Connection; pipe = Connection(int(sys.argv[1])); "
    "sys.path[:] = pipe.recv(); from text_explorer.concurrency.processes import serve; serve(pipe)"
)
_STDERR = 2
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Otherwise libraries start a thread per processor in each process, and these threads compete."""


class ProcessDiedError(RuntimeError):
    """A worker process ended before the work was done."""

    def __init__(self, status: int):
        if status < 0:
            reason = f"was killed (signal {-status}), usually because the memory ran out"
        else:
            reason = f"ended with status {status} (see the log above)"
        super().__init__(
            f"A worker process {reason}. Set 'Number of processes' to 1 to use a single process, or give the job more "
            "memory."
        )


def number_of_processes(wanted: int, *, large: bool) -> int:
    """Return the number of processes to use: those wanted, or for 0 several where there is a `large` amount of work."""
    if not sys.executable:
        return 1  # Python is embedded in another program, so there is no command to start a second one
    return wanted or (available_workers() if large else 1)


@contextmanager
def worker_pool(
    function: Callable[[Item], Result], n_processes: int, *, items_at_once: int = 1
) -> Iterator[MapOrdered[Item, Result]]:
    """Start processes that apply a function, which can be pickled as its items and results can, to items.

    Parameters
    ----------
    n_processes
        Includes this process, which works too: it has already loaded what the others must load first.
    items_at_once
        Items each other process holds, including the one in work. With two, it need not wait until this process, busy
        with an item of its own, has read the result and sent the next item. But the second item waits for the first
        even if this process is idle, so two suit items that take about the same time.

    Yields
    ------
    callable
        Maps items to an iterator of results in the same order. Items are taken one by one, a few ahead of the results,
        so that memory stays bounded. The iterator raises `ProcessDiedError` if another process is killed or the
        function raises in it.
    """
    if n_processes == 1:
        yield lambda items: map(function, items)
        return
    with ExitStack() as running:
        others = [running.enter_context(_started_worker(function)) for _ in range(n_processes - 1)]
        workers: list[Callable[[Item], Result]] = [*others, function, *others * (items_at_once - 1)]
        idle: SimpleQueue[Callable[[Item], Result]] = SimpleQueue()
        for worker in workers:
            idle.put(worker)

        def ask(item: Item) -> Result:
            worker = idle.get()
            try:
                return worker(item)
            finally:
                idle.put(worker)

        yield lambda items: map_ordered(ask, items, len(workers), n_ahead=ITEMS_AHEAD * n_processes)


def serve(pipe: Connection) -> None:
    """Answer requests until the pipe is closed; the main loop of a process of `worker_pool`.

    A result is sent while the next one is computed, since the other end may be slow to read it.
    """
    function = pipe.recv()
    with ThreadPoolExecutor(1) as sender:
        sent: Optional[Future[None]] = None
        while True:
            try:
                item = pipe.recv()
            except (EOFError, OSError):
                return
            result = pickle.dumps(function(item), pickle.HIGHEST_PROTOCOL)
            if sent:
                sent.result()
            sent = sender.submit(_send, pipe, result)


def _send(pipe: Connection, content: bytes) -> None:
    """Send a result; if that fails, end the process, or the other end would wait forever."""
    try:
        pipe.send_bytes(content)
    except ConnectionError:
        os._exit(0)  # the other end no longer waits for results
    except BaseException:  # noqa: BLE001 - the thread's last resort: any error belongs in the log
        traceback.print_exc()
        os._exit(1)


class _Worker:
    """Sends items to another process, the next one while it works on the one before, and receives their results.

    A failure may leave half a message in the pipe. So it ends the process, and every waiting thread gets an error.
    """

    def __init__(self, process: subprocess.Popen[bytes], pipe: Connection):
        self._process = process
        self._pipe = pipe
        self._sending = Lock()
        self._answered = Event()
        self._answered.set()

    def __call__(self, item: Any) -> Any:
        """Return the result of an item; threads that wait together get theirs in the order they sent."""
        content = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        answered = Event()
        with ExitStack() as after, ExitStack() as on_failure, _death_explained(self._process):
            after.callback(answered.set)
            on_failure.callback(self._process.kill)
            with self._sending:
                before, self._answered = self._answered, answered
                self._pipe.send_bytes(content)
            before.wait()
            result = self._pipe.recv()
            on_failure.pop_all()
        return result


@contextmanager
def _started_worker(function: Callable[[Any], Any]) -> Iterator[_Worker]:
    """Start a process and send it the function through its own pipe."""
    pipe, end_of_process = Pipe()
    with end_of_process:
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(end_of_process.fileno())],
            pass_fds=[end_of_process.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=_STDERR,  # output printed by a library belongs in the log
            env={**os.environ, **_ONE_THREAD},
        )
    try:
        with _death_explained(process):
            pipe.send(sys.path)
            pipe.send(function)
        yield _Worker(process, pipe)
    finally:
        _end(process, pipe)


@contextmanager
def _death_explained(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Raise ProcessDiedError if a broken pipe or an incomplete result is due to the death of the process."""
    try:
        yield
    except (EOFError, OSError):
        with suppress(subprocess.TimeoutExpired):
            raise ProcessDiedError(process.wait(SECONDS_TO_END)) from None
        raise  # it is alive, so the cause is another


def _end(process: subprocess.Popen[bytes], pipe: Connection) -> None:
    """Close the pipe, on which the process ends; kill it if it does not."""
    pipe.close()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
