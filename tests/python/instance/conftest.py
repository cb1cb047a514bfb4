"""An instance with the plugin installed from its zip, over HTTP, as an administrator does it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.python.instance_support.running_instance import INTERPRETER, RunningInstance

PLUGIN = "text-explorer"


def install(instance: RunningInstance, plugin_zip) -> None:
    """Install the plugin and its code environment by the calls of the real client."""
    client = instance.client()
    with open(plugin_zip, "rb") as archive:
        client.install_plugin_from_archive(archive)
    plugin = client.get_plugin(PLUGIN)
    built = plugin.create_code_env(python_interpreter=INTERPRETER).wait_for_result()
    assert not built["messages"]["error"], built["messages"]
    settings = plugin.get_settings()
    settings.set_code_env(built["envName"])
    settings.save()


def share_compiled_loops(instance: RunningInstance, built_plugin: Path) -> None:
    """Let the installed plugin use the loops that other tests compiled: its library becomes the one unpacked there."""
    library = instance.home / "plugins" / "installed" / PLUGIN / "python-lib"
    shutil.rmtree(library)
    library.symlink_to(built_plugin / "python-lib")


@pytest.fixture(scope="session")
def instance(tmp_path_factory, plugin_zip, built_plugin):
    """Return a running instance that lets the API create webapps of plugins."""
    running = RunningInstance(tmp_path_factory.mktemp("instance"), env="reuse", plugin_webapps_by_api="accept").start()
    install(running, plugin_zip)
    share_compiled_loops(running, built_plugin)
    yield running
    running.stop()
