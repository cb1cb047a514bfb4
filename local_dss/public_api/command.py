"""The command ``instance``: serve the public API and the webapps until it is stopped."""

from __future__ import annotations

import argparse
import secrets
import threading

from local_dss.public_api.instance_routes import code_envs, connect, llms, plugins
from local_dss.public_api.project_routes import datasets, flow, folders, projects, rows, uploads, wiki, zones
from local_dss.public_api.routing import Route
from local_dss.public_api.run_routes import jobs, macros, recipes, scenarios, webapps
from local_dss.public_api.running.webapp_site import WebappSite
from local_dss.public_api.server import PublicApi
from local_dss.public_api.state.callers import Callers
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.settings import load_settings, write_default_settings
from local_dss.webapp_host.serving import HOST, bind_server, stop_signals

ROUTE_MODULES = (
    *(connect, plugins, code_envs, llms),
    *(projects, datasets, uploads, rows, folders, flow, zones, wiki),
    *(recipes, jobs, scenarios, macros, webapps),
)


def all_routes() -> list[Route]:
    """Return the routes of all modules."""
    return [route for module in ROUTE_MODULES for route in module.ROUTES]


def serve_instance(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM, then end all it started; return the exit code 0."""
    write_default_settings(arguments.home)
    keys = dict(load_settings(arguments.home).api_keys)
    if arguments.key or not keys:
        keys[arguments.key or secrets.token_urlsafe(24)] = {"user": "admin", "admin": True}
    home = arguments.home.resolve()
    instance = Instance(home=home, url="", callers=Callers(keys), libraries=arguments.libraries)
    server = bind_server(PublicApi(instance, all_routes(), WebappSite(instance)), arguments.port)
    instance.url = f"http://{HOST}:{server.port}"
    with stop_signals() as stopped:
        threading.Thread(target=server.serve_forever, name="instance", daemon=True).start()
        print(f"Serving {instance.url} with the key {next(reversed(keys))}", flush=True)
        stopped.wait()
        server.shutdown()
        server.server_close()
        instance.stop()
    return 0
