"""Install, update and repair the plugin on the stand-in, by the real client."""

from __future__ import annotations

import json
import shutil

import pytest

from instance.plugin.archive import PluginZip, is_older
from instance.plugin.environment import unmet, why_build
from tests.python.instance_support.plugin_zips import zip_of
from tests.python.instance_support.running_instance import RunningInstance
from tests.python.instance_support.scripted_server import WELCOME, Script, scripted_server
from tests.python.instance_tool.conftest import plugin_files, write_plugin

pytestmark = pytest.mark.oldest  # on the oldest client too

ENV = "plugin_text-explorer_managed"
MET, OTHER, IMPOSSIBLE = "packaging>=20", "packaging>=21", "packaging>=9000"
ACCEPTED = [f"PYTHON3{minor}" for minor in range(9, 14)]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    instance = RunningInstance(
        tmp_path_factory.mktemp("home"), env="reuse", api_keys={"key-of-analyst": {"user": "analyst", "projects": {}}}
    ).start()
    yield instance
    instance.stop()


@pytest.fixture
def instance(running):
    """Return the instance without plugins and environments."""
    for folder in ("plugins", "code_envs"):
        shutil.rmtree(running.home / folder, ignore_errors=True)
    (running.home / "requests.log").write_text("")
    return running


@pytest.fixture
def install(instance, tool, tmp_path):
    """Return a function that installs a plugin of some version and requirements."""

    def run(version="1.0.0", requirements=MET, *options, key=None, **descriptor):
        path = tmp_path / f"{version}.zip"
        path.write_bytes(zip_of(plugin_files(version, requirements, **descriptor)).getvalue())
        return tool(instance.url, "install", str(path), *options, **({"key": key} if key else {}))

    return run


def writes(instance):
    """Return the requests since the last question that change something."""
    asked = [f"{r['method']} {r['route']}" for r in instance.requests() if r["method"] != "GET"]
    (instance.home / "requests.log").write_text("")
    return asked


def installed(instance):
    return {plugin["id"]: plugin["version"] for plugin in instance.client().list_plugins()}


def selected(instance):
    return instance.client().get_plugin("text-explorer").get_settings().get_raw().get("codeEnvName")


def test_the_plugin_is_installed_and_its_environment_built_and_selected(instance, install):
    done = install()
    assert done.code == 0, done.text
    assert "text-explorer installed: 1.0.0." in done.text
    assert f"Code environment: {ENV} built." in done.text
    assert (installed(instance), selected(instance)) == ({"text-explorer": "1.0.0"}, ENV)


def test_the_same_version_is_not_uploaded_again_and_nothing_is_built(instance, install):
    install()
    writes(instance)
    done = install()
    assert (done.code, writes(instance)) == (0, [])
    assert "text-explorer 1.0.0 is installed already: not uploaded again." in done.text
    assert f"Code environment: {ENV} kept." in done.text


def test_an_update_says_from_and_to_and_builds_only_for_other_requirements(instance, install):
    install()
    writes(instance)
    same, other = install("1.1.0"), install("1.2.0", OTHER)
    assert "text-explorer updated: 1.0.0 → 1.1.0." in same.text
    assert f"Code environment: {ENV} kept." in same.text
    assert f"Code environment {ENV}: the plugin requires other packages than before." in other.text
    assert (other.code, installed(instance)) == (0, {"text-explorer": "1.2.0"})
    upload = "POST /plugins/<plugin_id>/actions/future/updateFromZip"
    build = "POST /plugins/<plugin_id>/code-env/actions/update"
    assert [route for route in writes(instance) if "settings" not in route] == [upload, upload, build]


def test_a_downgrade_needs_force(instance, install):
    install("2.0.0")
    writes(instance)
    refused = install("1.9.0")
    assert (refused.code, writes(instance)) == (2, [])
    assert refused.text.startswith("text-explorer 2.0.0 is installed, and the zip is older: 1.9.0. --force")
    forced = install("1.9.0", MET, "--force")
    assert (forced.code, installed(instance)) == (0, {"text-explorer": "1.9.0"})


