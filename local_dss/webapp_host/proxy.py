"""Forward a request of the page to a backend process, and return its answer.

Only the host sets the visitor that the backend sees, whatever the browser claims.
"""

from __future__ import annotations

import http.client
from urllib.parse import quote

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request, Response

from local_dss.site.local_dss_storage.visitors import VISITOR_COOKIE, VISITOR_HEADER

# The proxy of DSS waits this long for a container's backend.
TIMEOUT_SECONDS = 3600.0
BLOCK_BYTES = 1 << 16
PRINTABLE_ASCII = "".join(chr(code) for code in range(0x21, 0x7F))
# Headers that concern one connection only (RFC 9110, section 7.6.1), and Expect, which the host answers itself.
HOP_BY_HOP = frozenset(
    [
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ]
)
NOT_RUNNING = "Backend not running.\n"


def not_running() -> Response:
    """Return the answer to a request while no backend process is ready."""
    return Response(NOT_RUNNING, status=http.HTTPStatus.BAD_GATEWAY, mimetype="text/plain")


def forward(request: Request, port: int, path: str, login: str | None) -> Response:
    """Send a request to a backend process, at a decoded path, and return its answer as it is read.

    The login is None for an anonymous visitor. When the backend breaks off, the status is 502.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS, blocksize=BLOCK_BYTES)
    try:
        _send(connection, request, _target(request, path), login)
        answer = connection.getresponse()
    except ValueError:  # a method or header that cannot be sent on
        connection.close()
        return Response(
            "This request cannot be sent to a backend.\n", http.HTTPStatus.BAD_REQUEST, mimetype="text/plain"
        )
    except (OSError, http.client.HTTPException):
        connection.close()
        return not_running()
    headers = Headers(end_to_end_headers(answer.getheaders()))
    response = Response(
        iter(lambda: answer.read1(BLOCK_BYTES), b""), status=f"{answer.status} {answer.reason}", headers=headers
    )
    response.call_on_close(connection.close)
    if "Content-Type" not in headers:
        del response.headers["Content-Type"]
    return response


def end_to_end_headers(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Drop the headers that concern one connection only; keep the order of the others."""
    dropped = set(HOP_BY_HOP)
    for name, value in headers:
        if name.lower() == "connection":
            dropped.update(option.strip().lower() for option in value.split(","))
    return [(name, value) for name, value in headers if name.lower() not in dropped]


def with_visitor(headers: list[tuple[str, str]], login: str | None) -> list[tuple[str, str]]:
    """Replace what the browser claims about its user by the login the host knows, empty for an anonymous visitor."""
    kept = [
        (name, _without_visitor_cookie(value) if name.lower() == "cookie" else value)
        for name, value in headers
        if name.lower() != VISITOR_HEADER.lower()
    ]
    return [*((name, value) for name, value in kept if value), (VISITOR_HEADER, login or "")]


def _target(request: Request, path: str) -> str:
    query = request.environ.get("QUERY_STRING", "")
    target = quote(path)
    return f"{target}?{quote(query, safe=PRINTABLE_ASCII)}" if query else target


def _send(connection: http.client.HTTPConnection, request: Request, target: str, login: str | None) -> None:
    is_chunked = request.content_length is None and "Transfer-Encoding" in request.headers
    connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in with_visitor(end_to_end_headers(list(request.headers.items())), login):
        connection.putheader(name, value)
    if is_chunked:
        connection.putheader("Transfer-Encoding", "chunked")
    body = request.stream if is_chunked or request.content_length else None
    connection.endheaders(body, encode_chunked=is_chunked)


def _without_visitor_cookie(cookies: str) -> str:
    """Drop each part that holds the name at all: readers of cookies disagree on where a name may start."""
    return ";".join(part for part in cookies.split(";") if VISITOR_COOKIE not in part).strip()
