"""Let only the webapp's own page change anything, and read what it sends within bounds.

The browser sends the visitor's cookies with a request of any page. So a request that changes something must carry a
header no other page can add without being allowed to (which a browser asks for first, and nothing here allows), and
must come from the same origin as far as the browser reports it.

References
----------
OWASP, Cross-Site Request Forgery Prevention Cheat Sheet: "Employing Custom Request Headers for AJAX/API", "Fetch
Metadata" and "Verifying Origin With Standard Headers".
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from flask import Request
from werkzeug.datastructures import Headers

from text_explorer.explorer.shared.errors import BadRequestError, BodyTooLongError, BodyTypeError, ForbiddenError
from text_explorer.explorer.shared.source import Source, Visitor

HEADER, HEADER_VALUE = "X-Text-Explorer", "1"
LONGEST_BODY = 1_000_000
"""Bytes. A text to try of 100,000 characters takes at most 600,000 when each is written as an escape."""

_LONGEST_NUMBER = 20
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")
_ELSEWHERE = "This request does not come from the page of the webapp, so nothing was changed. Load the page again."


def check_request(request: Request) -> None:
    """Refuse a request that would change something unless the webapp's own page sends it, as JSON within bounds."""
    if request.method not in _CHANGING:
        return
    if request.headers.get(HEADER) != HEADER_VALUE or not _is_same_origin(request.headers):
        raise ForbiddenError(_ELSEWHERE)
    if request.mimetype != "application/json":
        raise BodyTypeError("The request must be JSON (Content-Type: application/json).")
    if (request.content_length or 0) > LONGEST_BODY:
        raise _too_long()


def json_body(request: Request) -> dict[str, Any]:
    """Read the JSON object a request holds; one that is too long, or no object, is refused."""
    body = request.stream.read(LONGEST_BODY + 1)
    if len(body) > LONGEST_BODY:
        raise _too_long()
    try:
        value = json.loads(body, parse_constant=_refuse, parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("The request is not valid JSON.") from error
    if not isinstance(value, dict):
        raise BadRequestError("The request must be a JSON object.")
    return value


def visitor_of(request: Request, source: Source) -> Visitor | None:
    """Return who sent a request, None where the visitor is not signed in."""
    return source.visitor(dict(request.headers))


def visitor_of_own_page(request: Request, source: Source) -> Visitor | None:
    """Return who sent a request; None where the visitor is not signed in, or another page sent it.

    For requests that may cost money: they change nothing, so that any page can make a visitor's browser send them.
    Where the browser reports neither fetch metadata (without TLS) nor an origin, the referrer must be of the same host.
    """
    headers = request.headers
    is_reported = "Sec-Fetch-Site" in headers or "Origin" in headers
    is_own = _is_same_origin(headers) if is_reported else _is_own_host(headers.get("Referer", ""), headers)
    return visitor_of(request, source) if is_own else None


def _is_same_origin(headers: Headers) -> bool:
    """Return whether a request comes from the page's own origin, as far as the browser reports it.

    Ports do not count: proxies often do not hand them on, and the header alone keeps out other pages of the same host.
    """
    fetched = headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = headers.get("Origin")
    if origin is None:
        return True
    return _is_own_host(origin, headers)


def _is_own_host(address: str, headers: Headers) -> bool:
    own = [headers.get("Host", ""), *headers.get("X-Forwarded-Host", "").split(",")]
    return _host(address) in {_host(f"//{host.strip()}") for host in own if host.strip()}


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not valid JSON")


def _integer(digits: str) -> int:
    """Read a whole number; one of a million digits would take minutes."""
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("number too long")
    return int(digits)


def _too_long() -> BodyTooLongError:
    return BodyTooLongError(f"The request is too long: at most {LONGEST_BODY:,} bytes are allowed.")
