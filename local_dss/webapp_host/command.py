"""The command ``serve``: open a webapp of a plugin in the browser."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from werkzeug.serving import BaseWSGIServer

from local_dss.descriptors.json_comments import read_json_file
from local_dss.descriptors.plugin import Plugin, load_plugin
from local_dss.environment import child_environment
from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.names import check_name
from local_dss.site.local_dss_storage.settings import load_settings
from local_dss.webapp_host.backends import BackendCommand, BackendPool
from local_dss.webapp_host.config import CONFIG_VARIABLE, Project, fill_config
from local_dss.webapp_host.host import HostedWebapp, WebappHost
from local_dss.webapp_host.libraries import open_shelf
from local_dss.webapp_host.page import PageAddress
from local_dss.webapp_host.page_data import PageAccess, authorised_names
from local_dss.webapp_host.serving import HOST, bind_server, stop_signals
from local_dss.webapp_host.webapp import Webapp, instance_webapp_id, load_webapp

DEFAULT_PORT = 8765
# The line "Serving ..." waits so long for the backend; then the page opens and shows that it is not running.
BACKEND_WAIT_SECONDS = 20.0
POLL_SECONDS = 0.05


def add_serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``serve``."""
    parser.add_argument("webapp", metavar="WEBAPP", help="name of the webapp's folder below webapps/")
    parser.add_argument("--plugin", required=True, type=Path, help="plugin folder")
    parser.add_argument("--home", required=True, type=Path, help="home folder of the stand-in")
    parser.add_argument("--project", help="project key (default: that of the instance)")
    parser.add_argument("--config", type=Path, help="JSON file with the values of the webapp's params")
    parser.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help="port, 0 for a free one (default: %(default)s)"
    )
    parser.add_argument("--processes", type=_count, default=1, help="backend processes (default: %(default)s)")
    visitor = parser.add_mutually_exclusive_group()
    visitor.add_argument("--user", help="login of the visitor (default: that of instance.json, else its first user)")
    visitor.add_argument("--anonymous", action="store_true", help="serve a visitor who is not signed in")
    parser.add_argument(
        "--authorize",
        metavar="DATASET",
        action="append",
        default=[],
        help="dataset the page may read by dataiku.fetch, as in the security settings of a webapp; may be repeated",
    )
    parser.add_argument(
        "--libraries",
        metavar="DIR",
        type=Path,
        help="folder of the libraries a webapp may tick, filled by 'make webapp-libraries'",
    )
    parser.add_argument("--csp", action="store_true", help="send the page with a strict Content-Security-Policy")


def serve(arguments: argparse.Namespace) -> int:
    """Serve a webapp until Ctrl-C or SIGTERM, then stop its backend processes; return the exit code 0."""
    plugin = load_plugin(arguments.plugin)
    webapp = load_webapp(plugin, arguments.webapp)
    try:
        project = _open_project(arguments)
        login = _choose_visitor(arguments)
        config = fill_config(webapp, _read_values(arguments.config), project)
        command = _backend_command(plugin, webapp, config, project)
        access = PageAccess(project, _authorised(arguments.authorize, webapp, project), command.environment)
    except StorageError as error:
        raise LocalDssError(str(error)) from None
    pool = BackendPool(command, arguments.processes if webapp.has_backend else 0, _log)
    hosted = HostedWebapp(
        webapp=webapp,
        plugin_id=plugin.plugin_id,
        resource_folder=plugin.resource_folder,
        address=PageAddress(project.key, instance_webapp_id(plugin, webapp)),
        config=config,
        has_policy=arguments.csp,
        login=login,
        shelf=open_shelf(arguments.libraries, webapp.libraries),
        access=access,
    )
    server = bind_server(WebappHost(hosted, pool.next_port), arguments.port)
    for warning in hosted.warnings:
        _log(warning)
    _serve_until_stopped(server, pool, webapp.label)
    return 0


def _serve_until_stopped(server: BaseWSGIServer, pool: BackendPool, label: str) -> None:
    with stop_signals() as stopped:
        threading.Thread(target=server.serve_forever, name="webapp-host", daemon=True).start()
        try:
            pool.start()
            _wait_for_backend(pool, stopped)
            if not stopped.is_set():
                print(f"Serving {label} on http://{HOST}:{server.port}/", flush=True)
            stopped.wait()
        finally:
            pool.stop()
            server.shutdown()
            server.server_close()


def _wait_for_backend(pool: BackendPool, stopped: threading.Event) -> None:
    deadline = time.monotonic() + BACKEND_WAIT_SECONDS
    while not pool.is_settled and time.monotonic() < deadline and not stopped.is_set():
        stopped.wait(POLL_SECONDS)
    if not pool.is_settled and not stopped.is_set():
        _log("The backend is not ready yet. The page can be opened; its requests get status 502 until then.")


def _open_project(arguments: argparse.Namespace) -> Project:
    """Choose the project, that of the instance by default."""
    settings = load_settings(arguments.home)
    return Project(arguments.home.resolve(), check_name(arguments.project or settings.default_project, "project"))


def _choose_visitor(arguments: argparse.Namespace) -> str | None:
    """Choose who visits; None for an anonymous visitor, or when the instance has no users at all."""
    settings = load_settings(arguments.home)
    if arguments.anonymous:
        return None
    login = arguments.user or settings.visitor or next(iter(settings.users), None)
    if login is not None and login not in settings.users:
        known = ", ".join(sorted(settings.users)) or "none"
        raise LocalDssError(f'The instance has no user "{login}". Its users are: {known}.')
    return login


def _authorised(names: list[str], webapp: Webapp, project: Project) -> frozenset[str]:
    """Check the datasets of ``--authorize``, and that the webapp has the settings in which an instance offers them."""
    if names and not webapp.has_security_panel:
        raise LocalDssError(
            '--authorize cannot be used: "noJSSecurity" is true in webapp.json, so this webapp has no security '
            "settings in which its page is granted datasets."
        )
    return authorised_names(project, names)


def _backend_command(plugin: Plugin, webapp: Webapp, config: dict[str, Any], project: Project) -> BackendCommand:
    environment = child_environment(home=project.home, project_key=project.key, plugin=plugin)
    environment[CONFIG_VARIABLE] = json.dumps(config)
    return BackendCommand(webapp.folder / "backend.py", plugin.python_lib, environment)


def _read_values(path: Path | None) -> dict[str, Any]:
    values = {} if path is None else read_json_file(path, "The config file")
    if not isinstance(values, dict):
        raise LocalDssError(f"The config file must be a JSON object of values by param: {path}.")
    return values


def _port(text: str) -> int:
    return _number_between(text, 0, 65535, "port")


def _count(text: str) -> int:
    return _number_between(text, 1, 64, "number of processes")


def _number_between(text: str, low: int, high: int, what: str) -> int:
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f"the {what} must be an integer from {low} to {high}, got {text!r}")
    return int(text)


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
