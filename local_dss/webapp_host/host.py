"""The part of an instance a webapp meets in the browser: frame, page, plugin resources and the way to the backend."""

from __future__ import annotations

import http
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from ..errors import LocalDssError
from .frame import frame_page
from .page import ASSETS_URL, PageAddress, assemble_page, config_script, warning_script
from .proxy import forward, not_running
from .static_files import answer_with_file, answer_with_text, not_found
from .webapp import Webapp

ASSETS_FOLDER = Path(__file__).with_name("assets")
# Another name in the Host header means that a foreign page reached this port through a name of its own; another one
# in Origin, that a foreign page sends requests here.
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1"})
CONTENT_SECURITY_POLICY = "script-src 'self'; style-src 'self'"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HostedWebapp:
    """A webapp and all the host must know to serve it.

    Attributes
    ----------
    webapp : Webapp
        The webapp.
    plugin_id : str
        Its plugin.
    resource_folder : Path
        The plugin's static files.
    address : PageAddress
        Where the webapp is served.
    config : dict
        Values of its params.
    has_policy : bool
        Whether the page is sent with a ``Content-Security-Policy``.
    login : str or None
        Login of the visitor; None for an anonymous one.
    """

    webapp: Webapp
    plugin_id: str
    resource_folder: Path
    address: PageAddress
    config: dict[str, Any]
    has_policy: bool
    login: str | None


class WebappHost:
    """WSGI application of the host.

    Parameters
    ----------
    hosted : HostedWebapp
        What to serve.
    next_port : callable
        Gives the port of the backend process whose turn it is, or None while there is none.
    """

    def __init__(self, hosted: HostedWebapp, next_port: Callable[[], int | None]) -> None:
        self._hosted = hosted
        self._next_port = next_port
        self._exact = {
            "/": self._answer_with_frame,
            "/favicon.ico": lambda: Response(status=http.HTTPStatus.NO_CONTENT),
            hosted.address.page_url: self._answer_with_page,
        }
        self._below = {
            hosted.address.page_url + "/": self._answer_with_page_file,
            f"/plugins/{hosted.plugin_id}/resource/": self._answer_with_resource,
            **dict.fromkeys(hosted.address.relative_resource_urls, self._answer_with_resource),
            ASSETS_URL: self._answer_with_asset,
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            response = self._answer(request)
        except LocalDssError as error:
            logger.error("%s", error)
            response = Response(f"{error}\n", status=http.HTTPStatus.INTERNAL_SERVER_ERROR, mimetype="text/plain")
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if not _comes_from_this_computer(request):
            return _refusal("This host answers pages of localhost and 127.0.0.1 only.", http.HTTPStatus.FORBIDDEN)
        backend_url = self._hosted.address.backend_url
        if request.path.startswith(backend_url):
            return self._answer_from_backend(request, "/" + request.path[len(backend_url) :])
        if request.method not in {"GET", "HEAD"}:
            return _refusal("Only the backend takes this method.", http.HTTPStatus.METHOD_NOT_ALLOWED)
        return self._answer_with_content(request)

    def _answer_from_backend(self, request: Request, path: str) -> Response:
        port = self._next_port()
        return not_running() if port is None else forward(request, port, path, self._hosted.login)

    def _answer_with_content(self, request: Request) -> Response:
        if request.path in self._exact:
            return self._exact[request.path]()
        for prefix, answer in self._below.items():
            if request.path.startswith(prefix):
                return answer(request, request.path[len(prefix) :])
        return not_found()

    def _answer_with_frame(self) -> Response:
        return answer_with_text(frame_page(self._hosted.webapp.label, self._hosted.address), "text/html")

    def _answer_with_resource(self, request: Request, path: str) -> Response:
        return answer_with_file(request, self._hosted.resource_folder, path)

    def _answer_with_asset(self, request: Request, path: str) -> Response:
        return answer_with_file(request, ASSETS_FOLDER, path)

    def _answer_with_page(self) -> Response:
        response = answer_with_text(assemble_page(self._hosted.webapp, self._hosted.address), "text/html")
        if self._hosted.has_policy:
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    def _answer_with_page_file(self, request: Request, name: str) -> Response:
        """Answer for what the page is made of; other files of the webapp's folder are not served."""
        hosted = self._hosted
        writers = {
            "app.js": lambda: (hosted.webapp.read("app.js"), "text/javascript"),
            "style.css": lambda: (hosted.webapp.read("style.css"), "text/css"),
            "config.js": lambda: (config_script(hosted.config, hosted.address), "text/javascript"),
            "warning.js": lambda: (warning_script(hosted.webapp), "text/javascript"),
        }
        return answer_with_text(*writers[name]()) if name in writers else not_found()


def _comes_from_this_computer(request: Request) -> bool:
    """Tell whether the address is a local one, and so is the page that asks, if it says which it is."""
    name = request.headers.get("Host", "").partition(":")[0]
    origin = request.headers.get("Origin")
    is_local_origin = origin is None or urlsplit(origin).hostname in LOCAL_NAMES
    return name.lower() in LOCAL_NAMES and is_local_origin


def _refusal(sentence: str, status: http.HTTPStatus) -> Response:
    return Response(sentence + "\n", status=status, mimetype="text/plain")
