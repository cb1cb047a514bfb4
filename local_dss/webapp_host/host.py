"""The part of an instance a webapp meets in the browser: frame, page, files, data, and the way to the backend."""

from __future__ import annotations

import http
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.names import is_name
from local_dss.site.local_dss_storage.projects import project_folder
from local_dss.webapp_host.libraries import LIBRARIES_URL, LibraryShelf
from local_dss.webapp_host.page import ASSETS_URL, PageAddress, assemble_page, config_script, frame_page, warning_script
from local_dss.webapp_host.page_data import PUBLIC_API_URL, PageAccess
from local_dss.webapp_host.proxy import forward, not_running
from local_dss.webapp_host.static_files import answer_with_file, answer_with_text, not_found
from local_dss.webapp_host.webapp import Webapp

ASSETS_FOLDER = Path(__file__).with_name("assets")
# Another name in the Host header means that a foreign page reached this port through a name of its own; another one
# in Origin, that a foreign page sends requests here.
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1"})
STYLES_URL = "/static/public/styles/1.0.0/"
# Files that an administrator puts on an instance, for every page, and those of its projects. The folders of the
# stand-in's home that stand for them; a visitor must be signed in for the resources of a project that are not public.
INSTANCE_FILES_URL = "/local/static/"
PROJECT_FILES_URL = "/local/projects/"
PROJECT_FOLDERS = ("static", "resources", "public-resources")
PRIVATE_PROJECT_FOLDER = "resources"
CONTENT_SECURITY_POLICY = "script-src 'self'; style-src 'self'"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HostedWebapp:
    """A webapp and all the host must know to serve it; the login is None for an anonymous visitor."""

    webapp: Webapp
    plugin_id: str
    resource_folder: Path
    address: PageAddress
    config: dict[str, Any]
    has_policy: bool
    login: str | None
    shelf: LibraryShelf
    access: PageAccess

    @property
    def warnings(self) -> list[str]:
        """Sentences on libraries the page lacks."""
        return self.shelf.warnings(self.webapp.libraries)

    @property
    def home(self) -> Path:
        """Home folder of the stand-in."""
        return self.access.project.home


class WebappHost:
    """WSGI application of the host; `next_port` returns the port of the next backend process, if one is ready."""

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
            PROJECT_FILES_URL: self._answer_with_project_file,
        }
        resource_urls = [f"/plugins/{hosted.plugin_id}/resource/", *hosted.address.relative_resource_urls]
        self._folders = {
            **dict.fromkeys(resource_urls, hosted.resource_folder),
            ASSETS_URL: ASSETS_FOLDER,
            STYLES_URL: ASSETS_FOLDER / "styles",
            LIBRARIES_URL: hosted.shelf.folder,
            INSTANCE_FILES_URL: hosted.home / "static",
        }

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            response = self._answer(request)
        except HTTPException as error:  # as for a range that a file does not have
            response = error.get_response(environ)
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
        if request.path.startswith(PUBLIC_API_URL):
            return self._hosted.access.answer(request, request.path[len(PUBLIC_API_URL) :])
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
        for prefix, folder in self._folders.items():
            if request.path.startswith(prefix) and folder is not None:
                return answer_with_file(request, folder, request.path[len(prefix) :])
        return not_found()

    def _answer_with_frame(self) -> Response:
        hosted = self._hosted
        return answer_with_text(frame_page(hosted.webapp.label, hosted.address, hosted.warnings), "text/html")

    def _answer_with_project_file(self, request: Request, path: str) -> Response:
        project_key, _, rest = path.partition("/")
        folder, _, name = rest.partition("/")
        if folder not in PROJECT_FOLDERS or not is_name(project_key):
            return not_found()
        if folder == PRIVATE_PROJECT_FOLDER and self._hosted.login is None:
            return _refusal("These files are for visitors who are signed in.", http.HTTPStatus.UNAUTHORIZED)
        return answer_with_file(request, project_folder(self._hosted.home, project_key) / folder, name)

    def _answer_with_page(self) -> Response:
        hosted = self._hosted
        response = answer_with_text(assemble_page(hosted.webapp, hosted.address, hosted.shelf), "text/html")
        if hosted.has_policy:
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    def _answer_with_page_file(self, request: Request, name: str) -> Response:
        """Answer requests for the parts of the page; other files of the webapp's folder are not served."""
        hosted = self._hosted
        writers: dict[str, Callable[[], tuple[str, str]]] = {
            "app.js": lambda: (hosted.webapp.read("app.js"), "text/javascript"),
            "style.css": lambda: (hosted.webapp.read("style.css"), "text/css"),
            "config.js": lambda: (
                config_script(hosted.config, hosted.address, hosted.access.api_key),
                "text/javascript",
            ),
            "warning.js": lambda: (warning_script(hosted.warnings), "text/javascript"),
        }
        if name == "style.css" and not hosted.webapp.has_style:
            return not_found()
        return answer_with_text(*writers[name]()) if name in writers else not_found()


def _comes_from_this_computer(request: Request) -> bool:
    """Return whether the address is local, and so is the origin of the page that asks, if it is named."""
    name = request.headers.get("Host", "").partition(":")[0]
    origin = request.headers.get("Origin")
    try:
        is_local_origin = origin is None or urlsplit(origin).hostname in LOCAL_NAMES
    except ValueError:  # no address at all, as "http://["
        return False
    return name.lower() in LOCAL_NAMES and is_local_origin


def _refusal(sentence: str, status: http.HTTPStatus) -> Response:
    return Response(sentence + "\n", status=status, mimetype="text/plain")
