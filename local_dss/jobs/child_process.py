"""Run a process to its end while copying what it prints, and leave none of its descendants behind."""

from __future__ import annotations

import codecs
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Optional, cast

from local_dss.errors import LocalDssError

_PIPE_BLOCK = 65536
_SECONDS_BETWEEN_LOOKS = 0.1  # at whether to stop
_SECONDS_FOR_LAST_WORDS = (
    2.0  # what is in the pipe when the process ends is read at once; only descendants keep it open
)


def run_to_end(
    command: list[str],
    *,
    working_folder: Path,
    environment: dict[str, str],
    log: IO[str],
    is_quiet: bool = False,
    stopping: Optional[threading.Event] = None,
) -> int:
    """Run a command in its complete environment; copy its output to a log as it comes, and to stderr unless quiet.

    Kill it with its descendants as soon as `stopping` is set. Return the exit code, the negative signal number when it
    was killed.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=working_folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own, so that its workers can be ended with it
        )
    except OSError as error:
        raise LocalDssError(f"The Python process of the recipe cannot be started: {error.strerror}.") from None
    output = cast("IO[bytes]", process.stdout)
    copier = threading.Thread(target=_copy_output, args=(output, [log] if is_quiet else [sys.stderr, log]), daemon=True)
    copier.start()
    try:
        with _stoppable():
            return _wait(process, stopping)
    finally:
        if process.poll() is None:
            _end_group(process.pid)
            process.wait()
        copier.join(_SECONDS_FOR_LAST_WORDS)
        _end_group(process.pid)
        copier.join()
        output.close()


def _wait(process: subprocess.Popen[bytes], stopping: Optional[threading.Event]) -> int:
    if stopping is None:
        return process.wait()
    while not stopping.is_set():
        with suppress(subprocess.TimeoutExpired):
            return process.wait(_SECONDS_BETWEEN_LOOKS)
    _end_group(process.pid)
    return process.wait()


def _copy_output(pipe: IO[bytes], targets: list[IO[str]]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    last = "\n"
    while True:
        block = os.read(pipe.fileno(), _PIPE_BLOCK)
        text = decoder.decode(block, final=not block)
        last = text[-1:] or last
        if not block and last != "\n":
            text += "\n"  # what the host writes next starts on a line of its own
        for target in targets:
            target.write(text)
            target.flush()
        if not block:
            return


def _end_group(group: int) -> None:
    """Kill what is left of a process group; usually nothing is."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite request to end this process end the child too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(signal_number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)
