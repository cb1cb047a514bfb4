"""Code environments of plugins by the real client: built by pip or checked, with messages and logs."""

from __future__ import annotations

import os
import shutil
import sys
import time

import pytest
from dataikuapi.utils import DataikuException

from local_dss.public_api.errors import ApiError
from local_dss.public_api.state.code_environments import CodeEnvironments
from local_dss.public_api.state.installed_plugins import InstalledPlugins
from tests.python.instance_support.plugin_zips import (
    PROBE,
    accepted,
    descriptor,
    plugin_zip,
    requirements,
    write_wheel,
)
from tests.python.instance_support.running_instance import RunningInstance

NAME = "plugin_environment-probe_managed"
CURRENT = f"PYTHON{sys.version_info[0]}{sys.version_info[1]}"
# An interpreter of Python 3.8 whose environments are never done; it writes down which process does not end.
SLOW_PYTHON = """#!/bin/sh
if [ "$1" = "-c" ]; then echo PYTHON38; exit; fi
echo $$ > "$SLOW_PYTHON_PID"
exec sleep 300
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A machine without an index of packages: pip finds one wheel; Python 3.8 is slow."""
    folder = tmp_path_factory.mktemp("machine")
    write_wheel(folder)
    (folder / "python3.8").write_text(SLOW_PYTHON)
    (folder / "python3.8").chmod(0o755)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PIP_NO_INDEX", "1")
        environment.setenv("PIP_FIND_LINKS", str(folder))
        environment.setenv("PIP_CONFIG_FILE", os.devnull)
        environment.setenv("SLOW_PYTHON_PID", str(folder / "pid"))
        environment.setenv("PATH", str(folder), prepend=os.pathsep)
        yield folder


@pytest.fixture(scope="module")
def instance(machine, tmp_path_factory):
    running = RunningInstance(tmp_path_factory.mktemp("home")).start()
    yield running
    running.stop()


@pytest.fixture
def client(instance):
    """The client, on an instance without plugins and environments that reuses the current interpreter."""
    instance.change_settings(env="reuse")
    for folder in ("plugins", "code_envs"):
        shutil.rmtree(instance.home / folder, ignore_errors=True)
    return instance.client()


def install(client, *changes):
    client.install_plugin_from_archive(plugin_zip({name: text for change in changes for name, text in change.items()}))
    return client.get_plugin(PROBE)


def select(plugin, name):
    settings = plugin.get_settings()
    settings.set_code_env(name)
    settings.save()


def errors_of(result):
    assert result["messages"]["error"] is True
    return "\n".join(message["message"] for message in result["messages"]["messages"])


def python_of(instance):
    """Return what would run the recipes, macros and webapps of the plugin."""
    return CodeEnvironments(instance.home).python_of(InstalledPlugins(instance.home).load(PROBE))


def wait_until_slow_python_runs(machine):
    """Return the process that does not end."""
    for _ in range(1000):
        if (machine / "pid").exists() and (machine / "pid").read_text().endswith("\n"):
            return int((machine / "pid").read_text())
        time.sleep(0.02)
    raise AssertionError("The interpreter was not started.")


