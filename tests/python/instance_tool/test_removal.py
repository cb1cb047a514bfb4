"""Only what the record lists is deleted; what is not ours any more, or used by others, stays."""

from __future__ import annotations

import json

import pytest

from tests.python.instance_support.running_instance import RunningInstance
from tests.python.instance_tool.conftest import plugin_files, write_plugin

pytestmark = pytest.mark.oldest  # on the oldest client too

RECIPE = "CustomCode_text-explorer-topics"
ROLE = {"name": "main", "arity": "UNARY", "required": True, "acceptsDataset": True}
DESCRIPTOR = {"meta": {"label": "R"}, "kind": "PYTHON", "inputRoles": [ROLE], "outputRoles": [ROLE], "params": []}


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    files = plugin_files()
    for name in ("text-explorer-topics", "other"):
        files[f"custom-recipes/{name}/recipe.json"] = json.dumps(DESCRIPTOR)
        files[f"custom-recipes/{name}/recipe.py"] = ""
    write_plugin(home / "plugins" / "installed" / "text-explorer", files)
    running = RunningInstance(home).start()
    yield running
    running.stop()


@pytest.fixture
def project(instance):
    client = instance.client()
    if "SHOP" in client.list_project_keys():
        client.get_project("SHOP").delete()
    return client.create_project("SHOP", "Shop", "admin")


def record(project, **kinds):
    """Write the record of one exploration with the prefix ``p``, as the macro does."""
    project.set_variables({"standard": {"mine": 1, "text_explorer_setup": {"p": kinds}}, "local": {"own": 2}})


def dataset(project, name):
    project.new_managed_dataset(name).with_store_into("filesystem_managed").create()


def names(project):
    return sorted(item["name"] for item in project.list_datasets())


def recipe(project, name, kind, reads, writes):
    prototype = {"type": kind, "name": name, "inputs": roles(reads), "outputs": roles(writes)}
    project.create_recipe(prototype, {})


def roles(reference):
    return {"main": {"items": [{"ref": reference}]}}


def test_without_an_answer_nothing_is_deleted(project, instance, tool, monkeypatch):
    dataset(project, "p_topics")
    record(project, dataset={"p_topics": {}})
    unanswered = tool(instance.url, "remove", "--project", "SHOP")
    assert (unanswered.code, "Nobody can answer here: give --yes." in unanswered.text) == (2, True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    refused = tool(instance.url, "remove", "--project", "SHOP")
    assert (refused.code, "p_topics" in refused.text, "Nothing was deleted." in refused.text) == (2, True, True)
    assert names(project) == ["p_topics"]


def test_only_what_is_recorded_is_deleted_and_other_variables_stay(project, instance, tool):
    for name in ("p_topics", "p_other"):
        dataset(project, name)
    record(project, dataset={"p_topics": {}, "p_gone": {}})
    done = tool(instance.url, "remove", "--project", "SHOP", "--yes")
    assert done.code == 0
    assert [line.split()[1:] for line in done.text.splitlines() if " p_" in line] == [
        ["p_topics", "deleted"],
        ["p_gone", "gone", "already"],
    ]
    assert names(project) == ["p_other"]
    assert project.get_variables() == {"standard": {"mine": 1}, "local": {"own": 2}}


def test_nothing_recorded_is_nothing_to_remove(project, instance, tool):
    done = tool(instance.url, "remove", "--project", "SHOP", "--yes")
    assert (done.code, "Nothing was set up in SHOP." in done.text) == (2, True)
    lost = tool(instance.url, "remove", "--project", "LOST", "--yes")
    assert (lost.code, "There is no project LOST that this key can see." in lost.text) == (2, True)


def test_one_of_two_explorations_is_removed(project, instance, tool):
    for name in ("p_topics", "q_topics"):
        dataset(project, name)
    setups = {prefix: {"dataset": {f"{prefix}_topics": {}}} for prefix in ("p", "q")}
    project.set_variables({"standard": {"text_explorer_setup": setups}, "local": {}})
    assert tool(instance.url, "remove", "--project", "SHOP", "--name-prefix", "q", "--yes").code == 0
    assert names(project) == ["p_topics"]
    assert project.get_variables()["standard"]["text_explorer_setup"] == {"p": setups["p"]}


def test_a_dataset_that_a_recipe_of_others_reads_stays_with_all_the_rest(project, instance, tool):
    for name in ("p_topics", "theirs"):
        dataset(project, name)
    recipe(project, "their_recipe", RECIPE, "p_topics", "theirs")
    record(project, dataset={"p_topics": {}})
    done = tool(instance.url, "remove", "--project", "SHOP", "--yes")
    assert done.code == 2
    assert "Recipes of others read what would be deleted: their_recipe." in done.text
    assert names(project) == ["p_topics", "theirs"]


def test_a_recipe_of_another_type_and_a_zone_with_other_objects_are_kept(project, instance, tool):
    for name in ("a", "b"):
        dataset(project, name)
    recipe(project, "p_recipe", "CustomCode_other", "a", "b")
    zone = project.get_flow().create_zone("p zone")
    zone.add_item(project.get_dataset("a"))
    record(project, recipe={"p_recipe": {}}, **{"flow zone": {"p zone": {"id": zone.id}}})
    done = tool(instance.url, "remove", "--project", "SHOP", "--yes")
    assert done.code == 0
    assert "kept: it is of another type now" in done.text
    assert "kept: it holds other objects" in done.text
    assert [item["name"] for item in project.list_recipes()] == ["p_recipe"]


def test_of_two_folders_of_the_name_the_recorded_one_is_deleted(project, instance, tool):
    ours, theirs = (project.create_managed_folder("p_model", connection_name="filesystem_folders") for _ in range(2))
    record(project, **{"managed folder": {"p_model": {"id": ours.id}}})
    assert tool(instance.url, "remove", "--project", "SHOP", "--yes").code == 0
    assert [folder["id"] for folder in project.list_managed_folders()] == [theirs.id]


def test_a_project_that_the_tool_did_not_create_is_not_deleted(project, instance, tool):
    done = tool(instance.url, "remove", "--project", "SHOP", "--with-project", "--yes")
    assert (done.code, "This tool did not create the project SHOP" in done.text) == (2, True)
    assert instance.client().list_project_keys() == ["SHOP"]


def test_status_of_a_project_without_exploration_says_so(project, instance, tool):
    done = tool(instance.url, "status", "--project", "SHOP")
    assert (done.code, "Nothing was set up in SHOP." in done.text) == (0, True)


@pytest.mark.parametrize("damaged", ["text", [], {"p": []}, {"p": {"dataset": 3}}, {"p": {"unknown kind": {"x": {}}}}])
def test_a_damaged_record_lists_nothing(project, instance, tool, damaged):
    project.set_variables({"standard": {"text_explorer_setup": damaged}, "local": {}})
    done = tool(instance.url, "status", "--project", "SHOP")
    assert (done.code, "Nothing was set up in SHOP." in done.text) == (0, True)