def test_a_key_without_the_right_is_told_what_an_administrator_does(instance, install):
    done = install(key="key-of-analyst")
    assert (done.code, writes(instance)) == (2, [])
    assert "it must belong to an administrator" in done.text
    assert "Plugins > Add plugin > Upload" in done.text


def test_a_development_plugin_is_refused_before_the_upload(instance, install):
    write_plugin(instance.home / "plugins" / "dev" / "text-explorer", plugin_files())
    done = install()
    assert (done.code, writes(instance)) == (2, [])
    assert "as a development plugin, which no zip replaces: delete it there, or update its branch" in done.text


def test_a_development_plugin_that_the_list_does_not_mark_is_refused_in_the_words_of_the_server(tool, tmp_path):
    (tmp_path / "p.zip").write_bytes(zip_of(plugin_files()).getvalue())
    answers = {
        ("GET", "/plugins/"): [(200, [{"id": "text-explorer"}])],
        ("POST", "/plugins/text-explorer/actions/future/updateFromZip"): [
            (400, {"errorType": "CodedException", "message": "ERR_PLUGIN_WRONG_TYPE: Plugin is a dev plugin"})
        ],
    }
    with scripted_server(Script({**WELCOME, **answers})) as url:
        done = tool(url, "install", str(tmp_path / "p.zip"))
    assert done.code == 1
    assert "The zip was not installed: ERR_PLUGIN_WRONG_TYPE: Plugin is a dev plugin (HTTP 400)" in done.text
    assert "delete it there, or update its branch" in done.text


def test_a_build_that_fails_shows_messages_log_and_interpreter_and_is_all_the_next_run_repeats(instance, install):
    failed = install("1.0.0", IMPOSSIBLE, acceptedPythonInterpreters=ACCEPTED)
    assert failed.code == 1
    assert f"The code environment {ENV} was not built (interpreter: PYTHON3" in failed.text
    assert f"the plugin accepts {', '.join(ACCEPTED)}):" in failed.text
    assert "The last lines of its log:" in failed.text
    assert f'ERROR: "{IMPOSSIBLE}" is required and packaging ' in failed.text
    assert installed(instance) == {"text-explorer": "1.0.0"}
    writes(instance)
    again = install("1.0.0", IMPOSSIBLE, acceptedPythonInterpreters=ACCEPTED)
    assert again.code == 1
    assert [route for route in writes(instance) if "settings" not in route] == [
        "POST /plugins/<plugin_id>/code-env/actions/update"
    ]


def test_an_update_whose_build_failed_is_built_by_the_next_run(instance, install):
    install()
    assert install("1.1.0", IMPOSSIBLE).code == 1
    writes(instance)
    assert install("1.1.0", IMPOSSIBLE).code == 1
    assert writes(instance) == ["POST /plugins/<plugin_id>/code-env/actions/update"]
    done = install("1.2.0", MET)
    assert (done.code, selected(instance)) == (0, ENV)


def test_an_environment_that_was_deleted_is_created_again(instance, install):
    install()
    shutil.rmtree(instance.home / "code_envs")
    done = install()
    assert (done.code, f"Code environment: {ENV} built." in done.text) == (0, True)


def test_an_environment_that_is_not_selected_is_selected(instance, install):
    install()
    plugin = instance.client().get_plugin("text-explorer")
    settings = plugin.get_settings()
    settings.set_code_env(None)
    settings.save()
    assert f"Code environment: {ENV} selected." in install().text
    assert selected(instance) == ENV


def test_an_interpreter_that_the_plugin_does_not_accept_is_refused_before_the_upload(instance, install):
    done = install("1.0.0", MET, "--python", "PYTHON27", acceptedPythonInterpreters=["PYTHON39", "PYTHON311"])
    assert (done.code, installed(instance)) == (2, {})
    assert "--python must be one that the plugin accepts: PYTHON39, PYTHON311. Got 'PYTHON27'." in done.text


