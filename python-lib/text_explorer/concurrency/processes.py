"""Share work among processes, with results in the order of the work.

Half of the time of a summary goes into Python code, which threads cannot share. The pools of the standard library run
the main module again in each process they start, which for a recipe is the recipe itself, and their processes outlive a
job that is killed. These here get work and give results through pipes: they start from nothing but the module path, and
end when the pipe does, whatever ended it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event, Lock
from typing import Any, Callable, Optional, TypeVar

from text_explorer.concurrency.threads import available_workers

Item = TypeVar("Item")
Result = TypeVar("Result")
Share = Callable[[Iterable[Item]], Iterator[Result]]

LEAST_CHARACTERS = 5_000_000
"""Texts of this size are some seconds of work, where the second to start a process pays."""

ITEMS_AHEAD = 16
"""Items taken for each process before their results are asked for: work for this one while others start, and for all
while results are written."""

SECONDS_TO_END = 5.0
"""A process that is still there so long after its pipe was closed is ended."""

_START = (
    "import sys; from multiprocessing.connection import Connection; pipe = Connection(int(sys.argv[1])); "
    "sys.path[:] = pipe.recv(); from text_explorer.concurrency.processes import serve; serve(pipe)"
)
_STDERR = 2
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Libraries would start a thread for each processor in each of the processes, which wait for one another."""


class ProcessDiedError(RuntimeError):
    """A process that shared the work ended before it was done."""

    def __init__(self, status: int):
        if status < 0:
            how = f"was killed (signal {-status}), which mostly means that the memory ran out"
        else:
            how = f"ended with status {status}; the lines above tell why"
        super().__init__(
            f"A process that shared the work {how}. Set 'Number of processes' to 1, so that one does all of it, "
            "or give the job more memory."
        )


def number_of_processes(wanted: int, *, much: bool) -> int:
    """Tell how many processes shall share the work on texts.

    Parameters
    ----------
    wanted
        What the user chose; 0 leaves it open.
    much
        Whether there is enough work for several.
    """
    if not sys.executable:
        return 1  # Python runs inside another program, and nothing tells how to start a second one
    if wanted:
        return wanted
    return available_workers() if much else 1


@contextmanager
def sharing(function: Callable[[Item], Result], n_processes: int, *, items_at_once: int = 1) -> Iterator[Share]:
    """Apply a function to items on several processes.

    Parameters
    ----------
    function
        Can be pickled, as its items and results can.
    n_processes
        This one among them, which works as the others do: it has loaded what they must load first.
    items_at_once
        How many items each other process holds, the one it works on included. With two, it need not wait until this
        process, busy with an item of its own, has read the result and sent more. But the second waits for the first
        even if this process has nothing to do, so two are for items that are all about the same work.

    Yields
    ------
    callable
        Maps items to an iterator of results in their order. Items are taken one by one, a few ahead of the results,
        so that memory stays bounded.

    Raises
    ------
    ProcessDiedError
        By the iterator, where another process is killed, or the function raises in it.
    """
    if n_processes == 1:
        yield lambda items: map(function, items)
        return
    with ExitStack() as running:
        idle: SimpleQueue[Callable[[Item], Result]] = SimpleQueue()
        others = [running.enter_context(_process(function)) for _ in range(n_processes - 1)]
        for answer in [*others, function, *others * (items_at_once - 1)]:
            idle.put(answer)
        n_threads = idle.qsize()

        def ask(item: Item) -> Result:
            answer = idle.get()
            try:
                return answer(item)
            finally:
                idle.put(answer)

        yield lambda items: _in_order(ask, items, n_threads, ITEMS_AHEAD * n_processes)


def _in_order(ask: Callable[[Item], Result], items: Iterable[Item], n_threads: int, n_ahead: int) -> Iterator[Result]:
    """Yield the results in the order of the items, with a thread to wait for each that is asked for."""
    with ThreadPoolExecutor(n_threads) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(ask, item))
                if len(waiting) > n_ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def serve(pipe: Connection) -> None:
    """Answer requests until there are no more; what a process of `sharing` does.

    A result is sent while the next one is made, since the other end may take its time to read it.
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
    """Send a result; where that fails, end the process, or the other end would wait for ever."""
    try:
        pipe.send_bytes(content)
    except ConnectionError:
        os._exit(0)  # nobody waits for results any more
    except BaseException:  # noqa: BLE001 - whatever it is, it goes into the log
        traceback.print_exc()
        os._exit(1)


class _OtherProcess:
    """Gives items to a process, the next one while it works on the one before, and tells what came of each.

    A failure may leave half a message in the pipe. So it ends the process, and all who wait for it learn that.
    """

    def __init__(self, process: subprocess.Popen[bytes], pipe: Connection):
        self._process = process
        self._pipe = pipe
        self._sending = Lock()
        self._answered = Event()
        self._answered.set()

    def __call__(self, item: Any) -> Any:
        """Wait for the result of an item; several threads may, and get theirs in the order they sent."""
        content = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        answered = Event()
        try:
            with _dying(self._process):
                with self._sending:
                    before, self._answered = self._answered, answered
                    self._pipe.send_bytes(content)
                before.wait()
                return self._pipe.recv()
        except BaseException:
            self._process.kill()
            raise
        finally:
            answered.set()


@contextmanager
def _process(function: Callable[[Any], Any]) -> Iterator[_OtherProcess]:
    """Start a process, and give it the function by a pipe of its own."""
    pipe, end_of_process = Pipe()
    with end_of_process:
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(end_of_process.fileno())],
            pass_fds=[end_of_process.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=_STDERR,  # what a library prints belongs to the log
            env={**os.environ, **_ONE_THREAD},
        )
    try:
        with _dying(process):
            pipe.send(sys.path)
            pipe.send(function)
        yield _OtherProcess(process, pipe)
    finally:
        _end(process, pipe)


@contextmanager
def _dying(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Say in a sentence that a process died, which a broken pipe or half an answer shows."""
    try:
        yield
    except (EOFError, OSError):
        try:
            status = process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            status = None
        if status is None:
            raise  # it lives, so the fault is another
        raise ProcessDiedError(status) from None


def _end(process: subprocess.Popen[bytes], pipe: Connection) -> None:
    """Close the pipe, at which the process ends by itself, and see to it that it does."""
    pipe.close()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
