"""The real client runs macros of a plugin: params, rights, results of each type, failures, abort."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance_support.running_instance import RunningInstance, wait_until

pytestmark = pytest.mark.oldest

PLUGINS = Path(__file__).resolve().parents[3] / "plugins"


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    make_home(home, "instance-probe", "environment-probe")
    running = RunningInstance(
        home,
        api_keys={"reader": {"user": "analyst", "projects": {"*": ["READ_CONF"]}}},
        plugin_config={"instance-probe": {"quota": 3}},
    ).start()
    yield running
    running.stop()


def make_home(home, *plugins):
    for name in plugins:
        shutil.copytree(PLUGINS / name, home / "plugins" / "installed" / name)
    StoredDataset(home, "LOCAL", "reviews").create([{"name": "text", "type": "string"}])


def macro(instance, name, *key):
    return instance.client(*key).get_project("LOCAL").get_macro(f"pyrunnable_instance-probe_{name}")


def test_the_project_lists_the_macros_of_installed_plugins(instance):
    macros = instance.client().get_project("LOCAL").list_macros(as_objects=True)
    assert [item.runnable_type for item in macros] == [
        "pyrunnable_environment-probe_environment-probe-count",
        *(f"pyrunnable_instance-probe_{name}" for name in ("describe", "fail", "file", "page", "sleep", "table")),
    ]


def test_the_definition_is_the_descriptor_with_admin_params_for_administrators_only(instance):
    definition = macro(instance, "describe").get_definition()
    assert (definition["resultType"], definition["params"][0]["name"]) == ("JSON_OBJECT", "number")
    assert [param["name"] for param in definition["adminParams"]] == ["secret"]
    assert macro(instance, "describe", "reader").get_definition()["adminParams"] == []


def test_a_macro_gets_its_params_without_defaults_and_acts_for_its_caller(instance):
    run = macro(instance, "describe")
    result = run.get_result(run.run(params={"other": 1}, admin_params={"secret": "s"}), as_type="json")
    assert result == {
        "project": "LOCAL",
        "config": {"other": 1, "secret": "s"},
        "plugin_config": {"quota": 3},
        "user": "admin",
        "datasets": ["reviews"],
        "last_on_path": "python-lib",
        "files": [],
    }


def test_admin_params_of_others_are_ignored_and_integers_may_come_as_float(instance):
    instance.change_settings(int_params="float")
    run = macro(instance, "describe", "reader")
    result = run.get_result(run.run(params={"number": 2}, admin_params={"secret": "s"}), as_type="json")
    instance.change_settings(int_params="int")
    assert (result["user"], repr(result["config"])) == ("analyst", "{'number': 2.0}")


def test_reading_the_result_ends_the_existence_of_the_run(instance):
    run = macro(instance, "page")
    run_id = run.run()
    assert run.get_status(run_id)["running"] is False
    assert run.get_result(run_id, as_type="string").decode() == "<h1>Grüße</h1>"
    with pytest.raises(DataikuException, match="does not exist"):
        run.get_result(run_id)
    with pytest.raises(DataikuException, match="does not exist"):
        run.get_status(run_id)


def test_a_table_and_a_file_come_as_the_macro_made_them(instance):
    table, file = macro(instance, "table"), macro(instance, "file")
    content = table.get_result(table.run(), as_type="json")
    assert content["records"] == [["<first>", ["a", "b"]]]
    assert [column["label"] for column in content["columns"]] == ["Step", "Tags"]
    assert file.get_result(file.run(), as_type="string") == b"\x00\xff"


@pytest.mark.parametrize(("name", "reason"), [("table", "permission WRITE_CONF"), ("file", "by an administrator")])
def test_a_caller_without_the_rights_of_the_descriptor_is_refused(instance, name, reason):
    with pytest.raises(DataikuException, match=f"ForbiddenException: .*{reason}"):
        macro(instance, name, "reader").run()


def test_an_exception_fails_the_macro_with_its_message(instance):
    run = macro(instance, "fail")
    run_id = run.run()
    assert "the probe fails on purpose" in run.get_status(run_id)["storedError"]["message"]
    with pytest.raises(DataikuException, match="ValueError: the probe fails on purpose"):
        run.get_result(run_id)


def test_a_macro_whose_plugin_lacks_its_code_environment_is_refused(instance):
    lacking = instance.client().get_project("LOCAL").get_macro("pyrunnable_environment-probe_environment-probe-count")
    with pytest.raises(DataikuException, match="environment-probe needs a code environment and none is selected"):
        lacking.run()


def test_a_macro_that_no_plugin_has_is_refused(instance):
    with pytest.raises(DataikuException, match="not installed or removed: pyrunnable_instance-probe_gone"):
        macro(instance, "gone").run()


def test_a_run_goes_on_until_it_is_aborted_with_all_it_started(instance, tmp_path):
    run = macro(instance, "sleep")
    pid_file = tmp_path / "pids"
    run_id = run.run(params={"pid_file": str(pid_file)}, wait=False)
    wait_until(pid_file.exists)
    status = run.get_status(run_id)
    assert (status["running"], status["progress"]["states"][0]["cur"]) == (True, 1)
    with pytest.raises(DataikuException, match="still running"):
        run.get_result(run_id)
    run.abort(run_id)
    wait_until(lambda: not run.get_status(run_id)["running"])
    wait_until(lambda: not any(is_running(pid) for pid in pid_file.read_text().split()))
    with pytest.raises(DataikuException, match="was aborted"):
        run.get_result(run_id)


def test_runs_end_with_an_instance_that_is_killed_and_leave_no_files(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    home = tmp_path / "home"
    make_home(home, "instance-probe")
    running = RunningInstance(home).start()
    pid_file = tmp_path / "pids"
    macro(running, "sleep").run(params={"pid_file": str(pid_file)}, wait=False)
    wait_until(pid_file.exists)
    assert list((tmp_path / "temporary").iterdir()) != []
    running.kill()
    wait_until(lambda: not any(is_running(pid) for pid in pid_file.read_text().split()))
    assert list((tmp_path / "temporary").iterdir()) == []


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"
