"""Plugin folders and the environment of their processes."""

from __future__ import annotations

import json

import pytest

from local_dss.descriptors.json_comments import parse_json_with_comments
from local_dss.descriptors.plugin import load_plugin
from local_dss.environment import SITE_FOLDER, child_environment
from local_dss.errors import LocalDssError
from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.names import (
    check_name,
    folder_id,
    partition_file_name,
    partition_of_file,
    split_folder_path,
    split_name,
)


def test_a_plugin_with_comments_in_its_descriptor_is_loaded(probe):
    plugin = load_plugin(probe.folder)
    assert plugin.plugin_id == "contract-probe"
    assert plugin.descriptor["meta"]["label"] == "Contract probe"
    assert plugin.recipe_ids() == ["probe-copy", "probe-datasets", "probe-fail", "probe-folders", "probe-job"]
    assert plugin.python_lib == probe.folder / "python-lib"


def test_comment_signs_inside_strings_are_kept():
    text = '{"url": "http://x/*y*/", // comment\n "b": /* two\nlines */ 1}'
    assert parse_json_with_comments(text) == {"url": "http://x/*y*/", "b": 1}


@pytest.fixture
def plugin_folder(tmp_path):
    """A minimal plugin with one recipe and one webapp."""
    for path, content in {
        "plugin.json": {"id": "mini"},
        "custom-recipes/r/recipe.json": {"kind": "PYTHON"},
        "webapps/w/webapp.json": {"baseType": "STANDARD"},
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(json.dumps(content))
    (tmp_path / "custom-recipes/r/recipe.py").write_text("")
    for name in ("app.js", "body.html", "style.css", "backend.py"):
        (tmp_path / "webapps/w" / name).write_text("")
    return tmp_path


def test_descriptors_are_read(plugin_folder):
    plugin = load_plugin(plugin_folder)
    assert plugin.recipe_descriptor("r") == {"kind": "PYTHON"}
    assert plugin.webapp_descriptor("w") == {"baseType": "STANDARD"}


def test_a_null_list_of_a_descriptor_counts_as_empty(plugin_folder):
    recipe = plugin_folder / "custom-recipes/r/recipe.json"
    recipe.write_text('{"kind": "PYTHON", "inputRoles": null, "params": null}')
    assert load_plugin(plugin_folder).recipe_descriptor("r") == {"kind": "PYTHON", "inputRoles": [], "params": []}


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        ("plugin.json", None, "The plugin descriptor is missing"),
        ("plugin.json", "{", "The plugin descriptor is not valid JSON"),
        ("plugin.json", "[]", "The plugin descriptor must be a JSON object"),
        ("plugin.json", '{"id": "a b"}', 'may hold letters, digits, "_" and "-" only'),
        ("custom-recipes/r/recipe.json", '{"kind": "R"}', "is of kind 'R'. Only PYTHON and PYSPARK can be run here"),
        ("custom-recipes/r/recipe.json", '{"kind": "PYTHON", "params": ["x"]}', '"params" must be a list of objects.'),
        ("custom-recipes/r/recipe.json", '{"kind": "PYTHON", "inputRoles": [{}]}', "each role needs a name."),
        ("custom-recipes/r/recipe.py", None, "has no recipe.py"),
        ("webapps/w/webapp.json", '{"params": {}}', '"params" must be a list of objects.'),
        ("webapps/w/webapp.json", '{"baseType": "DASH"}', "Only STANDARD can be served here"),
        ("webapps/w/app.js", None, 'Webapp "w" lacks app.js: it must exist, empty or not.'),
    ],
)
def test_a_broken_plugin_is_explained(plugin_folder, path, content, fault):
    target = plugin_folder / path
    if content is None:
        target.unlink()
    else:
        target.write_text(content)

    def read_all():
        plugin = load_plugin(plugin_folder)
        plugin.recipe_descriptor("r")
        plugin.webapp_descriptor("w")

    with pytest.raises(LocalDssError) as caught:
        read_all()
    assert fault in str(caught.value)


def test_a_component_cannot_be_reached_by_a_path(plugin_folder):
    with pytest.raises(LocalDssError, match=r'Unknown recipe "\.\./r"'):
        load_plugin(plugin_folder).recipe_folder("../r")


def test_the_environment_of_a_child_holds_the_contract_and_nothing_stale(plugin_folder, home, monkeypatch):
    monkeypatch.setenv("DKUFLOW_SPEC", "stale")
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    plugin = load_plugin(plugin_folder)
    environment = child_environment(home=home, project_key="P", plugin=plugin)
    assert environment["PYTHONPATH"] == str(SITE_FOLDER)
    assert "DKUFLOW_SPEC" not in environment
    assert {name: value for name, value in environment.items() if name.startswith("DKU")} == {
        "DKU_CURRENT_PROJECT_KEY": "P",
        "DKU_PLUGIN_ID": "mini",
        "DKU_CUSTOM_RESOURCE_FOLDER": str(plugin_folder.resolve() / "resource"),
        "DKU_PLUGIN_CONFIG": "{}",
    }


@pytest.mark.parametrize("name", ["", "a/b", "..", "a b", "é", "a" * 201, None, 3])
def test_unsafe_names_are_refused(name):
    with pytest.raises(StorageError, match="is named with letters"):
        check_name(name, "dataset")


def test_names_may_carry_a_project():
    assert split_name("d", "LOCAL", "dataset") == ("LOCAL", "d")
    assert split_name("OTHER.d", "LOCAL", "dataset") == ("OTHER", "d")


def test_folder_ids_are_stable_and_differ_from_names():
    assert folder_id("LOCAL", "model") == folder_id("LOCAL", "model")
    assert len(folder_id("LOCAL", "model")) == 8
    assert folder_id("LOCAL", "model") != folder_id("OTHER", "model")


@pytest.mark.parametrize("path", ["../x", "a/../b", "./a", "a\\b", "a\x00b", 3])
def test_paths_cannot_leave_a_folder(path):
    with pytest.raises(StorageError, match="a folder"):
        split_folder_path(path)


def test_folder_paths_may_start_with_a_slash():
    assert split_folder_path("/a//b.txt") == ["a", "b.txt"]
    assert split_folder_path("/") == []


@pytest.mark.parametrize("partition", ["NP", "2020-01-01|FR", "a/b", "..", "é %"])
def test_partition_identifiers_are_kept_in_file_names(partition):
    file_name = partition_file_name(partition)
    assert "/" not in file_name
    assert partition_of_file(file_name) == partition
