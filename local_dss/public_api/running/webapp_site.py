"""What browsers meet of an instance: pages of webapps, their files, data and backends, at their real addresses."""

from __future__ import annotations

import http
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from local_dss.environment import child_environment
from local_dss.errors import LocalDssError
from local_dss.public_api.errors import ApiError
from local_dss.public_api.running.webapps import (
    CODE_TYPES,
    WebappBackends,
    plugin_webapp,
    read_webapp,
    webapp_config,
)
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.projects import list_projects
from local_dss.webapp_host.config import Project
from local_dss.webapp_host.host import HostedWebapp, WebappHost
from local_dss.webapp_host.libraries import open_shelf
from local_dss.webapp_host.page import PageAddress
from local_dss.webapp_host.page_data import PUBLIC_API_URL, PageAccess
from local_dss.webapp_host.static_files import answer_with_file, not_found

_WEBAPP_URL = re.compile(r"/(?:webapps|web-apps-backends)/([^/]+)/([^/]+)(?:/|$)")
_FRAME_URL = re.compile(r"/projects/([^/]+)/webapps/([^/]+)/view/?")
_RESOURCE_URL = re.compile(r"/plugins/([^/]+)/resource/(.+)")

Definition = dict[str, Any]


class WebappSite:
    """WSGI application that finds the webapp a request is for, and lets its host answer.

    The address of a page, of a backend, or a page's API key names the webapp; other files are those of the page that
    asks, if the browser tells it, else of any webapp.
    """

    def __init__(self, instance: Instance):
        self._instance = instance

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        try:
            answer = self._answer(Request(environ))
        except HTTPException as error:  # as for a range that a file does not have
            answer = error.get_response(environ)
        except (ApiError, LocalDssError, StorageError) as error:
            answer = Response(f"{error}\n", http.HTTPStatus.INTERNAL_SERVER_ERROR, mimetype="text/plain")
        return answer(environ, start_response)

    def has_page_key(self, request: Request) -> bool:
        """Return whether a request to the API comes from a page, with the key of its webapp."""
        return self._with_page_key(request) is not None

    def _answer(self, request: Request) -> Callable[..., Iterable[bytes]]:
        resource = _RESOURCE_URL.fullmatch(request.path)
        if resource is not None:
            return self._resource(request, *resource.groups())
        if request.path.startswith(PUBLIC_API_URL):
            definition = self._with_page_key(request)
        else:
            definition = self._named_by(_FRAME_URL, request.path) or self._named_by(_WEBAPP_URL, request.path)
            definition = definition or self._of_page(request) or self._any()
        if definition is None or definition["type"] in CODE_TYPES:
            return not_found()
        caller = self._instance.callers.of_request(request.headers.get("Authorization", ""), None)
        if caller is not None and not (definition.get("params") or {}).get("backendAPIAccessEnabled"):
            return Response(
                "API access to the backend is not enabled in the settings of this webapp.\n",
                http.HTTPStatus.FORBIDDEN,
                mimetype="text/plain",
            )
        return self._host(definition, caller, is_frame=_FRAME_URL.fullmatch(request.path) is not None)

    def _host(self, definition: Definition, caller: Caller | None, *, is_frame: bool) -> Callable[..., Iterable[bytes]]:
        key, webapp_id = definition["projectKey"], definition["id"]
        backends = self._instance.service(WebappBackends)
        host = WebappHost(self._hosted(definition, caller), lambda: backends.next_port(key, webapp_id))
        if not is_frame:
            return host
        return lambda environ, start_response: host({**environ, "PATH_INFO": "/"}, start_response)

    def _hosted(self, definition: Definition, caller: Caller | None) -> HostedWebapp:
        instance, project_key = self._instance, definition["projectKey"]
        plugin, webapp = plugin_webapp(instance, definition["type"])
        project = Project(instance.home, project_key)
        authorised = (definition.get("params") or {}).get("authorizedDatasets") or []
        settings = instance.settings()
        return HostedWebapp(
            webapp=webapp,
            plugin_id=plugin.plugin_id,
            resource_folder=plugin.resource_folder,
            address=PageAddress(project_key, definition["id"]),
            config=webapp_config(instance, webapp, definition),
            has_policy=False,
            login=caller.user if caller else settings.visitor or next(iter(settings.users), None),
            shelf=open_shelf(instance.libraries, webapp.libraries),
            access=PageAccess(
                project,
                frozenset(name for name in authorised if webapp.has_security_panel),
                child_environment(home=instance.home, project_key=project_key, plugin=plugin),
                definition["apiKey"],
            ),
        )

    def _resource(self, request: Request, plugin_id: str, path: str) -> Response:
        try:
            return answer_with_file(request, self._instance.plugins.load(plugin_id).resource_folder, path)
        except ApiError:
            return not_found()

    def _named_by(self, pattern: re.Pattern[str], path: str) -> Definition | None:
        named = pattern.match(path)
        return self._find(*named.groups()) if named else None

    def _of_page(self, request: Request) -> Definition | None:
        return self._named_by(_WEBAPP_URL, urlsplit(request.headers.get("Referer", "")).path)

    def _any(self) -> Definition | None:
        keys = list_projects(self._instance.home)
        return next((item for key in keys for item in self._all(key) if item["type"] not in CODE_TYPES), None)

    def _with_page_key(self, request: Request) -> Definition | None:
        authorization = request.authorization
        if not request.path.startswith(PUBLIC_API_URL) or authorization is None or authorization.type != "basic":
            return None
        if self._instance.callers.of_request(request.headers["Authorization"], None) is not None:
            return None
        keys = list_projects(self._instance.home)
        return next(
            (item for key in keys for item in self._all(key) if item.get("apiKey") == authorization.username), None
        )

    def _find(self, project_key: str, webapp_id: str) -> Definition | None:
        try:
            return read_webapp(self._instance, project_key, webapp_id)
        except ApiError:
            return None

    def _all(self, project_key: str) -> list[Definition]:
        return self._instance.objects(project_key, "webapps").read_all()
