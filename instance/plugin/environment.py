"""The code environment of the plugin: created or updated only where it does not fit what the plugin requires.

Nothing is remembered between runs. The definition of the environment holds what was asked for and what is installed:
after a build that failed, the two do not fit, and the next run builds again.
"""

from __future__ import annotations

from typing import Any, Optional

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion

from instance.connection import NOT_FOUND, InstanceError
from instance.plugin.archive import PLUGIN_ID, PluginZip, requirement_lines
from instance.report import FailedError, RefusedError
from instance.waiting import AGAIN, Waiting, as_object, faults_in, wait_for_future

LANGUAGE = "PYTHON"
MANAGED_NAME = f"plugin_{PLUGIN_ID}_managed"
_LINES_OF_LOG = 40
_AUTOMATIC = "AUTO"  # what the instance may have replaced by its choice
_OF_DESCRIPTOR = ("installCorePackages", "corePackagesSet", "installJupyterSupport")


def check_interpreter(plugin_zip: PluginZip, python: Optional[str]) -> None:
    """Refuse an interpreter that the plugin does not accept."""
    if python and plugin_zip.interpreters and python not in plugin_zip.interpreters:
        accepted = ", ".join(plugin_zip.interpreters)
        raise RefusedError(f"--python must be one that the plugin accepts: {accepted}. Got {python!r}.")


def ensure_environment(client: Any, plugin_zip: PluginZip, python: Optional[str], waiting: Waiting) -> str:
    """Create or update the environment if needed, select it for the plugin, and return what happened.

    Parameters
    ----------
    python
        Interpreter for a new environment; by default the instance chooses one that the plugin accepts.

    Raises
    ------
    FailedError
        If the build fails: its messages, the end of its log, and the interpreter. The plugin itself stays as it is.
    """
    if not plugin_zip.requirements:
        return "not needed"
    plugin = client.get_plugin(PLUGIN_ID)
    selected = selected_environment(plugin)
    name = selected or MANAGED_NAME
    definition = read_definition(client, name)
    if definition is None:
        return _build(client, plugin, plugin.create_code_env(python_interpreter=python), plugin_zip, waiting)
    _check_existing(name, as_object(definition.get("desc")).get("pythonInterpreter"), plugin_zip, python)
    reason = why_build(definition, plugin_zip)
    if not selected:
        _select(plugin, name)
    if not reason:
        return f"{name} kept" if selected else f"{name} selected"
    waiting.report.line(f"Code environment {name}: {reason}.")
    return _build(client, plugin, plugin.update_code_env(), plugin_zip, waiting)


def selected_environment(plugin: Any) -> str:
    """Return the name of the environment in the settings of the plugin, empty if there is none."""
    return str(as_object(plugin.get_settings().get_raw()).get("codeEnvName") or "")


def read_definition(client: Any, name: str) -> Optional[dict[str, Any]]:
    """Return the definition of an environment, None where there is none of that name."""
    listed = {as_object(item).get("envName") for item in client.list_code_envs()}
    if name not in listed:
        return None
    try:
        return as_object(client.get_code_env(LANGUAGE, name).get_definition())
    except InstanceError as error:
        if error.status != NOT_FOUND:
            raise
        return None


def why_build(definition: dict[str, Any], plugin_zip: PluginZip) -> str:
    """Return why an environment does not fit the plugin, empty if it does."""
    if requirement_lines(str(definition.get("specPackageList") or "")) != plugin_zip.requirements:
        return "the plugin requires other packages than before"
    described = as_object(definition.get("desc"))
    wanted = {key: plugin_zip.environment.get(key, _AUTOMATIC) for key in _OF_DESCRIPTOR}
    if any(value not in {_AUTOMATIC, described.get(key, value)} for key, value in wanted.items()):
        return "its desc.json has changed"
    missing = unmet(plugin_zip.requirements, str(definition.get("actualPackageList") or ""))
    return f"its last build has not installed {', '.join(missing)}" if missing else ""


def unmet(requirements: tuple[str, ...], installed: str) -> list[str]:
    """Return the requirements that a list of ``name==version`` lines does not meet.

    Those that depend on a platform, or are no plain requirement, count as met.
    """
    versions: dict[str, str] = {}
    for line in installed.splitlines():
        name, _, version = line.partition(" @ ") if " @ " in line else line.partition("==")
        versions[canonicalize_name(name.strip())] = "" if " @ " in line else version.strip()
    return [line for line in requirements if not _is_met(line, versions)]


def _is_met(line: str, versions: dict[str, str]) -> bool:
    try:
        requirement = Requirement(line)
        version = versions.get(canonicalize_name(requirement.name))
        if version is None:
            return requirement.marker is not None
        return not version or requirement.specifier.contains(version, prereleases=True)
    except (InvalidRequirement, InvalidVersion):
        return True


def _check_existing(name: str, used: Any, plugin_zip: PluginZip, python: Optional[str]) -> None:
    accepted = [python] if python else plugin_zip.interpreters
    if used and accepted and used not in accepted:
        raise FailedError(
            f"The code environment {name} uses {used}, and {' or '.join(accepted)} is needed. Delete it in "
            f"Administration > Code envs, then run the same command again. Nothing was changed in it."
        )


def _build(client: Any, plugin: Any, future: Any, plugin_zip: PluginZip, waiting: Waiting) -> str:
    result = as_object(wait_for_future(future, "Build of the code environment", waiting))
    name = str(result.get("envName") or MANAGED_NAME)
    faults = faults_in(result)
    if faults:
        raise FailedError(_failure(client, name, faults, plugin_zip))
    _select(plugin, name)
    return f"{name} built"


def _select(plugin: Any, name: str) -> None:
    settings = plugin.get_settings()
    settings.set_code_env(name)
    settings.save()
    if selected_environment(plugin) != name:
        raise FailedError(f"The instance did not keep {name} as the code environment of the plugin. {AGAIN}")


def _failure(client: Any, name: str, faults: list[str], plugin_zip: PluginZip) -> str:
    definition = read_definition(client, name) or {}
    used = as_object(definition.get("desc")).get("pythonInterpreter") or "none"
    accepted = ", ".join(plugin_zip.interpreters) or "any"
    log = _end_of_newest_log(client, name) if definition else ""
    return "\n".join([
        f"The code environment {name} was not built (interpreter: {used}; the plugin accepts {accepted}):",
        *(f"  {fault}" for fault in faults),
        *([f"The last lines of its log:\n{log}"] if log else []),
        "The plugin is installed. Run the same command again: it builds only the code environment; "
        "--python NAME chooses another interpreter.",
    ])  # fmt: skip


def _end_of_newest_log(client: Any, name: str) -> str:
    environment = client.get_code_env(LANGUAGE, name)
    try:
        items = environment.list_logs()
        dated = [(as_object(item).get("lastModified") or 0, position) for position, item in enumerate(items)]
        newest = items[max(dated)[1]] if items else None
        log_name = as_object(newest).get("name") or (newest if isinstance(newest, str) else "")
        text = str(environment.get_log(log_name)) if log_name else ""
    except InstanceError as error:
        return f"(its log cannot be read: {error})"
    return "\n".join(f"  {line}" for line in text.splitlines()[-_LINES_OF_LOG:])
