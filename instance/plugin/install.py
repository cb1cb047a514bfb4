"""Install or update the plugin from its zip, and see to its code environment."""

from __future__ import annotations

from typing import Any, Optional

from instance.connection import FORBIDDEN, InstanceError
from instance.plugin.archive import PLUGIN_ID, PluginZip, is_older
from instance.plugin.environment import check_interpreter, ensure_environment
from instance.report import FailedError, RefusedError
from instance.waiting import Waiting, as_object, faults_in, wait_for_future

_WRONG_TYPE = "ERR_PLUGIN_WRONG_TYPE"
_CLICKS = (
    "The key has no right to install plugins: it must belong to an administrator. An administrator can also do it by "
    "hand: Plugins > Add plugin > Upload > select the zip > Upload > Build new environment."
)
_DEVELOPMENT = (
    "The instance has {id} as a development plugin, which no zip replaces: delete it there, or update its branch."
)


def installed_plugin(client: Any) -> dict[str, Any]:
    """Return what the instance says about the plugin, empty if it has none.

    Raises
    ------
    RefusedError
        If the key may not see plugins.
    """
    try:
        items = [as_object(item) for item in client.list_plugins()]
    except InstanceError as error:
        if error.status != FORBIDDEN:
            raise
        raise RefusedError(_CLICKS) from None
    return next((item for item in items if item.get("id") == PLUGIN_ID), {})


def install(client: Any, plugin_zip: PluginZip, python: Optional[str], *, is_forced: bool, waiting: Waiting) -> None:
    """Install or update the plugin, and build its code environment if that is needed.

    Parameters
    ----------
    is_forced
        Upload an older version, or the same one again.

    Raises
    ------
    RefusedError
        Before anything was done.
    FailedError
        If the instance fails; the same command continues.
    """
    report = waiting.report
    check_interpreter(plugin_zip, python)
    found = installed_plugin(client)
    if found.get("isDev"):
        raise RefusedError(_DEVELOPMENT.format(id=PLUGIN_ID))
    old, new = str(found.get("version") or "unknown"), plugin_zip.version
    if found and is_older(new, old) and not is_forced:
        raise RefusedError(
            f"{PLUGIN_ID} {old} is installed, and the zip is older: {new}. --force installs it all the same."
        )
    if found and new == old and not is_forced:
        report.line(f"{PLUGIN_ID} {new} is installed already: not uploaded again.")
    else:
        _upload(client, plugin_zip, is_update=bool(found), waiting=waiting)
        report.line(f"{PLUGIN_ID} {f'updated: {old} → {new}' if found else f'installed: {new}'}.")
    report.line(f"Code environment: {ensure_environment(client, plugin_zip, python, waiting)}.")
    if found and new != old:
        report.line(
            "Reload open pages of DSS, and restart the backends of Text Explorer webapps: they run the old code."
        )


def _upload(client: Any, plugin_zip: PluginZip, *, is_update: bool, waiting: Waiting) -> None:
    try:
        with open(plugin_zip.path, "rb") as content, waiting.report.waiting(f"Uploading {plugin_zip.path.name}"):
            if is_update:
                future = client.get_plugin(PLUGIN_ID).start_update_from_zip(content)
            else:
                future = client.start_install_plugin_from_archive(content)
        result = wait_for_future(future, f"Installation of {PLUGIN_ID} {plugin_zip.version}", waiting)
    except (InstanceError, FailedError) as error:
        hint = f" {_DEVELOPMENT.format(id=PLUGIN_ID)}" if _WRONG_TYPE in str(error) else ""
        raise FailedError(f"The zip was not installed: {error}{hint}") from None
    faults = faults_in(result)
    if faults:
        raise FailedError(f"The zip was not installed: {' '.join(faults)}")
    version = installed_plugin(client).get("version")
    if version != plugin_zip.version:
        raise FailedError(f"The instance took the zip of {plugin_zip.version}, but says that {version} is installed.")
