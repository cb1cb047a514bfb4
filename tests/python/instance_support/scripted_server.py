"""A server that answers what a test says, for what a healthy instance never does."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BASE = "/dip/publicapi"
AUTH = ("GET", "/auth/info")
WELCOME = {AUTH: [(200, {"authIdentifier": "admin", "groups": []})]}


@dataclass
class Script:
    """Answers by method and path, each used once but the last, which stays; a text is sent as an HTML page."""

    answers: dict[tuple[str, str], list[tuple[int, Any]]]
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str) -> tuple[int, Any]:
        """Return status and content for a request."""
        path = path.partition("?")[0].removeprefix(BASE)
        self.asked.append(f"{method} {path}")
        left = self.answers.get((method, path))
        if not left:
            return 404, {"errorType": "NotFoundException", "message": f"no {path} here"}
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def scripted_server(script: Script, certificate: Path | None = None) -> Iterator[str]:
    """Serve a script, and yield the address; with a certificate (and its key in one file) by TLS."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            time.sleep(script.seconds)
            status, content = script.answer(self.command, self.path)
            is_page = isinstance(content, str)
            data = content.encode() if is_page else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if is_page else "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Print nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Print nothing when a client refuses the certificate or has left."""

    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