def test_an_interpreter_that_the_instance_has_not_lists_the_accepted_ones(instance, install):
    done = install("1.0.0", MET, acceptedPythonInterpreters=["PYTHON35"])
    assert done.code == 1
    assert "was not built (interpreter: none; the plugin accepts PYTHON35):" in done.text
    assert "This instance has no PYTHON35." in done.text


def test_an_environment_of_an_interpreter_that_is_not_accepted_any_more_must_be_deleted(instance, install):
    install()
    done = install("2.0.0", MET, acceptedPythonInterpreters=["PYTHON99"])
    assert done.code == 1
    assert "and PYTHON99 is needed. Delete it in Administration > Code envs" in done.text


def test_a_restart_during_the_build_is_noticed_and_the_next_run_continues(instance, install, monkeypatch):
    asked = []

    def restart(future):
        if len({*asked, future.job_id}) == 2 and future.job_id not in asked:  # the upload was the first
            instance.kill()
            instance.start()
        asked.append(future.job_id)
        return future.client._perform_json("GET", f"/futures/{future.job_id}")

    monkeypatch.setattr("dataikuapi.dss.future.DSSFuture.get_state", restart)
    lost = install()
    assert lost.code == 1
    assert f"({asked[-1]}) any more: it was restarted. Run the same command again" in lost.text
    monkeypatch.undo()
    done = install()
    assert (done.code, selected(instance)) == (0, ENV)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"readme.txt": "x"}, "is no zip of a plugin: it needs plugin.json at its root"),
        ({"plugin.json": json.dumps({"id": "other", "version": "1"})}, "holds the plugin 'other'"),
        ({"plugin.json": json.dumps({"id": "text-explorer"})}, "is no zip of a plugin"),
        ({"plugin.json": "["}, "is no zip of a plugin"),
    ],
)
def test_a_zip_of_something_else_is_refused(instance, tool, tmp_path, files, sentence):
    path = tmp_path / "some.zip"
    path.write_bytes(zip_of(files).getvalue())
    done = tool(instance.url, "install", str(path))
    assert (done.code, sentence in done.text, writes(instance)) == (2, True, [])


def test_a_file_that_is_no_zip_or_is_not_there_is_refused(instance, tool, tmp_path):
    (tmp_path / "text.zip").write_text("text")
    assert "is no zip of a plugin" in tool(instance.url, "install", str(tmp_path / "text.zip")).text
    assert "There is no file" in tool(instance.url, "install", str(tmp_path / "lost.zip")).text


def test_what_is_installed_is_compared_as_pip_does():
    installed = "Py_Stemmer==3.1.2\nscipy==1.15.0rc1\nlocal @ file:///x\n"
    wanted = ("py-stemmer>=3.1,<3.2", "scipy>=1.10,<2", "local>=2", "absent; sys_platform == 'win32'", "-e here")
    assert unmet(wanted, installed) == []
    assert unmet(("py-stemmer>=3.2", "numba"), installed) == ["py-stemmer>=3.2", "numba"]


def test_a_change_of_the_descriptor_is_a_reason_to_build(tmp_path):
    environment = {"installCorePackages": True, "corePackagesSet": "AUTO"}
    plugin = PluginZip(tmp_path, "1", ("a>=1",), environment)
    definition = {"specPackageList": "# why\na>=1\n", "actualPackageList": "a==1.0", "desc": dict(environment)}
    assert why_build(definition, plugin) == ""
    assert why_build({**definition, "desc": {"corePackagesSet": "PANDAS22"}}, plugin) == ""  # chosen by the instance
    assert why_build({**definition, "desc": {"installCorePackages": False}}, plugin) == "its desc.json has changed"
    assert why_build({**definition, "actualPackageList": ""}, plugin) == "its last build has not installed a>=1"


@pytest.mark.parametrize(
    ("version", "than", "older"), [("0.9", "0.10", True), ("1.0", "1.0.0", False), ("x", "1", False)]
)
def test_versions_are_compared_by_their_numbers(version, than, older):
    assert is_older(version, than) is older
