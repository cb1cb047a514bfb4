"""What all answers of the webapp have in common: strict JSON, a sentence for each fault, and headers for the browser.

The application belongs to DSS, which has addresses of its own on it (such as ``/__ping``): those are left alone.

References
----------
OWASP, REST Security Cheat Sheet: "Security Headers".
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from typing import Any, Optional

import numpy as np
from flask import Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from text_explorer.explorer.index_store import IndexStore
from text_explorer.explorer.shared.errors import NotFoundError, status_code_of

logger = logging.getLogger(__name__)

PREFIX = "/api"
_HEADERS = {
    "Cache-Control": "no-store",  # the same address means other data after the next run
    "Content-Security-Policy": "default-src 'none'",  # of the answers alone: DSS serves the page itself
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_UNEXPECTED = "An unexpected error occurred. The log of the webapp's backend has the details."
_LONGEST_ADDRESS = 80
_RETRY_AFTER_SECONDS = 10


def json_answer(value: Any, code: int = 200) -> Response:
    """Return a value as strict JSON: a number that is not finite, which JSON does not have, is null."""
    return Response(_json(value), code, mimetype="application/json")


def _json(value: Any) -> bytes:
    try:
        text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    except ValueError:
        logger.warning("An answer held a number that is not finite: %r", request.path)
        text = json.dumps(_finite(value), allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()


def index_answer(store: IndexStore, question: Callable[..., Any], *arguments: Any) -> Response:
    """Return the answer to a question to the index."""
    with store.open() as index:
        return json_answer(question(index, *arguments))


def csv_answer(pieces: Generator[str, None, None], name: str) -> Response:
    """Return a file in pieces under a name; faults of the request are raised before the answer begins."""
    first = next(pieces)
    answer = Response(chain([first], pieces), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.call_on_close(pieces.close)
    return answer


def csv_pieces(
    store: IndexStore, question: Callable[..., Iterator[str]], *arguments: Any
) -> Generator[str, None, None]:
    """Yield the pieces of a file; the index is closed after the last one, or when the visitor goes.

    Where the index turns out to be damaged half way, the store learns of it, and the error cuts the connection: the
    browser reports a download that failed, and no file that lacks rows.
    """
    with store.open() as index:
        yield from question(index, *arguments)


def kept_answer(store: IndexStore, question: Callable[..., Any], *arguments: Any) -> Response:
    """Return the answer to a question that goes through all documents; it is kept with what was found for others.

    The arguments must be all that it depends on beside the index and the edits, and hashable.
    """
    with store.open() as index:
        key = (question.__name__, index.edits.version, *arguments)
        kept = index.rows_cache.get(key, lambda: np.frombuffer(_json(question(index, *arguments)), np.uint8))
    return Response(kept.tobytes(), mimetype="application/json")


def fault_answer(error: Exception) -> Response:
    """Return a fault as one sentence; what was not foreseen goes to the log with its traceback."""
    if isinstance(error, HTTPException):
        return _http_fault(error)
    code = status_code_of(error)
    if code < 500 or code == 503:
        answer = json_answer({"error": str(error)}, code)
        if code == 503:
            answer.headers["Retry-After"] = _RETRY_AFTER_SECONDS
        return answer
    logger.error("A request failed: %r", request.path, exc_info=error)
    return json_answer({"error": _UNEXPECTED}, 500)


def unrouted_answer() -> Optional[Response]:
    """Return the answer to a request that no route takes, None where there is one or DSS is to answer.

    Redirects are refused wherever they lead: Flask would send addresses with doubled slashes to the name of the host
    that the request claims, and knows nothing of the path under which DSS serves the backend.
    """
    fault = request.routing_exception
    if fault is None or not _is_ours():
        return None
    return _http_fault(fault)


def add_headers(response: Response) -> Response:
    """Add the headers that keep a browser from guessing at, keeping or embedding an answer."""
    if _is_ours():
        response.headers.update(_HEADERS)
    return response


def _is_ours() -> bool:
    path = "/" + request.path.lstrip("/")  # as Flask routes it
    return path == PREFIX or path.startswith(f"{PREFIX}/") or isinstance(request.routing_exception, RequestRedirect)


def _http_fault(fault: HTTPException) -> Response:
    """Return what Flask or a proxy of its kind refuses, with the headers that belong to the refusal."""
    address = f"'{request.path.lstrip('/')[:_LONGEST_ADDRESS]}'"
    if isinstance(fault, RequestRedirect) or fault.code == 404:
        return fault_answer(NotFoundError(f"There is nothing at {address}."))
    sentence, headers = fault.description or fault.name, {}
    if isinstance(fault, MethodNotAllowed) and fault.valid_methods:
        headers["Allow"] = ", ".join(sorted(fault.valid_methods))
        sentence = f"{address} does not allow the method {request.method[:_LONGEST_ADDRESS]}. Use {headers['Allow']}."
    answer = json_answer({"error": sentence}, fault.code or 500)
    answer.headers.update({name: value for name, value in fault.get_headers() if name.lower() != "content-type"})
    answer.headers.update(headers)
    return answer


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