def has_ended(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def set_up_as_the_test_fixture_of_official_plugins(client, content):
    """Install or update a zip, delete the environment in its settings, create it, and select it in these settings."""
    if PROBE in [plugin["id"] for plugin in client.list_plugins()]:
        client.get_plugin(PROBE).update_from_zip(content)
    else:
        client.install_plugin_from_archive(content)
    plugin = client.get_plugin(PROBE)
    settings = plugin.get_settings()
    if "codeEnvName" in settings.get_raw() and len(settings.get_raw()["codeEnvName"]) != 0:
        for environment in client.list_code_envs():
            if environment["envName"] == settings.get_raw()["codeEnvName"]:
                client.get_code_env(environment["envLang"], environment["envName"]).delete()
    result = plugin.create_code_env(python_interpreter=CURRENT).wait_for_result()
    settings.set_code_env(result["envName"])
    settings.save()
    return result


def test_a_plugin_is_set_up_again_in_an_environment_built_by_pip(instance, client):
    first = set_up_as_the_test_fixture_of_official_plugins(client, plugin_zip(requirements("pytest")))
    instance.change_settings(env="build")
    second = set_up_as_the_test_fixture_of_official_plugins(client, plugin_zip(descriptor("1.1.0")))
    assert [result["messages"]["error"] for result in (first, second)] == [False, False]
    assert "tiny-words==1.0" in client.get_code_env("PYTHON", NAME).get_definition()["actualPackageList"].split("\n")
    assert python_of(instance).startswith(str(instance.home))

    plugin = client.get_plugin(PROBE)
    plugin.update_from_zip(plugin_zip(requirements("tiny-words\nno-such-package>=2")))
    message = errors_of(plugin.update_code_env().wait_for_result())
    assert "ERROR: No matching distribution found for no-such-package>=2" in message
    created, updated = client.get_code_env("PYTHON", NAME).list_logs()
    assert (created["name"].split("-")[0], updated["name"].split("-")[0]) == ("create", "update")
    assert "no-such-package" in client.get_code_env("PYTHON", NAME).get_log(updated["name"])
    assert python_of(instance).startswith(str(instance.home))


def test_a_requirement_that_the_current_interpreter_does_not_meet_fails_the_build(instance, client):
    lines = [
        "# checked one by one",
        "pytest>=1",
        "pytest<1  # too old",
        "no-such-package",
        'other-package; python_version < "3"',
        "--index-url x",
    ]
    plugin = install(client, requirements("\n".join(lines)))
    result = plugin.create_code_env().wait_for_result()
    select(plugin, result["envName"])
    text = client.get_code_env("PYTHON", NAME).get_log(client.get_code_env("PYTHON", NAME).list_logs()[0]["name"])
    faults = [line for line in text.splitlines() if line.startswith("ERROR")]
    assert faults == [
        f'ERROR: "pytest<1" is required and pytest {pytest.__version__} is installed.',
        'ERROR: "no-such-package" is required and no-such-package is not installed.',
        'ERROR: "--index-url x" cannot be checked against the current interpreter.',
    ]
    assert faults[0] in errors_of(result)
    with pytest.raises(ApiError, match=f"environment {NAME} of plugin {PROBE} could not be built. Read the log"):
        python_of(instance)


def test_an_environment_that_was_not_built_can_be_updated_and_not_created_again(instance, client):
    plugin = install(client, accepted(CURRENT), requirements("no-such-package"))
    select(plugin, plugin.create_code_env().wait_for_result()["envName"])
    assert f"{NAME} exists. Update it" in errors_of(plugin.create_code_env().wait_for_result())
    plugin.update_from_zip(plugin_zip({**accepted(CURRENT), **requirements("pytest")}))
    assert plugin.update_code_env().wait_for_result()["messages"]["error"] is False
    assert os.path.samefile(python_of(instance), sys.executable)


def test_core_packages_are_required_unless_the_plugin_does_without(client):
    plugin = install(client, {"code-env/python/desc.json": "{}"}, requirements(""))
    plugin.create_code_env().wait_for_result()
    settings = client.get_code_env("PYTHON", NAME).get_settings()
    assert (settings.get_required_packages(), "pandas>=" in settings.get_raw()["mandatoryPackageList"]) == ("", True)
    assert settings.get_raw()["desc"]["pythonInterpreter"] == CURRENT


@pytest.mark.parametrize(
    ("interpreters", "asked", "sentence"),
    [
        ((CURRENT,), "PYTHON27", f"The plugin does not accept PYTHON27. It accepts {CURRENT}."),
        (
            ("PYTHON27", CURRENT),
            "PYTHON27",
            f"has no PYTHON27. The plugin accepts PYTHON27, {CURRENT}, of which this instance has {CURRENT}.",
        ),
        (("PYTHON27", "JYTHON"), None, "has no PYTHON27 or JYTHON. The plugin accepts PYTHON27, JYTHON, of which"),
    ],
)
def test_an_interpreter_must_be_accepted_and_on_the_machine(instance, client, interpreters, asked, sentence):
    instance.change_settings(env="build")
    plugin = install(client, accepted(*interpreters))
    assert sentence in errors_of(plugin.create_code_env(python_interpreter=asked).wait_for_result())
    assert client.list_code_envs() == []


def test_a_plugin_with_requirements_does_not_run_without_an_environment(instance, client):
    plugin = install(client)
    with pytest.raises(ApiError, match=f"Plugin {PROBE} needs a code environment and none is selected"):
        python_of(instance)
    with pytest.raises(DataikuException, match="ERR_PLUGIN_WITHOUT_CODEENV"):
        plugin.update_code_env()
    select(plugin, NAME)
    with pytest.raises(ApiError, match=f"The code environment {NAME} of plugin {PROBE} does not exist"):
        python_of(instance)


def test_a_plugin_without_requirements_needs_no_environment(instance, client):
    plugin = install(client, {"code-env/python/spec/requirements.txt": None})
    assert os.path.samefile(python_of(instance), sys.executable)
    with pytest.raises(DataikuException, match="it needs none"):
        plugin.create_code_env()


def test_unknown_environments_and_logs_are_not_found(client):
    install(client, requirements("")).create_code_env().wait_for_result()
    for language, name in (("R", NAME), ("PYTHON", "other"), ("PYTHON", ".hidden")):
        with pytest.raises(DataikuException, match="NotFoundException"):
            client.get_code_env(language, name).get_definition()
    with pytest.raises(DataikuException, match=r"Log not found: desc\.json"):
        client.get_code_env("PYTHON", NAME).get_log("desc.json")
    deletion = client._perform_json("DELETE", f"/admin/code-envs/PYTHON/{NAME}", params={"wait": False})
    assert client.get_future(deletion["jobId"]).wait_for_result()["messages"]["error"] is False
    assert client.list_code_envs() == []


def test_a_build_reports_what_it_does_can_be_aborted_and_is_alone(instance, client, machine):
    instance.change_settings(env="build")
    plugin = install(client)
    future = plugin.create_code_env(python_interpreter="PYTHON38")
    process_id = wait_until_slow_python_runs(machine)
    assert future.get_state()["progress"]["states"][0]["name"] == "Creating"
    assert "is being built" in errors_of(plugin.create_code_env().wait_for_result())
    with pytest.raises(Exception, match="is being built"):
        client.get_code_env("PYTHON", NAME).delete()
    future.abort()
    with pytest.raises(DataikuException, match="The build was aborted"):
        future.wait_for_result()
    assert has_ended(process_id)


def test_no_build_goes_on_when_the_instance_stops(machine, tmp_path):
    (machine / "pid").unlink(missing_ok=True)
    running = RunningInstance(tmp_path / "home").start()
    install(running.client()).create_code_env(python_interpreter="PYTHON38")
    process_id = wait_until_slow_python_runs(machine)
    running.stop()
    assert has_ended(process_id)
