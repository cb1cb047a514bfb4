"""Bind a port of this computer, and stop politely on Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from local_dss.errors import LocalDssError

HOST = "127.0.0.1"


class _QuietRequestHandler(WSGIRequestHandler):
    """Answer without a log line per request: the backend's log must stay readable."""

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Log nothing."""


def bind_server(application: Callable[..., Any], port: int) -> BaseWSGIServer:
    """Bind the port first, so that a port in use is a sentence and not the end of the interpreter."""
    try:
        listener = socket.create_server((HOST, port), backlog=128)
    except OSError as error:
        raise LocalDssError(
            f"Port {port} of {HOST} cannot be used: {os.strerror(error.errno or 0)}. Choose another one with --port."
        ) from None
    with listener:
        return make_server(
            HOST, port, application, threaded=True, request_handler=_QuietRequestHandler, fd=listener.fileno()
        )


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Turn Ctrl-C and SIGTERM into an event while the block runs."""
    stopped = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    earlier = [signal.signal(number, lambda *_: stopped.set()) for number in numbers]
    try:
        yield stopped
    finally:
        for number, handler in zip(numbers, earlier):
            signal.signal(number, handler)
