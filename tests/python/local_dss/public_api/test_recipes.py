"""The real client makes recipes of an installed plugin: prototypes, names, settings, checks."""

from __future__ import annotations

import pytest
from dataikuapi.dss.recipe import DSSRecipeCreator
from dataikuapi.utils import DataikuException

from tests.python.instance_support.flow_probe import FlowProject, install_flow_probe
from tests.python.instance_support.running_instance import RunningInstance

pytestmark = pytest.mark.oldest

COPY = "CustomCode_flow-probe-copy"


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"),
        api_keys={"reader": {"user": "analyst", "projects": {"*": ["READ_CONF"]}}},
    ).start()
    install_flow_probe(running)
    yield running
    running.stop()


@pytest.fixture
def project(instance):
    return FlowProject(instance)


def creator(project, name="copies", kind=COPY, source="source", output="copied"):
    return DSSRecipeCreator(kind, name, project.api).with_input(source, role="source").with_output(output, role="copy")


def test_a_recipe_made_by_the_api_has_no_value_of_the_form(project):
    project.add_dataset("copied")
    recipe = creator(project).create()
    settings = recipe.get_settings()
    assert (recipe.name, settings.type) == ("copies", COPY)
    assert settings.raw_params == {}
    assert settings.get_flat_input_refs() == ["source"]
    assert settings.get_flat_output_refs() == ["copied"]


def test_unknown_keys_of_the_settings_are_kept(project):
    settings = project.add_recipe("copy", "source", "copied", suffix="!").get_settings()
    settings.recipe_settings["ofTomorrow"] = {"n": 1}
    settings.data["ofTheDay"] = [2]
    settings.save()
    saved = project.api.get_recipe("compute_copied").get_settings()
    assert saved.recipe_settings["ofTomorrow"] == {"n": 1}
    assert saved.data["ofTheDay"] == [2]
    assert saved.raw_params["customConfig"] == {"suffix": "!"}


def test_a_name_that_is_taken_becomes_another_one(project):
    project.add_dataset("copied")
    project.add_dataset("copied_too")
    assert creator(project).create().name == "copies"
    assert creator(project, output="copied_too").create().name == "copies_1"
    assert [item["name"] for item in project.api.list_recipes()] == ["copies", "copies_1"]


def test_the_list_names_types_and_objects_but_no_params(project):
    project.add_recipe("copy", "source", "copied", suffix="!")
    (item,) = project.api.list_recipes()
    assert (item.type, item["inputs"]) == (COPY, {"source": {"items": [{"ref": "source"}]}})
    assert "params" not in item


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "CustomCode_unknown"}, "Plugin component not installed or removed: CustomCode_unknown"),
        ({"kind": "flow-probe-copy"}, "Plugin component not installed or removed: flow-probe-copy"),
        ({"output": "missing"}, "The output missing of recipe copies does not exist"),
        ({"source": "OTHER.missing"}, "The input OTHER.missing of recipe copies does not exist"),
        ({"name": "no/path"}, "A recipe is named with letters"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused(project, changes, message):
    project.add_dataset("copied")
    with pytest.raises(DataikuException, match=message):
        creator(project, **changes).create()
    assert project.api.list_recipes() == []


def test_an_object_has_one_recipe_that_writes_it(project):
    project.add_recipe("copy", "source", "copied")
    with pytest.raises(DataikuException, match="copied is already an output of recipe compute_copied"):
        creator(project).create()
    settings = project.add_recipe("copy", "source", "other").get_settings()
    settings.add_output("copy", "copied")
    with pytest.raises(DataikuException, match="copied is already an output of recipe compute_copied"):
        settings.save()


def test_a_folder_is_referred_to_by_its_id_and_not_by_its_name(project):
    folder = project.add_folder("notes")
    project.add_dataset("copied")
    with pytest.raises(DataikuException, match="The output notes of recipe copies does not exist"):
        creator(project).with_output("notes", role="notes").create()
    assert creator(project).with_output(folder, role="notes").create().get_settings().get_flat_output_refs() == [
        "copied",
        folder,
    ]


def test_the_status_tells_what_the_form_would_show(project):
    project.add_dataset("copied")
    recipe = creator(project).create()
    (message,) = recipe.get_status().get_status_messages()
    assert recipe.get_status().get_status_severity() == "ERROR"
    assert "suffix" in message["message"]
    settings = recipe.get_settings()
    settings.raw_params["customConfig"] = {"suffix": "!"}
    settings.save()
    assert recipe.get_status().get_status_severity() is None


def test_the_status_of_a_python_recipe_refuses_a_spark_configuration(project):
    recipe = project.add_recipe("copy", "source", "copied", suffix="!")
    settings = recipe.get_settings()
    settings.raw_params["sparkConfig"] = {"inheritConf": "default", "conf": []}
    settings.save()
    (message,) = recipe.get_status().get_status_messages()
    assert 'A recipe of kind PYTHON takes no Spark configuration: remove "sparkConfig"' in message["message"]


def test_a_deleted_recipe_is_gone_and_its_output_is_free(project):
    project.add_recipe("copy", "source", "copied").delete()
    with pytest.raises(DataikuException, match=r"NotFoundException: Recipe .*compute_copied does not exist"):
        project.api.get_recipe("compute_copied").get_settings()
    assert creator(project).create().name == "copies"


def test_a_reader_sees_recipes_and_cannot_make_one(project, instance):
    project.add_recipe("copy", "source", "copied")
    readers = instance.client("reader").get_project(project.key)
    assert [item["name"] for item in readers.list_recipes()] == ["compute_copied"]
    with pytest.raises(DataikuException, match="do not have permission WRITE_CONF"):
        readers.get_recipe("compute_copied").delete()
