"""What there is: on the instance for this key, and in a project."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Optional

from instance.connection import InstanceError, Target
from instance.plugin.archive import PLUGIN_ID
from instance.plugin.environment import read_definition, selected_environment
from instance.plugin.install import installed_plugin
from instance.records import WEBAPP, Made, find_present, list_made, list_present
from instance.report import RefusedError, Report
from instance.waiting import as_object

CLIENT = "dataiku-api-client"
_DESCRIPTOR = Path(__file__).parent.parent / "code-env" / "python" / "desc.json"
_UNKNOWN = "cannot be read with this key: that is for administrators"
_OLDEST_DSS = 12


def check(client: Any, target: Target, report: Report) -> None:
    """Print who the key belongs to, what it may do, versions, interpreters, connections and the plugin."""
    who = as_object(client.get_auth_info())
    info = as_object(_readable(lambda: client.get_instance_info().raw, {}))
    dss = str(info.get("dssVersion") or "unknown")
    plugin = _plugin(client)
    rights = (
        "may install plugins" if isinstance(plugin, dict) else "may not install plugins: that is for administrators"
    )
    rows = [
        ("Instance", " ".join(str(part) for part in (target.url, info.get("nodeType"), info.get("nodeName")) if part)),
        ("Key", f"of {who.get('authIdentifier', 'unknown')}, groups: {_listed(who.get('groups') or [])}"),
        ("Rights", rights),
        ("DSS", dss + _remark_on(dss)),
        ("Client", f"{CLIENT} {version(CLIENT)}{_remark_on_client(dss)}"),
        ("Python", f"the plugin accepts {_listed(_accepted())}; code environments here use {_interpreters(client)}"),
        ("Connections", _listed(_readable(lambda: client.list_connections_names("all"), None))),
        *plugin_rows(client, plugin),
    ]
    report.table(("What", "Found"), rows)


def show_status(client: Any, project_key: Optional[str], report: Report) -> None:
    """Print the plugin, and the objects that were made in a project, each with its state.

    Raises
    ------
    RefusedError
        If there is no such project.
    """
    report.table(("What", "Found"), plugin_rows(client, _plugin(client)))
    if project_key is None:
        return
    project = open_project(client, project_key)
    made = list_made(project)
    if not made:
        report.line(f"Nothing was set up in {project_key}.")
        return
    present = list_present(project)
    rows = [(item.prefix or "(uploaded)", item.kind, item.name, _state(project, item, present)) for item in made]
    report.table(("Exploration", "Object", "Name", "State"), rows)


def open_project(client: Any, project_key: str) -> Any:
    """Return a project that this key can see."""
    keys = client.list_project_keys()
    if project_key not in keys:
        raise RefusedError(f"There is no project {project_key} that this key can see. It sees: {_listed(keys)}.")
    return client.get_project(project_key)


def plugin_rows(client: Any, plugin: Optional[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return what there is to say about the plugin; None is one that the key may not see."""
    if plugin is None:
        return [("Plugin", _UNKNOWN)]
    if not plugin:
        return [("Plugin", f"{PLUGIN_ID} is not installed")]
    kind = " (development plugin)" if plugin.get("isDev") else ""
    name = selected_environment(client.get_plugin(PLUGIN_ID))
    return [
        ("Plugin", f"{PLUGIN_ID} {plugin.get('version', 'of unknown version')}{kind}"),
        ("Code environment", _environment(client, name)),
    ]


def _environment(client: Any, name: str) -> str:
    if not name:
        return "none: recipes and webapp cannot run. `install` builds one"
    definition = read_definition(client, name)
    if definition is None:
        return f"{name}, which does not exist any more. `install` builds one"
    return f"{name}, {as_object(definition.get('desc')).get('pythonInterpreter') or 'interpreter unknown'}"


def _plugin(client: Any) -> Optional[dict[str, Any]]:
    try:
        return installed_plugin(client)
    except RefusedError:
        return None


def _state(project: Any, item: Made, present: dict[str, dict[str, str]]) -> str:
    identifier = find_present(item, present)
    if not identifier:
        return "gone"
    if item.kind != WEBAPP:
        return "exists"
    state = as_object(project.get_webapp(identifier).get_state().state)
    is_running = bool(as_object(state.get("futureInfo")).get("alive"))
    return "its backend runs" if is_running else "its backend is stopped"


def _readable(ask: Callable[[], Any], otherwise: Any) -> Any:
    """Return an answer, or something else where the key or the version of DSS does not give it."""
    try:
        return ask()
    except InstanceError:
        return otherwise


def _interpreters(client: Any) -> str:
    environments = _readable(client.list_code_envs, None)
    if environments is None:
        return "some that this key cannot see"
    found = {as_object(item).get("pythonInterpreter") for item in environments}
    return _listed(sorted(str(name) for name in found if name))


def _accepted() -> list[str]:
    if not _DESCRIPTOR.is_file():
        return []
    return [str(name) for name in json.loads(_DESCRIPTOR.read_text("utf-8")).get("acceptedPythonInterpreters", [])]


def _remark_on(dss: str) -> str:
    major = _major(dss)
    return f": the plugin needs {_OLDEST_DSS} or newer" if 0 < major < _OLDEST_DSS else ""


def _remark_on_client(dss: str) -> str:
    major = _major(dss)
    if major in {0, _major(version(CLIENT))}:
        return ""
    return f"; closest to this instance: pip install '{CLIENT}=={major}.*'"


def _major(text: str) -> int:
    first = text.split(".", maxsplit=1)[0]
    return int(first) if first.isdigit() else 0


def _listed(values: Any) -> str:
    if values is None:
        return _UNKNOWN
    return ", ".join(map(str, values)) or "none"
