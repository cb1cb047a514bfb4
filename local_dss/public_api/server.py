"""The web server of the instance: the public API below its two addresses, and the webapps."""

from __future__ import annotations

import http
import json
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from local_dss.errors import LocalDssError
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.routing import Call, Route
from local_dss.public_api.running.webapp_site import WebappSite
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.errors import StorageError

BASES = ("/public/api", "/dip/publicapi")
UNAUTHORIZED = "Invalid API key or ticket"

logger = logging.getLogger(__name__)


class PublicApi:
    """WSGI application: `routes` answer below the bases of the API, `site` everything else and what pages ask."""

    def __init__(self, instance: Instance, routes: Sequence[Route], site: WebappSite):
        self._instance = instance
        self._site = site
        self._map = Map(
            [Rule(route.path, methods=[route.method], endpoint=route) for route in routes],
            strict_slashes=False,
            merge_slashes=False,
        )

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        base = next((base for base in BASES if path.startswith(f"{base}/")), None)
        request = Request(environ)
        if base is None or self._site.has_page_key(request):
            return self._site(environ, start_response)
        return self._answer(request, path[len(base) :])(environ, start_response)

    def _answer(self, request: Request, path: str) -> Response:
        time.sleep(self._instance.settings().latency_s)
        route, response = self._answer_or_refuse(request, path)
        self._instance.log_request(request.method, route.path if route else path, response.status_code)
        return response

    def _answer_or_refuse(self, request: Request, path: str) -> tuple[Route | None, Response]:
        route = None
        try:
            headers = request.headers
            caller = self._instance.callers.of_request(headers.get("Authorization", ""), headers.get("X-DKU-APITicket"))
            if caller is None:
                raise ApiError(UNAUTHORIZED, http.HTTPStatus.UNAUTHORIZED)
            route, values = self._match(request.method, path)
            call = Call(self._instance, caller, request)
            route.check(call, values)
            return route, as_response(route.answer(call, **values))
        except HTTPException as error:
            status = http.HTTPStatus(error.code or http.HTTPStatus.INTERNAL_SERVER_ERROR)
            return route, refusal(ApiError(error.description or status.phrase, status))
        except ApiError as error:
            return route, refusal(error)
        except (StorageError, LocalDssError) as error:
            return route, refusal(ApiError(str(error)))
        except Exception as error:
            logger.exception("%s %s", request.method, path)
            return route, refusal(ApiError(str(error), http.HTTPStatus.INTERNAL_SERVER_ERROR))

    def _match(self, method: str, path: str) -> tuple[Route, dict[str, Any]]:
        try:
            return self._map.bind("").match(path, method=method)  # type: ignore[return-value]
        except (NotFound, MethodNotAllowed):
            raise not_found(f"The local stand-in for DSS does not serve {method} {path}.") from None


def as_response(answer: Any) -> Response:
    """Return an answer as it is sent: a response as it is, None empty, everything else as JSON."""
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=http.HTTPStatus.NO_CONTENT)
    return Response(json.dumps(answer), mimetype="application/json")


def refusal(error: ApiError) -> Response:
    """Return an error as it is sent."""
    return Response(json.dumps(error.content()), status=error.status, mimetype="application/json")
