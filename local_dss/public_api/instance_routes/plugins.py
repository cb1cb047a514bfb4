"""Plugins: list, install, update, settings, code environment, usages, deletion."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.errors import ApiError
from local_dss.public_api.routing import GLOBAL_ADMIN, Call, Route
from local_dss.public_api.running.environments.builds import EnvironmentBuilds
from local_dss.public_api.running.plugins.archive import pack
from local_dss.public_api.running.plugins.installs import delete_work, install_work
from local_dss.public_api.running.plugins.usages import find_usages
from local_dss.public_api.state.futures import Work, wait_for
from local_dss.public_api.state.plugin_settings import read_settings, write_settings


def _list(call: Call) -> list[dict[str, Any]]:
    plugins = call.instance.plugins
    return [
        {
            "id": plugin.plugin_id,
            "version": plugin.descriptor.get("version"),
            "isDev": plugins.is_development(plugin.plugin_id),
            "meta": plugin.descriptor.get("meta", {}),
        }
        for plugin in plugins.all()
    ]


def _install(call: Call) -> Any:
    return wait_for(install_work(call.instance.plugins, _uploaded(call)))


def _start_install(call: Call) -> dict[str, Any]:
    return _start(call, install_work(call.instance.plugins, _uploaded(call)))


def _update(call: Call, plugin_id: str) -> Any:
    return wait_for(_update_work(call, plugin_id))


def _start_update(call: Call, plugin_id: str) -> dict[str, Any]:
    return _start(call, _update_work(call, plugin_id))


def _download(call: Call, plugin_id: str) -> Response:
    return Response(pack(call.instance.plugins.load(plugin_id).folder), mimetype="application/zip")


def _settings(call: Call, plugin_id: str) -> dict[str, Any]:
    return read_settings(call.instance.home, call.instance.plugins.load(plugin_id), _project_key(call))


def _save_settings(call: Call, plugin_id: str) -> None:
    write_settings(call.instance.home, call.instance.plugins.load(plugin_id), call.body(), _project_key(call))


def _create_environment(call: Call, plugin_id: str) -> dict[str, Any]:
    plugin, asked = call.instance.plugins.load(plugin_id), call.body().get("pythonInterpreter")
    return _start(call, call.instance.service(EnvironmentBuilds).create_work(plugin, asked, call.caller.user))


def _update_environment(call: Call, plugin_id: str) -> dict[str, Any]:
    plugin = call.instance.plugins.load(plugin_id)
    return _start(call, call.instance.service(EnvironmentBuilds).update_work(plugin))


def _usages(call: Call, plugin_id: str) -> dict[str, Any]:
    return find_usages(call.instance, call.instance.plugins.load(plugin_id), _project_key(call))


def _delete(call: Call, plugin_id: str) -> dict[str, Any]:
    plugin = call.instance.plugins.load(plugin_id)
    return _start(call, delete_work(call.instance, plugin, force=call.body().get("force") is True))


def _start(call: Call, work: Work) -> dict[str, Any]:
    return call.instance.futures.start(work, call.caller.user)


def _update_work(call: Call, plugin_id: str) -> Work:
    plugin = call.instance.plugins.load(plugin_id)
    return install_work(call.instance.plugins, _uploaded(call), updated=plugin.plugin_id)


def _uploaded(call: Call) -> bytes:
    file = call.request.files.get("file")
    if file is None:
        raise ApiError('The request must hold the zip as a multipart field named "file".')
    return file.read()


def _project_key(call: Call) -> str:
    project_key = call.text("projectKey")
    if project_key:
        call.instance.project(project_key)
    return project_key


ROUTES = (
    Route("GET", "/plugins/", _list, GLOBAL_ADMIN),
    Route("POST", "/plugins/actions/installFromZip", _install, GLOBAL_ADMIN),
    Route("POST", "/plugins/actions/future/installFromZip", _start_install, GLOBAL_ADMIN),
    Route("POST", "/plugins/<plugin_id>/actions/updateFromZip", _update, GLOBAL_ADMIN),
    Route("POST", "/plugins/<plugin_id>/actions/future/updateFromZip", _start_update, GLOBAL_ADMIN),
    Route("GET", "/plugins/<plugin_id>/download", _download, GLOBAL_ADMIN),
    Route("GET", "/plugins/<plugin_id>/settings", _settings, GLOBAL_ADMIN),
    Route("POST", "/plugins/<plugin_id>/settings", _save_settings, GLOBAL_ADMIN),
    Route("POST", "/plugins/<plugin_id>/code-env/actions/create", _create_environment, GLOBAL_ADMIN),
    Route("POST", "/plugins/<plugin_id>/code-env/actions/update", _update_environment, GLOBAL_ADMIN),
    Route("GET", "/plugins/<plugin_id>/actions/listUsages", _usages, GLOBAL_ADMIN),
    Route("POST", "/plugins/<plugin_id>/actions/delete", _delete, GLOBAL_ADMIN),
)
