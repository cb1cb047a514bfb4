"""Plugins come by the real client: installed, updated, set up, looked for and deleted."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import pytest
from dataikuapi.utils import DataikuException

from local_dss.descriptors.plugin import load_plugin
from local_dss.environment import child_environment
from local_dss.public_api.errors import ApiError
from local_dss.public_api.state.installed_plugins import InstalledPlugins
from tests.python.instance_support.plugin_zips import PLUGINS, PROBE, descriptor, plugin_zip, zip_of
from tests.python.instance_support.running_instance import RunningInstance

pytestmark = pytest.mark.oldest

RECIPE = "CustomCode_environment-probe-words"
MACRO = "pyrunnable_environment-probe_environment-probe-count"


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    keys = {"analyst": {"user": "analyst", "projects": {"*": ["ADMIN"]}}}
    running = RunningInstance(tmp_path_factory.mktemp("home"), api_keys=keys).start()
    yield running
    running.stop()


@pytest.fixture
def client(instance):
    """The client, on an instance with the probe in version 1.0.0 and nothing else."""
    shutil.rmtree(instance.home / "plugins", ignore_errors=True)
    client = instance.client()
    client.install_plugin_from_archive(plugin_zip())
    return client


@pytest.fixture
def plugin(client):
    return client.get_plugin(PROBE)


def versions(client):
    return {plugin["id"]: plugin["version"] for plugin in client.list_plugins()}


def faults_of(result):
    """Return the messages of a result that failed without a failure of its request."""
    messages = result["messages"]
    assert (messages["error"], messages["warning"], messages["fatal"]) == (True, False, False)
    return [message["message"] for message in messages["messages"] if message["severity"] == "ERROR"]


def test_an_installed_plugin_is_listed_with_its_version(client):
    assert [(p["id"], p["version"], p["isDev"], p["meta"]["author"]) for p in client.list_plugins()] == [
        (PROBE, "1.0.0", False, "tests")
    ]


def test_an_installation_goes_on_after_its_request_was_answered(client):
    future = client.start_install_plugin_from_archive(plugin_zip(plugin="webapp-probe"))
    assert (future.job_id is not None, future.state["hasResult"]) == (True, False)
    assert future.wait_for_result()["messages"]["error"] is False
    assert versions(client) == {PROBE: "1.0.0", "webapp-probe": "1.0.0"}


def test_a_zip_may_have_the_plugin_in_a_folder(client):
    client.install_plugin_from_archive(plugin_zip(plugin="webapp-probe", below="webapp-probe-main/"))
    assert "webapp-probe" in versions(client)


def test_an_update_replaces_all_files_and_names_both_versions(client, plugin, tmp_path):
    recipe = "custom-recipes/environment-probe-words/recipe.py"
    changes = {**descriptor("1.1.0"), "resource/new.txt": "new", recipe: None}
    result = plugin.start_update_from_zip(plugin_zip(changes)).wait_for_result()
    assert result["messages"]["messages"][0]["message"] == f"Plugin {PROBE} was updated from 1.0.0 to 1.1.0."
    client.download_plugin_to_file(PROBE, tmp_path / "downloaded.zip")
    with zipfile.ZipFile(tmp_path / "downloaded.zip") as archive:
        assert archive.read("resource/new.txt") == b"new"
        assert recipe not in archive.namelist()
    plugin.update_from_zip(plugin_zip())
    assert versions(client) == {PROBE: "1.0.0"}


def linked():
    content = zip_of(descriptor(plugin_id="bad"))
    with zipfile.ZipFile(content, "a") as archive:
        link = zipfile.ZipInfo("resource/passwords")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    content.seek(0)
    return content


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (io.BytesIO(b"<html>"), "not a zip that can be read"),
        (zip_of({"readme.md": "no plugin"}), "has no plugin.json at its root"),
        (zip_of({"a/plugin.json": "{}", "b/plugin.json": "{}"}), "several plugins: a, b"),
        (zip_of({"plugin.json": '{"version": "1"}'}), '"id" in the zip/plugin.json'),
        (zip_of({"plugin.json": "{"}), "not valid JSON"),
        (zip_of({**descriptor(plugin_id="bad"), "../../../escaped.txt": "x"}), "no path inside a folder"),
        (zip_of({**descriptor(plugin_id="bad"), "/tmp/escaped.txt": "x"}), "no path inside a folder"),
        (linked(), "the link 'resource/passwords'"),
        (plugin_zip(), f"Plugin {PROBE} is installed. Update it instead."),
        (
            plugin_zip(descriptor(plugin_id="twin")),
            f"Plugins twin and {PROBE} both have CustomCode environment-probe-w",
        ),
    ],
)
def test_a_zip_that_cannot_be_installed_changes_nothing_and_its_messages_say_why(instance, client, content, fault):
    content.seek(0)
    (message,) = faults_of(client.start_install_plugin_from_archive(content).wait_for_result())
    assert fault in message
    assert versions(client) == {PROBE: "1.0.0"}
    assert list(instance.home.rglob("escaped.txt")) == []
    assert list((instance.home / "plugins").glob(".unpacking-*")) == []


def test_an_update_needs_the_same_plugin_and_one_that_is_installed(client, plugin):
    (message,) = faults_of(plugin.start_update_from_zip(plugin_zip(plugin="webapp-probe")).wait_for_result())
    assert message.startswith("The zip holds plugin webapp-probe.")
    with pytest.raises(DataikuException, match="ERR_PLUGIN_NOT_INSTALLED"):
        client.get_plugin("webapp-probe").update_from_zip(plugin_zip(plugin="webapp-probe"))


def test_a_development_plugin_refuses_a_zip(instance, client):
    folder = instance.home / "plugins" / "dev" / "in-work"
    folder.mkdir(parents=True)
    (folder / "plugin.json").write_text('{"id": "in-work", "version": "0.1"}')
    assert {p["id"]: p["isDev"] for p in client.list_plugins()} == {PROBE: False, "in-work": True}
    content = zip_of(descriptor(plugin_id="in-work"))
    with pytest.raises(DataikuException, match="CodedException: ERR_PLUGIN_WRONG_TYPE: Plugin in-work is a dev"):
        client.install_plugin_from_archive(content)
    content.seek(0)
    with pytest.raises(DataikuException, match="ERR_PLUGIN_WRONG_TYPE"):
        client.get_plugin("in-work").start_update_from_zip(content).wait_for_result()


def test_settings_keep_what_is_saved_and_unknown_keys_too(instance, plugin):
    settings = plugin.get_settings()
    assert "codeEnvName" not in settings.get_raw()
    settings.set_code_env("some_env")
    settings.get_raw().update(config={"token": "secret"}, keyOfALaterVersion=[1], presets=None)
    settings.save()
    again = plugin.get_settings().get_raw()
    assert {key: again[key] for key in ("codeEnvName", "config", "keyOfALaterVersion", "presets")} == {
        "codeEnvName": "some_env",
        "config": {"token": "secret"},
        "keyOfALaterVersion": [1],
        "presets": [],
    }
    probe = load_plugin(instance.home / "plugins" / "installed" / PROBE)
    environment = child_environment(home=instance.home, project_key="LOCAL", plugin=probe)
    assert json.loads(environment["DKU_PLUGIN_CONFIG"]) == {"token": "secret"}


def test_presets_are_those_of_the_instance_or_of_a_project(instance, plugin):
    (instance.home / "projects" / "SHOP").mkdir(parents=True, exist_ok=True)
    of_instance, of_project = plugin.get_settings(), plugin.get_project_settings("SHOP")
    for settings, name in ((of_instance, "wide"), (of_project, "narrow")):
        settings.get_parameter_set("limits").create_preset(name, with_defaults=True)
        settings.save()
    limits = plugin.get_settings().get_parameter_set("limits")
    assert (limits.definable_inline, limits.list_preset_names()) == (True, ["wide"])
    assert limits.get_preset("wide").config == {"most": 10}
    assert plugin.get_project_settings("SHOP").get_parameter_set("limits").list_preset_names() == ["narrow"]
    with pytest.raises(DataikuException, match="Project not found: NONE"):
        plugin.get_project_settings("NONE")


@pytest.mark.parametrize(
    ("object_type", "folder"), [(RECIPE, "environment-probe-words"), (MACRO, "environment-probe-count")]
)
def test_the_type_of_an_object_leads_to_the_component_it_is_made_of(instance, client, object_type, folder):
    plugins = InstalledPlugins(instance.home)
    plugin, found = plugins.of_component(object_type)
    assert (plugin.plugin_id, found) == (PROBE, folder)
    with pytest.raises(ApiError, match=f"ERR_PLUGIN_COMPONENT_NOT_INSTALLED: .*: {object_type}s"):
        plugins.of_component(f"{object_type}s")


def write_object(instance, project_key, kind, name, content):
    folder = instance.home / "projects" / project_key / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(content))


def test_a_plugin_in_use_is_deleted_by_force_only(instance, client, plugin):
    write_object(instance, "USES", "recipes", "words", {"type": RECIPE})
    steps = [{"type": "runnable", "params": {"runnableType": MACRO}}]
    write_object(instance, "USES", "scenarios", "nightly", {"type": "step_based", "params": {"steps": steps}})
    write_object(instance, "USES", "webapps", "old", {"type": f"webapp_{PROBE}_gone"})
    write_object(instance, "USES", "webapps", "own", {"type": "STANDARD"})
    usages = plugin.list_usages()
    assert [(u.element_kind, u.element_type, u.object_type, u.object_id, u.project_key) for u in usages.usages] == [
        ("custom-recipes", RECIPE, "RECIPE", "words", "USES"),
        ("python-runnables", MACRO, "SCENARIO", "nightly", "USES"),
    ]
    assert [(m.missing_type, m.object_id) for m in usages.missing_types] == [(f"webapp_{PROBE}_gone", "old")]
    assert plugin.list_usages("SHOP").maybe_used() is False
    with pytest.raises(DataikuException, match=r"may be in use by USES\.nightly, USES\.old, USES\.words\."):
        plugin.delete().wait_for_result()
    assert PROBE in versions(client)
    plugin.delete(force=True).wait_for_result()
    assert versions(client) == {}


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.list_plugins(),
        lambda client: client.install_plugin_from_archive(plugin_zip()),
        lambda client: client.get_plugin(PROBE).get_settings(),
        lambda client: client.get_plugin(PROBE).create_code_env(),
        lambda client: client.list_code_envs(),
    ],
)
def test_only_an_administrator_manages_plugins(instance, ask):
    with pytest.raises(DataikuException, match="ForbiddenException: Action forbidden, you are not an administrator"):
        ask(instance.client("analyst"))


def test_every_plugin_of_the_tests_can_be_installed(client):
    others = sorted(path.name for path in PLUGINS.iterdir() if path.name != PROBE)
    for name in others:
        client.install_plugin_from_archive(plugin_zip(plugin=name))
    assert sorted(versions(client)) == sorted([PROBE, *others])
